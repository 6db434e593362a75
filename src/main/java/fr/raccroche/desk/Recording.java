package fr.raccroche.desk;

import static fr.raccroche.platform.FrenchCalendar.PARIS;

import fr.raccroche.campaign.AttemptResult;
import fr.raccroche.campaign.Campaign;
import fr.raccroche.campaign.Campaigns;
import fr.raccroche.dialing.Agents;
import fr.raccroche.dialing.Attempt;
import fr.raccroche.dialing.Ending;
import fr.raccroche.dialing.Promise;
import fr.raccroche.dialing.Queue;
import fr.raccroche.dialing.Settlement;
import fr.raccroche.platform.Nothing;
import fr.raccroche.platform.Outbox;
import fr.raccroche.platform.Problem;
import fr.raccroche.platform.Sql;
import fr.raccroche.queue.NoOf;
import fr.raccroche.queue.Noes;
import fr.raccroche.security.Account;
import fr.raccroche.sms.LastTexts;
import fr.raccroche.youth.Youths;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Writes one outcome and all that follows from it, in the caller's transaction; the attempt is locked. */
@ApplicationScoped
class Recording {

    private final Campaigns campaigns;
    private final Queue queue;
    private final Settlement settlement;
    private final Agents agents;
    private final Outbox outbox;

    Recording(Campaigns campaigns, Queue queue, Settlement settlement, Agents agents, Outbox outbox) {
        this.campaigns = campaigns;
        this.queue = queue;
        this.settlement = settlement;
        this.agents = agents;
        this.outbox = outbox;
    }

    /** Records the outcome of an answered attempt; fails with a problem when something speaks against the answer. */
    Uni<Void> record(Sql sql, Account agent, Attempt attempt, OutcomeForm form, Answer answer, Instant now) {
        Instant answeredAt = attempt.answeredAt();
        if (answeredAt == null) {
            return Uni.createFrom()
                    .failure(Problem.conflict("not-answered", "Personne n'a encore répondu à cet appel."));
        }
        return check(sql, attempt, answer, now)
                .chain(() -> LastTexts.markRead(sql, attempt.youthId(), answeredAt, now))
                .chain(() -> Outcomes.add(sql, attempt, answer, now))
                .chain(id -> follow(sql, attempt, answer, form.whoseNo(), id, now))
                .chain(() -> form.pauses() ? agents.want(sql, agent.id(), Agents.State.PAUSED) : Nothing.happens())
                .chain(() -> settlement.settle(sql, attempt, ending(agent, answer, form.whoseNo()), now));
    }

    /** How the attempt ends with this answer. */
    static Ending ending(Account agent, Answer answer, NoOf of) {
        return Ending.of(result(answer, of)).withPromise(promise(agent, answer));
    }

    /** Who does not want calls on a number says nothing for the youth. */
    private static AttemptResult result(Answer answer, NoOf of) {
        return answer.outcome() == Outcome.OBJECTED && of == NoOf.NUMBER
                ? AttemptResult.THIRD_PARTY
                : answer.outcome().result();
    }

    private static @Nullable Promise promise(Account agent, Answer answer) {
        Instant at = answer.callbackAt();
        return at == null ? null : new Promise(at, answer.callbackMine() ? agent.id() : null);
    }

    /** Fails with a problem when something speaks against the answer. */
    Uni<Void> check(Sql sql, Attempt attempt, Answer answer, Instant now) {
        return campaigns
                .byId(sql, attempt.campaignId())
                .chain(campaign -> Youths.file(sql, attempt.youthId()).chain(youth -> {
                    if (youth == null) {
                        return Uni.createFrom().failure(Problem.notFound("Ce dossier n'existe plus."));
                    }
                    Problem problem =
                            answer.problem(campaign, youth.age(now.atZone(PARIS).toLocalDate()), now);
                    return problem != null
                            ? Uni.createFrom().failure(problem)
                            : answer.callbackAt() == null ? Nothing.happens() : checkPromise(sql, attempt, campaign);
                }));
    }

    /** R02: after the tenth attempt, or when the campaign is over, nobody will call; a promise would be a lie. */
    private Uni<Void> checkPromise(Sql sql, Attempt attempt, Campaign campaign) {
        if (campaign.state() == Campaign.State.CLOSED) {
            return Uni.createFrom()
                    .failure(Problem.conflict(
                            "campaign-closed", "La campagne est terminée : un rappel ne peut plus être promis."));
        }
        return queue.used(sql, attempt.campaignId(), attempt.youthId())
                .chain(used -> used < campaign.maxAttempts()
                        ? Nothing.happens()
                        : Uni.createFrom()
                                .failure(Problem.conflict(
                                        "last-attempt",
                                        "C'était le dernier appel permis pour ce jeune : un rappel ne peut plus être"
                                                + " promis. Terminez l'entretien maintenant, ou donnez le numéro où"
                                                + " nous joindre.")));
    }

    /** What follows elsewhere: the event for who acts on it, and a no that holds everywhere. */
    Uni<Void> follow(Sql sql, Attempt attempt, Answer answer, NoOf of, long outcomeId, Instant now) {
        Uni<Void> done = outbox.put(
                sql,
                Outbox.OUTCOMES,
                new Recorded(
                        outcomeId,
                        attempt.campaignId(),
                        attempt.youthId(),
                        answer.outcome(),
                        answer.structureKind(),
                        answer.agreedBy(),
                        now,
                        answer.note()));
        return answer.outcome() == Outcome.OBJECTED
                ? done.chain(() -> Noes.onThePhone(sql, of, attempt.youthId(), attempt.e164(), attempt.agentId(), now))
                : done;
    }
}
