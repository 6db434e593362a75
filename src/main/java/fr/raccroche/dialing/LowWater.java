package fr.raccroche.dialing;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the queue of each campaign begins, as this node last saw it: for each priority the place before which nobody
 * waits. Whoever was called leaves an entry in the index that the database cannot remove while any report still reads
 * from before; without a mark each claim would walk over all of them.
 *
 * <p>A mark is a memory, not a promise. Youths come back before it: sent back by another node, enrolled late, given up by
 * a transaction that failed. So it is read again from the database after {@link #FRESH}, or a little later when reading
 * itself takes long, and nobody who is due waits longer than that. What this node puts back lowers its mark at once.
 */
final class LowWater {

    /** Age from which on one caller reads again while the others go on; twice as old, nobody trusts it. */
    static final Duration FRESH = Duration.ofSeconds(1);

    /** No reading lets the next one wait longer than this. */
    static final Duration LONGEST = Duration.ofSeconds(30);

    /** Reading may take one twentieth of the time. */
    private static final int SHARE = 20;

    /** A look into the database that was begun. */
    interface Reading {

        /** The first place of each priority at which somebody waits. */
        void found(List<QueuePlace> lanes);
    }

    /** Times in nanoseconds; {@code asked} is when somebody last went to read. */
    private record Memory(List<QueuePlace> lanes, long read, long fresh, long asked) {

        Memory with(List<QueuePlace> other) {
            return new Memory(other, read, fresh, asked);
        }
    }

    private final LongSupplier nanos;
    private final ConcurrentMap<Long, Memory> campaigns = new ConcurrentHashMap<>();

    LowWater(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** The marks, highest priority first; null when the caller is to read them. */
    @Nullable
    List<QueuePlace> lanes(long campaignId) {
        Memory memory = campaigns.get(campaignId);
        long now = nanos.getAsLong();
        if (memory == null || now - memory.read() > 2 * memory.fresh()) {
            return null;
        }
        boolean due = now - memory.read() > memory.fresh() && now - memory.asked() > memory.fresh();
        var asked = new Memory(memory.lanes(), memory.read(), memory.fresh(), now);
        return due && campaigns.replace(campaignId, memory, asked) ? null : memory.lanes();
    }

    /** Begins to read; what is found is believed from this moment on. */
    Reading reading(long campaignId) {
        long began = nanos.getAsLong();
        return lanes -> {
            long took = nanos.getAsLong() - began;
            long fresh = Math.clamp(SHARE * took, FRESH.toNanos(), LONGEST.toNanos());
            campaigns.put(campaignId, new Memory(List.copyOf(lanes), began, fresh, began));
        };
    }

    /** Somebody at {@code place} was taken: those before were passed over, and are looked for at the next reading. */
    void raise(long campaignId, QueuePlace place) {
        campaigns.computeIfPresent(
                campaignId,
                (id, memory) -> memory.with(memory.lanes().stream()
                        .map(lane -> lane.priority() == place.priority() && lane.compareTo(place) < 0 ? place : lane)
                        .toList()));
    }

    /** Somebody waits at {@code place} again. */
    void lower(long campaignId, QueuePlace place) {
        campaigns.computeIfPresent(campaignId, (id, memory) -> {
            boolean covered = memory.lanes().stream()
                    .anyMatch(lane -> lane.priority() == place.priority() && lane.compareTo(place) <= 0);
            return covered ? memory : memory.with(withLane(memory.lanes(), place));
        });
    }

    private static List<QueuePlace> withLane(List<QueuePlace> lanes, QueuePlace place) {
        return Stream.concat(lanes.stream().filter(lane -> lane.priority() != place.priority()), Stream.of(place))
                .sorted()
                .toList();
    }
}
