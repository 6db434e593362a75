package fr.raccroche.list.row;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Cells without what nobody typed on purpose, and codes and numbers that a spreadsheet took for quantities. */
final class CellText {

    private static final Set<String> ERRORS = Set.of(
            "#N/A",
            "#REF!",
            "#VALEUR!",
            "#VALUE!",
            "#NOM?",
            "#NAME?",
            "#DIV/0!",
            "#NUL!",
            "#NULL!",
            "#NOMBRE!",
            "#NUM!",
            "#N/D",
            "#CALC!",
            "#SPILL!",
            "#EPARS!",
            "#REF",
            "#NAME",
            "#VALEUR",
            "#NOM");
    private static final Pattern OFFICE_ERROR = Pattern.compile("(?:Err|Erreur) ?: ?5[0-9]{2}");
    private static final Pattern NUMBER_AS_FORMULA = Pattern.compile("=[+0-9 .()-]+");
    private static final Pattern ZERO_DECIMALS = Pattern.compile("([0-9A-B]+)[.,]0{1,2}");
    private static final Pattern EXPONENT = Pattern.compile("([0-9])(?:[.,]([0-9]+))?[eE]\\+([0-9]{1,2})");

    private CellText() {}

    /**
     * The cell without spaces around and hidden characters; non-breaking spaces inside become spaces. A spreadsheet's
     * ways to keep a text as it is, {@code ="0639981234"} and an apostrophe in front, are taken off.
     */
    static String clean(String raw) {
        if (isClean(raw)) {
            return raw;
        }
        String sound = odd(raw) ? Accents.repaired(raw) : raw;
        String text = (hidden(sound) ? visible(sound) : sound).strip();
        if (text.length() > 1
                && text.charAt(0) == '='
                && NUMBER_AS_FORMULA.matcher(text).matches()) {
            return text.substring(1).strip();
        }
        if (text.length() > 3 && text.startsWith("=\"") && text.endsWith("\"")) {
            return text.substring(2, text.length() - 1).strip();
        }
        return guarded(text) ? text.substring(1) : text;
    }

    /** Whether characters that cannot be seen, or that look like spaces, stand in a cell. */
    static boolean hidden(String raw) {
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c >= 0xA0 && (isInvisible(c) || isWideSpace(c))) {
                return true;
            }
        }
        return false;
    }

    /** Whether characters that cannot be seen stand in a cell; spaces of any width do not count. */
    static boolean invisible(String raw) {
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c >= 0xA0 && isInvisible(c)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a spreadsheet wrote an error instead of a value. */
    static boolean isError(String clean) {
        return !clean.isEmpty()
                && (clean.charAt(0) == '#'
                        ? ERRORS.contains(clean)
                        : clean.charAt(0) == 'E' && OFFICE_ERROR.matcher(clean).matches());
    }

    /** Whether a formula stands there and not its value: the program that wrote the file did not calculate it. */
    static boolean isFormula(String clean) {
        return !clean.isEmpty() && clean.charAt(0) == '=';
    }

    /** With one space wherever there was any white space. */
    static String spacedOnce(String clean) {
        for (int i = 1; i < clean.length(); i++) {
            char c = clean.charAt(i);
            if (c < ' ' || (c == ' ' && clean.charAt(i - 1) == ' ')) {
                return String.join(" ", clean.trim().split("\\s+"));
            }
        }
        return clean;
    }

    /** {@code 93066} for {@code 93066.0} and {@code 93066,00}; null for a text that does not end like that. */
    static @Nullable String withoutDecimals(String clean) {
        if (clean.indexOf('.') < 0 && clean.indexOf(',') < 0) {
            return null;
        }
        var matcher = ZERO_DECIMALS.matcher(clean);
        return matcher.matches() ? matcher.group(1) : null;
    }

    /**
     * {@code 123456} for {@code 1,23456E+05}; empty when digits are lost, null for a text that is no number with an
     * exponent.
     */
    static @Nullable String withoutExponent(String clean) {
        if (clean.indexOf('+') < 0) {
            return null;
        }
        var matcher = EXPONENT.matcher(clean);
        if (!matcher.matches()) {
            return null;
        }
        String fraction = matcher.group(2) == null ? "" : matcher.group(2);
        return fraction.length() == Integer.parseInt(matcher.group(3)) ? matcher.group(1) + fraction : "";
    }

    /** A code in capitals without spaces. */
    static String compact(String code) {
        return (code.indexOf(' ') < 0 ? code : code.replace(" ", "")).toUpperCase(Locale.ROOT);
    }

    private static boolean isClean(String raw) {
        if (raw.isEmpty()) {
            return true;
        }
        char first = raw.charAt(0);
        return first > ' ' && first != '\'' && first != '=' && raw.charAt(raw.length() - 1) > ' ' && !odd(raw);
    }

    /** Whether characters stand in a cell that are hidden, an accent alone, or perhaps two for one. */
    private static boolean odd(String raw) {
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c >= 0x7F && (isInvisible(c) || isWideSpace(c) || Accents.isAccent(c) || !isUsual(c))) {
                return true;
            }
        }
        return false;
    }

    /** Letters of French that never begin a garbled one. */
    private static boolean isUsual(char c) {
        return "éèêëàçôîïûùüöœÉÈÊÀÇÎÏ’«»°".indexOf(c) >= 0;
    }

    private static boolean guarded(String text) {
        return text.length() > 1
                && text.charAt(0) == '\''
                && ("=+-@".indexOf(text.charAt(1)) >= 0 || isDigit(text.charAt(1)));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static String visible(String raw) {
        var text = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c < 0xA0 || !isInvisible(c)) {
                text.append(c >= 0xA0 && isWideSpace(c) ? ' ' : c);
            }
        }
        return text.toString();
    }

    /** Zero-width and direction marks, soft hyphens, byte order marks; only for characters from U+00A0 on. */
    private static boolean isInvisible(char c) {
        return c == 0xAD || (c >= 0x600 && Character.getType(c) == Character.FORMAT) || (c >= 0xFE00 && c <= 0xFE0F);
    }

    private static boolean isWideSpace(char c) {
        return c == 0xA0 || (c >= 0x1680 && (Character.isSpaceChar(c) || c == 0x2800));
    }
}
