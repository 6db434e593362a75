package fr.raccroche.desk;

import fr.raccroche.dialing.Attempt;
import fr.raccroche.dialing.Attempts;
import fr.raccroche.dialing.Bell;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Nothing;
import fr.raccroche.platform.Outbox;
import fr.raccroche.platform.Problem;
import fr.raccroche.platform.Sql;
import fr.raccroche.security.Account;
import fr.raccroche.telephony.Calls;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The end of a situation interview: what the youth said, in one transaction with everything that follows from it. Only
 * the agent who holds the attempt may record it, and recording it twice records it once.
 */
@ApplicationScoped
class Interview {

    private final Database database;
    private final Attempts attempts;
    private final Recording recording;
    private final Calls calls;
    private final Outbox outbox;
    private final Bell bell;
    private final Clock clock;

    Interview(
            Database database,
            Attempts attempts,
            Recording recording,
            Calls calls,
            Outbox outbox,
            Bell bell,
            Clock clock) {
        this.database = database;
        this.attempts = attempts;
        this.recording = recording;
        this.calls = calls;
        this.outbox = outbox;
        this.bell = bell;
        this.clock = clock;
    }

    /**
     * Records the outcome; fails with a problem that names the field, or 404 when the call is not this agent's. The
     * attempt is locked before the question whether this was recorded already: two posts at once wait for each other.
     */
    Uni<Void> record(Account agent, OutcomeForm form) {
        Answer answer = Answer.of(form);
        Instant now = clock.instant();
        return database.inTransaction(sql -> attempts.heldBy(sql, agent.id())
                        .chain(attempt -> isRecorded(sql, agent, form)
                                .chain(recorded ->
                                        recorded ? Nothing.found() : record(sql, agent, attempt, form, answer, now))))
                .call(live -> live == null ? Nothing.happens() : calls.hangUp(live))
                .invoke(() -> announce(agent))
                .replaceWithVoid();
    }

    /** After the commit: the agent is free, and the outcome is on its way. */
    void announce(Account agent) {
        outbox.nudge(Outbox.OUTCOMES);
        outbox.nudge(Outbox.SMS_TO_SEND);
        bell.ring(agent.id());
    }

    /** Whether this agent recorded this form before; 404 when another agent did. */
    Uni<Boolean> isRecorded(Sql sql, Account agent, OutcomeForm form) {
        return Outcomes.recordedBy(sql, form.actionId()).map(before -> {
            if (before != null && before != agent.id()) {
                throw notYours();
            }
            return before != null;
        });
    }

    /** Answers the call to hang up, when it still goes on. */
    Uni<@Nullable String> record(
            Sql sql, Account agent, @Nullable Attempt attempt, OutcomeForm form, Answer answer, Instant now) {
        return attempt == null || !form.isAbout(attempt)
                ? Uni.createFrom().failure(notYours())
                : recording
                        .record(sql, agent, attempt, form, answer, now)
                        .map(ignored -> attempt.endedAt() == null ? attempt.callSid() : null);
    }

    private static Problem notYours() {
        return Problem.notFound("Cet appel n'est pas, ou n'est plus, le vôtre.");
    }
}
