package fr.raccroche.list;

/** What may be wrong with a row; some issues reject it, others only drop a cell and are counted. */
enum RowIssue {
    BROKEN_LINE(true),
    FIELD_COUNT(true),
    FORBIDDEN_CHARACTER(true),
    MISSING(true),
    TOO_LONG(true),
    NOT_A_DATE(true),
    IMPLAUSIBLE_AGE(true),
    UNDER_16(true),
    NO_USABLE_PHONE(true),
    DUPLICATE(true),
    /** The header once more: two files pasted together. */
    HEADER_REPEATED(true),
    /** Somebody is to be withdrawn who is not on the list. */
    NOT_ON_LIST(true),

    INE_SHAPE(false),
    UAI_KEY(false),
    SEX_UNKNOWN(false),
    COMMUNE_UNKNOWN(false),
    PHONE_UNUSABLE(false),
    CELL_TOO_LONG(false);

    private final boolean rejects;

    RowIssue(boolean rejects) {
        this.rejects = rejects;
    }

    public boolean rejects() {
        return rejects;
    }
}
