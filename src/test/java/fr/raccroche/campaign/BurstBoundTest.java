package fr.raccroche.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fr.raccroche.campaign.BurstBound.Calls;
import fr.raccroche.campaign.BurstBound.Ground;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BurstBoundTest {

    private static final Calls KNOWN = new Calls(1_000, 200);

    @ParameterizedTest
    @CsvSource({
        "0.10, 1,   1",
        "0.10, 2,   6",
        "0.10, 3,  12",
        "0.10, 4,  20",
        "0.10, 5,  28",
        "0.10, 8,  54",
        "0.10, 10, 73",
        "0.10, 15, 120",
        "0.10, 20, 169",
        "0.20, 1,   1",
        "0.20, 2,   3",
        "0.20, 3,   7",
        "0.20, 4,  11",
        "0.20, 5,  15",
        "0.20, 8,  28",
        "0.20, 10, 37",
        "0.20, 15, 61",
        "0.20, 20, 86",
        "0.30, 1,   1",
        "0.30, 2,   3",
        "0.30, 3,   5",
        "0.30, 4,   8",
        "0.30, 5,  10",
        "0.30, 8,  19",
        "0.30, 10, 26",
        "0.30, 15, 42",
        "0.30, 20, 58",
        "0.40, 1,   1",
        "0.40, 2,   2",
        "0.40, 3,   4",
        "0.40, 4,   6",
        "0.40, 5,   8",
        "0.40, 8,  15",
        "0.40, 10, 20",
        "0.40, 15, 32",
        "0.40, 20, 44"
    })
    void soManyLinesKeepThreePercent(double rate, int agents, int lines) {
        assertThat(BurstBound.lines(agents, rate, 0.03)).isEqualTo(lines);
    }

    /** Limits of Clopper and Pearson, one-sided at 97.5 %. */
    @ParameterizedTest
    @CsvSource({
        "100, 20, 0.2918",
        "100, 0, 0.0362",
        "500, 50, 0.1297",
        "1000, 200, 0.2262",
        "50, 50, 1",
        "0, 0, 1",
        "20, 19, 0.9987"
    })
    void theAnswerRateIsBoundedFromAbove(long all, long answered, double limit) {
        assertThat(new Calls(all, answered).limit()).isCloseTo(limit, within(0.0005));
    }

    @Property
    void oneLineMoreWouldBeTooMany(
            @ForAll @IntRange(min = 2, max = 40) int agents,
            @ForAll @DoubleRange(min = 0.02, max = 0.99) double rate,
            @ForAll @IntRange(min = 1, max = 30) int permille) {
        double target = permille / 1000.0;
        int lines = BurstBound.lines(agents, rate, target);

        assertThat(lines).isBetween(agents, BurstBound.MOST_LINES);
        assertThat(BurstBound.abandoned(agents, lines, rate)).isLessThanOrEqualTo(target);
        if (lines < BurstBound.MOST_LINES) {
            assertThat(BurstBound.abandoned(agents, lines + 1, rate)).isGreaterThan(target);
        }
        assertThat(BurstBound.lines(agents + 1, rate, target))
                .as("an agent more brings their own line at least")
                .isGreaterThanOrEqualTo(Math.min(lines + 1, BurstBound.MOST_LINES));
    }

    @Property(tries = 20)
    void theFormulaIsWhatHappens(
            @ForAll @IntRange(min = 1, max = 6) int agents,
            @ForAll @IntRange(min = 1, max = 12) int more,
            @ForAll @DoubleRange(min = 0.1, max = 0.9) double rate) {
        var random = new Random(7);
        int lines = agents + more;
        long answered = 0;
        long alone = 0;
        for (int burst = 0; burst < 50_000; burst++) {
            int now = 0;
            for (int line = 0; line < lines; line++) {
                now += random.nextDouble() < rate ? 1 : 0;
            }
            answered += now;
            alone += Math.max(0, now - agents);
        }

        assertThat(BurstBound.abandoned(agents, lines, rate)).isCloseTo((double) alone / answered, within(0.01));
    }

    @Test
    void nothingIsExpectedOfWhatIsNotKnown() {
        assertThat(new BurstBound(0, 0, KNOWN)).returns(Ground.NO_TARGET, BurstBound::ground);
        assertThat(new BurstBound(0.03, 0.031, KNOWN)).returns(Ground.TOO_MANY_ABANDONED, BurstBound::ground);
        assertThat(new BurstBound(0.03, 0, new Calls(99, 20))).returns(Ground.TOO_FEW_CALLS, BurstBound::ground);
        assertThat(new BurstBound(0.03, 0, new Calls(100, 50))).returns(Ground.UNCERTAIN, BurstBound::ground);
        assertThat(new BurstBound(0.03, 0.03, KNOWN)).returns(Ground.ALLOWED, BurstBound::ground);
        for (BurstBound none : new BurstBound[] {
            BurstBound.ONE_EACH, new BurstBound(0.03, 0.031, KNOWN), new BurstBound(0.03, 0, new Calls(99, 20))
        }) {
            assertThat(none.teams()).allSatisfy(team -> assertThat(team.lines()).isEqualTo(team.agents()));
        }
    }

    @Test
    void theLimitDecidesAndNotTheMeasuredRate() {
        var bound = new BurstBound(0.03, 0, KNOWN);

        assertThat(bound.lines(1)).isEqualTo(1);
        assertThat(bound.lines(0)).isZero();
        assertThat(bound.lines(10))
                .isEqualTo(BurstBound.lines(10, 0.2262, 0.03))
                .isLessThan(37);
    }
}
