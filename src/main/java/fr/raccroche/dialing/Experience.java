package fr.raccroche.dialing;

import fr.raccroche.campaign.ContactRates;
import fr.raccroche.platform.Database;
import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/** What the ledger of all campaigns taught about reaching people, read again from time to time. */
@ApplicationScoped
class Experience {

    private final Database database;
    private final Attempts attempts;
    private final Clock clock;
    private volatile ContactRates rates = ContactRates.NONE;

    Experience(Database database, Attempts attempts, Clock clock) {
        this.clock = clock;
        this.database = database;
        this.attempts = attempts;
    }

    /** As last read; nothing right after the start. */
    ContactRates rates() {
        return rates;
    }

    @Scheduled(
            every = "${raccroche.dialing.learning:10m}",
            skipExecutionIf = Scheduled.ApplicationNotRunning.class,
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> learn() {
        return database.inTransaction(sql -> attempts.contactRates(sql, clock.instant()))
                .invoke(learnt -> rates = learnt)
                .replaceWithVoid()
                .onFailure()
                .recoverWithUni(failure -> {
                    Log.warnf(
                            "Contact rates were not read (%s). Will be tried again.",
                            failure.getClass().getSimpleName());
                    return Uni.createFrom().voidItem();
                });
    }
}
