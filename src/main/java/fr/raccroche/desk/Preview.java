package fr.raccroche.desk;

import fr.raccroche.dialing.Attempt;
import fr.raccroche.dialing.AttemptState;
import fr.raccroche.dialing.Attempts;
import fr.raccroche.dialing.Bell;
import fr.raccroche.dialing.Previews;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Outbox;
import fr.raccroche.platform.Problem;
import fr.raccroche.platform.Sql;
import fr.raccroche.security.Account;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;

/** A file that an agent reads before its call: they call, or pass. Fails with 409 when no file waits for that. */
@ApplicationScoped
class Preview {

    private final Database database;
    private final Outbox outbox;
    private final Attempts attempts;
    private final Previews previews;
    private final Bell bell;
    private final Clock clock;

    Preview(Database database, Outbox outbox, Attempts attempts, Previews previews, Bell bell, Clock clock) {
        this.database = database;
        this.outbox = outbox;
        this.attempts = attempts;
        this.previews = previews;
        this.bell = bell;
        this.clock = clock;
    }

    /** Dials the youth on the screen. */
    Uni<Void> call(Account agent) {
        Instant now = clock.instant();
        return database.inTransaction(sql -> inHand(sql, agent).chain(attempt -> previews.call(sql, attempt, now)))
                .invoke(() -> {
                    outbox.nudge(Outbox.CALLS_TO_PLACE);
                    bell.ring(agent.id());
                });
    }

    /** Not now: the youth goes back to the queue and nothing is counted. */
    Uni<Void> pass(Account agent) {
        Instant now = clock.instant();
        return database.inTransaction(sql -> inHand(sql, agent).chain(attempt -> previews.pass(sql, attempt, now)))
                .invoke(() -> bell.ring(agent.id()));
    }

    private Uni<Attempt> inHand(Sql sql, Account agent) {
        return attempts.heldBy(sql, agent.id())
                .chain(attempt -> attempt == null || attempt.state() != AttemptState.PREVIEW
                        ? Uni.createFrom()
                                .failure(Problem.conflict("no-preview", "Aucun dossier n'attend votre appel."))
                        : Uni.createFrom().item(attempt));
    }
}
