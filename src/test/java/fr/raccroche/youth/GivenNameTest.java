package fr.raccroche.youth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GivenNameTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            LINA                       | Lina
            Lina Marie Aïcha Fatoumata | Lina
            lina                       | Lina
            JEAN-LUC                   | Jean-Luc
            Jean-Luc                   | Jean-Luc
            N'GOLO                     | N'Golo
            ÉLODIE MARIE               | Élodie
            DeShawn                    | DeShawn
            Lina, Marie                | Lina
            """)
    void somebodyIsGreetedByOneName(String written, String greeted) {
        assertThat(GivenName.of(written)).isEqualTo(greeted);
    }
}
