package fr.raccroche.list.row;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CellTextTest {

    @Test
    void whatNobodyTypedOnPurposeGoes() {
        assertThat(CellText.clean("  Benali ")).isEqualTo("Benali");
        assertThat(CellText.clean("\u00a0El\u00a0Amrani\u202f")).isEqualTo("El Amrani");
        assertThat(CellText.clean("\ufeffBen\u200bali\u00ad")).isEqualTo("Benali");
        assertThat(CellText.clean("\u202a+33639981234\u202c")).isEqualTo("+33639981234");
        assertThat(CellText.clean("\t\n")).isEmpty();
        assertThat(CellText.clean("=\"0639981234\"")).isEqualTo("0639981234");
        assertThat(CellText.clean("'0639981234")).isEqualTo("0639981234");
        assertThat(CellText.clean("'+33639981234")).isEqualTo("+33639981234");
    }

    @Test
    void whatIsPartOfAWordStays() {
        for (String text :
                new String[] {"N'Guyen", "Œuvrard", "Nguyễn", "d'Almeida", "=", "'", "'t Hooft", "#12", "א"}) {
            assertThat(CellText.clean(text)).isSameAs(text);
            assertThat(CellText.isError(text)).isFalse();
        }
        assertThat(CellText.isError("#N/A")).isTrue();
        assertThat(CellText.isError("#VALEUR!")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            93066.0     | 93066
            '93066,00'  | 93066
            2A004.0     | 2A004
            93066       | -
            93066.5     | -
            93066.000   | -
            12.05       | -
            .0          | -
            a.0         | -
            """)
    void decimalsThatAddNothingGo(String written, @Nullable String expected) {
        assertThat(CellText.withoutDecimals(written)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            '1,23456E+05' | 123456
            1.23456e+05   | 123456
            1E+00         | 1
            1.2E+05       | ''
            1E+05         | ''
            1,23456E+11   | ''
            12E05         | -
            1,23456E-05   | -
            S+1           | -
            """)
    void anExponentGoesOnlyWithAllDigits(String written, @Nullable String expected) {
        assertThat(CellText.withoutExponent(written)).isEqualTo(expected);
    }

    @Property
    void cleaningTwiceIsCleaningOnceUnlessQuoted(@ForAll String text) {
        String once = CellText.clean(text);

        assertThat(CellText.hidden(once)).isFalse();
        assertThat(once).isEqualTo(once.strip());
        assertThat(CellText.spacedOnce(once)).doesNotContain("  ");
    }
}
