package fr.raccroche.list.table;

import org.jspecify.annotations.Nullable;

/** A file that is refused as a whole: nothing of it was kept. */
public final class Refused extends Exception {

    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final @Nullable String detail;

    /** @param detail what the sentence of the reason ends with: columns, a line, a format, a sheet; null where it is complete */
    public Refused(Reason reason, @Nullable String detail) {
        super(reason + (detail == null ? "" : ": " + detail), null, false, false);
        this.reason = reason;
        this.detail = detail;
    }

    /** Why. */
    public enum Reason {
        EMPTY,
        /** The columns of the stored file are not those that were agreed on. */
        HEADER_CHANGED,
        /** Another sheet does not have the columns of the first. */
        OTHER_COLUMNS,
        NO_ROWS,
        SPREADSHEET,
        NOT_TEXT,
        NOT_UTF_8,
        NOT_SEMICOLONS,
        COLUMNS_MISSING,
        COLUMNS_TWICE,
        UNREAD_FORMAT,
        ENCRYPTED,
        DAMAGED,
        ZIP_BOMB,
        DOCTYPE,
        NO_SUCH_SHEET,
        NO_SEPARATOR,
        NO_HEADER,
        TOO_MANY_COLUMNS,
        LINE_TOO_LONG,
        TRUNCATED,
        UNREADABLE_CHARACTERS,
        MIXED_CHARACTERS
    }

    public Reason reason() {
        return reason;
    }

    @Nullable
    public String detail() {
        return detail;
    }
}
