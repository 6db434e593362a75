package fr.raccroche.simulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Business time of the simulated world: what is planned happens at its own instant, one thing at a time, in order.
 *
 * <p>Everything that touches simulated state does so in a {@linkplain #turn turn}. A turn first plays what was due, so a
 * request that arrives late in real time still meets the world as it is at its business instant, even when the clock
 * runs hundreds of times faster than life or jumps.
 */
final class Timeline implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Timeline.class);
    private static final long BUSY_POLL_NANOS = 1_000_000;
    private static final long IDLE_POLL_NANOS = 5_000_000;

    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final PriorityQueue<Planned> plan =
            new PriorityQueue<>(Comparator.comparing(Planned::due).thenComparingLong(Planned::order));
    private Instant now;
    private long planned;
    private volatile boolean closed;

    Timeline(Clock clock) {
        this.clock = clock;
        this.now = clock.instant();
    }

    void start() {
        Thread.ofPlatform().daemon().name("simulator-timeline").start(this::play);
    }

    @Override
    public void close() {
        closed = true;
    }

    /** The instant of what is happening; within a turn it stands still. */
    Instant now() {
        return turn(() -> now);
    }

    Planned after(Duration delay, Runnable action) {
        return turn(() -> {
            var entry = new Planned(now.plus(delay), planned++, action);
            plan.add(entry);
            return entry;
        });
    }

    /** When the next planned thing happens, if anything is planned. */
    Optional<Instant> next() {
        return turn(() -> {
            forgetCancelled();
            return Optional.ofNullable(plan.peek()).map(Planned::due);
        });
    }

    void run(Runnable work) {
        boolean unused = turn(() -> {
            work.run();
            return true;
        });
    }

    <T> T turn(Supplier<T> work) {
        if (lock.isHeldByCurrentThread()) {
            return work.get();
        }
        lock.lock();
        try {
            playDue();
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    private void play() {
        while (!closed) {
            boolean idle = turn(plan::isEmpty);
            LockSupport.parkNanos(idle ? IDLE_POLL_NANOS : BUSY_POLL_NANOS);
        }
    }

    private void playDue() {
        Instant until = clock.instant();
        for (Planned head = plan.peek(); head != null && !head.due.isAfter(until); head = plan.peek()) {
            Planned entry = plan.remove();
            if (!entry.cancelled) {
                now = later(now, entry.due);
                perform(entry);
            }
        }
        now = later(now, until);
    }

    private static void perform(Planned entry) {
        try {
            entry.action.run();
        } catch (RuntimeException e) {
            LOG.error("A simulated event failed; the others go on.", e);
        }
    }

    private void forgetCancelled() {
        for (Planned head = plan.peek(); head != null && head.cancelled; head = plan.peek()) {
            plan.remove();
        }
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    /** Something that will happen unless it is cancelled. */
    static final class Planned {
        private final Instant due;
        private final long order;
        private final Runnable action;
        private volatile boolean cancelled;

        private Planned(Instant due, long order, Runnable action) {
            this.due = due;
            this.order = order;
            this.action = action;
        }

        private Instant due() {
            return due;
        }

        private long order() {
            return order;
        }

        void cancel() {
            cancelled = true;
        }
    }
}
