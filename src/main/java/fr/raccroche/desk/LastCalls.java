package fr.raccroche.desk;

import static fr.raccroche.platform.FrenchCalendar.PARIS;

import fr.raccroche.dialing.Attempts;
import fr.raccroche.dialing.Bell;
import fr.raccroche.dialing.Dialer;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Outbox;
import fr.raccroche.platform.Problem;
import fr.raccroche.platform.Sql;
import fr.raccroche.security.Account;
import fr.raccroche.youth.YouthFile;
import fr.raccroche.youth.Youths;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls that are recorded, for who wants to look again, and to correct them. */
@ApplicationScoped
class LastCalls {

    private static final int MOST = 5;

    private final Database database;
    private final Attempts attempts;
    private final Correction correction;
    private final Outbox outbox;
    private final Dialer dialer;
    private final Bell bell;
    private final Clock clock;

    LastCalls(
            Database database,
            Attempts attempts,
            Correction correction,
            Outbox outbox,
            Dialer dialer,
            Bell bell,
            Clock clock) {
        this.database = database;
        this.attempts = attempts;
        this.correction = correction;
        this.outbox = outbox;
        this.dialer = dialer;
        this.bell = bell;
        this.clock = clock;
    }

    /**
     * A recorded call on its form.
     *
     * @param at when it was recorded
     * @param minor whether a guardian may agree
     * @param before what was recorded at first, if it was corrected
     */
    public record Recall(
            long attemptId,
            long youthId,
            String name,
            Instant at,
            boolean minor,
            OutcomeForm said,
            List<Earlier> before) {}

    /** The calls that an agent may correct by themselves. */
    Uni<List<LastCall>> of(Account agent) {
        Instant now = clock.instant();
        return database.inTransaction(sql -> Outcomes.last(sql, agent.id(), now.minus(Change.WHILE), MOST));
    }

    /** One of them, or for a supervisor anybody's. */
    Uni<Recall> recall(Account who, long attemptId) {
        Instant now = clock.instant();
        return database.inTransaction(sql -> correction
                .noted(sql, who, attemptId)
                .chain(noted -> youth(sql, attemptId).chain(youth -> recall(sql, attemptId, youth, noted, now))));
    }

    private static Uni<Recall> recall(Sql sql, long attemptId, YouthFile youth, Noted noted, Instant now) {
        return Outcomes.before(sql, noted.id()).map(before -> recall(attemptId, youth, noted, before, now));
    }

    private static Recall recall(long attemptId, YouthFile youth, Noted noted, List<Earlier> before, Instant now) {
        return new Recall(
                attemptId,
                youth.id(),
                youth.firstName() + " " + youth.lastName(),
                noted.at(),
                youth.age(now.atZone(PARIS).toLocalDate()).minor(),
                OutcomeForm.of(attemptId, noted.answer()),
                before);
    }

    private Uni<YouthFile> youth(Sql sql, long attemptId) {
        return attempts.byId(sql, attemptId)
                .chain(attempt -> attempt == null ? Uni.createFrom().nullItem() : Youths.file(sql, attempt.youthId()))
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("Ce dossier n'existe plus."));
    }

    /** Corrects what was recorded; fails with a problem when something speaks against it. */
    Uni<Void> correct(Account who, OutcomeForm form, @Nullable String reason) {
        Answer answer = Answer.of(form);
        Instant now = clock.instant();
        return database.inTransaction(
                        sql -> correction.correct(sql, who, form.attemptId(), answer, form.whoseNo(), reason, now))
                .invoke(() -> {
                    outbox.nudge(Outbox.OUTCOMES);
                    dialer.nudge();
                    bell.ring(who.id());
                });
    }
}
