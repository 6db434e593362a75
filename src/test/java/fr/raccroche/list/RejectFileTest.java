package fr.raccroche.list;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fr.raccroche.list.RejectFile.Reject;
import fr.raccroche.list.row.Column;
import fr.raccroche.list.row.Mapping;
import fr.raccroche.list.row.RowIssue;
import fr.raccroche.list.row.Vocabulary;
import fr.raccroche.list.table.CsvRow;
import fr.raccroche.list.table.FormulaGuard;
import fr.raccroche.list.table.Layout;
import fr.raccroche.list.table.TableFile;
import fr.raccroche.list.table.TestingTable;
import fr.raccroche.list.table.WorkbookWriter;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RejectFileTest {

    private static final Layout TEXT = Layout.text(Charset.forName("windows-1252"), ',', 4);
    private static final Layout SHEET = Layout.workbook("Jeunes", 3);
    private static final List<String> HEADERS = List.of("Nom", "Prénom", "Portable");

    @Test
    void aTextComesBackWithSemicolonsAndThreeColumnsMore() throws Exception {
        var file = written(
                TEXT,
                HEADERS,
                new Reject(
                        7,
                        List.of("Lefèvre", "Zoé; \"Z\"", "0639981234"),
                        "date_naissance",
                        "valeur obligatoire absente"),
                new Reject(9, List.of("Benali"), "ligne", "autre"));

        assertThat(TableFile.recognise(file, Vocabulary::known)).isEqualTo(Layout.text(UTF_8, ';', 1));
        assertThat(Files.readString(file)).startsWith("\uFEFFNom;Prénom;Portable;ligne;colonne;motif\r\n");
        assertThat(TestingTable.cells(file))
                .containsExactly(
                        List.of(
                                "Lefèvre",
                                "Zoé; \"Z\"",
                                "0639981234",
                                "7",
                                "date_naissance",
                                "valeur obligatoire absente"),
                        List.of("Benali", "", "", "9", "ligne", "autre"));
    }

    @Test
    void aWorkbookComesBackAsOne() throws Exception {
        var file = written(
                SHEET,
                HEADERS,
                new Reject(7, List.of("Lefèvre", "Zoé\n_x0041_", "0639981234"), "date_naissance", "absente"));

        assertThat(TableFile.recognise(file, Vocabulary::known)).isEqualTo(Layout.workbook("Rejets", 1));
        assertThat(TestingTable.header(file)).containsExactly("Nom", "Prénom", "Portable", "ligne", "colonne", "motif");
        assertThat(TestingTable.cells(file))
                .containsExactly(List.of("Lefèvre", "Zoé\n_x0041_", "0639981234", "7", "date_naissance", "absente"));
    }

    @Test
    void aRowThatCannotBeCutComesBackToo() throws Exception {
        var row = new RejectedRow(2, "ligne", RowIssue.BROKEN_LINE, null, "[\"\\\"ouvert,Zoé,06,x,y\"]");

        var file = written(TEXT, HEADERS, Reject.of(row, ',', "guillemet"));

        assertThat(TestingTable.cells(file))
                .containsExactly(List.of("\"ouvert", "Zoé", "06;x;y", "2", "ligne", "guillemet"));
    }

    @Test
    void theRejectsOfARejectFileHaveTheColumnsOnce() throws Exception {
        var headers = List.of("Nom", "Prénom", "ligne", "colonne", "Motif", "Portable");

        var file = written(
                TEXT, headers, new Reject(3, List.of("Benali", "Zoé", "17", "nom", "vieux", "06"), "prenom", "neuf"));

        assertThat(TestingTable.header(file)).containsExactly("Nom", "Prénom", "Portable", "ligne", "colonne", "motif");
        assertThat(TestingTable.cells(file)).containsExactly(List.of("Benali", "Zoé", "06", "3", "prenom", "neuf"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "+33639981234",
                "-1",
                "@SUM(A1)",
                "\t=1",
                "\r=1",
                " =1",
                "\u00a0+1",
                "\t",
                "\rx",
                "\n=1",
                "  -x",
                "＝1",
                "＠x",
                "\u200b=1",
                "=cmd|' /C calc'!A0"
            })
    void noCellIsCalculated(String cell) throws Exception {
        assertThat(FormulaGuard.guarded(cell)).isEqualTo("'" + cell);
        assertThat(FormulaGuard.unguarded("'" + cell)).isEqualTo(cell);
        assertThat(FormulaGuard.guarded("'" + cell)).isEqualTo("'" + cell);
        for (Layout layout : List.of(TEXT, SHEET)) {
            var row = List.of(cell, "Zoé", "06");
            var file = written(layout, List.of(cell, "nom", "prenom", "portable"), new Reject(2, row, cell, cell));
            var layoutBack = TableFile.recognise(file, Vocabulary::known);
            try (var table = TableFile.open(file, layoutBack)) {
                assertThat(table.header().getFirst()).startsWith("'");
            }
            assertThat(TestingTable.cells(file).getFirst())
                    .filteredOn(found -> !CsvRow.blank(found))
                    .noneMatch(found -> "=+-@＝＠".indexOf(found.strip().charAt(0)) >= 0);
            assertThat(new Mapping(layoutBack, List.of("a"), Arrays.asList(Column.NOM))
                            .cells(TestingTable.cells(file).getFirst())
                            .get(Column.NOM))
                    .isEqualTo(layout.equals(TEXT) ? cell.replace('\r', '\n') : cell);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a=b", "'", "''=1", "l'eau", "06-39", "'x"})
    void otherCellsStayAsTheyAre(String cell) {
        assertThat(FormulaGuard.guarded(cell)).isEqualTo(cell);
        assertThat(FormulaGuard.unguarded(cell)).isEqualTo(cell);
    }

    @Test
    void theStreamStaysOpen() throws Exception {
        for (Layout layout : List.of(TEXT, SHEET)) {
            var out = new FilterOutputStream(new ByteArrayOutputStream()) {
                @Override
                public void close() throws IOException {
                    throw new IOException("closed");
                }
            };
            RejectFile.write(
                    layout,
                    HEADERS,
                    List.of(new Reject(1, List.of("a"), "b", "c")).iterator(),
                    out);
        }
    }

    @Test
    void aReportHasTextsNumbersDaysAndShares() throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var workbook = new WorkbookWriter(bytes)) {
            workbook.sheet("Qualité [2026]", List.of("Établissement", "Lignes", "Numéros valables", "Au", "x"));
            for (int i = 1; i <= 1_200; i++) {
                workbook.row(Arrays.asList(
                        "=Lycée " + i, i, new WorkbookWriter.Share(0.5), LocalDate.of(2026, 11, 20), null));
            }
            workbook.sheet("Rejets", List.of("motif"));
            workbook.row(List.of("a".repeat(40_000)));
        }
        var file = TestingList.file(bytes.toByteArray());

        assertThat(TestingTable.cells(file, Layout.workbook("Qualité -2026-", 1)))
                .hasSize(1_200)
                .contains(
                        List.of("'=Lycée 1", "1", "0.5", "2026-11-20", ""),
                        List.of("'=Lycée 1200", "1200", "0.5", "2026-11-20", ""));
        assertThat(TestingTable.cells(file, Layout.workbook("Rejets", 1))
                        .getFirst()
                        .getFirst())
                .hasSize(32_767);
    }

    private static Path written(Layout layout, List<String> headers, Reject... rejects) throws IOException {
        var bytes = new ByteArrayOutputStream();
        RejectFile.write(layout, headers, List.of(rejects).iterator(), bytes);
        return TestingList.file(bytes.toByteArray());
    }
}
