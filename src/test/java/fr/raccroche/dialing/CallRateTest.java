package fr.raccroche.dialing;

import static org.assertj.core.api.Assertions.assertThat;

import fr.raccroche.dialing.CallRate.Pace;
import fr.raccroche.dialing.CallRate.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One call after the other, as fast as the account may. */
class CallRateTest {

    private static final Instant NOW = Instant.parse("2026-11-24T09:00:00Z");
    private static final CallRate ONE_A_SECOND = CallRate.of(1, 0);
    private static final CallRate UNLIMITED = CallRate.of(0, 0);
    private static final Pace FRESH = new Pace(Instant.EPOCH, Duration.ZERO);

    private static Instant after(double seconds) {
        return NOW.plusMillis((long) (seconds * 1000));
    }

    private static Pace pace(double nextAfter, double gap) {
        return new Pace(after(nextAfter), Duration.ofMillis((long) (gap * 1000)));
    }

    @Test
    void callsKeepTheirDistance() {
        assertThat(ONE_A_SECOND.turn(FRESH, 0, NOW)).isEqualTo(new Turn.Now(pace(1, 1)));
        assertThat(ONE_A_SECOND.turn(pace(1, 1), 0, after(0.4))).isEqualTo(new Turn.NotYet(after(1)));
        assertThat(ONE_A_SECOND.turn(pace(1, 1), 0, after(1))).isEqualTo(new Turn.Now(pace(2, 1)));
        assertThat(ONE_A_SECOND.turn(pace(1, 1), 0, after(30)))
                .as("an idle half minute saves nothing up")
                .isEqualTo(new Turn.Now(pace(31, 1)));
    }

    @Test
    void withoutALimitEverybodyGoesAtOnce() {
        assertThat(UNLIMITED.turn(FRESH, 500, NOW)).isEqualTo(new Turn.Now(pace(0, 0)));
        assertThat(UNLIMITED.room(FRESH, 500, 500, Duration.ofSeconds(2), NOW)).isGreaterThan(1_000_000);
    }

    @ParameterizedTest
    @CsvSource({"2, 0, true", "2, 1, true", "2, 2, false", "2, 3, false", "0, 900, true"})
    void noMoreCallsAtOnceThanTheAccountHolds(int most, int live, boolean now) {
        Turn turn = CallRate.of(10, most).turn(FRESH, live, NOW);

        assertThat(turn).isInstanceOf(now ? Turn.Now.class : Turn.NotYet.class);
        if (turn instanceof Turn.NotYet later) {
            assertThat(later.at()).isAfter(NOW);
        }
    }

    @Test
    void aRefusalSlowsDownMoreAndMoreAndSuccessRecovers() {
        Pace pace = FRESH;
        var gaps = new ArrayList<Long>();
        for (int i = 0; i < 8; i++) {
            pace = ONE_A_SECOND.refused(pace, NOW);
            gaps.add(pace.gap().toSeconds());
            assertThat(pace.nextAt()).isEqualTo(NOW.plus(pace.gap()));
        }
        assertThat(gaps).containsExactly(2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);

        int calls = 0;
        for (Instant now = pace.nextAt(); pace.gap().compareTo(Duration.ofSeconds(1)) > 0; now = pace.nextAt()) {
            assertThat(ONE_A_SECOND.turn(pace, 0, now.minusMillis(1))).isEqualTo(new Turn.NotYet(now));
            pace = ((Turn.Now) ONE_A_SECOND.turn(pace, 0, now)).pace();
            calls++;
        }
        assertThat(calls).as("calls until all is as before").isBetween(10, 40);
        assertThat(pace.gap()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void anAccountWithoutALimitRecoversToNone() {
        Pace pace = UNLIMITED.refused(FRESH, NOW);
        assertThat(pace).isEqualTo(pace(1, 1));
        assertThat(UNLIMITED.turn(pace, 0, after(0.5))).isEqualTo(new Turn.NotYet(after(1)));
        for (int i = 0; i < 30; i++) {
            pace = ((Turn.Now) UNLIMITED.turn(pace, 0, pace.nextAt())).pace();
        }
        assertThat(pace.gap()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, 0, 0, 3",
        "0, 1, 0, 2, 1",
        "0, 1, 0, 5, 0",
        "1, 1, 0, 0, 2",
        "1.5, 1, 0, 0, 1",
        "2.5, 1, 0, 0, 0",
        "16, 16, 0, 0, 0",
        "0, 16, 0, 0, 1",
        "0, 1, 1, 0, 2",
        "0, 1, 2, 1, 0"
    })
    void onlyAsManyAreClaimedAsHaveATurnSoon(double next, double gap, int live, int waiting, int room) {
        assertThat(CallRate.of(1, live == 0 ? 0 : 3).room(pace(next, gap), live, waiting, Duration.ofSeconds(2), NOW))
                .isEqualTo(room);
    }

    @Test
    void aClockThatWasSetBackStopsNothing() {
        assertThat(ONE_A_SECOND.turn(pace(3_600, 1), 0, NOW)).isEqualTo(new Turn.Now(pace(1, 1)));
        assertThat(ONE_A_SECOND.room(pace(3_600, 1), 0, 0, Duration.ofSeconds(2), NOW))
                .isEqualTo(3);
    }

    /** However often it is asked: the queue of an account with the same limit never holds anybody. */
    @Property
    void nobodyEverWaitsAtTwilio(
            @ForAll @IntRange(min = 1, max = 40) int perSecond,
            @ForAll @Size(min = 1, max = 200) List<@IntRange(max = 400) Integer> pauses) {
        CallRate rate = CallRate.of(perSecond, 0);
        Pace pace = FRESH;
        Instant now = NOW;
        Instant accountIsFree = NOW;
        for (int pause : pauses) {
            now = now.plusMillis(pause);
            if (rate.turn(pace, 0, now) instanceof Turn.Now taken) {
                assertThat(accountIsFree).as("waits at Twilio").isBeforeOrEqualTo(now);
                accountIsFree = now.plusNanos(1_000_000_000 / perSecond);
                pace = taken.pace();
            }
        }
    }

    /** Who asks again at the moment named gets a turn then, unless the lines are full. */
    @Property
    void aTurnComesWhenItWasPromised(
            @ForAll @IntRange(min = 0, max = 40) int perSecond,
            @ForAll @IntRange(max = 90_000) int next,
            @ForAll @IntRange(max = 60_000) int gap) {
        CallRate rate = CallRate.of(perSecond, 0);
        var pace = new Pace(NOW.plusMillis(next), Duration.ofMillis(gap));
        Turn turn = rate.turn(pace, 0, NOW);

        if (turn instanceof Turn.NotYet later) {
            assertThat(later.at()).isAfter(NOW).isBeforeOrEqualTo(NOW.plus(CallRate.LONGEST));
            assertThat(rate.turn(pace, 0, later.at())).isInstanceOf(Turn.Now.class);
        }
    }
}
