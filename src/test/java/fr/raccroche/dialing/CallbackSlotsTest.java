package fr.raccroche.dialing;

import static fr.raccroche.dialing.TestingFacts.callable;
import static fr.raccroche.dialing.TestingFacts.paris;
import static org.assertj.core.api.Assertions.assertThat;

import fr.raccroche.campaign.CallingHours;
import fr.raccroche.campaign.Campaign;
import fr.raccroche.dialing.CallbackSlots.Day;
import fr.raccroche.dialing.CallbackSlots.Slot;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallbackSlotsTest {

    private static CallbackSlots slots(Campaign campaign, String now) {
        return CallbackSlots.of(campaign, Map.of(), Map.of(), paris(now));
    }

    private static Campaign campaign() {
        return callable().facts().campaign();
    }

    private static Slot slot(CallbackSlots slots, String local) {
        return slots.days().stream()
                .flatMap(day -> day.slots().stream())
                .filter(slot -> slot.at().equals(LocalDateTime.parse(local)))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theNextFiveOpenDaysInHalfHours() {
        CallbackSlots slots = slots(campaign(), "2026-11-26T17:10");

        assertThat(slots.times()).hasSize(18).startsWith(LocalTime.of(10, 0)).endsWith(LocalTime.of(19, 30));
        assertThat(slots.days())
                .extracting(Day::date)
                .containsExactly(
                        LocalDate.of(2026, 11, 26),
                        LocalDate.of(2026, 11, 27),
                        LocalDate.of(2026, 11, 30),
                        LocalDate.of(2026, 12, 1),
                        LocalDate.of(2026, 12, 2));
        assertThat(slot(slots, "2026-11-26T17:00").open()).isFalse();
        assertThat(slot(slots, "2026-11-26T17:30").open()).isTrue();
    }

    @Test
    void holidaysBlockedDaysAndTheEndOfTheCampaignAreLeftOut() {
        Campaign campaign = callable()
                .from(LocalDate.of(2026, 11, 2), LocalDate.of(2026, 12, 29))
                .blocked(LocalDate.of(2026, 12, 24))
                .facts()
                .campaign();

        assertThat(slots(campaign, "2026-12-23T20:30").days())
                .extracting(Day::date)
                .containsExactly(LocalDate.of(2026, 12, 28), LocalDate.of(2026, 12, 29));
        assertThat(slots(campaign, "2026-12-29T19:45").days()).isEmpty();
    }

    @Test
    void hoursThatBeginInBetweenBeginAtTheNextHalfHour() {
        var hours = new CallingHours(
                Set.of(DayOfWeek.TUESDAY), List.of(new CallingHours.Span(LocalTime.of(9, 15), LocalTime.of(11, 10))));
        Campaign campaign = callable().hours(hours).facts().campaign();

        assertThat(slots(campaign, "2026-11-23T08:00").times())
                .containsExactly(LocalTime.of(9, 30), LocalTime.of(10, 0), LocalTime.of(10, 30), LocalTime.of(11, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, 0, false",
        "1, 1, 1, false",
        "2, 1, 2, false",
        "3, 1, 3, false",
        "4, 1, 4, true",
        "9, 1, 4, true",
        "1, 3, 1, false",
        "4, 3, 2, false",
        "11, 3, 3, false",
        "12, 3, 4, true"
    })
    void aSlotIsAsFullAsItsAgentsCanKeep(int booked, double agents, int level, boolean full) {
        Instant at = paris("2026-11-25T17:00");
        CallbackSlots slots =
                CallbackSlots.of(campaign(), Map.of(at, booked), Map.of(LocalTime.of(17, 0), agents), TestingFacts.NOW);
        Slot slot = slot(slots, "2026-11-25T17:00");

        assertThat(slot.booked()).isEqualTo(booked);
        assertThat(slot.capacity()).isEqualTo((int) (CallbackSlots.PER_AGENT * agents));
        assertThat(slot.level()).isEqualTo(level);
        assertThat(slot.full()).isEqualTo(full);
    }

    @Property
    void whatIsOfferedLiesInTheFutureAndInTheHours(@ForAll @IntRange(max = 110 * 24 * 4) int quarters) {
        Instant now = paris("2026-10-20T00:00").plusSeconds(900L * quarters);
        Campaign campaign = campaign();

        for (Day day : CallbackSlots.of(campaign, Map.of(), Map.of(), now).days()) {
            assertThat(day.slots()).hasSize(18);
            for (Slot slot : day.slots()) {
                Instant at = slot.at().atZone(ZoneId.of("Europe/Paris")).toInstant();
                if (slot.open()) {
                    assertThat(at).isAfter(now);
                    assertThat(campaign.hours().isOpen(at, Duration.ZERO)).isTrue();
                    assertThat(slot.at().toLocalDate()).isBeforeOrEqualTo(campaign.endsOn());
                }
            }
        }
    }
}
