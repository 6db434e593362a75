package fr.raccroche.simulator.run;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/** Hints that an agent's desk has changed: its events while they flow, and the time that has passed. */
final class DeskHints {

    private static final Logger LOG = Logger.getLogger(DeskHints.class);
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration POLL_BESIDE_EVENTS = Duration.ofSeconds(1);

    private final ProductClient client;
    private final BooleanSupplier goOn;
    private final Semaphore hints = new Semaphore(0);
    private volatile boolean eventsFlow;

    DeskHints(ProductClient client, BooleanSupplier goOn) {
        this.client = client;
        this.goOn = goOn;
    }

    /** Listens to the desk's events until the run is over. */
    void follow() {
        Thread.ofVirtual().start(this::followEvents);
    }

    /** Hints given so far count no longer. */
    void forget() {
        hints.drainPermits();
    }

    /** Whether something has changed since the last hint that was taken. */
    boolean take() {
        return hints.tryAcquire();
    }

    /** Waits for the next hint, but no longer than the desk may go unread. */
    void await() throws InterruptedException {
        Duration longest = eventsFlow ? POLL_BESIDE_EVENTS : POLL;
        boolean unused = hints.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void followEvents() {
        while (goOn.getAsBoolean()) {
            try {
                client.events("/desk/events", () -> {
                    eventsFlow = true;
                    hints.release();
                });
            } catch (IOException e) {
                LOG.debugf("The event stream broke: %s; polling until it is back.", e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            eventsFlow = false;
            rest();
        }
    }

    private static void rest() {
        try {
            Thread.sleep(POLL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
