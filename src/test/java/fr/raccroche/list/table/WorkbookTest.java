package fr.raccroche.list.table;

import static fr.raccroche.list.table.TestingWorkbook.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import fr.raccroche.list.SmallHeap;
import fr.raccroche.list.TestingList;
import fr.raccroche.list.row.Vocabulary;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** XLSX files of every kind. */
class WorkbookTest {

    private static final String HEADER = row(1, "nom", "prenom", "date_naissance", "tel_jeune");

    @Test
    void aWorkbookOfAnotherWriterIsRead() throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var workbook = new org.dhatim.fastexcel.Workbook(bytes, "Test", "1.0")) {
            Worksheet sheet = workbook.newWorksheet("Élèves & jeunes");
            List<String> header = List.of("Nom", "Prénom", "Date de naissance", "Portable", "Boursier", "Taux");
            for (int i = 0; i < header.size(); i++) {
                sheet.value(0, i, header.get(i));
            }
            sheet.value(1, 0, "Lefèvre <\"&'>");
            sheet.inlineString(1, 1, "Zoé");
            sheet.value(1, 2, LocalDate.of(2009, 3, 5));
            sheet.style(1, 2).format("dd/mm/yyyy").set();
            sheet.value(1, 3, 639981234);
            sheet.value(1, 4, true);
            sheet.value(1, 5, 0.25);
            sheet.value(3, 0, "Diallo");
        }
        var file = TestingList.file(bytes.toByteArray());

        assertThat(TableFile.recognise(file, Vocabulary::known)).isEqualTo(Layout.workbook("Élèves & jeunes", 1));
        assertThat(TestingTable.rows(file))
                .extracting(TableRow::line, TableRow::cells, TableRow::raw)
                .containsExactly(
                        tuple(
                                2,
                                List.of("Lefèvre <\"&'>", "Zoé", "2009-03-05", "639981234", "VRAI", "0.25"),
                                "\"Lefèvre <\"\"&'>\";Zoé;2009-03-05;639981234;VRAI;0.25"),
                        tuple(4, List.of("Diallo", "", "", "", "", ""), "Diallo;;;;;"));
    }

    @Test
    void sharedTextsMayBeRichAndHoldReadings() throws Exception {
        var file = new TestingWorkbook()
                .strings("""
                        <si><t>nom</t></si><si><t>prenom</t></si>
                        <si><r><rPr><b/></rPr><t>Ben</t></r><r><t xml:space='preserve'>ali </t></r><r><t>&amp; fils</t></r></si>
                        <si><t>Lina</t><rPh sb='0' eb='1'><t>リナ</t></rPh></si>
                        <si><t/></si>
                        <si><t>ligne 1_x000D_
                        ligne 2 _x005F_x0041_</t></si>""".replace("                        ligne", "ligne"))
                .sheet(
                        "Liste",
                        "<row><c t='s'><v>0</v></c><c t='s'><v>1</v></c></row>"
                                + "<row><c t='s'><v>2</v></c><c t='s'><v>3</v></c></row>"
                                + "<row><c t='s'><v>5</v></c><c t='s'><v>4</v></c></row>")
                .file();

        assertThat(TestingTable.cells(file))
                .containsExactly(List.of("Benali & fils", "Lina"), List.of("ligne 1\r\nligne 2 _x0041_", ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0|General|0",
                "639981234|General|639981234",
                "639981234.0|General|639981234",
                "6.39981234E8|General|639981234",
                "6.39981234E+08|0|639981234",
                "1.50|General|1.5",
                "-12|General|-12",
                "0.1|0.00|0.1",
                "1E2|General|100",
                "1E-3|General|0.001",
                "1E999999999|General|1E999999999",
                "-1E-999999999|General|-1E-999999999",
                "NaN|General|NaN",
                "12345678901234567890|General|12345678901234567890",
                "39877|dd/mm/yyyy|2009-03-05",
                "39877.75|dd/mm/yyyy hh:mm|2009-03-05 18:00:00",
                "39876.9583333|14|2009-03-04 23:00:00",
                "39877|14|2009-03-05",
                "39877|22|2009-03-05",
                "39877|[$-40C]d mmmm yyyy;@|2009-03-05",
                "39877|yyyy\\-mm\\-dd|2009-03-05",
                "39877|mmm-yy|2009-03-05",
                "39877|General|39877",
                "39877|0|39877",
                "39877|# ##0\" jours\"|39877",
                "39877|[Red]0.00|39877",
                "39877|Standard|39877",
                "0.5|h:mm|0.5",
                "0.5|20|0.5",
                "59|14|1900-02-28",
                "61|14|1900-03-01",
                "1|14|1900-01-01",
                "0|14|0",
                "-5|14|-5",
                "2958465|14|9999-12-31",
                "2958466|14|2958466",
                "639981234|0#\" \"##\" \"##\" \"##\" \"##|0639981234",
                "639981234|0000000000|0639981234",
                "1000|00000|01000",
                "93200|00000|93200",
                "75|000000|000075",
                "1.5|00000|1.5",
                "33639981234|0000000000|33639981234",
                "5|#|5"
            })
    void aNumberIsReadAsItIsShown(String number, String format, String text) throws Exception {
        var file = new TestingWorkbook()
                .formats(format)
                .sheet(
                        "Liste",
                        HEADER + "<row r='2'><c r='A2'><v>1</v></c><c r='B2' s='0'><v>" + number + "</v></c></row>")
                .file();

        assertThat(TestingTable.cells(file)).containsExactly(List.of("1", text, "", ""));
    }

    @Test
    void daysMayCountFrom1904() throws Exception {
        var file = new TestingWorkbook()
                .from1904()
                .formats("14")
                .sheet("Liste", HEADER + "<row r='2'><c r='A2'><v>1</v></c><c r='B2' s='0'><v>38415</v></c></row>")
                .file();

        assertThat(TestingTable.cells(file).getFirst().get(1)).isEqualTo("2009-03-05");
    }

    @Test
    void aFormulaCountsByTheValueTheSpreadsheetKept() throws Exception {
        var path = new TestingWorkbook().sheet("Liste", HEADER + """
                        <row r='2'><c r='A2' t='str'><f>UPPER("benali")</f><v>BENALI</v></c><c r='B2'><f>1+1</f><v>2</v></c>\
                        <c r='C2' t='e'><f>1/0</f><v>#DIV/0!</v></c><c r='D2'><f>HYPERLINK("http://x")</f></c></row>\
                        <row r='3'><c r='A3' t='b'><v>0</v></c><c r='B3' t='d'><v>2009-03-05T00:00:00</v></c>\
                        <c r='C3' t='e'><v>#N/A</v></c></row>""").file();

        try (var file = TableFile.open(path, TableFile.recognise(path, Vocabulary::known))) {
            assertThat(cells(file.next())).containsExactly("BENALI", "2", "#DIV/0!", "=HYPERLINK(\"http://x\")");
            assertThat(cells(file.next())).containsExactly("FAUX", "2009-03-05", "#N/A", "");
            assertThat(file.next()).isNull();
            assertThat(file.formulas()).isEqualTo(4);
            assertThat(file.formulasWithoutValue()).isEqualTo(1);
        }
    }

    @Test
    void cellsStandWhereTheirPlaceSays() throws Exception {
        var file = new TestingWorkbook().sheet("Liste", HEADER + """
                        <row r='5'><c r='B5'><v>2</v></c><c r='D5'><v>4</v></c></row>\
                        <row><c><v>1</v></c><c/><c><v>3</v></c></row>\
                        <row r='9'><c r='D9'><v>4</v></c><c r='B9'><v>6</v></c></row>\
                        <row r='12'/><row r='13'><c r='A13' s='3'/></row>\
                        <row r='14'><c r='A14'><v>1</v></c><c r='XFD14'><v>9</v></c></row>""").file();

        var rows = TestingTable.rows(file);

        assertThat(rows).extracting(TableRow::line).containsExactly(5, 6, 9, 14);
        assertThat(rows.get(0).cells()).containsExactly("", "2", "", "4", "");
        assertThat(rows.get(1).cells()).containsExactly("1", "", "3", "", "");
        assertThat(rows.get(2).cells()).containsExactly("", "", "", "4", "6");
        assertThat(rows.get(3).cells()).hasSizeGreaterThan(5).startsWith("1").endsWith("9");
    }

    @Test
    void theSheetThatNamesMostColumnsIsTheList() throws Exception {
        var path = new TestingWorkbook()
                .sheet("Lisez-moi", row(1, "Bonjour", "voici la liste"))
                .sheet("Ancienne", "hidden", HEADER + row(2, "Ancien", "Max"))
                .sheet(
                        "Jeunes",
                        row(1, "Lycée Untel") + row(3, "Nom", "Prénom", "Né(e) le", "Portable") + row(4, "Benali"))
                .file();

        assertThat(TableFile.recognise(path, Vocabulary::known)).isEqualTo(Layout.workbook("Jeunes", 3));
        try (var file = TableFile.open(path, Layout.workbook("Lisez-moi", 1))) {
            assertThat(file.sheets()).containsExactly("Lisez-moi", "Jeunes", "Ancienne");
            assertThat(file.header()).containsExactly("Bonjour", "voici la liste");
        }
        assertThat(TableFile.top(path, Layout.workbook("Jeunes", 9), 2))
                .extracting(TableRow::line, TableRow::raw)
                .containsExactly(tuple(1, "Lycée Untel"), tuple(3, "Nom;Prénom;Né(e) le;Portable"));
    }

    @Test
    void otherNamesOfPartsAreFollowed() throws Exception {
        String main = "http://purl.oclc.org/ooxml/spreadsheetml/main";
        String links = "http://purl.oclc.org/ooxml/officeDocument/relationships";
        var file = new TestingWorkbook()
                .part(
                        "_rels/.rels",
                        "<Relationships><Relationship Id='a' Type='%s/officeDocument' Target='/Content/Book.xml'/></Relationships>"
                                .formatted(links))
                .part(
                        "Content/Book.xml",
                        "<x:workbook xmlns:x='%s' xmlns:q='%s'><x:sheets><x:sheet name='A' q:id='s'/></x:sheets></x:workbook>"
                                .formatted(main, links))
                .part(
                        "Content/_rels/Book.xml.rels",
                        "<Relationships><Relationship Id='s' Type='%s/worksheet' Target='SHEETS\\one.xml'/></Relationships>"
                                .formatted(links))
                .part(
                        "Content/sheets/One.XML",
                        "<x:worksheet xmlns:x='%s'><x:sheetData><x:row><x:c t='inlineStr'><x:is><x:t>nom</x:t></x:is></x:c><x:c t='inlineStr'><x:is><x:t>prenom</x:t></x:is></x:c></x:row><x:row><x:c><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>"
                                .formatted(main))
                .file();

        assertThat(TestingTable.cells(file)).containsExactly(List.of("1", ""));
    }

    @Test
    void readingTellsHowFarItIs() throws Exception {
        Path path = TestingWorkbook.large(3_000, 4);
        try (var file = TableFile.open(path, Layout.workbook("Liste", 1))) {
            for (int i = 0; i < 1_500; i++) {
                assertThat(file.next()).isNotNull();
            }
            assertThat(file.position()).isBetween(file.size() / 4, file.size() * 3 / 4);
            while (file.next() != null) {}
            assertThat(file.position()).isEqualTo(file.size());
        }
    }

    @Test
    void aLongWorkbookIsReadInAHeapThatCouldNotHoldItsTexts() throws Exception {
        Path path = TestingWorkbook.large(100_000, 25);

        assertThat(SmallHeap.read(path, 48)).isEqualTo("100000 rows");
    }

    private static List<String> cells(@Nullable TableRow row) throws IOException {
        if (row == null || row.cells() == null) {
            throw new IOException("no row");
        }
        return row.cells();
    }
}
