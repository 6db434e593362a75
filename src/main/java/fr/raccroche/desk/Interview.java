package fr.raccroche.desk;

import static fr.raccroche.platform.FrenchCalendar.PARIS;

import fr.raccroche.campaign.CallingHours;
import fr.raccroche.campaign.Campaign;
import fr.raccroche.campaign.Campaigns;
import fr.raccroche.dialing.Agents;
import fr.raccroche.dialing.Attempt;
import fr.raccroche.dialing.AttemptState;
import fr.raccroche.dialing.Attempts;
import fr.raccroche.dialing.Bell;
import fr.raccroche.dialing.Ending;
import fr.raccroche.dialing.Promise;
import fr.raccroche.dialing.Queue;
import fr.raccroche.dialing.Settlement;
import fr.raccroche.directory.StructureKind;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Nothing;
import fr.raccroche.platform.Outbox;
import fr.raccroche.platform.Problem;
import fr.raccroche.platform.Sql;
import fr.raccroche.queue.Places;
import fr.raccroche.security.Account;
import fr.raccroche.sms.LastTexts;
import fr.raccroche.telephony.Calls;
import fr.raccroche.telephony.Twiml;
import fr.raccroche.youth.Age;
import fr.raccroche.youth.AgreedBy;
import fr.raccroche.youth.Solution;
import fr.raccroche.youth.Youths;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * The end of a situation interview: what the youth said, in one transaction with everything that follows from it. Only
 * the agent who holds the attempt may record it, and recording it twice records it once.
 */
@ApplicationScoped
public class Interview {

    /** The form as sent; texts that are empty count as absent. */
    public record Form(
            long attemptId,
            String actionId,
            @Nullable String outcome,
            @Nullable String solution,
            @Nullable String structureKind,
            @Nullable String agreedBy,
            @Nullable String callbackAt,
            @Nullable String callbackMine,
            @Nullable String note,
            @Nullable String next) {}

    /**
     * A complete answer.
     *
     * @param callbackMine whether the agent promises to call back in person
     */
    record Answer(
            Outcome outcome,
            @Nullable Solution solution,
            @Nullable StructureKind structureKind,
            @Nullable AgreedBy agreedBy,
            @Nullable Instant callbackAt,
            boolean callbackMine,
            @Nullable String note) {}

    /** An outcome was recorded; what other packages need to act on it. */
    public record Recorded(
            long outcomeId,
            long campaignId,
            long youthId,
            Outcome kind,
            @Nullable StructureKind structureKind,
            @Nullable AgreedBy agreedBy,
            Instant at,
            @Nullable String note) {}

    private static final int NOTE_LENGTH = 1000;

    /** Real time a message may take; then the call is ended. */
    private static final Duration LONGEST_MESSAGE = Duration.ofSeconds(90);

    private final Database database;
    private final Outbox outbox;
    private final Attempts attempts;
    private final Queue queue;
    private final Agents agents;
    private final Campaigns campaigns;
    private final Settlement settlement;
    private final Outcomes outcomes;
    private final Calls calls;
    private final Twiml twiml;
    private final Clock clock;
    private final Bell bell;

    Interview(
            Database database,
            Outbox outbox,
            Attempts attempts,
            Queue queue,
            Agents agents,
            Campaigns campaigns,
            Settlement settlement,
            Outcomes outcomes,
            Calls calls,
            Twiml twiml,
            Clock clock,
            Bell bell) {
        this.database = database;
        this.outbox = outbox;
        this.attempts = attempts;
        this.queue = queue;
        this.agents = agents;
        this.campaigns = campaigns;
        this.settlement = settlement;
        this.outcomes = outcomes;
        this.calls = calls;
        this.twiml = twiml;
        this.clock = clock;
        this.bell = bell;
    }

    /**
     * Records the outcome; fails with a problem that names the field, or 404 when the call is not this agent's. The
     * attempt is locked before the question whether this was recorded already: two posts at once wait for each other.
     */
    public Uni<Void> record(Account agent, Form form) {
        Answer answer = complete(form);
        Instant now = clock.instant();
        return database.inTransaction(sql -> attempts.heldBy(sql, agent.id())
                        .chain(held -> outcomes.recordedBy(sql, form.actionId())
                                .chain(before -> before == null
                                        ? record(sql, agent, held, form, answer, now)
                                        : repeated(agent, before))))
                .call(live -> live == null ? Nothing.happens() : calls.hangUp(live))
                .invoke(() -> announce(agent))
                .replaceWithVoid();
    }

    private void announce(Account agent) {
        outbox.nudge(Outbox.OUTCOMES);
        outbox.nudge(Outbox.SMS_TO_SEND);
        bell.ring(agent.id());
    }

    /** A message that is to be said on a call. */
    private record Message(long attemptId, String callSid, String text) {}

    /**
     * A machine answered: leaves the campaign's message there and ends the call with this outcome. The agent is free at
     * once, the message goes on without them. Fails with 409 when the call is over or the youth has two messages already.
     */
    public Uni<Void> leaveMessage(Account agent, long attemptId, String actionId) {
        var form = new Form(attemptId, actionId, Outcome.VOICEMAIL.name(), null, null, null, null, null, null, null);
        Instant now = clock.instant();
        return database.inTransaction(sql -> attempts.heldBy(sql, agent.id())
                        .chain(held -> outcomes.recordedBy(sql, actionId)
                                .chain(before -> before == null
                                        ? leaveMessage(sql, agent, held, form, now)
                                        : repeated(agent, before).map(ignored -> (@Nullable Message) null))))
                .call(message -> message == null ? Nothing.happens() : say(message))
                .invoke(() -> announce(agent))
                .replaceWithVoid();
    }

    private Uni<@Nullable Message> leaveMessage(
            Sql sql, Account agent, @Nullable Attempt attempt, Form form, Instant now) {
        if (attempt == null
                || attempt.state() != AttemptState.ANSWERED
                || attempt.callSid() == null
                || attempt.inbound()) {
            return Uni.createFrom()
                    .failure(Problem.conflict("call-over", "L'appel est terminé : notez « Messagerie »."));
        }
        return outcomes.leaveMessage(sql, attempt, now)
                .chain(left -> left
                        ? attempts.speak(sql, attempt.id(), LONGEST_MESSAGE)
                                .chain(() -> record(sql, agent, attempt, form, complete(form), now))
                        : Uni.createFrom()
                                .failure(Problem.conflict(
                                        "two-messages",
                                        "Deux messages ont déjà été laissés à ce jeune : notez « Messagerie ».")))
                .chain(sid -> campaigns
                        .byId(sql, attempt.campaignId())
                        .map(campaign ->
                                sid == null ? null : new Message(attempt.id(), sid, campaign.voicemailText())));
    }

    private Uni<Void> say(Message message) {
        return calls.sayAndHangUp(message.callSid(), twiml.sayAndHangUp(message.text()))
                .chain(said -> said
                        ? Nothing.happens()
                        : database.inTransaction(sql -> attempts.speakNoMore(sql, message.attemptId())));
    }

    private static Uni<@Nullable String> repeated(Account agent, long before) {
        return before == agent.id()
                ? Nothing.found()
                : Uni.createFrom().failure(Problem.notFound("Cet appel n'est pas, ou n'est plus, le vôtre."));
    }

    /** Answers the call to hang up, when it still goes on. */
    private Uni<@Nullable String> record(
            Sql sql, Account agent, @Nullable Attempt attempt, Form form, Answer answer, Instant now) {
        if (attempt == null
                || attempt.id() != form.attemptId()
                || !attempt.actionId().equals(form.actionId())) {
            return Uni.createFrom().failure(Problem.notFound("Cet appel n'est pas, ou n'est plus, le vôtre."));
        }
        Instant answeredAt = attempt.answeredAt();
        if (answeredAt == null) {
            return Uni.createFrom()
                    .failure(Problem.conflict("not-answered", "Personne n'a encore répondu à cet appel."));
        }
        return check(sql, attempt, answer, now)
                .chain(() -> LastTexts.markRead(sql, attempt.youthId(), answeredAt, now))
                .chain(() -> outcomes.add(sql, attempt, answer, now))
                .chain(id -> follow(sql, attempt, answer, id, now))
                .chain(() -> "PAUSED".equals(form.next())
                        ? agents.want(sql, agent.id(), Agents.State.PAUSED)
                        : Nothing.happens())
                .chain(() -> settlement.settle(
                        sql, attempt, Ending.of(answer.outcome().result()).withPromise(promise(agent, answer)), now))
                .map(ignored -> attempt.endedAt() == null ? attempt.callSid() : null);
    }

    private static @Nullable Promise promise(Account agent, Answer answer) {
        Instant at = answer.callbackAt();
        return at == null ? null : new Promise(at, answer.callbackMine() ? agent.id() : null);
    }

    private Uni<Void> check(Sql sql, Attempt attempt, Answer answer, Instant now) {
        return campaigns
                .byId(sql, attempt.campaignId())
                .chain(campaign -> Youths.file(sql, attempt.youthId()).chain(youth -> {
                    if (youth == null) {
                        return Uni.createFrom().failure(Problem.notFound("Ce dossier n'existe plus."));
                    }
                    Problem problem = problem(campaign, youth.age(today(now)), answer, now);
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

    private static LocalDate today(Instant now) {
        return now.atZone(PARIS).toLocalDate();
    }

    /** What speaks against an answer that is complete in itself; null when nothing does. */
    static @Nullable Problem problem(Campaign campaign, Age age, Answer answer, Instant now) {
        if (answer.agreedBy() == AgreedBy.GUARDIAN && !age.minor()) {
            return Problem.badRequest(
                    "guardian-of-adult", "Ce jeune est majeur : son accord à lui, ou à elle, est nécessaire.");
        }
        Instant callbackAt = answer.callbackAt();
        if (callbackAt == null) {
            return null;
        }
        if (!callbackAt.isAfter(now)) {
            return Problem.badRequest("callback-in-the-past", "Le rappel doit être dans le futur.");
        }
        if (!campaign.isOpenAt(callbackAt, CallingHours.TO_PROMISE)) {
            return Problem.badRequest(
                    "callback-outside-hours",
                    "Le rappel doit tomber dans les horaires d'appel de la campagne, avant sa fin.");
        }
        return null;
    }

    private Uni<Void> follow(Sql sql, Attempt attempt, Answer answer, long outcomeId, Instant now) {
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
                ? done.chain(() -> Youths.object(sql, attempt.youthId(), Youths.Channel.CALL, now))
                        .chain(() -> Places.leaveObjecting(sql, attempt.youthId(), now))
                : done;
    }

    /** Reads the form: a missing or foreign value is a problem that names its field; fields of other outcomes are dropped. */
    static Answer complete(Form form) {
        Outcome outcome = constant(Outcome.class, "outcome", form.outcome());
        boolean referral = outcome == Outcome.REFERRAL;
        return new Answer(
                outcome,
                outcome == Outcome.IN_SOLUTION ? constant(Solution.class, "solution", form.solution()) : null,
                referral ? receiver(form.structureKind()) : null,
                referral ? constant(AgreedBy.class, "agreedBy", form.agreedBy()) : null,
                outcome == Outcome.CALLBACK ? instant(form.callbackAt()) : null,
                outcome == Outcome.CALLBACK && "yes".equals(form.callbackMine()),
                note(form.note()));
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String field, @Nullable String value) {
        try {
            return Enum.valueOf(type, value == null ? "" : value);
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest("missing-" + field, missing(field));
        }
    }

    private static StructureKind receiver(@Nullable String written) {
        StructureKind kind = constant(StructureKind.class, "structureKind", written);
        if (!kind.takesReferrals()) {
            throw Problem.badRequest("missing-structureKind", missing("structureKind"));
        }
        return kind;
    }

    private static String missing(String field) {
        return switch (field) {
            case "outcome" -> "Choisissez l'issue de l'appel.";
            case "solution" -> "Précisez dans quelle solution est le jeune.";
            case "structureKind" -> "Choisissez CIO ou mission locale.";
            case "agreedBy" -> "Précisez qui a donné son accord.";
            default -> "Il manque une réponse.";
        };
    }

    private static Instant instant(@Nullable String local) {
        try {
            return LocalDateTime.parse(local == null ? "" : local).atZone(PARIS).toInstant();
        } catch (DateTimeParseException e) {
            throw Problem.badRequest("missing-callbackAt", "Indiquez le jour et l'heure du rappel.");
        }
    }

    private static @Nullable String note(@Nullable String note) {
        if (note == null || note.isBlank()) {
            return null;
        }
        if (note.length() > NOTE_LENGTH) {
            throw Problem.badRequest("note-too-long", "La note dépasse 1 000 caractères.");
        }
        return note.strip();
    }
}
