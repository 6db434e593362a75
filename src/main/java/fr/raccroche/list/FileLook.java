package fr.raccroche.list;

import fr.raccroche.list.row.Mapping;
import fr.raccroche.list.table.Refused;
import fr.raccroche.list.table.TableFile;
import fr.raccroche.list.table.TableRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file as it looks when it is read one way.
 *
 * @param top its first lines as they are, titles and header included
 * @param hidden those of the sheets that a spreadsheet does not show
 */
record FileLook(
        Mapping mapping,
        List<TableRow> top,
        List<FirstRow> rows,
        List<String> sheets,
        List<String> hidden,
        FileShape shape) {

    /** Where a header stands, as a rule. */
    private static final int TOP_LINES = 6;

    static FileLook at(Path file, Mapping mapping, int rows) throws IOException, Refused {
        try (TableFile table = TableFile.open(file, mapping.layout())) {
            var first = new ArrayList<FirstRow>(rows);
            for (TableRow row = table.next(); row != null && first.size() < rows; row = table.next()) {
                first.add(new FirstRow(row.line(), row.cells() == null ? List.of(row.raw()) : row.cells()));
            }
            return new FileLook(
                    mapping,
                    TableFile.top(file, mapping.layout(), TOP_LINES),
                    first,
                    table.sheets(),
                    table.sheets().stream().filter(table::hides).toList(),
                    FileShape.of(file, mapping));
        }
    }

    /** The same rows with other columns. */
    FileLook withMapping(Mapping other) {
        return new FileLook(other, top, rows, sheets, hidden, shape);
    }
}
