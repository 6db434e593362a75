package fr.raccroche.list.row;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WithdrawalTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            oui                        | YES
            x                          | YES
            X                          | YES
            1                          | YES
            vrai                       | YES
            RETIRÉ                     | YES
            retirée de la liste        | YES
            réinscrit au lycée         | YES
            scolarisée                 | YES
            ne plus appeler            | YES
            ✓                          | YES
            Oui le 12/03               | YES
            ''                         | NO
            ' '                        | NO
            non                        | NO
            0                          | NO
            -                          | NO
            FAUX                       | NO
            à appeler                  | NO
            ?                          | UNCLEAR
            oui ?                      | UNCLEAR
            pas retiré                 | UNCLEAR
            à vérifier                 | UNCLEAR
            Lyon                       | UNCLEAR
            en attente                 | UNCLEAR
            """)
    void anUnknownWordIsNeitherYesNorNo(String cell, Withdrawal withdrawal) {
        assertThat(Withdrawal.of(cell)).isEqualTo(withdrawal);
    }
}
