package fr.raccroche.list.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text cut into the cells of one row.
 *
 * @param cells at least as many as asked for; null when the text is not exactly one row
 * @param count how many cells were written, empty ones at the end included
 * @param open whether the text ends inside quotes
 */
public record CsvRow(@Nullable List<String> cells, int count, boolean open) {

    private static final CsvRow OPEN = new CsvRow(null, 0, true);
    private static final CsvRow BROKEN = new CsvRow(null, 0, false);

    /** Cuts a row; more cells than {@code width} remain only where something stands in them. */
    public static CsvRow cut(String text, char separator, int width) {
        return text.indexOf('"') < 0 ? plain(text, separator, width) : quoted(text, separator, width);
    }

    private static CsvRow plain(String text, char separator, int width) {
        int count = 1;
        for (int i = text.indexOf(separator); i >= 0; i = text.indexOf(separator, i + 1)) {
            count++;
        }
        var cells = new String[Math.max(count, width)];
        int start = 0;
        for (int i = 0; i < count; i++) {
            int end = i == count - 1 ? text.length() : text.indexOf(separator, start);
            cells[i] = start == end ? "" : text.substring(start, end);
            start = end + 1;
        }
        return fitted(cells, count, width);
    }

    private static CsvRow quoted(String text, char separator, int width) {
        var cells = new ArrayList<String>(Math.max(width, 16));
        int start = 0;
        while (start <= text.length()) {
            int end;
            if (start < text.length() && text.charAt(start) == '"') {
                int close = closing(text, start + 1);
                if (close < 0) {
                    return OPEN;
                }
                cells.add(text.substring(start + 1, close).replace("\"\"", "\""));
                end = close + 1;
                if (end < text.length() && text.charAt(end) != separator) {
                    return BROKEN;
                }
            } else {
                end = text.indexOf(separator, start);
                end = end < 0 ? text.length() : end;
                cells.add(text.substring(start, end));
            }
            start = end + 1;
        }
        int count = cells.size();
        return fitted(cells.toArray(new String[Math.max(count, width)]), count, width);
    }

    private static int closing(String text, int start) {
        int quote = text.indexOf('"', start);
        while (quote >= 0 && quote + 1 < text.length() && text.charAt(quote + 1) == '"') {
            quote = text.indexOf('"', quote + 2);
        }
        return quote;
    }

    private static CsvRow fitted(String[] cells, int count, int width) {
        if (count < width) {
            Arrays.fill(cells, count, width, "");
        }
        int size = cells.length;
        while (size > Math.max(width, 1) && blank(cells[size - 1])) {
            size--;
        }
        List<String> all = Arrays.asList(cells);
        return new CsvRow(size == cells.length ? all : all.subList(0, size), count, false);
    }

    /** Whether nothing stands in a cell; an unbreakable space is nothing too. */
    public static boolean blank(String cell) {
        for (int i = 0; i < cell.length(); i++) {
            if (!Character.isWhitespace(cell.charAt(i)) && !Character.isSpaceChar(cell.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether nothing stands in any cell. */
    public static boolean blank(List<String> cells) {
        for (String cell : cells) {
            if (!blank(cell)) {
                return false;
            }
        }
        return true;
    }

    /** Cells as one row with semicolons, quoted where they have to be. */
    public static String join(List<String> cells) {
        var row = new StringBuilder(cells.size() * 12);
        for (int i = 0; i < cells.size(); i++) {
            if (i > 0) {
                row.append(';');
            }
            String cell = cells.get(i);
            if (special(cell)) {
                row.append('"').append(cell.replace("\"", "\"\"")).append('"');
            } else {
                row.append(cell);
            }
        }
        return row.toString();
    }

    private static boolean special(String cell) {
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            if (c == ';' || c == '"' || c == '\n' || c == '\r') {
                return true;
            }
        }
        return false;
    }
}
