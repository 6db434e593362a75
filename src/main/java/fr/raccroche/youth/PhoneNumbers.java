package fr.raccroche.youth;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Telephone numbers as people write them, in one form that can be dialled: E.164.
 *
 * <p>French numbers follow the French numbering plan as written here, because the general library knows neither the
 * ranges kept for fiction nor the newest ones; other countries follow the library's "possible", never its "valid".
 */
public final class PhoneNumbers {

    private static final PhoneNumberUtil LIBRARY = PhoneNumberUtil.getInstance();

    /** Overseas numbers as dialled from the mainland: first three digits after the zero, and their country code. */
    private static final Map<String, String> OVERSEAS = Map.ofEntries(
            Map.entry("262", "262"),
            Map.entry("263", "262"),
            Map.entry("269", "262"),
            Map.entry("639", "262"),
            Map.entry("692", "262"),
            Map.entry("693", "262"),
            Map.entry("590", "590"),
            Map.entry("690", "590"),
            Map.entry("691", "590"),
            Map.entry("594", "594"),
            Map.entry("694", "594"),
            Map.entry("596", "596"),
            Map.entry("696", "596"),
            Map.entry("697", "596"),
            Map.entry("508", "508"));

    private static final Set<String> OVERSEAS_CODES = Set.of("262", "508", "590", "594", "596", "681", "687", "689");

    /** Inside 06 39, which is Mayotte's, the plan keeps these for fiction (numbering plan, 2.5.12). */
    private static final String FICTIONAL_MOBILE = "63998";

    private PhoneNumbers() {}

    /** Where a number is at home; calls outside the mainland cost more and follow other hours. */
    public enum Origin {
        MAINLAND,
        OVERSEAS,
        FOREIGN
    }

    /** What became of one cell. */
    public sealed interface Reading permits Usable, Unusable {}

    /**
     * A number that can be dialled.
     *
     * @param e164 {@code +} and digits
     * @param mobile whether it may receive a text message
     */
    public record Usable(String e164, boolean mobile, Origin origin) implements Reading {}

    /** A text that is not a number we may or can call. */
    public record Unusable(Reason reason) implements Reading {}

    /** Why a number is not called. */
    public enum Reason {
        /** No digit at all. */
        EMPTY,
        /** A spreadsheet replaced digits by an exponent: the number is lost. */
        MANGLED,
        /** Neither a French number nor a possible one elsewhere. */
        IMPOSSIBLE,
        /** 3 to 6 digits: an emergency or service number. */
        SHORT,
        /** 08: special tariff, nobody's home. */
        PREMIUM
    }

    /** Reads one number, for instance {@code 06 39 98 12 34}, {@code 639981234}, {@code +33 (0)6 39 98 12 34}. */
    public static Reading read(String cell) {
        if (mangled(cell)) {
            return new Unusable(Reason.MANGLED);
        }
        String digits = digits(cell);
        if (digits.isEmpty()) {
            return new Unusable(Reason.EMPTY);
        }
        if (digits.charAt(0) == '+') {
            return digits.startsWith("+33") ? french(withoutZero(digits.substring(3))) : abroad(digits);
        }
        if (digits.length() <= 6) {
            return new Unusable(Reason.SHORT);
        }
        if (digits.length() == 11 && digits.startsWith("33")) {
            return french(digits.substring(2));
        }
        return french(withoutZero(digits));
    }

    /** Every number of a cell that holds several, separated by {@code /}, {@code ,}, {@code |}, "ou" or "et". */
    public static List<Reading> readAll(String cell) {
        var readings = new ArrayList<Reading>(1);
        for (String part : severalIn(cell) ? cell.split("[/,|\\n]|\\bou\\b|\\bet\\b") : new String[] {cell}) {
            if (!part.isBlank()) {
                readings.add(read(part));
            }
        }
        return readings;
    }

    /** Where the owner of a number in E.164 is at home. */
    public static Origin originOf(String e164) {
        if (e164.startsWith("+33")) {
            return Origin.MAINLAND;
        }
        return e164.length() > 4 && OVERSEAS_CODES.contains(e164.substring(1, 4)) ? Origin.OVERSEAS : Origin.FOREIGN;
    }

    private static Reading french(String nine) {
        if (nine.length() != 9) {
            return new Unusable(nine.length() <= 6 ? Reason.SHORT : Reason.IMPOSSIBLE);
        }
        char first = nine.charAt(0);
        if (first == '0') {
            return new Unusable(Reason.IMPOSSIBLE);
        }
        if (first == '8') {
            return new Unusable(Reason.PREMIUM);
        }
        String overseas = nine.startsWith(FICTIONAL_MOBILE) ? null : OVERSEAS.get(nine.substring(0, 3));
        boolean mobile = first == '6' || first == '7';
        return overseas == null
                ? new Usable("+33" + nine, mobile, Origin.MAINLAND)
                : new Usable("+" + overseas + nine, mobile, Origin.OVERSEAS);
    }

    private static Reading abroad(String e164) {
        PhoneNumber parsed = parse(e164);
        if (parsed == null || !LIBRARY.isPossibleNumber(parsed) || e164.length() > 16 || e164.length() < 8) {
            return new Unusable(Reason.IMPOSSIBLE);
        }
        PhoneNumberType type = LIBRARY.getNumberType(parsed);
        if (type == PhoneNumberType.PREMIUM_RATE || type == PhoneNumberType.SHARED_COST) {
            return new Unusable(Reason.PREMIUM);
        }
        boolean mobile = type == PhoneNumberType.MOBILE || type == PhoneNumberType.FIXED_LINE_OR_MOBILE;
        String canonical = LIBRARY.format(parsed, PhoneNumberFormat.E164);
        return new Usable(canonical, mobile, originOf(canonical));
    }

    private static @Nullable PhoneNumber parse(String e164) {
        try {
            return LIBRARY.parse(e164, null);
        } catch (NumberParseException e) {
            return null;
        }
    }

    /** The digits, with a leading {@code +} when the country code is written; {@code (0)} and words are dropped. */
    private static String digits(String cell) {
        String text = cell.contains("(0)") ? cell.replace("(0)", "") : cell;
        var digits = new StringBuilder(16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            if (digit || (c == '+' && digits.isEmpty())) {
                digits.append(c);
            }
        }
        if (digits.length() > 2 && digits.charAt(0) == '0' && digits.charAt(1) == '0') {
            digits.replace(0, 2, "+");
        }
        return digits.length() == 1 && digits.charAt(0) == '+' ? "" : digits.toString();
    }

    private static String withoutZero(String digits) {
        return digits.length() == 10 && digits.charAt(0) == '0' ? digits.substring(1) : digits;
    }

    private static boolean mangled(String cell) {
        return cell.indexOf('E') > 0 && cell.matches("\\s*[0-9]+([.,][0-9]+)?E\\+?[0-9]+\\s*");
    }

    private static boolean severalIn(String cell) {
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            if (c == '/' || c == ',' || c == '|' || c == '\n' || c == 'o' || c == 'e') {
                return true;
            }
        }
        return false;
    }
}
