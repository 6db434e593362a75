package fr.raccroche.dialing;

import fr.raccroche.platform.Database;
import fr.raccroche.platform.Nothing;
import fr.raccroche.platform.Settings;
import fr.raccroche.telephony.Calls;
import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Knows whether Twilio takes calls. After a few failures in a row the dialer stops placing calls, and the wallboard says
 * so; a look every few seconds finds out when it may go on.
 */
@ApplicationScoped
class TwilioWatch {

    private static final int FAILURES = 2;

    private final Calls calls;
    private final Database database;
    private final AtomicInteger failures = new AtomicInteger();
    private volatile boolean down;
    private volatile boolean told;

    TwilioWatch(Calls calls, Database database) {
        this.calls = calls;
        this.database = database;
    }

    boolean isUp() {
        return !down;
    }

    void succeeded() {
        failures.set(0);
    }

    /** A call was refused for a reason of ours, or its fate is unknown. */
    Uni<Void> failed() {
        if (failures.incrementAndGet() < FAILURES || down) {
            return Nothing.happens();
        }
        down = true;
        Log.warn("Twilio takes no calls: the dialer waits and looks again every few seconds.");
        return tell("DOWN");
    }

    @Scheduled(
            every = "${raccroche.dialing.probe}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> look() {
        if (down) {
            return calls.isReachable().chain(this::recover);
        }
        return told ? Nothing.happens() : tell("UP");
    }

    private Uni<Void> recover(boolean reachable) {
        if (!reachable) {
            return Nothing.happens();
        }
        failures.set(0);
        down = false;
        Log.info("Twilio takes calls again.");
        return tell("UP");
    }

    /** At the start too: an earlier run may have ended while Twilio was away. */
    private Uni<Void> tell(String state) {
        told = true;
        return database.inTransaction(sql -> Settings.keep(sql, "telephony", state));
    }
}
