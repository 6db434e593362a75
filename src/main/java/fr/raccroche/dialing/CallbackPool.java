package fr.raccroche.dialing;

import fr.raccroche.platform.Database;
import fr.raccroche.platform.Nothing;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;

/** Gives a promised call whose agent does not come to everybody. */
@ApplicationScoped
class CallbackPool {

    private final Database database;
    private final Callbacks callbacks;
    private final Dialer dialer;
    private final Clock clock;

    CallbackPool(Database database, Callbacks callbacks, Dialer dialer, Clock clock) {
        this.database = database;
        this.callbacks = callbacks;
        this.dialer = dialer;
        this.clock = clock;
    }

    /** Whose agent does not come is called by anybody: looked for every minute, in one statement. */
    @Scheduled(
            every = "${raccroche.dialing.pooling}",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> pool() {
        Instant now = clock.instant();
        return database.inTransaction(sql -> callbacks.pool(sql, now))
                .invoke(pooled -> {
                    if (pooled > 0) {
                        dialer.nudge();
                    }
                })
                .replaceWithVoid()
                .onFailure()
                .recoverWithUni(Nothing.but("Overdue callbacks could not be given to everybody"));
    }
}
