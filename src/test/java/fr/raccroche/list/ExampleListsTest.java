package fr.raccroche.list;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fr.raccroche.list.row.Column;
import fr.raccroche.list.row.Mapping;
import fr.raccroche.list.row.Vocabulary;
import fr.raccroche.list.table.Layout;
import fr.raccroche.list.table.Refused;
import fr.raccroche.list.table.TableFile;
import fr.raccroche.list.table.TestingTable;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The example files of the README: the same five fictional people in every kind of file. */
class ExampleListsTest {

    private static final Path EXAMPLES = Path.of("src", "test", "resources", "lists");

    private static final Map<String, Layout> LAYOUTS = Map.of(
            "utf8-point-virgule.csv", Layout.text(UTF_8, ';', 1),
            "windows-1252-point-virgule.csv", Layout.text(Charset.forName("windows-1252"), ';', 1),
            "utf16-tabulation.txt", Layout.text(UTF_16LE, '\t', 4),
            "utf8-bom-virgule.csv", Layout.text(UTF_8, ',', 1),
            "classeur.xlsx", Layout.workbook("Jeunes", 4));

    @Test
    void everyExampleIsRecognised() throws Exception {
        try (var files = Files.list(EXAMPLES)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(LAYOUTS.keySet());
        }
        for (String name : LAYOUTS.keySet()) {
            assertThat(TableFile.recognise(EXAMPLES.resolve(name), Vocabulary::known))
                    .as(name)
                    .isEqualTo(LAYOUTS.get(name));
        }
    }

    @Test
    void everyExampleCanBeLoadedAsItIs() throws Exception {
        for (String name : LAYOUTS.keySet()) {
            Path file = EXAMPLES.resolve(name);
            List<List<String>> rows = TestingTable.cells(file);

            assertThat(mapping(file, rows).problems()).as(name).isEmpty();
            assertThat(names(file, rows))
                    .as(name)
                    .containsExactly(
                            "LEFÈVRE Zoé 2009",
                            "BENALI Lina 2008",
                            "D'ŒUVRE Théo 2007",
                            "NGUYEN Minh-Anh 2009",
                            "DIALLO Awa 2008");
        }
    }

    @Test
    void theTelephonesOfTheWorkbookHaveTheirZeroAndTheirOwner() throws Exception {
        Path file = EXAMPLES.resolve("classeur.xlsx");
        List<List<String>> rows = TestingTable.cells(file);
        var cells = mapping(file, rows).cells(rows.get(1));

        assertThat(cells.get(Column.TEL_JEUNE)).isEqualTo("0639981202");
        assertThat(cells.get(Column.RESP1_TEL)).isEqualTo("0639981203");
        assertThat(cells.get(Column.RESP1_PRENOM)).isEqualTo("Samir");
        assertThat(cells.get(Column.DATE_NAISSANCE)).isEqualTo("2008-07-12");
        assertThat(cells.get(Column.CODE_POSTAL)).isEqualTo("94000");
    }

    private static List<String> names(Path file, List<List<String>> rows) throws IOException, Refused {
        var mapping = mapping(file, rows);
        return rows.stream()
                .map(mapping::cells)
                .map(cells -> "%s %s %s"
                        .formatted(
                                cells.get(Column.NOM),
                                cells.get(Column.PRENOM),
                                year(cells.get(Column.DATE_NAISSANCE))))
                .toList();
    }

    private static String year(String date) {
        return date.contains("/") ? date.substring(6) : date.substring(0, 4);
    }

    private static Mapping mapping(Path file, List<List<String>> rows) throws IOException, Refused {
        return Mapping.propose(TableFile.recognise(file, Vocabulary::known), TestingTable.header(file), rows);
    }
}
