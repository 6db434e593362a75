package fr.raccroche.list;

import static fr.raccroche.list.table.TestingWorkbook.row;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fr.raccroche.list.table.TestingWorkbook;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files as schools really send them, through their whole way: nobody is called against a word in them, nobody is lost. */
class SchoolFilesTest {

    private static final String HEADER = "nom;prenom;date_naissance;tel_jeune;code_postal;commune\n";

    private static @Nullable TestingLoads loads;

    @BeforeAll
    static void start() throws IOException, SQLException {
        loads = new TestingLoads();
    }

    @AfterAll
    static void stop() throws IOException, SQLException {
        loads().close();
    }

    @BeforeEach
    void reset() throws SQLException {
        loads().reset();
        loads().execute("truncate telephone");
    }

    @Test
    void hiddenAndStruckRowsAreSetAsideAndCounted() throws Exception {
        String names = row(1, "Nom", "Prénom", "Né(e) le", "Portable");
        Path file = new TestingWorkbook()
                .struck()
                .sheet(
                        "Liste",
                        names
                                + row(2, "Visible", "Un", "05/03/2009", "06 39 98 08 01")
                                + row(3, "Masquee", "Un", "05/03/2009", "06 39 98 08 02")
                                        .replace("<row", "<row hidden='1'")
                                + row(4, "Barree", "Un", "05/03/2009", "06 39 98 08 03")
                                        .replace("<c ", "<c s='1' "))
                .file();

        Preview preview = load(file, null);

        assertThat(people()).containsExactly("Visible");
        assertThat(preview.count().rejected()).isEqualTo(2);
        assertThat(preview.asks()).isTrue();
        assertThat(preview.remarks())
                .extracting(FileRemark::kind)
                .contains(FileRemark.Kind.ROWS_HIDDEN, FileRemark.Kind.ROWS_STRUCK);
    }

    @Test
    void whoIsStruckThroughInACompleteFileLeavesTheListAndWhoIsHiddenStays() throws Exception {
        String names = row(1, "Nom", "Prénom", "Né(e) le", "Portable");
        String one = row(2, "Reste", "Un", "05/03/2009", "06 39 98 08 01");
        String two = row(3, "Cachee", "Un", "05/03/2009", "06 39 98 08 02");
        String three = row(4, "Barree", "Un", "05/03/2009", "06 39 98 08 03");
        load(
                new TestingWorkbook()
                        .struck()
                        .sheet("Liste", names + one + two + three)
                        .file(),
                null);

        load(
                new TestingWorkbook()
                        .struck()
                        .sheet(
                                "Liste",
                                names
                                        + one
                                        + two.replace("<row", "<row hidden='1'")
                                        + three.replace("<c ", "<c s='1' "))
                        .file(),
                1L);

        assertThat(texts("""
                select y.last_name from list_entry e join youth y on y.id = e.youth_id
                 where e.withdrawn_by is null order by 1""")).containsExactly("Cachee", "Reste");
    }

    @Test
    void aNumberThatTheFileSaysNotToCallRestsForEverybodyUnderIt() throws Exception {
        load(csv("""
                Ancien;Un;05/03/2009;06 39 98 24 06;93000;Bobigny
                """), null);

        Preview preview = load(csv("""
                Mtd;Noe;05/03/2009;0639982406 (ne plus appeler);93000;Bobigny
                Mte;Zoe;05/03/2009;06 39 98 24 08 FAUX NUMERO / 06 39 98 24 09;93000;Bobigny
                """), null);

        assertThat(texts("select e164 || ' ' || state || ' ' || reason || ' ' || words from telephone order by e164"))
                .containsExactly(
                        "+33639982406 OBJECTED NO_IN_THE_LIST 0639982406 (ne plus appeler)",
                        "+33639982408 WRONG WRONG_IN_THE_LIST 06 39 98 24 08 FAUX NUMERO / 06 39 98 24 09");
        assertThat(people()).containsExactly("Ancien", "Mtd", "Mte");
        assertThat(preview.remarks()).contains(new FileRemark(FileRemark.Kind.NUMBERS_BARRED, 2, ""));
    }

    @Test
    void anUnknownWordWhereSomebodyIsWithdrawnKeepsNobodyWhoIsNew() throws Exception {
        Path file = TestingList.file("""
                nom;prenom;date_naissance;tel_jeune;retrait;observations
                Unclair;Un;05/03/2009;06 39 98 08 01;en attente;
                Retiree;Un;05/03/2009;06 39 98 08 02;RETIRÉE;
                Dite;Un;05/03/2009;06 39 98 08 03;;réinscrite, ne plus appeler
                Reste;Un;05/03/2009;06 39 98 08 04;non;à appeler le soir
                """);

        load(file, null);

        assertThat(people()).containsExactly("Reste");
        assertThat(texts("select line || ' ' || reason from rejected_row order by line"))
                .containsExactly("2 WITHDRAWAL_UNCLEAR", "3 NOT_ON_LIST", "4 NOT_ON_LIST");
    }

    @Test
    void accentsThatWereConvertedTwiceWithdrawNobody() throws Exception {
        String rows = """
                Bénalix;Léa;05/03/2009;06 39 98 10 13;93000;Bobigny
                Çelik;Zoé;06/03/2009;06 39 98 10 14;93000;Bobigny
                """;
        load(csv(rows), null);

        Preview garbled = load(csv(new String(rows.getBytes(UTF_8), ISO_8859_1)), 1L);
        Preview lost = load(csv(rows.replace("é", "\uFFFD").replace("Ç", "?")), 1L);

        assertThat(garbled.count().withdrawn()).isZero();
        assertThat(garbled.count().created()).isZero();
        assertThat(garbled.remarks()).extracting(FileRemark::kind).contains(FileRemark.Kind.ACCENTS_REPAIRED);
        assertThat(lost.count().withdrawn()).isZero();
        assertThat(lost.count().rejected()).isEqualTo(2);
        assertThat(people()).containsExactly("Bénalix", "Çelik");
    }

    @Test
    void namesakesWithAnotherPhoneAndTownAreDoubtfulInOneFileAndInTwo() throws Exception {
        String bobigny = "Diallozz;Fatoumata;01/01/2009;06 39 98 10 41;93000;Bobigny\n";
        String melun = "Diallozz;Fatoumata;01/01/2009;06 39 98 10 42;77000;Melun\n";

        Preview one = load(csv(bobigny + melun), null);
        loads().reset();
        load(csv(bobigny), null);
        Preview two = load(csv(melun), null);

        assertThat(one.count().doubtful()).isEqualTo(1);
        assertThat(one.count().created()).isEqualTo(1);
        assertThat(two.count().doubtful()).isEqualTo(1);
        assertThat(two.count().joined()).isZero();
        assertThat(texts("select reason from doubtful_row")).containsExactly("NAMESAKES");
    }

    @Test
    void sameNamesAndPhoneAreNeverSimplyNew() throws Exception {
        String march = "Memenom;Lina;05/03/2009;06 39 98 10 61;93000;Bobigny\n";
        String april = "Memenom;Lina;15/04/2009;06 39 98 10 61;93000;Bobigny\n";

        Preview one = load(csv(march + april), null);
        loads().reset();
        load(csv(march), null);
        Preview two = load(csv(april), null);

        assertThat(one.count().doubtful()).isEqualTo(1);
        assertThat(two.count().doubtful()).isEqualTo(1);
        assertThat(two.count().created()).isZero();
    }

    @Test
    void theLinesOfTwoGuardiansAreOneYouth() throws Exception {
        String header = "Nom;Prénom;Né(e) le;INE;Portable;Nom resp;Tél resp\n";
        String first = "Qaa;Awa;05/03/2009;123456780QA;;QAA;06 39 98 68 01\n";
        String second = "Qaa;Awa;05/03/2009;123456780QA;06 39 98 68 02;DIOP;06 39 98 68 03\n";

        Preview preview = load(TestingList.file(header + first + second), null);
        Preview again = load(TestingList.file(header + first + second), 1L);

        assertThat(preview.count().lines()).isEqualTo(1);
        assertThat(preview.count().rejected()).isZero();
        assertThat(phones()).containsExactly("+33639986801 GUARDIAN1", "+33639986802 YOUTH", "+33639986803 GUARDIAN2");
        assertThat(texts("select rank || ' ' || last_name from legal_guardian order by rank"))
                .containsExactly("1 QAA", "2 DIOP");
        assertThat(again.count().unchanged()).isEqualTo(1);
        assertThat(again.count().lines()).isEqualTo(1);
    }

    @Test
    void aGuardianWhoComesInALineOfTheNextFileIsNotLost() throws Exception {
        String header = "Nom;Prénom;Né(e) le;INE;Portable;Nom resp;Tél resp\n";
        String first = "Qaa;Awa;05/03/2009;123456780QA;;QAA;06 39 98 68 01\n";
        String second = "Qaa;Awa;05/03/2009;123456780QA;06 39 98 68 02;DIOP;06 39 98 68 03\n";
        load(TestingList.file(header + first), null);

        load(TestingList.file(header + first + second), 1L);

        assertThat(phones()).containsExactly("+33639986801 GUARDIAN1", "+33639986802 YOUTH", "+33639986803 GUARDIAN2");
    }

    @Test
    void datesOfBothOrdersInOneColumnAreNotGuessed() throws Exception {
        Preview preview = load(csv("""
                Ordrea;Un;03/15/2009;06 39 98 10 21;93000;Bobigny
                Ordreb;Deux;12/25/2008;06 39 98 10 22;93000;Bobigny
                Ordrec;Trois;04/03/2009;06 39 98 10 23;93000;Bobigny
                Ordred;Quatre;2009-03-05;06 39 98 10 24;93000;Bobigny
                """), null);

        assertThat(people()).containsExactly("Ordred");
        assertThat(preview.remarks()).extracting(FileRemark::kind).contains(FileRemark.Kind.DATES_MIXED);
        assertThat(texts("select line || ' ' || reason from rejected_row order by line"))
                .containsExactly("2 NOT_A_DATE", "3 NOT_A_DATE", "4 DATE_ORDER");
    }

    @Test
    void formulasAndErrorsAreCountedAlikeInTextsAndWorkbooks() throws Exception {
        Path text = TestingList.file("""
                Nom;Prénom;Né(e) le;Portable;Adresse
                A;Un;05/03/2009;06 39 98 08 01;#N/A
                B;Deux;05/03/2009;=A2&B2;rue
                """);
        Path workbook = new TestingWorkbook()
                .sheet(
                        "Liste",
                        row(1, "Nom", "Prénom", "Né(e) le", "Portable", "Adresse")
                                + row(2, "A", "Un", "05/03/2009", "06 39 98 08 01")
                                        .replace("</row>", "<c t='e'><v>#N/A</v></c></row>")
                                + row(3, "B", "Deux", "05/03/2009")
                                        .replace("</row>", "<c><f>A2&amp;B2</f><v></v></c></row>"))
                .file();

        for (Path file : List.of(text, workbook)) {
            loads().reset();
            assertThat(load(file, null).remarks())
                    .containsExactlyInAnyOrder(
                            new FileRemark(FileRemark.Kind.FORMULAS_WITHOUT_VALUE, 1, ""),
                            new FileRemark(FileRemark.Kind.ERROR_CELLS, 1, ""));
        }
    }

    @Test
    void aHeaderOfOtherNamesInTheMiddleGivesItsRowsTheirMeaning() throws Exception {
        load(TestingList.file("""
                Nom;Prénom;Né(e) le;Portable
                A;Un;05/03/2009;06 39 98 08 01
                Prénom élève;Nom élève;Tél. père;Date naissance
                Deux;B;06 39 98 08 02;06/03/2009
                """), null);

        assertThat(people()).containsExactly("A", "B");
        assertThat(phones()).containsExactly("+33639980801 YOUTH", "+33639980802 GUARDIAN1");
    }

    private static Path csv(String rows) {
        return TestingList.file(HEADER + rows);
    }

    private static Preview load(Path file, @Nullable Long list) throws Exception {
        long load = loads().submit(file, list, true);
        Preview preview = loads().preview(load);
        loads().apply(load, preview);
        return preview;
    }

    private static List<String> people() throws SQLException {
        return texts("select last_name from youth order by last_name");
    }

    private static List<String> phones() throws SQLException {
        return texts("select e164 || ' ' || owner from phone_number order by e164");
    }

    private static List<String> texts(String query) throws SQLException {
        return loads().texts(query);
    }

    private static TestingLoads loads() {
        return Objects.requireNonNull(loads);
    }
}
