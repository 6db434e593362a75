package fr.raccroche.youth;

import static org.assertj.core.api.Assertions.assertThat;

import fr.raccroche.platform.French;
import fr.raccroche.youth.PhoneNumbers.Origin;
import fr.raccroche.youth.PhoneNumbers.Reason;
import fr.raccroche.youth.PhoneNumbers.Unusable;
import fr.raccroche.youth.PhoneNumbers.Usable;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhoneNumbersTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            06 39 98 12 34           | +33639981234   | true  | MAINLAND
            0639981234               | +33639981234   | true  | MAINLAND
            639981234                | +33639981234   | true  | MAINLAND
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
            07 12 34 56 78           | +33712345678   | true  | MAINLAND
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
            0694 12 34 56            | +594694123456  | true  | OVERSEAS
            0696 12 34 56            | +596696123456  | true  | OVERSEAS
            +32 470 12 34 56         | +32470123456   | true  | FOREIGN
            00 212 6 61 23 45 67     | +212661234567  | true  | FOREIGN
            +49 30 123456            | +4930123456    | false | FOREIGN
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
            08 99 12 34 56      | PREMIUM
            +33 8 99 12 34 56   | PREMIUM
            0800 12 34 56       | PREMIUM
            3919                | SHORT
            15                  | SHORT
            118 218             | SHORT
            +33 3919            | SHORT
            06 39 98 12         | IMPOSSIBLE
            06 39 98 12 34 5    | IMPOSSIBLE
            00 00 00 00 00      | IMPOSSIBLE
            0000000000          | IMPOSSIBLE
            +999 12 34 56 78    | IMPOSSIBLE
            +44 1               | IMPOSSIBLE
            """)
    void whatCannotOrMustNotBeCalledIsRefused(String cell, Reason reason) {
        assertThat(PhoneNumbers.read(cell)).isEqualTo(new Unusable(reason));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            06 39 98 12 34 / 01 99 00 12 34    | 2
            0639981234,0639981235              | 2
            06 39 98 12 34 ou 06 39 98 12 35   | 2
            06 39 98 12 34                     | 1
            '   '                              | 0
            """)
    void aCellMayHoldSeveralNumbers(String cell, int count) {
        assertThat(PhoneNumbers.readAll(cell))
                .hasSize(count)
                .allSatisfy(reading -> assertThat(reading).isInstanceOf(Usable.class));
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
}
