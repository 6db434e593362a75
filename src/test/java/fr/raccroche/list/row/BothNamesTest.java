package fr.raccroche.list.row;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names that stand in one column. */
class BothNamesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            DIARRA Awa               | DIARRA        | Awa            | true
            Awa DIARRA               | DIARRA        | Awa            | true
            DE LA TOUR Jean-Luc      | DE LA TOUR    | Jean-Luc       | true
            Jean-Luc de LA TOUR      | de LA TOUR    | Jean-Luc       | true
            'MARTIN, Lina'           | MARTIN        | Lina           | true
            Mme DIARRA Awa           | DIARRA        | Awa            | true
            BENALI Lina Marie        | BENALI        | Lina Marie     | true
            'N''DIAYE Awa'           | N'DIAYE       | Awa            | true
            ÉLIE-DIT Zoé             | ÉLIE-DIT      | Zoé            | true
            Diarra Awa               | Diarra        | Awa            | true
            DIARRA AWA               | DIARRA        | AWA            | true
            BEN SALAH AMINE          | BEN SALAH     | AMINE          | false
            Diarra                   | Diarra        | ''             | false
            """)
    void capitalsAreTheLastName(String cell, String last, String first, boolean sure) {
        assertThat(BothNames.of(cell, false)).isEqualTo(new BothNames(last, first, sure));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Awa Diarra      | Diarra    | Awa
            Awa DIARRA      | DIARRA    | Awa
            DIARRA Awa      | DIARRA    | Awa
            Amine Ben Salah | Ben Salah | Amine
            """)
    void elseTheNameOfTheColumnSaysWhichIsFirst(String cell, String last, String first) {
        BothNames names = BothNames.of(cell, true);

        assertThat(names.lastName()).isEqualTo(last);
        assertThat(names.firstName()).isEqualTo(first);
    }
}
