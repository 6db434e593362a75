package fr.raccroche.dialing;

import fr.raccroche.dialing.CallRate.Pace;
import fr.raccroche.dialing.CallRate.Turn;
import fr.raccroche.platform.BusinessClock;
import fr.raccroche.platform.Nothing;
import fr.raccroche.platform.Sql;
import fr.raccroche.telephony.TwilioConfig;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The account's turns to place a call, shared by all nodes through one row: whoever places a call holds it until they
 * commit. It is the last lock of a transaction that needs it.
 */
@ApplicationScoped
class CallTurns {

    /** How far ahead calls are claimed: long enough to lose no turn, short enough to stay in the queue until then. */
    private static final Duration HORIZON = Duration.ofSeconds(2);

    private static final Duration SHORTEST_WAIT = Duration.ofMillis(5);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private final CallRate rate;
    private final Clock clock;
    private volatile Instant full = Instant.MIN;

    CallTurns(TwilioConfig config, Clock clock) {
        this.rate = CallRate.of(config.callsPerSecond(), config.callsAtOnce());
        this.clock = clock;
    }

    /** Takes a turn for one call if there is one now; the call is to be marked as dialled in the same transaction. */
    Uni<Turn> take(Sql sql, Instant now) {
        return lock(sql)
                .chain(pace -> live(sql).map(live -> rate.turn(pace, live.calls(), now)))
                .call(turn -> turn instanceof Turn.Now taken ? save(sql, taken.pace()) : Nothing.happens());
    }

    /** Twilio said that we are too fast. */
    Uni<Void> refused(Sql sql, Instant now) {
        return lock(sql).chain(pace -> save(sql, rate.refused(pace, now)));
    }

    /** How many more calls may be claimed now; without a lock, so that a few too many may wait a little. */
    Uni<Integer> room(Sql sql, Instant now) {
        return sql.query("select next_at, gap_millis from call_pace")
                .one(CallTurns::pace)
                .chain(pace -> live(sql).map(live -> rate.room(pace, live.calls(), live.waiting(), HORIZON, now)))
                .invoke(room -> full = room == 0 ? now : Instant.MIN);
    }

    /** Whether there was no room for another call at the last look, a moment ago. */
    boolean isFull(Instant now) {
        return full.isAfter(now.minus(HORIZON));
    }

    /** Ends at {@code at}, or earlier when that is far away: ask again then. */
    Uni<Void> waitUntil(Instant at) {
        return Nothing.happens().onItem().delayIt().by(until(at));
    }

    /** The real time until {@code at}, cut to what is worth waiting for at once. */
    private Duration until(Instant at) {
        double speed = clock instanceof BusinessClock business ? business.speed() : 1;
        var real =
                Duration.ofMillis((long) (Duration.between(clock.instant(), at).toMillis() / speed));
        return real.compareTo(SHORTEST_WAIT) < 0
                ? SHORTEST_WAIT
                : real.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : real;
    }

    /** Calls to people: at Twilio, and on their way there. */
    private record Live(int calls, int waiting) {}

    private static Uni<Live> live(Sql sql) {
        return sql.query("""
                        select count(*) filter (where state <> 'INTENT') as calls,
                               count(*) filter (where state = 'INTENT') as waiting
                        from call_attempt where live""").one(row -> new Live(row.integer("calls"), row.integer("waiting")));
    }

    private static Uni<Pace> lock(Sql sql) {
        return sql.query("select next_at, gap_millis from call_pace for update").one(CallTurns::pace);
    }

    private static Pace pace(Sql.Row row) {
        return new Pace(row.instant("next_at"), Duration.ofMillis(row.integer("gap_millis")));
    }

    private static Uni<Void> save(Sql sql, Pace pace) {
        return sql.update("update call_pace set next_at = :next, gap_millis = :gap")
                .set("next", pace.nextAt())
                .set("gap", (int) pace.gap().toMillis())
                .run();
    }
}
