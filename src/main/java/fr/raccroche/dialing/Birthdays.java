package fr.raccroche.dialing;

import fr.raccroche.platform.Database;
import fr.raccroche.platform.Nothing;
import fr.raccroche.queue.Enrolment;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;

/** Brings back whoever was too young to be called and has turned sixteen. */
@ApplicationScoped
class Birthdays {

    private final Database database;
    private final Dialer dialer;
    private final Clock clock;

    Birthdays(Database database, Dialer dialer, Clock clock) {
        this.database = database;
        this.dialer = dialer;
        this.clock = clock;
    }

    /** Looked for as often as overdue promises: by the campaigns' own days, which run fast in simulations. */
    @Scheduled(
            every = "${raccroche.dialing.pooling}",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> look() {
        Instant now = clock.instant();
        return database.inTransaction(sql -> sql.run(Enrolment.sixteen(null, now)))
                .invoke(back -> {
                    if (back > 0) {
                        dialer.nudge();
                    }
                })
                .replaceWithVoid()
                .onFailure()
                .recoverWithUni(Nothing.but("Those who turned sixteen could not be brought back"));
    }
}
