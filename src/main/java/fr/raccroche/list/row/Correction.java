package fr.raccroche.list.row;

/**
 * A cell whose stored value differs in substance from what was written; a mere change of notation (spaces in a phone
 * number, {@code 05/03/2009}) is none.
 *
 * @param raw the cell as it stood in the file
 * @param value what is stored instead; several phone numbers are separated by a space
 */
public record Correction(Column column, String raw, String value, Kind kind) {

    /** What was undone or found out. */
    public enum Kind {
        /** A spreadsheet took a code or a phone number for a number. */
        LEADING_ZERO,
        /** The plus, or the two zeros, of a number overseas or abroad were lost the same way. */
        COUNTRY_CODE,
        /** {@code 6,39981234E+08}, with every digit still there. */
        EXPONENT,
        /** {@code 93066.0} or {@code 93066,00}. */
        DECIMALS,
        /** Days since 1899-12-30, as spreadsheets count. */
        SERIAL_DATE,
        /** A year of two digits of which one reading alone gives a plausible age. */
        SHORT_YEAR,
        /** Non-breaking spaces in a text, zero-width and direction marks anywhere. */
        HIDDEN_CHARACTER,
        SEVERAL_PHONES,
        /** The code was abolished by a merger. */
        FORMER_COMMUNE,
        /** By name, postal code or arrondissement, because the code was missing, wrong or too wide. */
        COMMUNE_FOUND,
        /** Each accent had become two characters. */
        ACCENTS,
        /** A time near midnight: the day before, to which a change of time zone had moved it. */
        DAY_AFTER,
        /** Month, day, year, as all dates of the column. */
        MONTH_FIRST,
        /** Both names in one cell, of which nothing tells the last name from the first. */
        NAMES_APART,
        /** Words beside a number, which say whose it is, or what for. */
        WORDS_BESIDE,
        /** Further lines of one person, each with something more. */
        LINES_JOINED
    }
}
