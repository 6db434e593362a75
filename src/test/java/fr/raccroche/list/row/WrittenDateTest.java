package fr.raccroche.list.row;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WrittenDateTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 20);

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            05/03/2009                    | 2009-03-05 | -
            5/3/2009                      | 2009-03-05 | -
            05-03-2009                    | 2009-03-05 | -
            05.03.2009                    | 2009-03-05 | -
            5.3.2009                      | 2009-03-05 | -
            05 03 2009                    | 2009-03-05 | -
            2009-03-05                    | 2009-03-05 | -
            2009/03/05                    | 2009-03-05 | -
            2009.3.5                      | 2009-03-05 | -
            20090305                      | 2009-03-05 | -
            05032009                      | 2009-03-05 | -
            20092009                      | 2009-09-20 | -
            20102010                      | 2010-10-20 | -
            2009-03-05 00:00:00           | 2009-03-05 | -
            2009-03-05 00:00              | 2009-03-05 | -
            2009-03-05T00:00:00.000Z      | 2009-03-05 | -
            2009-03-05T00:00:00+01:00     | 2009-03-05 | -
            05/03/2009 0:00               | 2009-03-05 | -
            29/02/2008                    | 2008-02-29 | -
            39877                         | 2009-03-05 | SERIAL_DATE
            39877.0                       | 2009-03-05 | SERIAL_DATE
            '39877,00'                    | 2009-03-05 | SERIAL_DATE
            05/03/09                      | 2009-03-05 | SHORT_YEAR
            5/3/09                        | 2009-03-05 | SHORT_YEAR
            05.03.09                      | 2009-03-05 | SHORT_YEAR
            31-12-98                      | 1998-12-31 | SHORT_YEAR
            31-03-09                      | 2009-03-31 | SHORT_YEAR
            05/03/98                      | 1998-03-05 | SHORT_YEAR
            05/03/09 00:00                | 2009-03-05 | SHORT_YEAR
            20090305.0                    | 2009-03-05 | DECIMALS
            2009-03-05 12:30              | 2009-03-05 | -
            39877,5                       | 2009-03-05 | SERIAL_DATE
            """)
    void datesPeopleAndSpreadsheetsWriteAreRead(String written, LocalDate date, Correction.@Nullable Kind repair) {
        assertThat(WrittenDate.read(written, TODAY)).isEqualTo(new WrittenDate(date, repair, null));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            5 mars 2009                   | 2009-03-05 | -
            05-mars-09                    | 2009-03-05 | SHORT_YEAR
            1er janv. 2009                | 2009-01-01 | -
            1ᵉʳ janvier 2009              | 2009-01-01 | -
            15 août 2008                  | 2008-08-15 | -
            15 AOUT 2008                  | 2008-08-15 | -
            3 fév. 2009                   | 2009-02-03 | -
            03-févr.-2009                 | 2009-02-03 | -
            jeudi 5 mars 2009             | 2009-03-05 | -
            jeu. 05/03/2009               | 2009-03-05 | -
            mar 3 mars 2009               | 2009-03-03 | -
            05 / 03 / 2009                | 2009-03-05 | -
            5 /3/ 2009                    | 2009-03-05 | -
            né le 05/03/2009              | 2009-03-05 | -
            Née le : 5 mars 2009          | 2009-03-05 | -
            Né(e) le 05/03/2009 à Melun   | 2009-03-05 | -
            05/03/2009 (17 ans)           | 2009-03-05 | -
            5/déc/2008                    | 2008-12-05 | -
            March 5, 2009                 | 2009-03-05 | -
            05-Mar-09                     | 2009-03-05 | SHORT_YEAR
            """)
    void datesInWordsAreRead(String written, LocalDate date, Correction.@Nullable Kind repair) {
        assertThat(WrittenDate.read(written, TODAY)).isEqualTo(new WrittenDate(date, repair, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "39876.9583333",
                "39876,9583333",
                "39876.99945",
                "2009-03-04 23:00:00",
                "2009-03-04T22:00:00Z",
                "2009-03-04T23:00:00.000Z",
                "04/03/2009 23:00",
                "04/03/2009 23:59:12",
                "4 mars 2009 23:00"
            })
    void anHourBeforeMidnightIsTheDayAfterInEveryNotation(String written) {
        assertThat(WrittenDate.read(written, TODAY))
                .isEqualTo(new WrittenDate(LocalDate.of(2009, 3, 5), Correction.Kind.DAY_AFTER, null));
    }

    @Test
    void oneOrderHoldsForAColumn() {
        assertThat(WrittenDate.read("04/03/2009", TODAY, true))
                .isEqualTo(new WrittenDate(LocalDate.of(2009, 4, 3), Correction.Kind.MONTH_FIRST, null));
        assertThat(WrittenDate.read("03/15/2009", TODAY, true).date()).isEqualTo(LocalDate.of(2009, 3, 15));
        assertThat(WrittenDate.read("15/03/2009", TODAY, true).issue()).isEqualTo(RowIssue.NOT_A_DATE);
        assertThat(WrittenDate.read("2009-03-05", TODAY, true).date()).isEqualTo(LocalDate.of(2009, 3, 5));
        assertThat(WrittenDate.read("5 mars 2009", TODAY, true).date()).isEqualTo(LocalDate.of(2009, 3, 5));
        assertThat(DateOrder.of("03/15/2009")).isEqualTo(DateOrder.MONTH_FIRST);
        assertThat(DateOrder.of("15/03/09")).isEqualTo(DateOrder.DAY_FIRST);
        assertThat(DateOrder.of("04 / 03 / 2009")).isEqualTo(DateOrder.EITHER);
        assertThat(DateOrder.of("2009-04-03")).isEqualTo(DateOrder.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hier",
                "31/02/2009",
                "03/15/2009",
                "2009-15-03",
                "03/2009",
                "2009",
                "05/03-2009",
                "٠٥/٠٣/٢٠٠٩",
                "5-mars",
                "5 brumaire 2009",
                "2009-03-05 25:30",
                "12345",
                "99999",
                "2009035",
                "5032009",
                "00000000",
                "20091345",
                "31/02/09",
                "0000-00-00",
                "1/2/3"
            })
    void whatIsNotCertainlyADateIsNone(String written) {
        assertThat(WrittenDate.read(written, TODAY)).isEqualTo(new WrittenDate(null, null, RowIssue.NOT_A_DATE));
    }

    @ParameterizedTest
    @CsvSource({
        "05-03-09, DATE_AMBIGUOUS",
        "10-11-12, DATE_AMBIGUOUS",
        "05/03/90, IMPLAUSIBLE_AGE",
        "05/03/20, IMPLAUSIBLE_AGE",
    })
    void aYearOfTwoDigitsNeedsOnePlausibleReading(String written, RowIssue issue) {
        assertThat(WrittenDate.read(written, TODAY)).isEqualTo(new WrittenDate(null, null, issue));
    }

    @Property
    void everyPlausibleDayIsReadInEveryNotation(@ForAll @IntRange(max = 5_000) int days) {
        LocalDate birth = LocalDate.of(1997, 1, 1).plusDays(days);

        for (String notation : new String[] {
            "dd/MM/yyyy",
            "d/M/yyyy",
            "dd-MM-yyyy",
            "dd.MM.yyyy",
            "yyyy-MM-dd",
            "yyyyMMdd",
            "ddMMyyyy",
            "yyyy-MM-dd 00:00:00",
            "dd/MM/yy"
        }) {
            String written = birth.format(DateTimeFormatter.ofPattern(notation.replace(" 00:00:00", "' 00:00:00'")));
            assertThat(WrittenDate.read(written, TODAY).date()).as(written).isEqualTo(birth);
        }
        long serial = ChronoUnit.DAYS.between(LocalDate.of(1899, 12, 30), birth);
        assertThat(WrittenDate.read(Long.toString(serial), TODAY).date()).isEqualTo(birth);
    }

    @Property
    void anyTextIsADateOrSaysWhyNot(@ForAll String text) {
        var written = WrittenDate.read(text, TODAY);

        assertThat(written.date() == null).isEqualTo(written.issue() != null);
    }
}
