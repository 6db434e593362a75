package fr.raccroche.simulator.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Business time that runs many times faster than life and can jump forward. */
final class TestingFastClock extends Clock {

    private final long started = System.nanoTime();
    private final int speed;
    private volatile Instant anchor;

    TestingFastClock(Instant start, int speed) {
        this.anchor = start;
        this.speed = speed;
    }

    synchronized void jumpTo(Instant to) {
        Duration ahead = Duration.between(instant(), to);
        if (ahead.isPositive()) {
            anchor = anchor.plus(ahead);
        }
    }

    @Override
    public Instant instant() {
        return anchor.plusNanos((System.nanoTime() - started) * speed);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
