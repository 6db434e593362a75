package fr.raccroche.desk;

import fr.raccroche.campaign.Campaigns;
import fr.raccroche.dialing.Attempt;
import fr.raccroche.dialing.Attempts;
import fr.raccroche.dialing.Settlement;
import fr.raccroche.handoff.Withdrawal;
import fr.raccroche.platform.Nothing;
import fr.raccroche.platform.Problem;
import fr.raccroche.platform.Sql;
import fr.raccroche.queue.NoOf;
import fr.raccroche.queue.Noes;
import fr.raccroche.security.AccessAction;
import fr.raccroche.security.AccessLog;
import fr.raccroche.security.Account;
import fr.raccroche.security.Role;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was recorded of a call is put right, in the caller's transaction, with everything that followed from it: the number,
 * the promise, the texts, the place in the queue, what went to a structure. Both versions are kept.
 */
@ApplicationScoped
class Correction {

    private final Attempts attempts;
    private final Campaigns campaigns;
    private final Recording recording;
    private final Settlement settlement;

    Correction(Attempts attempts, Campaigns campaigns, Recording recording, Settlement settlement) {
        this.attempts = attempts;
        this.campaigns = campaigns;
        this.recording = recording;
        this.settlement = settlement;
    }

    /** What is recorded of an attempt that this person may correct; fails with 404 for others. */
    Uni<Noted> noted(Sql sql, Account who, long attemptId) {
        return Outcomes.of(sql, attemptId).map(noted -> {
            if (noted == null || (who.role() != Role.SUPERVISOR && noted.agentId() != who.id())) {
                throw unknown();
            }
            return noted;
        });
    }

    /** Corrects; fails with a problem when something speaks against it, and nothing changes. */
    Uni<Void> correct(
            Sql sql, Account who, long attemptId, Answer answer, NoOf of, @Nullable String reason, Instant now) {
        return attempts.byId(sql, attemptId).chain(attempt -> {
            if (attempt == null || attempt.isOpen()) {
                throw unknown();
            }
            return noted(sql, who, attemptId)
                    .chain(before -> change(sql, who, attempt, before, answer))
                    .call(change -> check(sql, attempt, change, reason, now))
                    .chain(change -> apply(sql, who, attempt, change, of, reason, now));
        });
    }

    private Uni<Change> change(Sql sql, Account who, Attempt attempt, Noted before, Answer answer) {
        return campaigns
                .byId(sql, attempt.campaignId())
                .chain(campaign -> attempts.since(sql, attempt)
                        .map(since -> new Change(who.id(), who.role(), before, answer, since, campaign.state())));
    }

    private Uni<Void> check(Sql sql, Attempt attempt, Change change, @Nullable String reason, Instant now) {
        Problem problem = change.problem(reason, now);
        if (problem != null) {
            return Uni.createFrom().failure(problem);
        }
        return change.changesTheEnd() ? recording.check(sql, attempt, change.after(), now) : Nothing.happens();
    }

    private Uni<Void> apply(
            Sql sql, Account who, Attempt attempt, Change change, NoOf of, @Nullable String reason, Instant now) {
        return Outcomes.correct(sql, change.before().id(), change.after(), who.id(), reason, now)
                .chain(() ->
                        change.changesTheEnd() ? end(sql, who, attempt, change, of, reason, now) : Nothing.happens())
                .chain(() -> AccessLog.record(sql, who, AccessAction.OUTCOME_CORRECTED, "attempt:" + attempt.id()));
    }

    private Uni<Void> end(
            Sql sql, Account who, Attempt attempt, Change change, NoOf of, @Nullable String reason, Instant now) {
        Answer after = change.after();
        return withdraw(sql, change)
                .chain(() -> change.liftsAnObjection() ? lift(sql, who, attempt, reason, now) : Nothing.happens())
                .chain(() -> recording.follow(
                        sql, attempt, after, of, change.before().id(), now))
                .chain(() -> settlement.correct(
                        sql,
                        attempt,
                        change.before().answer().outcome().result(),
                        Recording.ending(who, after, of),
                        change.since().inHand(),
                        now));
    }

    private Uni<Void> lift(Sql sql, Account who, Attempt attempt, @Nullable String reason, Instant now) {
        return Noes.lift(sql, attempt.youthId(), who.id(), reason == null ? "" : reason, now)
                .chain(lifted -> lifted ? settlement.reopen(sql, attempt.youthId(), now) : Nothing.happens());
    }

    /** A no goes before: the structure's page says by itself that the youth objected. */
    private static Uni<Void> withdraw(Sql sql, Change change) {
        return !change.endsAnAgreement()
                ? Nothing.happens()
                : Withdrawal.of(sql, change.before().id()).chain(withdrawn -> {
                    if (!withdrawn && change.after().outcome() != Outcome.OBJECTED) {
                        throw Problem.conflict(
                                "handoff-taken",
                                "La structure a déjà ouvert ce dossier : appelez-la, ou demandez à un superviseur de"
                                        + " terminer le suivi. Rien n'a été changé.");
                    }
                    return Nothing.happens();
                });
    }

    private static Problem unknown() {
        return Problem.notFound("Cet appel n'existe pas, ou il n'est pas le vôtre.");
    }
}
