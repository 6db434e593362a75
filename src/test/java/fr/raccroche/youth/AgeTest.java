package fr.raccroche.youth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgeTest {

    @ParameterizedTest
    @CsvSource({
        // birth, day, years, under 16, minor, training obligation
        "2010-11-21, 2026-11-20, 15, true, true, false",
        "2010-11-20, 2026-11-20, 16, false, true, true",
        "2008-11-21, 2026-11-20, 17, false, true, true",
        "2008-11-20, 2026-11-20, 18, false, false, false",
        "2008-02-29, 2026-02-28, 17, false, true, true",
        "2008-02-29, 2026-03-01, 18, false, false, false",
    })
    void lawFollowsCompletedYears(
            LocalDate birth, LocalDate day, int years, boolean under16, boolean minor, boolean obligation) {
        var age = Age.at(birth, day);

        assertThat(age.years()).isEqualTo(years);
        assertThat(age.under16()).isEqualTo(under16);
        assertThat(age.minor()).isEqualTo(minor);
        assertThat(age.trainingObligation()).isEqualTo(obligation);
    }

    @ParameterizedTest
    @CsvSource({
        "2016-11-21, false",
        "2016-11-20, true",
        "1995-11-21, true",
        "1995-11-20, false",
        "2030-01-01, false",
    })
    void aListMayNamePeopleFromTenToThirty(LocalDate birth, boolean plausible) {
        assertThat(Age.at(birth, LocalDate.of(2026, 11, 20)).plausible()).isEqualTo(plausible);
    }
}
