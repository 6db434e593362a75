package fr.raccroche.list;

import fr.raccroche.list.Refused.Reason;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where each column stands in one file. */
final class Header {

    private final String raw;
    private final int width;
    private final Map<Column, Integer> places = new EnumMap<>(Column.class);

    private Header(String raw, int width) {
        this.raw = raw;
        this.width = width;
    }

    /** Understands the first line of a file, or says why the file is refused. */
    static Header of(CsvLines.@Nullable Line first) throws Refused {
        if (first == null) {
            throw new Refused(Reason.EMPTY, null);
        }
        if (controls(first.raw())) {
            throw new Refused(Reason.NOT_TEXT, null);
        }
        List<String> cells = first.cells();
        if (cells == null || cells.size() < 2) {
            throw new Refused(Reason.NOT_SEMICOLONS, null);
        }
        var header = new Header(first.raw(), cells.size());
        header.place(cells);
        return header;
    }

    private void place(List<String> cells) throws Refused {
        Set<Column> twice = EnumSet.noneOf(Column.class);
        for (int i = 0; i < cells.size(); i++) {
            Optional<Column> column = Column.named(cells.get(i));
            if (column.isPresent() && places.put(column.get(), i) != null) {
                twice.add(column.get());
            }
        }
        refuse(Reason.COLUMNS_MISSING, missing());
        refuse(Reason.COLUMNS_TWICE, twice);
    }

    private Set<Column> missing() {
        return Column.all().stream()
                .filter(column -> column.required() && !places.containsKey(column))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Column.class)));
    }

    private static void refuse(Reason reason, Set<Column> columns) throws Refused {
        if (!columns.isEmpty()) {
            throw new Refused(reason, columns.stream().map(Column::header).collect(Collectors.joining(", ")));
        }
    }

    /** How many cells a sound row has. */
    int width() {
        return width;
    }

    /** The first line as it is in the file. */
    String raw() {
        return raw;
    }

    /** A row of this file by column. */
    RowRules.Cells cells(List<String> row) {
        return column -> {
            Integer place = places.get(column);
            return place == null ? "" : row.get(place);
        };
    }

    /** Whether a text holds control characters, tabs and line breaks excepted. */
    static boolean controls(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' && c != '\t' && c != '\n' && c != '\r') {
                return true;
            }
        }
        return false;
    }
}
