package fr.raccroche.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrenchTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-11-24T17:05:00Z | mardi 24 novembre | 18 h 05",
                "2026-11-24T23:30:00Z | mercredi 25 novembre | 0 h 30",
                "2026-07-14T07:00:00Z | mardi 14 juillet | 9 h 00",
                "2026-10-01T08:00:00Z | jeudi 1er octobre | 10 h 00",
                "2026-03-29T01:00:00Z | dimanche 29 mars | 3 h 00"
            })
    void instantsAreShownInParis(Instant at, String day, String time) {
        assertThat(French.day(at)).isEqualTo(day);
        assertThat(plain(French.time(at))).isEqualTo(time);
        assertThat(plain(French.dayAndTime(at))).isEqualTo(day + ", " + time);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-11-24 | 24 nov. | 24 novembre 2026",
                "2009-05-01 | 1er mai | 1er mai 2009",
                "2009-02-11 | 11 févr. | 11 février 2009"
            })
    void daysHaveAShortAndALongForm(LocalDate date, String shortDay, String dayAndYear) {
        assertThat(French.shortDay(date)).isEqualTo(shortDay);
        assertThat(French.dayAndYear(date)).isEqualTo(dayAndYear);
    }

    @ParameterizedTest
    @CsvSource({
        "+33639981234, 06 39 98 12 34",
        "+33199004567, 01 99 00 45 67",
        "+262692123456, +262692123456",
        "3115, 3115"
    })
    void phonesAreGroupedByTwo(String e164, String shown) {
        assertThat(French.phone(e164)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "-5, 0 s",
        "0, 0 s",
        "45, 45 s",
        "60, 1 min",
        "200, 3 min 20",
        "185, 3 min 05",
        "3600, 1 h",
        "7500, 2 h 05",
        "86400, 1 j",
        "270000, 3 j"
    })
    void durationsHaveTwoUnitsAtMost(long seconds, String shown) {
        assertThat(plain(French.duration(Duration.ofSeconds(seconds)))).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"2009-11-24, 17 ans", "2009-11-25, 16 ans", "2025-01-01, 1 an"})
    void agesAreThoseOfTheDay(LocalDate birth, String shown) {
        assertThat(plain(French.age(birth, LocalDate.of(2026, 11, 24)))).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"0, 0 jeune", "1, 1 jeune", "2, 2 jeunes", "27412, 27 412 jeunes", "1000000, 1 000 000 jeunes"})
    void countsAreGroupedAndInflected(long value, String shown) {
        assertThat(plain(French.count(value, "jeune", "jeunes"))).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"0.31, 31 %", "0, 0 %", "0.999, 100 %"})
    void sharesAreWholePercents(double share, String shown) {
        assertThat(plain(French.percent(share))).isEqualTo(shown);
    }

    private static String plain(String text) {
        return text.replace('\u00a0', ' ');
    }
}
