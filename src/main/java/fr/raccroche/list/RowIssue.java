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
