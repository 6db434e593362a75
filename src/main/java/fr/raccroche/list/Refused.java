package fr.raccroche.list;

import org.jspecify.annotations.Nullable;

/** A file that is refused as a whole: nothing of it was kept. */
final class Refused extends Exception {

    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final @Nullable String detail;

    /** @param detail the columns concerned, when there are any */
    Refused(Reason reason, @Nullable String detail) {
        super(reason + (detail == null ? "" : ": " + detail), null, false, false);
        this.reason = reason;
        this.detail = detail;
    }

    /** Why. */
    enum Reason {
        EMPTY,
        /** The columns of the stored file are not those that were agreed on. */
        HEADER_CHANGED,
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

    Reason reason() {
        return reason;
    }

    @Nullable
    String detail() {
        return detail;
    }
}
