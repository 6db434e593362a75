package fr.raccroche.list.table;

import fr.raccroche.list.row.Vocabulary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Whole tables read for tests. */
public final class TestingTable {

    private TestingTable() {}

    /** The names of the columns. */
    public static List<String> header(Path path) throws IOException, Refused {
        try (var file = TableFile.open(path, TableFile.recognise(path, Vocabulary::known))) {
            return file.header();
        }
    }

    /** All rows below the header, read as it is recognised. */
    public static List<TableRow> rows(Path path) throws IOException, Refused {
        return rows(path, TableFile.recognise(path, Vocabulary::known));
    }

    public static List<TableRow> rows(Path path, Layout layout) throws IOException, Refused {
        var rows = new ArrayList<TableRow>();
        try (var file = TableFile.open(path, layout)) {
            for (TableRow row = file.next(); row != null; row = file.next()) {
                rows.add(row);
            }
        }
        return rows;
    }

    public static List<List<String>> cells(Path path) throws IOException, Refused {
        return cells(path, TableFile.recognise(path, Vocabulary::known));
    }

    public static List<List<String>> cells(Path path, Layout layout) throws IOException, Refused {
        return rows(path, layout).stream()
                .map(TableRow::cells)
                .map(Objects::requireNonNull)
                .toList();
    }
}
