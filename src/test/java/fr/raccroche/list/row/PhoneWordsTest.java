package fr.raccroche.list.row;

import static org.assertj.core.api.Assertions.assertThat;

import fr.raccroche.directory.Communes;
import fr.raccroche.list.TestingList;
import fr.raccroche.list.row.RowVerdict.Accepted;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Words beside a number: whose it is, and whether it may be called. */
class PhoneWordsTest {

    private static final RowRules RULES =
            new RowRules(new Communes(List.of(), Map.of(), Map.of()), LocalDate.of(2026, 11, 20));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            mère 06 39 98 24 01                           | 0639982401 GUARDIAN1
            06 39 98 24 01 (mère)                         | 0639982401 GUARDIAN1
            maman : 06.39.98.24.01                        | 0639982401 GUARDIAN1
            'mère 06 39 98 24 01, père 06 39 98 24 02'    | 0639982401 GUARDIAN1 0639982402 GUARDIAN2
            père 06 39 98 24 02 mère 06 39 98 24 01       | 0639982402 GUARDIAN1 0639982401 GUARDIAN2
            06 39 98 24 01 (père) 06 39 98 24 02 (mère)   | 0639982401 GUARDIAN1 0639982402 GUARDIAN2
            06 39 98 24 01 / mère 06 39 98 24 02          | 0639982401 YOUTH 0639982402 GUARDIAN1
            jeune 06 39 98 24 03                          | 0639982403 YOUTH
            portable 06 39 98 24 03                       | 0639982403 YOUTH
            dom. 01 99 00 24 03                           | 0199002403 YOUTH
            bureau 01 99 00 24 04 poste 12                | 0199002404 OTHER
            mère 06 39 98 24 01 bureau 01 99 00 24 04     | 0639982401 GUARDIAN1 0199002404 GUARDIAN1
            éducateur 06 39 98 24 09                      | 0639982409 OTHER
            06 39 98 24 09 (assistante sociale)           | 0639982409 OTHER
            grand-mère 06 39 98 24 10                     | 0639982410 OTHER
            sœur : 0639982411                             | 0639982411 OTHER
            foyer 01 99 00 24 05                          | 0199002405 OTHER
            Mme Diallo 06 39 98 24 01                     | 0639982401 GUARDIAN1
            06 39 98 24 03 après 18h                      | 0639982403 YOUTH
            """)
    void theOwnerComesFromTheWord(String cell, String owners) {
        assertThat(owners(Column.TEL_JEUNE, cell)).isEqualTo(owners);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            dom. 01 99 00 24 03 / bureau 01 99 00 24 04 poste 12 | 0199002403 GUARDIAN1 0199002404 GUARDIAN1
            mère 06 39 98 24 01                                  | 0639982401 GUARDIAN1
            élève 06 39 98 24 03                                 | 0639982403 YOUTH
            voisine 06 39 98 24 03                               | 0639982403 OTHER
            """)
    void inTheColumnOfAGuardianTheNumberStaysTheirs(String cell, String owners) {
        assertThat(owners(Column.RESP1_TEL, cell)).isEqualTo(owners);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0639982406 (ne plus appeler)                  | PHONE_NOT_TO_CALL
            NE PAS APPELER 0639982407                     | PHONE_NOT_TO_CALL
            06 39 98 24 07 - ne surtout pas contacter     | PHONE_NOT_TO_CALL
            06 39 98 24 07 pas d'appel svp                | PHONE_NOT_TO_CALL
            06 39 98 24 07 STOP                           | PHONE_NOT_TO_CALL
            06 39 98 24 07 (refuse les appels)            | PHONE_NOT_TO_CALL
            06 39 98 24 07 ne souhaite plus être appelé   | PHONE_NOT_TO_CALL
            06 39 98 24 07 (grand-mère décédée)           | PHONE_NOT_TO_CALL
            06 39 98 24 08 FAUX NUMERO                    | PHONE_SAID_WRONG
            faux 06 39 98 24 08                           | PHONE_SAID_WRONG
            06 39 98 24 08 (n'est plus attribué)          | PHONE_SAID_WRONG
            ancien numéro 06 39 98 24 08                  | PHONE_SAID_WRONG
            06 39 98 24 08 HS                             | PHONE_SAID_WRONG
            06 39 98 24 08 erroné                         | PHONE_SAID_WRONG
            06 39 98 24 08 SMS uniquement                 | PHONE_TEXT_ONLY
            06 39 98 24 08 (que par SMS)                  | PHONE_TEXT_ONLY
            """)
    void aNumberThatIsNotToBeCalledIsKeptAndBarred(String cell, RowIssue said) {
        Accepted row = accepted(Column.TEL_JEUNE, cell);

        assertThat(row.barred()).singleElement().satisfies(number -> {
            assertThat(number.said()).isEqualTo(said);
            assertThat(number.words()).isEqualTo(cell);
        });
        assertThat(row.warnings()).contains(new CellWarning(Column.TEL_JEUNE, said));
        assertThat(row.corrections()).extracting(Correction::raw).containsExactly(cell);
    }

    @Test
    void ofSeveralNumbersOnlyTheOneThatIsMeantIsBarred() {
        assertThat(barred("06 39 98 24 01 / 06 39 98 24 02 (ne plus appeler)")).containsExactly("+33639982402");
        assertThat(barred("06 39 98 24 01 (faux) / 06 39 98 24 02")).containsExactly("+33639982401");
        assertThat(barred("mère 06 39 98 24 01\npère 06 39 98 24 02 ne pas appeler"))
                .containsExactly("+33639982402");
        // whose it is cannot be told: neither is called
        assertThat(barred("06 39 98 24 01 ne pas appeler 06 39 98 24 02"))
                .containsExactly("+33639982401", "+33639982402");
        assertThat(barred("06 39 98 24 01, 06 39 98 24 02\nne plus appeler"))
                .containsExactly("+33639982401", "+33639982402");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "06 39 98 24 01",
                "0639982401 / 0639982402",
                "6,39982401E+08",
                "tel : 06 39 98 24 01",
                "06 39 98 24 01 p 12"
            })
    void nothingIsBarredWithoutAWord(String cell) {
        assertThat(accepted(Column.TEL_JEUNE, cell).barred()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            réinscrit, ne plus appeler              | true
            NE PAS CONTACTER                        | true
            ne souhaite plus être appelée           | true
            opposition aux appels                   | true
            n'a pas rappelé                         | false
            à appeler le soir                       | false
            père décédé en 2020                     | false
            refus d'apprentissage                   | false
            """)
    void aRemarkForbidsByClearWordsOnly(String remark, boolean forbids) {
        assertThat(PhoneWords.forbid(remark)).isEqualTo(forbids);
    }

    private static List<String> barred(String cell) {
        return accepted(Column.TEL_JEUNE, cell).barred().stream()
                .map(BarredNumber::e164)
                .toList();
    }

    private static String owners(Column column, String cell) {
        return accepted(column, cell).person().phones().stream()
                .map(phone -> phone.e164().replace("+33", "0") + ' ' + phone.owner())
                .collect(Collectors.joining(" "));
    }

    private static Accepted accepted(Column column, String cell) {
        Map<Column, String> cells = TestingList.sound("Benali", Column.TEL_JEUNE, "");
        cells.put(column, cell);
        return (Accepted) RULES.judge(at -> cells.getOrDefault(at, ""));
    }
}
