package fr.raccroche.simulator;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The requests to the REST API that fail: those planned, all of an outage, and bursts that come by chance. */
final class RequestFaults {

    private static final int SHORTEST_BURST = 4;
    private static final int LONGEST_BURST = 12;
    private static final int MEAN_BURST = (SHORTEST_BURST + LONGEST_BURST) / 2;

    private record PlannedFault(Fault fault, Moment moment, boolean creationsOnly) {}

    private record Outage(Fault fault, Instant end) {}

    private final RandomGenerator random;
    private final Deque<PlannedFault> faults = new ArrayDeque<>();
    private @Nullable Outage outage;

    RequestFaults(RandomGenerator random) {
        this.random = random;
    }

    void clear() {
        faults.clear();
        outage = null;
    }

    /** The next {@code times} creations fail this way. */
    void plan(int times, Fault fault, Moment moment) {
        plan(times, new PlannedFault(fault, moment, true));
    }

    /** Every request fails this way until {@code end}, business time. */
    void failUntil(Instant end, Fault fault) {
        outage = new Outage(fault, end);
    }

    /**
     * How the request that comes now fails, if it does.
     *
     * @param creation whether it asks for a call or a message
     * @param bursts share of requests, in percent, that fail several in a row
     */
    Optional<PlannedAnswer> next(boolean creation, Instant now, int bursts) {
        if (outage != null && now.isBefore(outage.end)) {
            return Optional.of(new PlannedAnswer(outage.fault, Moment.BEFORE_CREATION));
        }
        @Nullable PlannedFault planned = faults.peek();
        if (planned == null && bursts > 0 && random.nextInt(100 * MEAN_BURST) < bursts) {
            planBurst();
            planned = faults.peek();
        }
        if (planned == null || (planned.creationsOnly && !creation)) {
            return Optional.empty();
        }
        faults.remove();
        return Optional.of(new PlannedAnswer(planned.fault, planned.moment));
    }

    private void plan(int times, PlannedFault fault) {
        for (int i = 0; i < times; i++) {
            faults.add(fault);
        }
    }

    private void planBurst() {
        int length = SHORTEST_BURST + random.nextInt(LONGEST_BURST - SHORTEST_BURST + 1);
        switch (random.nextInt(4)) {
            case 0 -> plan(length, new PlannedFault(Fault.INTERNAL_ERROR, Moment.BEFORE_CREATION, false));
            case 1 -> plan(length, new PlannedFault(Fault.INTERNAL_ERROR, Moment.AFTER_CREATION, false));
            case 2 -> plan(length, new PlannedFault(Fault.UNAVAILABLE, Moment.BEFORE_CREATION, false));
            default -> plan(length, new PlannedFault(Fault.TOO_MANY_REQUESTS, Moment.BEFORE_CREATION, false));
        }
    }
}
