package fr.raccroche.list;

/**
 * Something about a file as a whole that whoever loads it has to know.
 *
 * @param count how many rows, cells or sheets it is about
 * @param detail names of sheets; empty for none
 */
record FileRemark(Kind kind, int count, String detail) {

    /** What there is to know. */
    enum Kind {
        /** Rows that are hidden or filtered away, and are not read. */
        ROWS_HIDDEN,
        /** Rows that are struck through, and are not read. */
        ROWS_STRUCK,
        /** Rows of both sorts that are read, as somebody decided. */
        ROWS_READ_ANYWAY,
        /** Single cells, or parts of texts, that are struck through, and are left out. */
        CELLS_STRUCK,
        /** Formulas of which the file does not have the value. */
        FORMULAS_WITHOUT_VALUE,
        /** {@code #N/A} and its like. */
        ERROR_CELLS,
        /** Cells behind the last column. */
        CELLS_BEYOND,
        /** Sheets with rows that are not read. */
        SHEETS_LEFT,
        /** Accents that were put right. */
        ACCENTS_REPAIRED,
        /** Numbers that the file says not to call. */
        NUMBERS_BARRED,
        /** Birth dates both day first and month first. */
        DATES_MIXED
    }

    /** Whether somebody has to look before a file that a program sent goes through. */
    boolean asks() {
        return switch (kind) {
            case ROWS_HIDDEN, ROWS_STRUCK, SHEETS_LEFT, DATES_MIXED -> true;
            case ROWS_READ_ANYWAY,
                    CELLS_STRUCK,
                    FORMULAS_WITHOUT_VALUE,
                    ERROR_CELLS,
                    CELLS_BEYOND,
                    ACCENTS_REPAIRED,
                    NUMBERS_BARRED -> false;
        };
    }
}
