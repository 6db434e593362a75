package fr.raccroche.list;

import static org.assertj.core.api.Assertions.assertThat;

import fr.raccroche.directory.Commune;
import fr.raccroche.directory.Communes;
import fr.raccroche.list.RowRules.Accepted;
import fr.raccroche.list.RowRules.Rejected;
import fr.raccroche.list.RowRules.Verdict;
import fr.raccroche.list.RowRules.Warning;
import fr.raccroche.youth.PhoneNumber.Owner;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowRulesTest {

    private static final Communes COMMUNES = new Communes(
            List.of(new Commune("93066", "Saint-Denis", "93"), new Commune("93048", "Montreuil", "93")),
            Map.of("93066", List.of("93200"), "93048", List.of("93100")),
            Map.of("93059", "93066"));
    private static final RowRules RULES = new RowRules(COMMUNES, LocalDate.of(2026, 11, 20));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            NOM            | ''               | MISSING
            NOM            | ' - '            | MISSING
            PRENOM         | ''               | MISSING
            DATE_NAISSANCE | ''               | MISSING
            DATE_NAISSANCE | 31/02/2009       | NOT_A_DATE
            DATE_NAISSANCE | 2009/03/05       | NOT_A_DATE
            DATE_NAISSANCE | 5 mars 2009      | NOT_A_DATE
            DATE_NAISSANCE | 03/2009          | NOT_A_DATE
            DATE_NAISSANCE | ٠٥/٠٣/٢٠٠٩       | NOT_A_DATE
            DATE_NAISSANCE | 05/03/1990       | IMPLAUSIBLE_AGE
            DATE_NAISSANCE | 05/03/2019       | IMPLAUSIBLE_AGE
            DATE_NAISSANCE | 05/03/2030       | IMPLAUSIBLE_AGE
            DATE_NAISSANCE | 21/11/2010       | UNDER_16
            TEL_JEUNE      | ''               | NO_USABLE_PHONE
            TEL_JEUNE      | 3919             | NO_USABLE_PHONE
            TEL_JEUNE      | 08 99 12 34 56   | NO_USABLE_PHONE
            TEL_JEUNE      | 6,39981E+08      | NO_USABLE_PHONE
            """)
    void aRowNobodyCanBeCalledFromIsRejectedAtItsColumn(Column column, String value, RowIssue issue) {
        Verdict verdict = judge(column, value);

        assertThat(verdict).isInstanceOf(Rejected.class);
        assertThat(((Rejected) verdict).field()).isEqualTo(column.header());
        assertThat(((Rejected) verdict).issue()).isEqualTo(issue);
        assertThat(issue.rejects()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "05/03/2009, 2009-03-05",
        "2009-03-05, 2009-03-05",
        "20/11/2010, 2010-11-20",
        "29/02/2008, 2008-02-29",
    })
    void bothWaysToWriteABirthDateAreRead(String written, LocalDate expected) {
        assertThat(accepted(Column.DATE_NAISSANCE, written).person().birthDate())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            INE                       | 001291528AA   | 001291528AA | -
            INE                       | 001291528aa   | 001291528AA | -
            INE                       | 0123456789Z   | 0123456789Z | -
            INE                       | 2023A12345B   | 2023A12345B | -
            INE                       | ''            | -           | -
            INE                       | 1234567A      | -           | INE_SHAPE
            UAI_DERNIER_ETABLISSEMENT | 0930117A      | -           | UAI_KEY
            UAI_DERNIER_ETABLISSEMENT | X             | -           | UAI_KEY
            SEXE                      | 1             | M           | -
            SEXE                      | F             | F           | -
            SEXE                      | X             | -           | SEX_UNKNOWN
            CODE_INSEE                | 93066         | 93066       | -
            CODE_INSEE                | 93059         | 93066       | -
            CODE_INSEE                | 99999         | -           | COMMUNE_UNKNOWN
            NUMERO_SIEI               | S-12          | S-12        | -
            COURRIEL                  | a@example.org | a@example.org | -
            """)
    void aDoubtfulCellIsDroppedAndCounted(
            Column column, String value, @Nullable String kept, @Nullable RowIssue warned) {
        var accepted = accepted(column, value);

        assertThat(value(accepted.person(), column)).isEqualTo(kept);
        assertThat(accepted.warnings()).isEqualTo(warned == null ? List.of() : List.of(new Warning(column, warned)));
    }

    @Test
    void theLetterOfAUaiFollowsFromItsDigits() {
        assertThat(accepted(Column.UAI_DERNIER_ETABLISSEMENT, uai(930117))
                        .person()
                        .schoolUai())
                .isEqualTo("0" + uai(930117));
        assertThat(accepted(Column.UAI_DERNIER_ETABLISSEMENT, "0" + uai(930117)).warnings())
                .isEmpty();
    }

    @Test
    void aCommuneIsFoundByNameAndPostalCodeWhenTheCodeIsMissing() {
        var cells = TestingList.sound("Benali", Column.CODE_INSEE, "");
        cells.put(Column.COMMUNE, "ST DENIS");
        cells.put(Column.CODE_POSTAL, "93200");

        assertThat(((Accepted) judge(cells)).person().communeInsee()).isEqualTo("93066");
    }

    @Test
    void numbersKeepTheirOwnersInTheOrderToTryThem() {
        var cells = TestingList.sound("Benali", Column.TEL_JEUNE, "639981234 / 3919");
        cells.put(Column.RESP1_TEL, "01 99 00 12 34");
        cells.put(Column.RESP2_TEL, "+33 6 39 98 12 34");
        cells.put(Column.RESP2_NOM, "Benali");

        var accepted = (Accepted) judge(cells);

        assertThat(accepted.person().phones())
                .containsExactly(
                        new Person.Phone("+33639981234", Owner.YOUTH, true),
                        new Person.Phone("+33199001234", Owner.GUARDIAN1, false));
        assertThat(accepted.warnings()).containsExactly(new Warning(Column.TEL_JEUNE, RowIssue.PHONE_UNUSABLE));
        assertThat(accepted.person().guardian1()).isNotNull();
        assertThat(accepted.person().guardian2()).isNotNull();
    }

    @Test
    void aGuardiansNumberAloneIsEnough() {
        var cells = TestingList.sound("Benali", Column.TEL_JEUNE, "");
        cells.put(Column.RESP1_TEL, "01 99 00 12 34");

        assertThat(judge(cells)).isInstanceOf(Accepted.class);
    }

    @Test
    void theApostropheThatProtectsACellInASpreadsheetIsNotPartOfIt() {
        assertThat(accepted(Column.TEL_JEUNE, "'+33639981234")
                        .person()
                        .phones()
                        .getFirst()
                        .e164())
                .isEqualTo("+33639981234");
    }

    private static Verdict judge(Column column, String value) {
        return judge(TestingList.sound("Benali", column, value));
    }

    private static Verdict judge(Map<Column, String> cells) {
        return RULES.judge(column -> cells.getOrDefault(column, ""));
    }

    private static Accepted accepted(Column column, String value) {
        Verdict verdict = judge(column, value);
        assertThat(verdict).isInstanceOf(Accepted.class);
        return (Accepted) verdict;
    }

    private static String uai(int number) {
        return number + String.valueOf("ABCDEFGHJKLMNPRSTUVWXYZ".charAt(number % 23));
    }

    private static @Nullable String value(Person person, Column column) {
        return switch (column) {
            case INE -> person.ine();
            case UAI_DERNIER_ETABLISSEMENT -> person.schoolUai();
            case SEXE -> person.sex();
            case CODE_INSEE -> person.communeInsee();
            case NUMERO_SIEI -> person.sieiNumber();
            case COURRIEL -> person.email();
            default -> throw new IllegalArgumentException(column.header());
        };
    }
}
