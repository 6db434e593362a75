package fr.raccroche.list.row;

import static org.assertj.core.api.Assertions.assertThat;

import fr.raccroche.directory.Commune;
import fr.raccroche.directory.Communes;
import fr.raccroche.list.TestingList;
import fr.raccroche.list.row.RowVerdict.Accepted;
import fr.raccroche.list.row.RowVerdict.Rejected;
import fr.raccroche.youth.LegalGuardian;
import fr.raccroche.youth.NumberOwner;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowRulesTest {

    private static final Communes COMMUNES = new Communes(
            List.of(
                    new Commune("93066", "Saint-Denis", "93"),
                    new Commune("93048", "Montreuil", "93"),
                    new Commune("77278", "Marolles-en-Brie", "77"),
                    new Commune("94048", "Marolles-en-Brie", "94"),
                    new Commune("75056", "Paris", "75"),
                    new Commune("75118", "Paris 18e Arrondissement", "75")),
            Map.of(
                    "93066", List.of("93200"),
                    "93048", List.of("93100"),
                    "77278", List.of("77120"),
                    "94048", List.of("94440"),
                    "75118", List.of("75018")),
            Map.of("93059", "93066"));
    private static final RowRules RULES = new RowRules(COMMUNES, LocalDate.of(2026, 11, 20));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            NOM            | ''               | MISSING
            NOM            | ' - '            | MISSING
            PRENOM         | ''               | MISSING
            DATE_NAISSANCE | ''               | MISSING
            DATE_NAISSANCE | 31/02/2009       | NOT_A_DATE
            NOM            | 123              | MISSING
            NOM            | '#N/A'           | MISSING
            DATE_NAISSANCE | 12/31/2009       | NOT_A_DATE
            DATE_NAISSANCE | 05-03-10         | DATE_AMBIGUOUS
            DATE_NAISSANCE | 05/03/90         | IMPLAUSIBLE_AGE
            DATE_NAISSANCE | 5 mars           | NOT_A_DATE
            NOM            | B�nali           | LOST_CHARACTER
            PRENOM         | Zo?              | LOST_CHARACTER
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
            TEL_JEUNE      | 06 00 00 00 00   | NO_USABLE_PHONE
            TEL_JEUNE      | inconnu          | NO_USABLE_PHONE
            RESP1_TEL_2    | 15               | NO_USABLE_PHONE
            """)
    void aRowNobodyCanBeCalledFromIsRejectedAtItsColumn(Column column, String value, RowIssue issue) {
        Map<Column, String> cells = TestingList.sound("Benali");
        if (issue == RowIssue.NO_USABLE_PHONE) {
            cells.put(Column.TEL_JEUNE, "");
        }
        cells.put(column, value);

        RowVerdict verdict = judge(cells);

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
            UAI_DERNIER_ETABLISSEMENT | 1B            | -           | UAI_KEY
            INE                       | 001291528 aa  | 001291528AA | -
            INE                       | non connu     | -           | -
            INE                       | '#REF!'       | -           | SPREADSHEET_ERROR
            SEXE                      | 1             | M           | -
            SEXE                      | Masculin      | M           | -
            SEXE                      | M.            | M           | -
            SEXE                      | Garçon        | M           | -
            SEXE                      | 1.0           | M           | -
            SEXE                      | F             | F           | -
            SEXE                      | Mme           | F           | -
            SEXE                      | féminin       | F           | -
            SEXE                      | X             | -           | SEX_UNKNOWN
            CODE_INSEE                | 93066         | 93066       | -
            CODE_INSEE                | 93059         | 93066       | -
            CODE_INSEE                | 99999         | -           | COMMUNE_UNKNOWN
            CODE_INSEE                | ''            | -           | COMMUNE_MISSING
            CODE_INSEE                | 69383         | -           | COMMUNE_OUTSIDE
            CODE_INSEE                | 99134         | -           | COMMUNE_OUTSIDE
            NUMERO_SIEI               | S-12          | S-12        | -
            NUMERO_SIEI               | 12E05         | 12E05       | -
            NUMERO_SIEI               | 1,23E+11      | -           | IDENTIFIER_MANGLED
            NUMERO_SIEI               | 0             | -           | -
            NUMERO_SIEI               | néant         | -           | -
            COURRIEL                  | a@example.org | a@example.org | -
            """)
    void aDoubtfulCellIsDroppedAndCounted(
            Column column, String value, @Nullable String kept, @Nullable RowIssue warned) {
        var accepted = accepted(column, value);

        assertThat(value(accepted.person(), column)).isEqualTo(kept);
        assertThat(accepted.warnings()).isEqualTo(warned == null ? List.of() : List.of(warning(column, value, warned)));
    }

    /** A residence that is nowhere written is missing at its name. */
    private static CellWarning warning(Column column, String value, RowIssue issue) {
        return new CellWarning(column == Column.CODE_INSEE && value.isEmpty() ? Column.COMMUNE : column, issue);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # column      | written                | stored                    | kind
            TEL_JEUNE     | 639981234              | +33639981234              | LEADING_ZERO
            TEL_JEUNE     | 6,39981234E+08         | +33639981234              | EXPONENT
            TEL_JEUNE     | 639981234.0            | +33639981234              | DECIMALS
            TEL_JEUNE     | 212661234567           | +212661234567             | COUNTRY_CODE
            TEL_JEUNE     | 0639981234/0199001234  | +33639981234 +33199001234 | SEVERAL_PHONES
            TEL_JEUNE     | 06399812340199001234   | +33639981234 +33199001234 | SEVERAL_PHONES
            TEL_JEUNE     | '\u202a06 39 98 12 34\u202c' | +33639981234      | HIDDEN_CHARACTER
            RESP1_TEL_2   | 199001234              | +33199001234              | LEADING_ZERO
            DATE_NAISSANCE | 39877                 | 2009-03-05                | SERIAL_DATE
            DATE_NAISSANCE | 05/03/09              | 2009-03-05                | SHORT_YEAR
            DATE_NAISSANCE | 20090305.0            | 2009-03-05                | DECIMALS
            CODE_POSTAL   | 1000                   | 01000                     | LEADING_ZERO
            CODE_POSTAL   | '93200,00'             | 93200                     | DECIMALS
            CODE_INSEE    | 93059                  | 93066                     | FORMER_COMMUNE
            CODE_INSEE    | 93066.0                | 93066                     | DECIMALS
            NUMERO_SIEI   | 123456.0               | 123456                    | DECIMALS
            NUMERO_SIEI   | 1,23456E+05            | 123456                    | EXPONENT
            NOM           | 'EL\u00a0AMRANI'      | EL AMRANI                 | HIDDEN_CHARACTER
            PRENOM        | 'Li\u200bna'          | Lina                      | HIDDEN_CHARACTER
            ADRESSE       | '12\u00a0rue du Parc\u00a0' | 12 rue du Parc     | HIDDEN_CHARACTER
            """)
    void whatIsStoredOtherwiseThanWrittenIsRecorded(Column column, String raw, String stored, Correction.Kind kind) {
        var accepted = accepted(column, raw);

        assertThat(accepted.corrections()).containsExactly(new Correction(column, raw, stored, kind));
        assertThat(accepted.warnings())
                .allMatch(warning -> warning.issue() == RowIssue.PHONE_FOREIGN && stored.startsWith("+212"));
        assertThat(accepted.person().toString()).contains(stored.split(" [+]")[0]);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            TEL_JEUNE      | 06.39.98.12.34
            TEL_JEUNE      | +33 6 39 98 12 34
            TEL_JEUNE      | '06\u00a039\u202f98\u00a012 34'
            DATE_NAISSANCE | 2009-03-05
            DATE_NAISSANCE | 2009-03-05 00:00:00
            DATE_NAISSANCE | 5.3.2009
            CODE_POSTAL    | 93 200
            CODE_POSTAL    | FR-93200
            CODE_POSTAL    | ="93200"
            CODE_INSEE     | 75056
            NOM            | '  Da   Silva '
            INE            | 001291528aa
            """)
    void anotherNotationIsNoCorrection(Column column, String written) {
        assertThat(accepted(column, written).corrections()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            # code | name           | postal | stored | correction         | at         | warning
            ''     | ST DENIS       | 93200  | 93066  | COMMUNE_FOUND      | COMMUNE    | -
            99999  | Saint-Denis    | 93200  | 93066  | COMMUNE_FOUND      | CODE_INSEE | -
            93066  | MONTREUIL      | 93100  | 93066  | -                  | COMMUNE    | COMMUNE_CONTRADICTS
            93066  | Saint-Denis    | 93200  | 93066  | -                  | -          | -
            ''     | Marolles-en-Brie | ''   | -      | -                  | COMMUNE    | COMMUNE_AMBIGUOUS
            ''     | Marolles-en-Brie | 77120 | 77278 | COMMUNE_FOUND      | COMMUNE    | -
            75056  | ''             | 75018  | 75118  | COMMUNE_FOUND      | CODE_INSEE | -
            ''     | Lyon           | 69003  | -      | -                  | COMMUNE    | COMMUNE_OUTSIDE
            ''     | Sindenis       | 93200  | -      | -                  | COMMUNE    | COMMUNE_UNKNOWN
            """)
    void aResidenceIsCorrectedOrSetAsideWithItsReason(
            String code,
            String name,
            String postalCode,
            @Nullable String stored,
            Correction.@Nullable Kind correction,
            @Nullable Column at,
            @Nullable RowIssue warning) {
        var cells = TestingList.sound("Benali", Column.CODE_INSEE, code);
        cells.put(Column.COMMUNE, name);
        cells.put(Column.CODE_POSTAL, postalCode);

        var accepted = (Accepted) judge(cells);

        assertThat(accepted.person().home().communeInsee()).isEqualTo(stored);
        assertThat(accepted.person().home().communeName()).isEqualTo(name.isEmpty() ? null : name);
        assertThat(accepted.corrections()).extracting(Correction::kind).isEqualTo(listOf(correction));
        assertThat(accepted.corrections())
                .extracting(Correction::column)
                .isEqualTo(correction == null ? List.of() : listOf(at));
        assertThat(accepted.warnings())
                .isEqualTo(warning == null ? List.of() : List.of(new CellWarning(Objects.requireNonNull(at), warning)));
    }

    @Test
    void aGuardiansCommuneIsCorrectedTheSameWay() {
        var cells = TestingList.sound("Benali", Column.RESP1_CODE_INSEE, "93059");
        cells.put(Column.RESP2_CODE_INSEE, "69383");

        var accepted = (Accepted) judge(cells);

        assertThat(accepted.person().guardian1()).isEqualTo(new LegalGuardian(1, null, null, "93066"));
        assertThat(accepted.person().guardian2()).isNull();
        assertThat(accepted.corrections())
                .containsExactly(
                        new Correction(Column.RESP1_CODE_INSEE, "93059", "93066", Correction.Kind.FORMER_COMMUNE));
        assertThat(accepted.warnings())
                .containsExactly(new CellWarning(Column.RESP2_CODE_INSEE, RowIssue.COMMUNE_OUTSIDE));
    }

    @ParameterizedTest
    @CsvSource({
        "3919, PHONE_SHORT",
        "08 99 12 34 56, PHONE_PREMIUM",
        "0600000000, PHONE_PLACEHOLDER",
        "'6,39E+08', PHONE_MANGLED",
        "06 39 98 12, PHONE_UNUSABLE",
        "3919 / 15 / 112, PHONE_SHORT",
    })
    void aNumberThatIsNotCalledSaysWhy(String phone, RowIssue issue) {
        assertThat(accepted(Column.TEL_JEUNE_2, phone).warnings())
                .containsExactly(new CellWarning(Column.TEL_JEUNE_2, issue));
    }

    @Test
    void theFirstUnusableNumberIsNamedWhenNobodyCanBeReached() {
        var cells = TestingList.sound("Benali", Column.TEL_JEUNE, "");
        cells.put(Column.RESP1_TEL, "6,39E+08");
        cells.put(Column.RESP2_TEL, "3919");

        assertThat(judge(cells)).isEqualTo(new Rejected("resp1_tel", RowIssue.NO_USABLE_PHONE, "6,39E+08"));
    }

    @Test
    void aDigitInANameIsKeptAndCounted() {
        assertThat(accepted(Column.PRENOM, "L1na").warnings())
                .containsExactly(new CellWarning(Column.PRENOM, RowIssue.NAME_DIGITS));
        assertThat(accepted(Column.PRENOM, "L1na").person().firstName()).isEqualTo("L1na");
    }

    @Test
    void namesAreSpacedOnceAndKeepTheirCase() {
        assertThat(accepted(Column.NOM, "  de  LA\u00a0\tTour ").person().lastName())
                .isEqualTo("de LA Tour");
    }

    /** A table's key: one row, one column, one kind. */
    @Property
    void aColumnIsCorrectedOnceInAWay(@ForAll("cells") Map<Column, String> cells) {
        if (judge(cells) instanceof Accepted accepted) {
            assertThat(accepted.corrections())
                    .extracting(correction -> correction.column() + " " + correction.kind())
                    .doesNotHaveDuplicates();
            assertThat(accepted.corrections()).allSatisfy(correction -> {
                assertThat(correction.raw()).isEqualTo(cells.get(correction.column()));
                assertThat(correction.value()).isNotEmpty().isNotEqualTo(correction.raw());
            });
        }
    }

    /** What is stored, written again, is stored the same way without any correction but the found commune. */
    @Property
    void whatWasCorrectedNeedsNoCorrectionAgain(@ForAll("cells") Map<Column, String> cells) {
        if (judge(cells) instanceof Accepted accepted) {
            var again = new EnumMap<>(cells);
            accepted.corrections().stream()
                    .filter(correction -> correction.kind() != Correction.Kind.COMMUNE_FOUND)
                    .forEach(correction ->
                            again.put(correction.column(), correction.value().replace(" +", "/+")));

            var second = (Accepted) judge(again);

            assertThat(second.person()).isEqualTo(accepted.person());
            assertThat(second.corrections())
                    .extracting(Correction::kind)
                    .isSubsetOf(Correction.Kind.COMMUNE_FOUND, Correction.Kind.SEVERAL_PHONES);
        }
    }

    @Provide
    Arbitrary<Map<Column, String>> cells() {
        var damage = Arbitraries.of(
                text -> text,
                text -> text,
                text -> text.startsWith("0") ? text.substring(1) : text,
                text -> text + ".0",
                text -> text + ",00",
                text -> "\u00a0" + text,
                text -> text + "\u200b",
                (UnaryOperator<String>) text -> text.replace(" ", "\u202f"));
        return Combinators.combine(
                        Arbitraries.of(
                                "0639981234",
                                "06 39 98 12 34/0199001234",
                                "+32 470 12 34 56",
                                "3919",
                                "6,39981234E+08"),
                        Arbitraries.of("05/03/2009", "2009-03-05", "39877", "05/03/09", "20090305"),
                        Arbitraries.of("93066", "93059", "75056", "", "99999"),
                        Arbitraries.of("Saint-Denis", "Paris", "", "Marolles en Brie"),
                        Arbitraries.of("93200", "75018", "01000", "", "94440"),
                        Arbitraries.of("El Amrani", "Benali"),
                        Arbitraries.of("123456", "1,23456E+05", "S-1", ""),
                        damage.list().ofSize(7))
                .as((phone, birth, insee, name, postalCode, lastName, siei, damages) -> {
                    var cells = TestingList.sound(damages.get(0).apply(lastName));
                    cells.put(Column.RESP1_TEL, "01 99 00 12 35");
                    cells.put(Column.TEL_JEUNE, damages.get(1).apply(phone));
                    cells.put(Column.DATE_NAISSANCE, damages.get(2).apply(birth));
                    cells.put(Column.CODE_INSEE, damages.get(3).apply(insee));
                    cells.put(Column.COMMUNE, damages.get(4).apply(name));
                    cells.put(Column.CODE_POSTAL, damages.get(5).apply(postalCode));
                    cells.put(Column.NUMERO_SIEI, damages.get(6).apply(siei));
                    return cells;
                });
    }

    private static <T> List<T> listOf(@Nullable T value) {
        return value == null ? List.of() : List.of(value);
    }

    @Test
    void theLetterOfAUaiFollowsFromItsDigits() {
        var padded = accepted(Column.UAI_DERNIER_ETABLISSEMENT, uai(930117));
        assertThat(padded.person().schoolUai()).isEqualTo("0" + uai(930117));
        assertThat(padded.corrections())
                .containsExactly(new Correction(
                        Column.UAI_DERNIER_ETABLISSEMENT,
                        uai(930117),
                        "0" + uai(930117),
                        Correction.Kind.LEADING_ZERO));
        assertThat(accepted(Column.UAI_DERNIER_ETABLISSEMENT, "0" + uai(930117)).warnings())
                .isEmpty();
    }

    @Test
    void aCommuneIsFoundByNameAndPostalCodeWhenTheCodeIsMissing() {
        var cells = TestingList.sound("Benali", Column.CODE_INSEE, "");
        cells.put(Column.COMMUNE, "ST DENIS");
        cells.put(Column.CODE_POSTAL, "93200");

        assertThat(((Accepted) judge(cells)).person().home().communeInsee()).isEqualTo("93066");
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
                        new Person.Phone("+33639981234", NumberOwner.YOUTH, true),
                        new Person.Phone("+33199001234", NumberOwner.GUARDIAN1, false));
        assertThat(accepted.warnings()).containsExactly(new CellWarning(Column.TEL_JEUNE, RowIssue.PHONE_SHORT));
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

    private static RowVerdict judge(Column column, String value) {
        return judge(TestingList.sound("Benali", column, value));
    }

    private static RowVerdict judge(Map<Column, String> cells) {
        return RULES.judge(column -> cells.getOrDefault(column, ""));
    }

    private static Accepted accepted(Column column, String value) {
        RowVerdict verdict = judge(column, value);
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
            case CODE_INSEE -> person.home().communeInsee();
            case NUMERO_SIEI -> person.sieiNumber();
            case COURRIEL -> person.email();
            default -> throw new IllegalArgumentException(column.header());
        };
    }
}
