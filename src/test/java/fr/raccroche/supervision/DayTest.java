package fr.raccroche.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DayTest {

    @ParameterizedTest
    @CsvSource({
        "2026-11-20T22:59:59Z, 2026-11-20, 24",
        "2026-11-20T23:00:00Z, 2026-11-21, 24",
        "2026-03-29T12:00:00Z, 2026-03-29, 23",
        "2026-10-25T12:00:00Z, 2026-10-25, 25",
        "2026-12-31T23:30:00Z, 2027-01-01, 24"
    })
    void goesFromMidnightToMidnightInParis(Instant now, LocalDate date, long hours) {
        Day day = Day.of(now);

        assertThat(day.date()).isEqualTo(date);
        assertThat(Duration.between(day.start(), day.end())).isEqualTo(Duration.ofHours(hours));
        assertThat(now).isBetween(day.start(), day.end());
    }
}
