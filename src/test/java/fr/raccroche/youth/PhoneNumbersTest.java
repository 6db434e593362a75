package fr.raccroche.youth;

import static org.assertj.core.api.Assertions.assertThat;

import fr.raccroche.platform.French;
import fr.raccroche.youth.PhoneNumbers.Origin;
import fr.raccroche.youth.PhoneNumbers.Reason;
import fr.raccroche.youth.PhoneNumbers.Repair;
import fr.raccroche.youth.PhoneNumbers.Unusable;
import fr.raccroche.youth.PhoneNumbers.Usable;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhoneNumbersTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            06 39 98 12 34           | +33639981234   | true  | MAINLAND
            0639981234               | +33639981234   | true  | MAINLAND
            06.39.98.12.34           | +33639981234   | true  | MAINLAND
            06-39-98-12-34           | +33639981234   | true  | MAINLAND
            +33 6 39 98 12 34        | +33639981234   | true  | MAINLAND
            +33 (0)6 39 98 12 34     | +33639981234   | true  | MAINLAND
            +330639981234            | +33639981234   | true  | MAINLAND
            0033 6 39 98 12 34       | +33639981234   | true  | MAINLAND
            0033639981234            | +33639981234   | true  | MAINLAND
            33639981234              | +33639981234   | true  | MAINLAND
            06 39 98 12 34 (mère)    | +33639981234   | true  | MAINLAND
            '''+33639981234'         | +33639981234   | true  | MAINLAND
            0639981234.              | +33639981234   | true  | MAINLAND
            06/39/98/12/34           | +33639981234   | true  | MAINLAND
            06,39,98,12,34           | +33639981234   | true  | MAINLAND
            06–39–98–12–34           | +33639981234   | true  | MAINLAND
            '06 39 98 12 34' | +33639981234 | true | MAINLAND
            06399812.34              | +33639981234   | true  | MAINLAND
            (06) 39 98 12 34         | +33639981234   | true  | MAINLAND
            (0)6 39 98 12 34         | +33639981234   | true  | MAINLAND
            0033(0)6 39 98 12 34     | +33639981234   | true  | MAINLAND
            00 33 ( 0 ) 6 39 98 12 34 | +33639981234  | true  | MAINLAND
            33 6 39 98 12 34         | +33639981234   | true  | MAINLAND
            33 (0)6 39 98 12 34      | +33639981234   | true  | MAINLAND
            +0639981234              | +33639981234   | true  | MAINLAND
            mère: 06 39 98 12 34     | +33639981234   | true  | MAINLAND
            Tél. 2 : 06 39 98 12 34  | +33639981234   | true  | MAINLAND
            06 39 98 12 34 après 18h30 | +33639981234 | true  | MAINLAND
            01 99 00 12 34 poste 12  | +33199001234   | false | MAINLAND
            01 99 00 12 34 p. 1234   | +33199001234   | false | MAINLAND
            01 99 00 12 34 #412      | +33199001234   | false | MAINLAND
            07 12 34 56 79           | +33712345679   | true  | MAINLAND
            07 44 12 34 56           | +33744123456   | true  | MAINLAND
            06 39 98 00 00           | +33639980000   | true  | MAINLAND
            01 99 00 00 00           | +33199000000   | false | MAINLAND
            01 99 00 12 34           | +33199001234   | false | MAINLAND
            02 61 91 00 00           | +33261910000   | false | MAINLAND
            03 53 01 00 00           | +33353010000   | false | MAINLAND
            04 65 71 00 00           | +33465710000   | false | MAINLAND
            05 36 49 99 99           | +33536499999   | false | MAINLAND
            09 70 00 00 00           | +33970000000   | false | MAINLAND
            0692 12 34 56            | +262692123456  | true  | OVERSEAS
            0262 12 34 56            | +262262123456  | false | OVERSEAS
            0639 01 23 45            | +262639012345  | true  | OVERSEAS
            +262 692 12 34 56        | +262692123456  | true  | OVERSEAS
            +33 692 12 34 56         | +262692123456  | true  | OVERSEAS
            0690 12 34 56            | +590690123456  | true  | OVERSEAS
            +590 590 12 34 56        | +590590123456  | false | OVERSEAS
            0508 41 23 45            | +508412345     | false | OVERSEAS
            0709 01 23 45            | +590709012345  | true  | OVERSEAS
            0709 12 34 56            | +596709123456  | true  | OVERSEAS
            0709 23 45 67            | +262709234567  | true  | OVERSEAS
            0709 31 23 45            | +594709312345  | true  | OVERSEAS
            0709 35 12 34            | +262709351234  | true  | OVERSEAS
            0694 12 34 56            | +594694123456  | true  | OVERSEAS
            0696 12 34 56            | +596696123456  | true  | OVERSEAS
            +32 470 12 34 56         | +32470123456   | true  | FOREIGN
            00 212 6 61 23 45 67     | +212661234567  | true  | FOREIGN
            +49 30 123456            | +4930123456    | false | FOREIGN
            +377 6 12 34 56 78       | +377612345678  | true  | FOREIGN
            """)
    void numbersPeopleWriteAreRead(String cell, String e164, boolean mobile, Origin origin) {
        assertThat(PhoneNumbers.read(cell)).isEqualTo(new Usable(e164, mobile, origin));
        assertThat(PhoneNumbers.originOf(e164)).isEqualTo(origin);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                  | EMPTY
            inconnu             | EMPTY
            +                   | EMPTY
            6,39981E+08         | MANGLED
            6.12E+08            | MANGLED
            6,39981e8           | MANGLED
            6E+08               | MANGLED
            08 99 12 34 56      | PREMIUM
            +33 8 99 12 34 56   | PREMIUM
            0800 12 34 56       | PREMIUM
            +881 6 12 34 56 78  | PREMIUM
            +870 773 123 456    | PREMIUM
            +800 1234 5678      | PREMIUM
            +32 902 12 345      | PREMIUM
            +44 800 123 4567    | PREMIUM
            3919                | SHORT
            15                  | SHORT
            118 218             | SHORT
            118218              | SHORT
            +33 3919            | SHORT
            06 39 98 12         | IMPOSSIBLE
            06 39 98 12 34 5    | IMPOSSIBLE
            063998123           | IMPOSSIBLE
            39 98 12 34         | IMPOSSIBLE
            6399812345          | IMPOSSIBLE
            63998123456         | IMPOSSIBLE
            +999 12 34 56 78    | IMPOSSIBLE
            +44 1               | IMPOSSIBLE
            0                   | PLACEHOLDER
            00 00 00 00 00      | PLACEHOLDER
            0000000000          | PLACEHOLDER
            9999999999          | PLACEHOLDER
            06 00 00 00 00      | PLACEHOLDER
            0611111111          | PLACEHOLDER
            +33 6 66 66 66 66   | PLACEHOLDER
            0033(0)700000000    | PLACEHOLDER
            600000000           | PLACEHOLDER
            0102030405          | PLACEHOLDER
            0123456789          | PLACEHOLDER
            06 12 34 56 78      | PLACEHOLDER
            06 06 06 06 06      | PLACEHOLDER
            """)
    void whatCannotOrMustNotBeCalledIsRefused(String cell, Reason reason) {
        assertThat(PhoneNumbers.read(cell)).isEqualTo(new Unusable(reason));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            639981234            | +33639981234  | LEADING_ZERO
            6 39 98 12 34        | +33639981234  | LEADING_ZERO
            199001234            | +33199001234  | LEADING_ZERO
            692123456            | +262692123456 | LEADING_ZERO
            6,39981234E+08       | +33639981234  | EXPONENT
            6.39981234E8         | +33639981234  | EXPONENT
            6,39981234e+08       | +33639981234  | EXPONENT
            3,3639981234E+10     | +33639981234  | EXPONENT
            2,12661234567E+11    | +212661234567 | EXPONENT
            639981234.0          | +33639981234  | DECIMALS
            '639981234,00'       | +33639981234  | DECIMALS
            0639981234.0         | +33639981234  | DECIMALS
            33639981234.0        | +33639981234  | DECIMALS
            212661234567         | +212661234567 | COUNTRY_CODE
            32470123456          | +32470123456  | COUNTRY_CODE
            262692123456         | +262692123456 | COUNTRY_CODE
            06.39.98.12.00       | +33639981200  | NONE
            """)
    void whatASpreadsheetDidIsUndoneWhereItIsCertain(String cell, String e164, Repair repair) {
        assertThat(PhoneNumbers.read(cell)).isInstanceOfSatisfying(Usable.class, usable -> {
            assertThat(usable.e164()).isEqualTo(e164);
            assertThat(usable.repair()).isEqualTo(repair);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            06 39 98 12 34 / 01 99 00 12 34              | +33639981234 +33199001234
            0639981234,0639981235                        | +33639981234 +33639981235
            06 39 98 12 34 ou 06 39 98 12 35             | +33639981234 +33639981235
            06 39 98 12 34 et 06 39 98 12 35             | +33639981234 +33639981235
            06 39 98 12 34 - 06 39 98 12 35              | +33639981234 +33639981235
            06 39 98 12 34 06 39 98 12 35                | +33639981234 +33639981235
            06399812340199001234                         | +33639981234 +33199001234
            063998123406399812350199001234               | +33639981234 +33639981235 +33199001234
            0639981234 +32 470 12 34 56                  | +33639981234 +32470123456
            père : 0639981234, mère 01.99.00.12.34       | +33639981234 +33199001234
            M. 06 39 98 12 34 (bureau 01 99 00 12 34)    | +33639981234 +33199001234
            tel1: 639981234;tel2: 6,39981235E+08         | +33639981234 +33639981235
            06 39 98 12 34                               | +33639981234
            06 39 98 12 34 / 3919                        | +33639981234 SHORT
            '06 39 98 12 34 / 6,39E+08'                  | +33639981234 MANGLED
            06399812340612345678                         | IMPOSSIBLE
            inconnu                                      | EMPTY
            '   '                                        | ''
            -                                            | ''
            /                                            | ''
            """)
    void aCellMayHoldSeveralNumbersAndLabels(String cell, String expected) {
        assertThat(PhoneNumbers.readAll(cell).stream()
                        .map(reading -> switch (reading) {
                            case Usable usable -> usable.e164();
                            case Unusable unusable -> unusable.reason().name();
                        })
                        .collect(Collectors.joining(" ")))
                .isEqualTo(expected);
    }

    @Test
    void numbersMayStandOneBelowTheOther() {
        assertThat(PhoneNumbers.readAll("06 39 98 12 34\r\n01 99 00 12 34\n"))
                .containsExactly(
                        new Usable("+33639981234", true, Origin.MAINLAND),
                        new Usable("+33199001234", false, Origin.MAINLAND));
    }

    @Property
    void everyFictionalMobileIsUsableInEveryNotation(@ForAll @IntRange(max = 9999) int last) {
        String e164 = "+3363998%04d".formatted(last);

        assertThat(PhoneNumbers.read(e164)).isEqualTo(new Usable(e164, true, Origin.MAINLAND));
        assertThat(PhoneNumbers.read(French.phone(e164))).isEqualTo(new Usable(e164, true, Origin.MAINLAND));
    }

    @Property
    void anyTextIsReadOrRefusedButNeverFails(@ForAll String cell) {
        assertThat(PhoneNumbers.readAll(cell)).allSatisfy(reading -> {
            if (reading instanceof Usable usable) {
                assertThat(usable.e164()).matches("\\+[1-9][0-9]{6,14}");
            }
        });
    }

    /** Whatever is kept fits the database, a country code and a trunk zero before a short rest included. */
    @Property
    void whatIsKeptIsANumberThatCanBeStored(
            @ForAll @IntRange(min = 1, max = 999) int country, @ForAll @IntRange(min = 0, max = 99_999_999) int rest) {
        for (String written : List.of("+" + country + " 0" + rest, "00" + country + rest, "+" + country + rest)) {
            assertThat(PhoneNumbers.readAll(written)).allSatisfy(reading -> {
                if (reading instanceof Usable usable) {
                    assertThat(usable.e164()).matches("\\+[1-9][0-9]{6,14}");
                    assertThat(PhoneNumbers.read(usable.e164()))
                            .isEqualTo(new Usable(usable.e164(), usable.mobile(), usable.origin()));
                }
            });
        }
        assertThat(PhoneNumbers.readAll("+49 01234")).noneMatch(Usable.class::isInstance);
    }

    @Test
    void aCellFullOfNumbersIsNoNumber() {
        assertThat(PhoneNumbers.readAll("06 39 98 00 01 / ".repeat(40_000))).noneMatch(Usable.class::isInstance);
    }

    @Property
    void numbersSurviveAnyCompany(@ForAll("cells") List<String> cells) {
        String cell = String.join("", cells);

        assertThat(PhoneNumbers.readAll(cell)).allSatisfy(reading -> {
            if (reading instanceof Usable usable) {
                assertThat(PhoneNumbers.read(usable.e164()))
                        .isEqualTo(new Usable(usable.e164(), usable.mobile(), usable.origin()));
            }
        });
    }

    /** Whatever the general library thinks of a range, the plan's answer does not depend on the notation. */
    @Property
    void aNumberFromOverseasIsTheSameInBothNotations(
            @ForAll("overseas") String prefix, @ForAll @IntRange(max = 99_999_999) int rest) {
        String national = (prefix + "%08d".formatted(rest)).substring(0, 10);

        if (PhoneNumbers.read(national) instanceof Usable usable) {
            assertThat(PhoneNumbers.read(usable.e164())).isEqualTo(usable);
        }
    }

    @Provide
    Arbitrary<String> overseas() {
        return Arbitraries.of(
                "0262", "0263", "0269", "0508", "0587", "0590", "0639", "0692", "0694", "0697", "0708", "0709");
    }

    @Provide
    Arbitrary<List<String>> cells() {
        Arbitrary<String> number = Combinators.combine(
                        Arbitraries.of("06", "07", "6", "+33 6", "+32", "01", "08", "00 33", "2,1", "(0)"),
                        Arbitraries.integers().between(0, 99_999_999))
                .as((prefix, rest) -> prefix + rest);
        Arbitrary<String> between =
                Arbitraries.of(" ", "/", ", ", " - ", " ou ", "\n", "(", ")", "E+08", ".0", "poste ", "#", "+", "é");
        return Arbitraries.oneOf(number, between).list().ofMaxSize(6);
    }
}
