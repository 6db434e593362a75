package fr.raccroche.list.row;

/** What may be wrong with a row; some issues reject it, others only drop a cell and are counted. */
public enum RowIssue {
    BROKEN_LINE(true),
    FIELD_COUNT(true),
    FORBIDDEN_CHARACTER(true),
    MISSING(true),
    TOO_LONG(true),
    NOT_A_DATE(true),
    /** Two digits for the year, and each end of the date may be it. */
    DATE_AMBIGUOUS(true),
    IMPLAUSIBLE_AGE(true),
    UNDER_16(true),
    NO_USABLE_PHONE(true),
    DUPLICATE(true),
    /** The header once more: two files pasted together. */
    HEADER_REPEATED(true),
    /** Somebody is to be withdrawn who is not on the list. */
    NOT_ON_LIST(true),
    /** Somebody is to be withdrawn, and it is not clear who. */
    AMBIGUOUS(true),
    /** Hidden by hand or by a filter, and nobody said that it counts. */
    ROW_HIDDEN(true),
    /** Struck through, and nobody said that it counts. */
    ROW_STRUCK(true),
    /** A letter of a name that was lost on the way. */
    LOST_CHARACTER(true),
    /** Day and month, or month and day: the column has both. */
    DATE_ORDER(true),
    /** Something stands where a person is withdrawn, and it is neither yes nor no. */
    WITHDRAWAL_UNCLEAR(true),
    /** Below names of columns that the file does not have above. */
    OTHER_COLUMNS(true),

    INE_SHAPE(false),
    UAI_KEY(false),
    SEX_UNKNOWN(false),
    /** An identifier of which a spreadsheet lost digits: several people would share what is left. */
    IDENTIFIER_MANGLED(false),
    COMMUNE_UNKNOWN(false),
    COMMUNE_MISSING(false),
    /** Homonyms, or a name and a postal code that belong to two communes. */
    COMMUNE_AMBIGUOUS(false),
    /** The code is one commune's, the name another's; the code is kept. */
    COMMUNE_CONTRADICTS(false),
    /** Kept as text; nobody here is responsible. */
    COMMUNE_OUTSIDE(false),
    /** Neither a French number nor a possible one elsewhere. */
    PHONE_UNUSABLE(false),
    PHONE_SHORT(false),
    PHONE_PREMIUM(false),
    PHONE_PLACEHOLDER(false),
    PHONE_MANGLED(false),
    /** Kept as it is. */
    NAME_DIGITS(false),
    /** {@code #N/A} and its like; read as an empty cell. */
    SPREADSHEET_ERROR(false),
    /** A formula without its value; read as an empty cell. */
    FORMULA_EMPTY(false),
    /** Struck through; read as an empty cell. */
    CELL_STRUCK(false),
    /** A number that the file itself says not to call. */
    PHONE_NOT_TO_CALL(false),
    /** A number that the file itself says is wrong, or somebody's no longer. */
    PHONE_SAID_WRONG(false),
    /** A number for texts only. */
    PHONE_TEXT_ONLY(false),
    /** No number but foreign ones; kept. */
    PHONE_FOREIGN(false),
    CELL_TOO_LONG(false);

    private final boolean rejects;

    RowIssue(boolean rejects) {
        this.rejects = rejects;
    }

    public boolean rejects() {
        return rejects;
    }
}
