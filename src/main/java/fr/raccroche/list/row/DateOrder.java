package fr.raccroche.list.row;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** In which order the dates of a column are written: one order holds for all of them, and some dates tell it. */
public enum DateOrder {
    /** A day that is no month stands first. */
    DAY_FIRST,
    MONTH_FIRST,
    /** {@code 04/03/2009}: both are possible. */
    EITHER,
    /** No such date, or no order at all. */
    NONE;

    private static final Pattern NUMBERS = Pattern.compile(
            "\\D*?([0-9]{1,2})\\s*[/. -]\\s*([0-9]{1,2})\\s*[/. -]\\s*([0-9]{4}|[0-9]{2})(?![0-9]).*", Pattern.DOTALL);

    /** The order that one date tells. */
    public static DateOrder of(String cell) {
        Matcher numbers = NUMBERS.matcher(cell);
        if (cell.length() > 60 || !numbers.matches()) {
            return NONE;
        }
        int first = Integer.parseInt(numbers.group(1));
        int second = Integer.parseInt(numbers.group(2));
        if (first > 12 && first <= 31 && second >= 1 && second <= 12) {
            return DAY_FIRST;
        }
        if (second > 12 && second <= 31 && first >= 1 && first <= 12) {
            return MONTH_FIRST;
        }
        return first >= 1 && first <= 12 && second >= 1 && second <= 12 && first != second ? EITHER : NONE;
    }

    /** The order that the birth dates of some rows tell; {@code NONE} where they contradict each other. */
    static DateOrder of(Mapping mapping, List<List<String>> sample) {
        boolean day = false;
        boolean month = false;
        for (List<String> row : sample) {
            DateOrder order = of(mapping.cells(row).get(Column.DATE_NAISSANCE));
            day |= order == DAY_FIRST;
            month |= order == MONTH_FIRST;
        }
        return day == month ? NONE : day ? DAY_FIRST : MONTH_FIRST;
    }
}
