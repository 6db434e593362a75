package fr.raccroche.platform;

import static fr.raccroche.platform.FrenchCalendar.PARIS;

import io.quarkus.qute.TemplateExtension;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * How dates, times, numbers and phones are written for people; instants are shown in Paris time.
 *
 * <p>Every method is also a property in templates: {@code {call.at.day}}, {@code {number.phone}}. Spaces inside a
 * time, a duration or a number are no-break spaces, so that "18 h 05" never breaks over two lines; phones keep plain
 * spaces, because they are copied and searched.
 */
@TemplateExtension
public final class French {

    private static final String NBSP = "\u00a0";
    private static final DateTimeFormatter DAY = format("EEEE d MMMM");
    private static final DateTimeFormatter SHORT_DAY = format("d MMM");
    private static final DateTimeFormatter SHORT_WEEKDAY = format("EEE d MMM");
    private static final DateTimeFormatter DAY_AND_YEAR = format("d MMMM yyyy");
    private static final DateTimeFormatter TIME = format("H' h 'mm");
    private static final Pattern NATIONAL = Pattern.compile("\\+33([1-9])(\\d{2})(\\d{2})(\\d{2})(\\d{2})");
    private static final Pattern THOUSANDS = Pattern.compile("(?<=\\d)(?=(\\d{3})+$)");

    private French() {}

    /** "mardi 24 novembre" */
    public static String day(LocalDate date) {
        return first(date, DAY.format(date));
    }

    /** "mardi 24 novembre" */
    public static String day(Instant at) {
        return day(dateOf(at));
    }

    /** "24 nov." */
    public static String shortDay(LocalDate date) {
        return first(date, SHORT_DAY.format(date));
    }

    /** "24 nov." */
    public static String shortDay(Instant at) {
        return shortDay(dateOf(at));
    }

    /** "mar. 24 nov." */
    public static String shortWeekday(LocalDate date) {
        return SHORT_WEEKDAY.format(date);
    }

    /** "24 novembre 2026", where the year is not obvious: birth dates, lists. */
    public static String dayAndYear(LocalDate date) {
        return first(date, DAY_AND_YEAR.format(date));
    }

    /** "24 novembre 2026" */
    public static String dayAndYear(Instant at) {
        return dayAndYear(dateOf(at));
    }

    /** "18 h 05" */
    public static String time(LocalTime time) {
        return TIME.format(time).replace(" ", NBSP);
    }

    /** "18 h 05" */
    public static String time(Instant at) {
        return time(at.atZone(PARIS).toLocalTime());
    }

    /** "mardi 24 novembre, 18 h 05" */
    public static String dayAndTime(Instant at) {
        return day(at) + ", " + time(at);
    }

    /** "06 39 98 12 34" for an E.164 number of France; any other number is shown as it is. */
    public static String phone(String e164) {
        var national = NATIONAL.matcher(e164);
        return national.matches() ? national.replaceFirst("0$1 $2 $3 $4 $5") : e164;
    }

    /** "45 s", "3 min 20", "2 h 05", "3 j": two units at most; a negative duration counts as none. */
    public static String duration(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        String text;
        if (seconds < 60) {
            text = seconds + " s";
        } else if (seconds < 3600) {
            text = withRest(seconds / 60, "min", seconds % 60);
        } else if (seconds < 86_400) {
            text = withRest(seconds / 3600, "h", seconds % 3600 / 60);
        } else {
            text = seconds / 86_400 + " j";
        }
        return text.replace(" ", NBSP);
    }

    /** "17 ans" on the day {@code today}. */
    public static String age(LocalDate birth, LocalDate today) {
        int years = Period.between(birth, today).getYears();
        return years + NBSP + (years < 2 ? "an" : "ans");
    }

    /** "27 412" */
    public static String number(long value) {
        return THOUSANDS.matcher(Long.toString(value)).replaceAll(NBSP);
    }

    /** "27 412" */
    public static String number(int value) {
        return number((long) value);
    }

    /** "31 %" for 0.31. */
    public static String percent(double share) {
        return Math.round(share * 100) + NBSP + "%";
    }

    /** "1 jeune", "2 jeunes", "0 jeune". */
    public static String count(long value, String one, String many) {
        return number(value) + " " + (value < 2 ? one : many);
    }

    /** "1 jeune", "2 jeunes", "0 jeune". */
    public static String count(int value, String one, String many) {
        return count((long) value, one, many);
    }

    private static String withRest(long whole, String unit, long rest) {
        return rest == 0 ? whole + " " + unit : "%d %s %02d".formatted(whole, unit, rest);
    }

    /** The first of a month is an ordinal in French. */
    private static String first(LocalDate date, String text) {
        return date.getDayOfMonth() == 1 ? text.replaceFirst("\\b1 ", "1er ") : text;
    }

    private static LocalDate dateOf(Instant at) {
        return at.atZone(PARIS).toLocalDate();
    }

    private static DateTimeFormatter format(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.FRENCH);
    }
}
