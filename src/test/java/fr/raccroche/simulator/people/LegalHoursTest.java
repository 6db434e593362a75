package fr.raccroche.simulator.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LegalHoursTest {

    private final LegalHours hours = new LegalHours();

    @ParameterizedTest
    @CsvSource({
        "2026-11-24T11:00, 2026-11-24T11:00",
        "2026-11-24T09:00, 2026-11-24T10:00",
        "2026-11-24T13:00, 2026-11-24T14:00",
        "2026-11-24T20:00, 2026-11-25T10:00",
        "2026-11-27T20:00, 2026-11-30T10:00",
        "2026-12-24T20:00, 2026-12-28T10:00",
        "2027-03-26T20:00, 2027-03-30T10:00"
    })
    void theNextOpeningSkipsNightsWeekendsHolidaysAndTheChangeOfTheClocks(LocalDateTime from, LocalDateTime opening) {
        assertThat(hours.nextOpening(paris(from))).isEqualTo(paris(opening));
        assertThat(hours.allow(hours.nextOpening(paris(from)))).isTrue();
    }

    @Test
    void aYearWithoutAListOfHolidaysIsRefusedRatherThanGuessed() {
        assertThatThrownBy(() -> hours.isWorkingDay(LocalDate.of(2033, 7, 14)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Instant paris(LocalDateTime local) {
        return local.atZone(LegalHours.PARIS).toInstant();
    }
}
