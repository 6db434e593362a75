package fr.raccroche.simulator;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** What goes wrong on purpose; everything is off until it is set, and may be changed while calls run. */
public final class Knobs {

    /** What happens to a request that creates a call or a message. */
    public enum Fault {
        INTERNAL_ERROR,
        UNAVAILABLE,
        TOO_MANY_REQUESTS,
        HANG,
        CLOSE
    }

    /** Whether the call or message exists all the same. */
    public enum Moment {
        BEFORE_CREATION,
        AFTER_CREATION
    }

    private record PlannedFault(Fault fault, Moment moment) {}

    private final Deque<PlannedFault> faults = new ArrayDeque<>();
    private volatile int dropPercent;
    private volatile int duplicatePercent;
    private volatile Duration callbackDelay = Duration.ZERO;

    /** Share of status callbacks that are never sent, 0 to 100. */
    public void dropCallbacks(int percent) {
        dropPercent = percent;
    }

    /** Share of status callbacks that are sent twice, 0 to 100. */
    public void duplicateCallbacks(int percent) {
        duplicatePercent = percent;
    }

    /** Real time every status callback waits before it is sent. */
    public void delayCallbacks(Duration delay) {
        callbackDelay = delay;
    }

    /** The next {@code times} creations fail this way. */
    public synchronized void failNext(int times, Fault fault, Moment moment) {
        for (int i = 0; i < times; i++) {
            faults.add(new PlannedFault(fault, moment));
        }
    }

    synchronized Optional<Fault> take(Moment moment) {
        return Optional.ofNullable(faults.peek())
                .filter(planned -> planned.moment == moment)
                .map(planned -> faults.remove().fault);
    }

    int dropPercent() {
        return dropPercent;
    }

    int duplicatePercent() {
        return duplicatePercent;
    }

    Duration callbackDelay() {
        return callbackDelay;
    }
}
