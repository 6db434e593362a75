package fr.raccroche.list.table;

import java.nio.charset.Charset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a file holds its table: recognised first, then shown and, where the guess was wrong, corrected.
 *
 * @param charset of a text; null for a workbook
 * @param separator between the cells of a text; rows of a workbook are shown and kept with semicolons
 * @param headerLine the line with the names of the columns, from 1; what stands above it is not read. In a workbook the
 *     number of the row as the spreadsheet shows it
 * @param sheet of a workbook; null for a text
 */
public record Layout(
        Kind kind,
        @Nullable Charset charset,
        char separator,
        int headerLine,
        @Nullable String sheet) {

    /** The separators that occur, the usual one first. */
    public static final List<Character> SEPARATORS = List.of(';', ',', '\t', '|');

    /** What kind of file. */
    public enum Kind {
        TEXT,
        WORKBOOK
    }

    public Layout {
        if ((kind == Kind.TEXT) != (charset != null) || (kind == Kind.WORKBOOK) != (sheet != null)) {
            throw new IllegalArgumentException("a text has a charset, a workbook a sheet");
        }
        if (headerLine < 1) {
            throw new IllegalArgumentException("lines count from 1");
        }
    }

    public static Layout text(Charset charset, char separator, int headerLine) {
        return new Layout(Kind.TEXT, charset, separator, headerLine, null);
    }

    public static Layout workbook(String sheet, int headerLine) {
        return new Layout(Kind.WORKBOOK, null, ';', headerLine, sheet);
    }
}
