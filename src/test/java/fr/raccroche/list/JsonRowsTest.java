package fr.raccroche.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.raccroche.list.row.Column;
import fr.raccroche.list.row.Mapping;
import fr.raccroche.list.row.RowCells;
import fr.raccroche.list.row.Vocabulary;
import fr.raccroche.list.table.Refused;
import fr.raccroche.list.table.TableFile;
import fr.raccroche.list.table.TableRow;
import fr.raccroche.platform.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonRowsTest {

    private static JsonRows.Head write(String json, Path file) throws IOException {
        return JsonRows.write(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), file);
    }

    /** What the list reader finds in the file that was written. */
    private static List<TableRow> read(Path file) throws IOException, Refused {
        var rows = new ArrayList<TableRow>();
        try (TableFile table = TableFile.open(file, TableFile.recognise(file, Vocabulary::known))) {
            for (TableRow row = table.next(); row != null; row = table.next()) {
                rows.add(row);
            }
        }
        return rows;
    }

    @Test
    void everyValueArrivesWhateverStandsInIt() throws Exception {
        Path file = Files.createTempFile("rows", ".csv");

        JsonRows.Head head = write("""
                {"reference_date": "2026-11-20",
                 "rows": [{"nom": "d'Été; \\"Zoé\\"", "prenom": "a\\nb", "tel_jeune": 639981234, "retrait": true, "ine": null},
                          {"retrait": "oui", "numero_siei": "S-2"}],
                 "complete": false}""", file);

        assertThat(head).isEqualTo(new JsonRows.Head("false", "2026-11-20", null));
        List<TableRow> rows = read(file);
        assertThat(rows).extracting(TableRow::line).containsExactly(2, 3);
        Mapping mapping = Mapping.propose(
                TableFile.recognise(file, Vocabulary::known),
                Column.all().stream().map(Column::header).toList(),
                List.of());
        RowCells first = mapping.cells(List.copyOf(rows.getFirst().cells()));
        assertThat(first.get(Column.NOM)).isEqualTo("d'Été; \"Zoé\"");
        assertThat(first.get(Column.PRENOM)).isEqualTo("a b");
        assertThat(first.get(Column.TEL_JEUNE)).isEqualTo("639981234");
        assertThat(first.get(Column.RETRAIT)).isEqualTo("oui");
        assertThat(first.get(Column.INE)).isEmpty();
    }

    @Test
    void everyColumnHasAName() throws Exception {
        Path file = Files.createTempFile("rows", ".csv");
        var row = new StringBuilder();
        Column.all()
                .forEach(column -> row.append(row.isEmpty() ? "" : ",")
                        .append("\"%s\": \"%s\"".formatted(column.header(), column.name())));

        write("{\"rows\": [{" + row + "}]}", file);

        assertThat(read(file).getFirst().cells())
                .containsExactlyElementsOf(
                        Column.all().stream().map(column -> column.name()).toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {                                              | json-malformed
            {"rows": [{"nom": "A"}                         | json-malformed
            []                                             | json-shape
            "rows"                                         | json-shape
            {}                                             | json-shape
            {"rows": {}}                                   | json-shape
            {"rows": [1]}                                  | json-shape
            {"rows": [{"nom": "A"}]} {}                    | json-shape
            {"rows": [{"nom": "A"}], "rows": []}           | json-shape
            {"complete": [], "rows": [{"nom": "A"}]}       | json-shape
            {"rows": []}                                   | rows-empty
            {"rows": [{"nom": "A"}, {"nom": " "}]}         | row-empty
            {"rows": [{"nom": {"a": 1}}]}                  | value-wrong
            {"rows": [{"NOM": "A"}]}                       | unknown-fields
            {"rows": [{"nom": "A"}], "source": 3}          | unknown-fields
            """)
    void whatMakesNoSenseIsRefused(String json, String code) throws IOException {
        Path file = Files.createTempFile("rows", ".csv");

        assertThatThrownBy(() -> write(json, file)).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.status()).isEqualTo(400);
            assertThat(problem.code()).isEqualTo(code);
        });
    }

    @Test
    void unknownNamesAreAllTold() throws IOException {
        Path file = Files.createTempFile("rows", ".csv");

        assertThatThrownBy(() -> write("{\"rows\": [{\"nom\": \"A\", \"naissance\": 1}, {\"tel\": 2}]}", file))
                .hasMessageContaining("naissance, tel");
    }

    @Test
    void aValueLongerThanAnyNameIsRefused() throws IOException {
        Path file = Files.createTempFile("rows", ".csv");

        assertThatThrownBy(() -> write("{\"rows\": [{\"nom\": \"" + "a".repeat(10_001) + "\"}]}", file))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("value-too-long"));
    }
}
