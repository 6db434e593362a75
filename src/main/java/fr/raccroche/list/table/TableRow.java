package fr.raccroche.list.table;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One row of a file.
 *
 * @param line where it begins, from 1; in a workbook the number that the spreadsheet shows
 * @param cells as many as the header has, or more where something stands behind the last column; null when the line
 *     cannot be cut into cells
 * @param text the row as a text file has it; null for a row of a workbook, which is its cells
 * @param marks how a workbook shows it; null for a row like any other
 */
public record TableRow(
        int line,
        @Nullable List<String> cells,
        @Nullable String text,
        @Nullable Marks marks) {

    /**
     * How a workbook shows a row.
     *
     * @param hidden by hand or by a filter
     * @param struck the places of the cells that are struck through
     */
    public record Marks(boolean hidden, Set<Integer> struck) {

        public Marks {
            struck = Set.copyOf(struck);
        }
    }

    public TableRow(int line, @Nullable List<String> cells, @Nullable String text) {
        this(line, cells, text, null);
    }

    /** Its text in the file; of a workbook its cells with semicolons, put together whenever it is asked for. */
    public String raw() {
        if (text != null) {
            return text;
        }
        return cells == null ? "" : CsvRow.join(cells);
    }

    /** How long it is, more or less, in characters. */
    int length() {
        if (text != null || cells == null) {
            return text == null ? 0 : text.length();
        }
        int length = cells.size();
        for (String cell : cells) {
            length += cell.length();
        }
        return length;
    }

    /** Whether it holds control characters, tabs and line breaks excepted. */
    public boolean hasControls() {
        if (text != null || cells == null) {
            return text != null && hasControls(text);
        }
        for (String cell : cells) {
            if (hasControls(cell)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasControls(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' && c != '\t' && c != '\n' && c != '\r') {
                return true;
            }
        }
        return false;
    }
}
