package fr.raccroche.list.table;

/**
 * Keeps spreadsheets from calculating what a stranger wrote: such a cell gets an apostrophe in front, which goes again
 * when the file comes back.
 */
public final class FormulaGuard {

    private static final String DANGEROUS = "=+-@\uFF1D\uFF0B\uFF0D\uFF20";

    private FormulaGuard() {}

    /** A cell that no spreadsheet calculates. */
    public static String guarded(String cell) {
        return calculates(cell, 0) ? "'" + cell : cell;
    }

    /** What stood in the cell before it was guarded. */
    public static String unguarded(String cell) {
        return cell.length() > 1 && cell.charAt(0) == '\'' && calculates(cell, 1) ? cell.substring(1) : cell;
    }

    /** Whether a spreadsheet takes the text from here on for a formula, spaces in front or not. */
    private static boolean calculates(String cell, int from) {
        for (int i = from; i < cell.length(); i++) {
            char c = cell.charAt(i);
            if (c == '\t' || c == '\r' || c == '\n') {
                return true;
            }
            if (!Character.isWhitespace(c) && !Character.isSpaceChar(c) && c != '\uFEFF' && c != '\u200B') {
                return DANGEROUS.indexOf(c) >= 0;
            }
        }
        return false;
    }
}
