package fr.raccroche.list.row;

import fr.raccroche.youth.Age;
import fr.raccroche.youth.Identity;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A birth date as lists write it. Day and month are never swapped to make a date possible; a year of two digits, or a
 * number of days, counts only where the age it gives is plausible.
 *
 * @param date null when nothing can be read
 * @param repair what was done, null when the date stands there in full
 * @param issue why nothing can be read; null with a date
 */
public record WrittenDate(
        @Nullable LocalDate date,
        Correction.@Nullable Kind repair,
        @Nullable RowIssue issue) {

    private static final WrittenDate UNREADABLE = new WrittenDate(null, null, RowIssue.NOT_A_DATE);
    private static final Pattern DAY_FIRST = Pattern.compile("([0-9]{1,2})([/. -])([0-9]{1,2})\\2([0-9]{4}|[0-9]{2})");
    private static final Pattern YEAR_FIRST = Pattern.compile("([0-9]{4})([/.-])([0-9]{1,2})\\2([0-9]{1,2})");
    private static final Pattern DIGITS = Pattern.compile("([0-9]{5}|[0-9]{8})([.,]0+)?");
    /** A time of day, as databases and spreadsheets add it. */
    private static final Pattern TIME = Pattern.compile(
            " ?[ T]([0-9]{1,2})[:h]([0-9]{2})(?::[0-9]{2}(?:[.,][0-9]+)?)? ?(?:Z|UTC|[+-][0-9]{2}:?[0-9]{2})?$");

    private static final Pattern FRACTION = Pattern.compile("([0-9]{5})[.,]([0-9]{1,12})");
    /** From this hour on it is midnight of the next day somewhere in France, or was meant to be. */
    private static final int LATE = 20;

    private static final Set<String> AROUND = Set.of(
            "a",
            "ne",
            "nee",
            "le",
            "du",
            "date",
            "de",
            "naissance",
            "e",
            "lundi",
            "mardi",
            "mercredi",
            "jeudi",
            "vendredi",
            "samedi",
            "dimanche",
            "lun",
            "mer",
            "jeu",
            "ven",
            "sam",
            "dim",
            "monday",
            "tuesday",
            "wednesday",
            "thursday",
            "friday",
            "saturday",
            "sunday",
            "mon",
            "tue",
            "wed",
            "thu",
            "fri",
            "sat",
            "sun");
    private static final Map<String, Integer> MONTHS = months();
    /** A place of birth, an age in brackets. */
    private static final Pattern BEHIND =
            Pattern.compile("(?:\\s+[àa]\\s+\\p{L}.*|\\s*\\(.*\\)\\s*|\\s*,?\\s*[0-9]{2}\\s*ans)$");

    private static final Pattern ANY_HOUR = Pattern.compile("[ T][0-9]{1,2}[:h].*$");
    /** Three numbers with one sign between them, blanks around it or not. */
    private static final Pattern LIKE_A_DATE = Pattern.compile("[0-9]\\s*([/. -])\\s*[0-9]{1,2}\\s*\\1\\s*[0-9]");

    private static final int LONGEST = 80;
    /** Day 0 of spreadsheets, which believe that 1900 was a leap year. */
    private static final LocalDate SERIAL_ZERO = LocalDate.of(1899, 12, 30);

    private static Map<String, Integer> months() {
        var months = new HashMap<String, Integer>();
        String[] names = {
            "janvier janv jan january ja",
            "fevrier fevr fev february feb fv",
            "mars mar march mrs",
            "avril avr april apr av",
            "mai may",
            "juin jun june jn",
            "juillet juil jul july jui jl jllt",
            "aout aou august aug",
            "septembre sept sep september",
            "octobre oct october octob",
            "novembre nov november novemb",
            "decembre dec december decemb"
        };
        for (int i = 0; i < names.length; i++) {
            for (String name : names[i].split(" ")) {
                months.put(name, i + 1);
            }
        }
        return Map.copyOf(months);
    }

    /** Reads a cell of a column that is written day first. */
    static WrittenDate read(String clean, LocalDate referenceDate) {
        return read(clean, referenceDate, false);
    }

    /**
     * Reads a cell.
     *
     * @param referenceDate the day on which an age has to be plausible
     * @param monthFirst whether the column is written month, day, year
     */
    static WrittenDate read(String clean, LocalDate referenceDate, boolean monthFirst) {
        LocalDate usual = monthFirst ? null : usual(clean);
        if (usual != null) {
            return new WrittenDate(usual, null, null);
        }
        Matcher time = TIME.matcher(clean);
        if (clean.length() > 10 && time.find()) {
            WrittenDate day = ofDay(clean.substring(0, time.start()), referenceDate, monthFirst);
            return Integer.parseInt(time.group(1)) < 24 ? day.at(Integer.parseInt(time.group(1))) : UNREADABLE;
        }
        Matcher fraction = FRACTION.matcher(clean);
        if (fraction.matches()) {
            double part = Double.parseDouble("0." + fraction.group(2));
            return serial(Integer.parseInt(fraction.group(1)), referenceDate).at((int) (part * 24));
        }
        return ofDay(clean, referenceDate, monthFirst);
    }

    /** The same with a time of day: late in the evening is midnight of the day after, as another time zone tells it. */
    private WrittenDate at(int hour) {
        return date == null || hour < LATE ? this : new WrittenDate(date.plusDays(1), Correction.Kind.DAY_AFTER, null);
    }

    private static WrittenDate ofDay(String text, LocalDate referenceDate, boolean monthFirst) {
        Matcher dayFirst = DAY_FIRST.matcher(text);
        if (dayFirst.matches()) {
            return numbers(dayFirst, referenceDate, monthFirst);
        }
        Matcher yearFirst = YEAR_FIRST.matcher(text);
        if (yearFirst.matches()) {
            return full(yearFirst.group(1), yearFirst.group(3), yearFirst.group(4));
        }
        Matcher digits = DIGITS.matcher(text);
        if (digits.matches()) {
            boolean decimals = digits.group(2) != null;
            return digits.group(1).length() == 5
                    ? serial(Integer.parseInt(digits.group(1)), referenceDate)
                    : unseparated(digits.group(1), decimals ? Correction.Kind.DECIMALS : null);
        }
        return text.length() > LONGEST ? UNREADABLE : inWords(text, referenceDate, monthFirst);
    }

    private static WrittenDate numbers(Matcher written, LocalDate referenceDate, boolean monthFirst) {
        if (!monthFirst) {
            return written.group(4).length() == 4
                    ? full(written.group(4), written.group(3), written.group(1))
                    : shortYear(written, referenceDate);
        }
        int year = Integer.parseInt(written.group(4));
        int month = Integer.parseInt(written.group(1));
        int day = Integer.parseInt(written.group(3));
        LocalDate date = year < 100 ? inCentury(year, month, day, referenceDate) : date(year, month, day);
        return date == null ? UNREADABLE : new WrittenDate(date, Correction.Kind.MONTH_FIRST, null);
    }

    /** {@code jeudi 5 mars 2009}, {@code 1er janv. 09}, {@code 05 / 03 / 2009}, {@code né le 05/03/2009 à Melun}. */
    private static WrittenDate inWords(String text, LocalDate referenceDate, boolean monthFirst) {
        var words = new ArrayList<String>(3);
        for (String word : Identity.fold(BEHIND.matcher(text).replaceFirst("")).split(" ")) {
            if (!AROUND.contains(word)) {
                words.add(word.equals("1er") || word.equals("1st") ? "1" : word);
            }
        }
        if (words.size() == 1
                && !words.getFirst().equals(text)
                && DIGITS.matcher(words.getFirst()).matches()) {
            return ofDay(words.getFirst(), referenceDate, monthFirst);
        }
        if (words.size() == 4 && words.getFirst().equals("mar")) {
            words.removeFirst();
        }
        if (words.size() != 3) {
            return UNREADABLE;
        }
        Integer month = MONTHS.get(words.get(1));
        boolean american = month == null && MONTHS.containsKey(words.getFirst());
        String first = american ? words.get(1) : words.getFirst();
        String second = american
                ? Integer.toString(MONTHS.getOrDefault(words.getFirst(), 0))
                : month == null ? words.get(1) : month.toString();
        boolean spelt = american || month != null;
        if (!spelt && !LIKE_A_DATE.matcher(text).find()) {
            return UNREADABLE;
        }
        String written = first + '/' + second + '/' + words.getLast();
        Matcher dayFirst = DAY_FIRST.matcher(written);
        if (dayFirst.matches()) {
            return numbers(dayFirst, referenceDate, monthFirst && !spelt);
        }
        Matcher yearFirst = YEAR_FIRST.matcher(written);
        return yearFirst.matches() ? full(yearFirst.group(1), yearFirst.group(3), yearFirst.group(4)) : UNREADABLE;
    }

    /** The day on which a list was drawn, at most ten years before {@code today} and some days after; null when unreadable. */
    public static @Nullable LocalDate recent(String cell, LocalDate today) {
        String clean = CellText.clean(cell);
        LocalDate usual = usual(clean);
        if (usual != null) {
            return usual;
        }
        String text = clean.length() > 10 ? ANY_HOUR.matcher(clean).replaceFirst("") : clean;
        LocalDate date = usual(text);
        Matcher dayFirst = DAY_FIRST.matcher(text);
        if (date == null && dayFirst.matches()) {
            int year = Integer.parseInt(dayFirst.group(4));
            date = date(
                    year < 100 ? 2000 + year : year,
                    Integer.parseInt(dayFirst.group(3)),
                    Integer.parseInt(dayFirst.group(1)));
        }
        Matcher yearFirst = YEAR_FIRST.matcher(text);
        if (date == null && yearFirst.matches()) {
            date = full(yearFirst.group(1), yearFirst.group(3), yearFirst.group(4))
                    .date();
        }
        Matcher digits = DIGITS.matcher(text);
        if (date == null && digits.matches()) {
            date = digits.group(1).length() == 5
                    ? SERIAL_ZERO.plusDays(Integer.parseInt(digits.group(1)))
                    : unseparated(digits.group(1), null).date();
        }
        return date == null || date.isBefore(today.minusYears(10)) || date.isAfter(today.plusDays(31)) ? null : date;
    }

    /** {@code 05/03/2009} or {@code 2009-03-05}, which nearly all rows have. */
    private static @Nullable LocalDate usual(String text) {
        if (text.length() != 10) {
            return null;
        }
        boolean iso = text.charAt(4) == '-' && text.charAt(7) == '-';
        boolean french = text.charAt(2) == '/' && text.charAt(5) == '/';
        if (!iso && !french) {
            return null;
        }
        return iso
                ? date(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10))
                : date(number(text, 6, 10), number(text, 3, 5), number(text, 0, 2));
    }

    private static WrittenDate full(String year, String month, String day) {
        LocalDate date = date(Integer.parseInt(year), Integer.parseInt(month), Integer.parseInt(day));
        return date == null ? UNREADABLE : new WrittenDate(date, null, null);
    }

    /** {@code 05/03/09}; with hyphens it may have been {@code 09-03-05} too. */
    private static WrittenDate shortYear(Matcher written, LocalDate referenceDate) {
        int first = Integer.parseInt(written.group(1));
        int month = Integer.parseInt(written.group(3));
        int last = Integer.parseInt(written.group(4));
        LocalDate dayFirst = inCentury(last, month, first, referenceDate);
        boolean hyphens = written.group(2).equals("-") && written.group(1).length() == 2;
        LocalDate yearFirst = hyphens ? inCentury(first, month, last, referenceDate) : null;
        if (dayFirst != null && yearFirst != null && !dayFirst.equals(yearFirst)) {
            return new WrittenDate(null, null, RowIssue.DATE_AMBIGUOUS);
        }
        LocalDate date = dayFirst == null ? yearFirst : dayFirst;
        if (date != null) {
            return new WrittenDate(date, Correction.Kind.SHORT_YEAR, null);
        }
        return date(2000, month, first) == null ? UNREADABLE : new WrittenDate(null, null, RowIssue.IMPLAUSIBLE_AGE);
    }

    private static @Nullable LocalDate inCentury(int year, int month, int day, LocalDate referenceDate) {
        LocalDate date = date(2000 + year, month, day);
        if (date != null && plausible(date, referenceDate)) {
            return date;
        }
        LocalDate earlier = date(1900 + year, month, day);
        return earlier != null && plausible(earlier, referenceDate) ? earlier : null;
    }

    private static WrittenDate serial(int days, LocalDate referenceDate) {
        LocalDate date = SERIAL_ZERO.plusDays(days);
        return plausible(date, referenceDate) ? new WrittenDate(date, Correction.Kind.SERIAL_DATE, null) : UNREADABLE;
    }

    /** {@code 20090305} or {@code 05032009}: no digits are a date of our centuries both ways. */
    private static WrittenDate unseparated(String digits, Correction.@Nullable Kind repair) {
        int start = number(digits, 0, 4);
        int end = number(digits, 4, 8);
        LocalDate date = start >= 1900 && start < 2100 ? date(start, end / 100, end % 100) : null;
        if (date == null && end >= 1900 && end < 2100) {
            date = date(end, start % 100, start / 100);
        }
        return date == null ? UNREADABLE : new WrittenDate(date, repair, null);
    }

    private static boolean plausible(LocalDate date, LocalDate referenceDate) {
        return !date.isAfter(referenceDate) && Age.at(date, referenceDate).plausible();
    }

    private static @Nullable LocalDate date(int year, int month, int day) {
        if (year < 0 || month < 1 || month > 12 || day < 1 || day > 31) {
            return null;
        }
        try {
            return LocalDate.of(year, month, day);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** The number that ASCII digits write, negative when another character stands there. */
    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
