package fr.raccroche.list.table;

import static fr.raccroche.list.table.TestingWorkbook.row;
import static org.assertj.core.api.Assertions.assertThat;

import fr.raccroche.list.TestingList;
import fr.raccroche.list.row.Vocabulary;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as schools shape them: what is hidden, struck through, joined, spread over sheets and lines. */
class WorkbookShapeTest {

    private static final String HEADER = row(1, "Nom", "Prénom", "Né(e) le", "Portable");

    @ParameterizedTest
    @ValueSource(strings = {"hidden='1'", "hidden='true'", "ht='0' customHeight='1'"})
    void aRowThatIsNotShownIsMarked(String how) throws Exception {
        var file = new TestingWorkbook()
                .sheet(
                        "Liste",
                        HEADER
                                + row(2, "A", "Un", "05/03/2009", "06 39 98 08 01")
                                + row(3, "B", "Deux", "05/03/2009", "06 39 98 08 02")
                                        .replace("<row", "<row " + how))
                .file();

        List<TableRow> rows = TestingTable.rows(file);

        assertThat(rows.get(0).marks()).isNull();
        assertThat(rows.get(1).marks()).isEqualTo(new TableRow.Marks(true, Set.of()));
    }

    @Test
    void whatIsStruckThroughIsMarkedCellByCell() throws Exception {
        var file = new TestingWorkbook().struck().sheet("Liste", HEADER + """
                        <row r='2'><c r='A2' s='1' t='inlineStr'><is><t>A</t></is></c><c r='B2' t='inlineStr'><is><t>Un</t></is></c></row>\
                        <row r='3'><c r='A3' t='inlineStr'><is><r><rPr><strike/></rPr><t>B</t></r></is></c>\
                        <c r='B3' t='inlineStr'><is><r><t>06 39 98 08 01 </t></r><r><rPr><strike val='1'/></rPr><t>06 39 98 08 02</t></r></is></c>\
                        <c r='C3' t='inlineStr'><is><r><rPr><strike val='0'/></rPr><t>C</t></r></is></c></row>""").file();

        try (var table = TableFile.open(file, TableFile.recognise(file, Vocabulary::known))) {
            TableRow first = table.next();
            TableRow second = table.next();

            assertThat(first).extracting(TableRow::marks).isEqualTo(new TableRow.Marks(false, Set.of(0)));
            assertThat(second).extracting(TableRow::marks).isEqualTo(new TableRow.Marks(false, Set.of(0)));
            assertThat(second).extracting(TableRow::cells).isEqualTo(List.of("B", "06 39 98 08 01 ", "C", ""));
            assertThat(table.cutTexts()).isEqualTo(1);
        }
    }

    @Test
    void aJoinedCellCountsForAllItsRows() throws Exception {
        var file = new TestingWorkbook()
                .sheet(
                        "Liste",
                        HEADER
                                + row(2, "A", "Un", "05/03/2009", "06 39 98 08 01")
                                + row(3, "A", "Deux", "05/04/2010")
                                + row(4, "B", "Trois", "05/04/2010"))
                .merged("D2:D3")
                .file();

        assertThat(TestingTable.cells(file))
                .extracting(cells -> cells.get(3))
                .containsExactly("06 39 98 08 01", "06 39 98 08 01", "");
    }

    @Test
    void sheetsOfTheSameColumnsAreReadTogetherInWhateverOrder() throws Exception {
        Path file = new TestingWorkbook()
                .sheet("2NDE1", HEADER + row(2, "A", "Un", "05/03/2009", "06 39 98 08 01"))
                .sheet(
                        "2NDE2",
                        row(1, "Liste de la classe")
                                + row(3, "Portable", "Nom", "Prénom", "Né(e) le")
                                + row(4, "06 39 98 08 02", "B", "Deux", "06/03/2009"))
                .sheet("Profs", row(1, "Nom", "Matière") + row(2, "X", "Maths"))
                .sheet("Réinscrits", HEADER + row(2, "C", "Trois", "05/03/2009", "06 39 98 08 03"))
                .sheet("Cachée", "hidden", HEADER + row(2, "D", "Quatre", "05/03/2009", "06 39 98 08 04"))
                .file();

        Layout layout = TableFile.recognise(file, Vocabulary::known);

        assertThat(layout.extent().furtherSheets()).containsExactly("2NDE2");
        assertThat(TestingTable.rows(file, layout))
                .containsExactly(
                        new TableRow(2, List.of("A", "Un", "05/03/2009", "06 39 98 08 01"), null),
                        new TableRow(100_004, List.of("B", "Deux", "06/03/2009", "06 39 98 08 02"), null));
        try (var table = TableFile.open(file, layout)) {
            assertThat(table.sheetsLeft()).containsExactly("Profs", "Réinscrits", "Cachée");
            assertThat(table.fits("Réinscrits")).isTrue();
            assertThat(table.fits("Profs")).isFalse();
            assertThat(table.hides("Cachée")).isTrue();
        }
    }

    @Test
    void aHiddenSheetIsReadOnlyWhereNoOtherHasColumns() throws Exception {
        String more = row(1, "INE", "Nom", "Prénom", "Né(e) le", "Portable", "Commune", "Classe");
        var both = new TestingWorkbook()
                .sheet("Ancienne", "hidden", more + row(2, "", "A", "Un", "05/03/2009", "06 39 98 08 01", "Melun", "2"))
                .sheet("Liste", HEADER + row(2, "B", "Deux", "05/03/2009", "06 39 98 08 02"))
                .file();
        var alone = new TestingWorkbook()
                .sheet("Liste", "hidden", HEADER + row(2, "B", "Deux", "05/03/2009", "06 39 98 08 02"))
                .sheet("Lisez-moi", row(1, "Bonjour"))
                .file();

        assertThat(TableFile.recognise(both, Vocabulary::known).sheet()).isEqualTo("Liste");
        assertThat(TableFile.recognise(alone, Vocabulary::known).sheet()).isEqualTo("Liste");
    }

    @Test
    void theLineAboveSaysWhoseTheColumnsAre() throws Exception {
        String names = row(2, "Nom", "Prénom", "Né(e) le", "Nom", "Prénom", "Tél");
        var joined = new TestingWorkbook()
                .sheet(
                        "Liste",
                        "<row r='1'><c r='A1' t='inlineStr'><is><t>Élève</t></is></c><c r='D1' t='inlineStr'><is><t>Responsable légal 1</t></is></c></row>"
                                + names + row(3, "A", "Un", "05/03/2009", "A", "Mère", "01 99 00 39 01"))
                .merged("A1:C1", "D1:F1")
                .file();
        var text = TestingList.file("""
                Liste des jeunes 2026
                Élève;;;Responsable légal 1;;
                Nom;Prénom;Né(e) le;Nom;Prénom;Tél
                A;Un;05/03/2009;A;Mère;01 99 00 39 01
                """);

        for (Path file : List.of(joined, text)) {
            assertThat(TestingTable.header(file))
                    .containsExactly(
                            "Élève › Nom",
                            "Élève › Prénom",
                            "Élève › Né(e) le",
                            "Responsable légal 1 › Nom",
                            "Responsable légal 1 › Prénom",
                            "Responsable légal 1 › Tél");
            assertThat(TestingTable.cells(file)).hasSize(1);
        }
    }

    @Test
    void aTitleIsNoOwner() throws Exception {
        var file = TestingList.file("""
                Liste des parents et des élèves;;;
                Nom;Prénom;Né(e) le;Tél
                A;Un;05/03/2009;06 39 98 08 01
                """);

        assertThat(TestingTable.header(file)).containsExactly("Nom", "Prénom", "Né(e) le", "Tél");
    }

    @Test
    void columnsWithoutANameAreColumns() throws Exception {
        var text = TestingList.file("""
                nom;prenom;;date_naissance;tel_jeune;
                A;Un;x;05/03/2009;06 39 98 50 01;y
                B;Deux;x;05/03/2009;06 39 98 50 02;z""");
        var workbook = new TestingWorkbook()
                .sheet("Liste", HEADER + row(2, "A", "Un", "05/03/2009", "06 39 98 08 01", "y", "z"))
                .file();

        assertThat(TestingTable.header(text)).containsExactly("nom", "prenom", "", "date_naissance", "tel_jeune", "");
        assertThat(TestingTable.cells(text)).extracting(List::size).containsExactly(6, 6);
        assertThat(TestingTable.header(workbook)).containsExactly("Nom", "Prénom", "Né(e) le", "Portable", "", "");
    }

    @Test
    void aHeaderInTheMiddleTurnsTheRowsBelowIt() throws Exception {
        var file = TestingList.file("""
                Nom;Prénom;Né(e) le;Portable
                A;Un;05/03/2009;06 39 98 08 01
                Prénom;Nom;Portable;Né(e) le
                Deux;B;06 39 98 08 02;06/03/2009
                """);

        try (var table = TableFile.open(file, TableFile.recognise(file, Vocabulary::known))) {
            assertThat(table.next()).isNotNull();
            TableRow names = table.next();
            assertThat(names != null && table.repeatsHeader(names)).isTrue();
            assertThat(table.next())
                    .extracting(TableRow::cells)
                    .isEqualTo(List.of("B", "Deux", "06/03/2009", "06 39 98 08 02"));
        }
    }
}
