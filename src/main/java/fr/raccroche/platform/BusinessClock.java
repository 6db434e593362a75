package fr.raccroche.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/**
 * Business time that may differ from the machine's: the demo opens on a working day at ten, a simulated campaign runs
 * hundreds of times faster and jumps over idle hours.
 *
 * <p>The clock is an anchor in a small mapped file (real instant, business instant, speed), so that several processes
 * on one machine, and a process that was killed and started again, read the same time. It never goes backwards. Leases
 * and everything technical use database time instead.
 */
public final class BusinessClock extends Clock {

    private static final int SEQUENCE = 0;
    private static final int REAL_MILLIS = 8;
    private static final int BUSINESS_MILLIS = 16;
    private static final int SPEED = 24;
    private static final int SIZE = 32;

    private final Clock real;
    private final ByteBuffer anchor;
    private final ZoneId zone;

    private BusinessClock(Clock real, ByteBuffer anchor, ZoneId zone) {
        this.real = real;
        this.anchor = anchor;
        this.zone = zone;
    }

    /** Opens the clock kept in {@code file}; a new file starts at the real time, at normal speed. */
    public static BusinessClock open(Path file, Clock real) {
        try (var channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            boolean fresh = channel.size() < SIZE;
            var clock = new BusinessClock(real, channel.map(FileChannel.MapMode.READ_WRITE, 0, SIZE), real.getZone());
            if (fresh) {
                clock.write(real.millis(), real.millis(), 1.0);
            }
            return clock;
        } catch (IOException e) {
            throw new UncheckedIOException("The clock file cannot be opened: " + file, e);
        }
    }

    /** Moves forward to {@code business} and goes on from there at {@code speed} business seconds a second. */
    public synchronized void start(Instant business, double speed) {
        Instant from = business.isAfter(instant()) ? business : instant();
        write(real.millis(), from.toEpochMilli(), speed);
    }

    /** Sets the clock to {@code business} whatever it showed; only for data that has no history yet. */
    public synchronized void reset(Instant business, double speed) {
        write(real.millis(), business.toEpochMilli(), speed);
    }

    /** Jumps forward to {@code business}; an instant already passed changes nothing. */
    public synchronized void jumpTo(Instant business) {
        start(business, speed());
    }

    /** Business seconds per real second; 1 is normal. */
    public double speed() {
        return anchor.getDouble(SPEED);
    }

    /** Whether time runs faster than life, which only a simulation asks for. */
    public boolean isFast() {
        return speed() > 1.0;
    }

    /** How far business time is ahead of the machine's. */
    public Duration ahead() {
        return Duration.between(real.instant(), instant());
    }

    @Override
    public Instant instant() {
        while (true) {
            long before = anchor.getLong(SEQUENCE);
            long realMillis = anchor.getLong(REAL_MILLIS);
            long businessMillis = anchor.getLong(BUSINESS_MILLIS);
            double speed = anchor.getDouble(SPEED);
            if (before % 2 == 0 && before == anchor.getLong(SEQUENCE)) {
                return Instant.ofEpochMilli(businessMillis + (long) ((real.millis() - realMillis) * speed));
            }
            Thread.onSpinWait();
        }
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return new BusinessClock(real, anchor, other);
    }

    /** An odd sequence marks a write under way, so that a reader never mixes two anchors. */
    private void write(long realMillis, long businessMillis, double speed) {
        long sequence = anchor.getLong(SEQUENCE) / 2 * 2;
        anchor.putLong(SEQUENCE, sequence + 1);
        anchor.putLong(REAL_MILLIS, realMillis);
        anchor.putLong(BUSINESS_MILLIS, businessMillis);
        anchor.putDouble(SPEED, speed);
        anchor.putLong(SEQUENCE, sequence + 2);
    }
}
