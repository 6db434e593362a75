package fr.raccroche.personal;

import static fr.raccroche.dialing.TestingFacts.callable;
import static fr.raccroche.dialing.TestingFacts.paris;
import static fr.raccroche.platform.FrenchCalendar.PARIS;
import static org.assertj.core.api.Assertions.assertThat;

import fr.raccroche.campaign.Campaign;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SlotsTest {

    private static final Campaign CAMPAIGN = callable().facts().campaign();

    private static List<String> times(Campaign campaign, String now, int day) {
        return Slots.offered(campaign, paris(now)).get(day).times().stream()
                .map(at -> at.atZone(PARIS).toLocalTime().toString())
                .toList();
    }

    @Test
    void theFullHoursOfTheNextOpenDays() {
        assertThat(times(CAMPAIGN, "2026-11-24T10:40", 0))
                .as("half an hour from now at the earliest, and not at noon")
                .containsExactly("12:00", "14:00", "15:00", "16:00", "17:00", "18:00", "19:00");
        assertThat(times(CAMPAIGN, "2026-11-24T10:40", 1)).startsWith("10:00").hasSize(9);
        assertThat(Slots.offered(CAMPAIGN, paris("2026-11-24T10:40")))
                .extracting(Slots.Day::date)
                .containsExactly(
                        LocalDate.of(2026, 11, 24),
                        LocalDate.of(2026, 11, 25),
                        LocalDate.of(2026, 11, 26),
                        LocalDate.of(2026, 11, 27),
                        LocalDate.of(2026, 11, 30));
        assertThat(Slots.offered(CAMPAIGN, paris("2026-11-24T19:00")).getFirst().date())
                .as("the day is over")
                .isEqualTo(LocalDate.of(2026, 11, 25));
    }

    @Test
    void notAfterTheCampaignNorBeforeIt() {
        Campaign ends = callable()
                .from(LocalDate.of(2026, 11, 2), LocalDate.of(2026, 11, 25))
                .facts()
                .campaign();
        Campaign begins = callable()
                .from(LocalDate.of(2026, 12, 1), LocalDate.of(2026, 12, 25))
                .facts()
                .campaign();

        assertThat(Slots.offered(ends, paris("2026-11-24T10:40"))).hasSize(2);
        assertThat(Slots.offered(ends, paris("2026-11-26T10:40"))).isEmpty();
        assertThat(Slots.offered(begins, paris("2026-11-24T10:40")).getFirst().date())
                .isEqualTo(LocalDate.of(2026, 12, 1));
    }

    @Property
    void whatIsOfferedIsOpen(@ForAll @IntRange(max = 80 * 24 * 60) int minute) {
        Instant now = paris("2026-11-03T00:00").plus(Duration.ofMinutes(minute));

        for (Slots.Day day : Slots.offered(CAMPAIGN, now)) {
            for (Instant at : day.times()) {
                assertThat(CAMPAIGN.hours().isOpen(at, Duration.ofMinutes(15))).isTrue();
                assertThat(CAMPAIGN.covers(at)).isTrue();
                assertThat(at).isAfter(now);
                assertThat(Slots.offers(CAMPAIGN, at, now)).isTrue();
                assertThat(Slots.offers(CAMPAIGN, at.plusSeconds(60), now)).isFalse();
            }
        }
    }
}
