package fr.raccroche.handoff;

import static fr.raccroche.platform.FrenchCalendar.PARIS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadlineTest {

    @ParameterizedTest(name = "{0} → {1}: {2}")
    @CsvSource({
        "2026-11-09T17:02:00Z, 2026-11-24, an ordinary day",
        "2026-11-09T22:59:59Z, 2026-11-24, one second before midnight in Paris in winter",
        "2026-11-09T23:00:00Z, 2026-11-25, midnight in Paris in winter",
        "2026-07-09T21:59:59Z, 2026-07-24, one second before midnight in Paris in summer",
        "2026-07-09T22:00:00Z, 2026-07-25, midnight in Paris in summer",
        "2026-03-20T10:00:00Z, 2026-04-04, over the night that loses an hour",
        "2026-10-20T10:00:00Z, 2026-11-04, over the night that has an hour twice",
        "2026-10-25T00:30:00Z, 2026-11-09, the first 2:30 of that night",
        "2026-10-25T01:30:00Z, 2026-11-09, the second 2:30 of that night",
        "2026-12-24T09:00:00Z, 2027-01-08, over the year's end",
        "2026-12-31T23:30:00Z, 2027-01-16, already new year in Paris",
        "2028-02-20T09:00:00Z, 2028-03-06, over a leap day"
    })
    void fifteenCalendarDaysAfterTheParisDayOfTheAgreement(Instant agreedAt, LocalDate dueOn, String why) {
        assertThat(Deadline.after(agreedAt).dueOn()).as(why).isEqualTo(dueOn);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-21, 3, false, J-3",
        "2026-11-24, 0, false, Jour J",
        "2026-11-25, -1, true, J+1",
        "2026-12-04, -10, true, J+10"
    })
    void theWholeLastDayStillCounts(LocalDate today, long left, boolean over, String label) {
        var deadline = new Deadline(LocalDate.of(2026, 11, 24));

        assertThat(deadline.daysLeft(today)).isEqualTo(left);
        assertThat(deadline.isOver(today)).isEqualTo(over);
        assertThat(deadline.label(today)).isEqualTo(label);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-11-12 | encore 12 jours",
                "2026-11-23 | encore 1 jour",
                "2026-11-24 | aujourd'hui au plus tard",
                "2026-11-25 | d'urgence, 1 jour de retard",
                "2026-12-04 | d'urgence, 10 jours de retard"
            })
    void theDeadlineIsSaidInWords(LocalDate today, String words) {
        assertThat(new Deadline(LocalDate.of(2026, 11, 24)).words(today).replace('\u00a0', ' '))
                .startsWith("à rappeler ")
                .endsWith(words);
    }

    @Property
    void alwaysFifteenDaysAndNeverOverOnTheDayItself(@ForAll @LongRange(min = 0, max = 4_000_000_000L) long second) {
        Instant agreedAt = Instant.ofEpochSecond(second);
        var deadline = Deadline.after(agreedAt);

        assertThat(ChronoUnit.DAYS.between(agreedAt.atZone(PARIS).toLocalDate(), deadline.dueOn()))
                .isEqualTo(15);
        assertThat(deadline.isOver(deadline.dueOn())).isFalse();
        assertThat(deadline.isOver(deadline.dueOn().plusDays(1))).isTrue();
    }
}
