package fr.raccroche.inbound;

import static java.time.DayOfWeek.FRIDAY;
import static java.time.DayOfWeek.MONDAY;
import static java.time.DayOfWeek.SATURDAY;
import static java.time.DayOfWeek.THURSDAY;
import static java.time.DayOfWeek.TUESDAY;
import static org.assertj.core.api.Assertions.assertThat;

import fr.raccroche.campaign.CallingHours;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SpokenHoursTest {

    private static String spoken(Set<DayOfWeek> days, String... times) {
        return SpokenHours.of(new CallingHours(
                days,
                List.of(times).stream()
                        .map(span -> new CallingHours.Span(
                                LocalTime.parse(span.substring(0, 5)), LocalTime.parse(span.substring(6))))
                        .toList()));
    }

    @Test
    void theUsualHours() {
        assertThat(SpokenHours.of(CallingHours.DEFAULT))
                .isEqualTo("du lundi au vendredi, de 10 heures à 13 heures et de 14 heures à 20 heures");
    }

    @Test
    void daysThatAreNotARow() {
        assertThat(spoken(Set.of(MONDAY, TUESDAY, THURSDAY), "09:30-12:00"))
                .isEqualTo("le lundi, mardi et jeudi, de 9 heures 30 à 12 heures");
        assertThat(spoken(Set.of(FRIDAY, SATURDAY), "17:00-20:15"))
                .isEqualTo("le vendredi et samedi, de 17 heures à 20 heures 15");
        assertThat(spoken(Set.of(SATURDAY), "09:00-12:00")).isEqualTo("le samedi, de 9 heures à 12 heures");
    }
}
