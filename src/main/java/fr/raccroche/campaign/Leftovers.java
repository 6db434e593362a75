package fr.raccroche.campaign;

import fr.raccroche.platform.Database;
import fr.raccroche.platform.InTurn;
import fr.raccroche.platform.Nothing;
import fr.raccroche.platform.Outbox;
import fr.raccroche.queue.Ends;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;

/**
 * Finds whoever waits for a call in a campaign that is closed: put there in the moment of its end, or by an earlier version
 * of the program. Nobody would ever call them.
 */
@ApplicationScoped
class Leftovers {

    private final Database database;
    private final Outbox outbox;
    private final Clock clock;

    Leftovers(Database database, Outbox outbox, Clock clock) {
        this.database = database;
        this.outbox = outbox;
        this.clock = clock;
    }

    @Scheduled(
            every = "${raccroche.dialing.pooling}",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> look() {
        return database.inTransaction(Ends::unfinished)
                .chain(campaigns -> InTurn.eachOnItsOwn(
                        campaigns, this::finish, "Those whom a closed campaign left could not be given an end"))
                .onFailure()
                .recoverWithUni(Nothing.but("Closed campaigns could not be looked through"));
    }

    private Uni<Void> finish(long campaign) {
        Instant now = clock.instant();
        return database.inTransaction(sql -> Ends.settle(sql, campaign, now)
                        .chain(() -> outbox.put(sql, Outbox.CAMPAIGNS_CLOSED, new CampaignClosed(campaign, now))))
                .invoke(() -> outbox.nudge(Outbox.CAMPAIGNS_CLOSED));
    }
}
