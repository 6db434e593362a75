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
 * @param extent how much of the file belongs to the table
 */
public record Layout(
        Kind kind,
        @Nullable Charset charset,
        char separator,
        int headerLine,
        @Nullable String sheet,
        Extent extent) {

    /** The separators that occur, the usual one first. */
    public static final List<Character> SEPARATORS = List.of(';', ',', '\t', '|');

    /** What kind of file. */
    public enum Kind {
        TEXT,
        WORKBOOK
    }

    /**
     * How much of a file belongs to its table.
     *
     * @param ownersAbove whether the line above the names says whose they are: « Élève », « Responsable légal 1 »
     * @param furtherSheets sheets with the same names of columns, whose rows follow
     * @param setAside whether rows that are hidden or struck through are read like the others
     */
    public record Extent(boolean ownersAbove, List<String> furtherSheets, boolean setAside) {

        public static final Extent PLAIN = new Extent(false, List.of(), false);

        public Extent {
            furtherSheets = List.copyOf(furtherSheets);
        }
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
        return new Layout(Kind.TEXT, charset, separator, headerLine, null, Extent.PLAIN);
    }

    public static Layout workbook(String sheet, int headerLine) {
        return new Layout(Kind.WORKBOOK, null, ';', headerLine, sheet, Extent.PLAIN);
    }

    public Layout with(Extent other) {
        return new Layout(kind, charset, separator, headerLine, sheet, other);
    }
}
