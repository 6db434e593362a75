package fr.raccroche.dialing;

import java.time.Duration;
import java.time.Instant;

/**
 * How fast the account may place calls, so that none ever waits at Twilio: what Twilio queues it may ring hours later,
 * at night. Calls keep a gap between them; nothing is saved up for a burst. A refusal (429) doubles the gap, each call
 * that is placed afterwards takes a fifth of the surplus away.
 *
 * @param gap least time between two calls; zero for an account without a limit
 * @param callsAtOnce calls to people that may last at the same time; 0 for no limit
 */
record CallRate(Duration gap, int callsAtOnce) {

    /** The longest gap after refusals. */
    static final Duration LONGEST = Duration.ofMinutes(1);

    private static final Duration FIRST_REFUSAL = Duration.ofSeconds(1);
    private static final Duration ALMOST_NOTHING = Duration.ofMillis(20);
    /** When a line may have come free again. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    /**
     * What is remembered from call to call.
     *
     * @param nextAt no call begins before
     * @param gap the gap in force, longer than the account's after refusals
     */
    record Pace(Instant nextAt, Duration gap) {}

    /** Whether a call may begin. */
    sealed interface Turn {

        /** It begins now; {@code pace} is what is remembered. */
        record Now(Pace pace) implements Turn {}

        /** Not before {@code at}; ask again then. */
        record NotYet(Instant at) implements Turn {}
    }

    /** @param perSecond calls that may begin per second; 0 for no limit */
    static CallRate of(double perSecond, int callsAtOnce) {
        return new CallRate(
                perSecond <= 0 ? Duration.ZERO : Duration.ofNanos((long) Math.ceil(1e9 / perSecond)), callsAtOnce);
    }

    /** @param live calls that are at Twilio now */
    Turn turn(Pace pace, int live, Instant now) {
        Instant next = next(pace, now);
        if (next.isAfter(now)) {
            return new Turn.NotYet(next);
        }
        if (callsAtOnce > 0 && live >= callsAtOnce) {
            return new Turn.NotYet(now.plus(LOOK_AGAIN));
        }
        Duration eased = eased(pace.gap());
        return new Turn.Now(new Pace(now.plus(eased), eased));
    }

    /** A moment further away than the longest gap was written by a clock that has been set back since. */
    private static Instant next(Pace pace, Instant now) {
        return pace.nextAt().isAfter(now.plus(LONGEST)) ? now : pace.nextAt();
    }

    private Duration eased(Duration inForce) {
        Duration surplus = inForce.minus(gap).multipliedBy(4).dividedBy(5);
        return surplus.compareTo(ALMOST_NOTHING) < 0 ? gap : gap.plus(surplus);
    }

    /** What is remembered after Twilio said that this was too fast. */
    Pace refused(Pace pace, Instant now) {
        Duration doubled = max(max(pace.gap(), gap).multipliedBy(2), FIRST_REFUSAL);
        Duration longer = max(doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled, gap);
        return new Pace(now.plus(longer), longer);
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    /**
     * How many more calls would begin within {@code horizon}: nobody is taken out of the queue for a turn that is far away.
     *
     * @param live calls that are at Twilio now
     * @param waiting calls that wait for their turn already
     */
    int room(Pace pace, int live, int waiting, Duration horizon, Instant now) {
        int lines = callsAtOnce == 0 ? Integer.MAX_VALUE : callsAtOnce - live - waiting;
        return Math.max(0, Math.min(lines, turns(pace, horizon, now) - waiting));
    }

    private int turns(Pace pace, Duration horizon, Instant now) {
        Instant next = next(pace, now);
        Duration left = Duration.between(next.isAfter(now) ? next : now, now.plus(horizon));
        if (left.isNegative()) {
            return 0;
        }
        return pace.gap().isZero() && gap.isZero()
                ? Integer.MAX_VALUE
                : (int) (1 + left.dividedBy(max(pace.gap(), gap)));
    }
}
