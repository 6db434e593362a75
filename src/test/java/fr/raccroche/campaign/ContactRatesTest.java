package fr.raccroche.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fr.raccroche.campaign.ContactRates.Cell;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ContactRatesTest {

    private static final Offset<Double> EXACTLY = within(1e-9);

    @Test
    void beforeAnythingIsKnownEveryPartIsAlike() {
        var chance = ContactRates.NONE.chance(PlanSettings.DEFAULT, 1, true);

        assertThat(Arrays.stream(DayPart.values()).mapToDouble(chance)).containsOnly(0.5);
    }

    /** 100 of 400 reached in the evening, 20 of 200 in the morning: 120 of 600 over all, with one of each added. */
    @Test
    void fewAttemptsAreDrawnTowardsTheRateOfTheirPartAndThatTowardsTheRateOfAll() {
        var rates = new ContactRates(List.of(
                new Cell(18, 1, true, 390, 90), new Cell(18, 5, false, 10, 10), new Cell(10, 1, true, 200, 20)));
        double all = (120 + 2 * 0.5) / (600 + 2);
        double evening = (100 + 50 * all) / (400 + 50);

        assertThat(rates.chance(PlanSettings.DEFAULT, 6, false).applyAsDouble(DayPart.EVENING))
                .isCloseTo((10 + 50 * evening) / (10 + 50), EXACTLY);
        assertThat(rates.chance(PlanSettings.DEFAULT, 2, false).applyAsDouble(DayPart.EVENING))
                .as("no second attempts at landlines yet: the evening's own rate")
                .isCloseTo(evening, EXACTLY);
        assertThat(rates.chance(PlanSettings.DEFAULT, 1, true).applyAsDouble(DayPart.AFTERNOON))
                .as("no afternoons yet: the rate of all")
                .isCloseTo(all, EXACTLY);
    }

    @Test
    void anHourBelongsToThePartThatTheCampaignPutsItIn() {
        var rates = new ContactRates(List.of(new Cell(17, 1, true, 1000, 900)));
        var lateEvening = new PlanSettings(
                PlanSettings.DEFAULT.values(),
                PlanSettings.DEFAULT.afternoonFrom(),
                PlanSettings.DEFAULT.eveningFrom().plusHours(1),
                null);

        assertThat(best(rates, PlanSettings.DEFAULT)).isEqualTo(DayPart.EVENING);
        assertThat(best(rates, lateEvening)).isEqualTo(DayPart.AFTERNOON);
    }

    private static DayPart best(ContactRates rates, PlanSettings settings) {
        var chance = rates.chance(settings, 1, true);
        return Arrays.stream(DayPart.values())
                .max((a, b) -> Double.compare(chance.applyAsDouble(a), chance.applyAsDouble(b)))
                .orElseThrow();
    }

    @Property
    void aChanceIsAShareAndMoreSuccessIsNeverLessChance(
            @ForAll("cells") List<Cell> cells,
            @ForAll @IntRange(min = 1, max = 10) int n,
            @ForAll boolean mobile,
            @ForAll @IntRange(min = 1, max = 1000) int smoothing) {
        var settings = PlanSettings.DEFAULT.with(PlanSetting.SMOOTHING, smoothing);
        var better = cells.stream()
                .map(cell -> new Cell(cell.hour(), cell.n(), cell.mobile(), cell.tried(), cell.tried()))
                .toList();
        for (DayPart part : DayPart.values()) {
            double chance = new ContactRates(cells).chance(settings, n, mobile).applyAsDouble(part);
            assertThat(chance).isBetween(0.0, 1.0);
            assertThat(new ContactRates(better).chance(settings, n, mobile).applyAsDouble(part))
                    .isGreaterThanOrEqualTo(chance);
        }
    }

    @Provide
    Arbitrary<List<Cell>> cells() {
        return Combinators.combine(
                        Arbitraries.integers().between(8, 20),
                        Arbitraries.integers().between(1, 10),
                        Arbitraries.of(true, false),
                        Arbitraries.longs().between(0, 5000),
                        Arbitraries.doubles().between(0, 1))
                .as((hour, n, mobile, tried, share) -> new Cell(hour, n, mobile, tried, (long) (share * tried)))
                .list()
                .ofMaxSize(20);
    }
}
