package fr.raccroche.youth;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Telephone numbers as people write them, in one form that can be dialled: E.164.
 *
 * <p>French numbers follow the French numbering plan as written here, because the general library knows neither the
 * ranges kept for fiction nor the newest ones; other countries follow the library's "possible", never its "valid".
 */
public final class PhoneNumbers {

    private static final PhoneNumberUtil LIBRARY = PhoneNumberUtil.getInstance();

    /** Overseas numbers as dialled from the mainland: first digits after the zero, and their country code. */
    private static final Map<String, String> OVERSEAS = Map.ofEntries(
            Map.entry("262", "262"),
            Map.entry("263", "262"),
            Map.entry("269", "262"),
            Map.entry("639", "262"),
            Map.entry("692", "262"),
            Map.entry("693", "262"),
            Map.entry("7092", "262"),
            Map.entry("70935", "262"),
            Map.entry("70936", "262"),
            Map.entry("70937", "262"),
            Map.entry("587", "590"),
            Map.entry("590", "590"),
            Map.entry("690", "590"),
            Map.entry("691", "590"),
            Map.entry("7090", "590"),
            Map.entry("588", "594"),
            Map.entry("594", "594"),
            Map.entry("694", "594"),
            Map.entry("70930", "594"),
            Map.entry("70931", "594"),
            Map.entry("70932", "594"),
            Map.entry("70933", "594"),
            Map.entry("589", "596"),
            Map.entry("596", "596"),
            Map.entry("696", "596"),
            Map.entry("697", "596"),
            Map.entry("7091", "596"),
            Map.entry("7084", "508"),
            Map.entry("7085", "508"));

    private static final Set<String> OVERSEAS_CODES = Set.of("262", "508", "590", "594", "596", "681", "687", "689");

    /** Satellites, international networks, and what is free, shared or premium everywhere: nobody's home. */
    private static final Set<Integer> NO_COUNTRY = Set.of(800, 808, 870, 878, 881, 882, 883, 888, 979);

    /** Inside 06 39, which is Mayotte's, the plan keeps these for fiction (numbering plan, 2.5.12). */
    private static final String FICTIONAL_MOBILE = "63998";

    /** What people type to fill a compulsory field, without the leading zero. */
    private static final Set<String> PLACEHOLDERS =
            Set.of("123456789", "987654321", "102030405", "203040506", "607080910");

    private static final Pattern EXPONENT = Pattern.compile("([0-9]+)(?:[.,]([0-9]+))?[eE]\\+?([0-9]{1,2})");
    private static final Pattern DECIMALS = Pattern.compile("([0-9]{9,15})[.,]0{1,2}");
    private static final Pattern TRUNK_ZERO = Pattern.compile("\\(\\s*0\\s*\\)");
    private static final Set<String> EXTENSION = Set.of("poste", "ext", "extension", "int", "p", "x");
    private static final String HARD_SEPARATORS = "/;|&\n\r";
    private static final int LONGEST = 15;

    /** Of a number with its plus: the shortest of the world have four digits behind a code of three. */
    private static final int SHORTEST = 8;

    /** No family has more in one cell; whatever has is no list of numbers. */
    private static final int MOST_IN_A_CELL = 20;

    private PhoneNumbers() {}

    /** Where a number is at home; calls outside the mainland cost more and follow other hours. */
    public enum Origin {
        MAINLAND,
        OVERSEAS,
        FOREIGN
    }

    /** What became of one number. */
    public sealed interface Reading permits Usable, Unusable {}

    /**
     * A number that can be dialled.
     *
     * @param e164 {@code +} and digits
     * @param mobile whether it may receive a text message
     * @param repair what a spreadsheet had done to it
     */
    public record Usable(String e164, boolean mobile, Origin origin, Repair repair) implements Reading {

        public Usable(String e164, boolean mobile, Origin origin) {
            this(e164, mobile, origin, Repair.NONE);
        }
    }

    /** A text that is not a number we may or can call. */
    public record Unusable(Reason reason) implements Reading {}

    /** Damage that was undone because only one number can have been meant. */
    public enum Repair {
        NONE,
        /** Nine digits of a French number. */
        LEADING_ZERO,
        /** A country code without plus or zeros, with a number that country gives out. */
        COUNTRY_CODE,
        /** {@code 6,39981234E+08}: every digit is still there. */
        EXPONENT,
        /** {@code 639981234.0}. */
        DECIMALS
    }

    /** Why a number is not called. */
    public enum Reason {
        /** No digit at all. */
        EMPTY,
        /** A spreadsheet replaced digits by an exponent: the number is lost. */
        MANGLED,
        /** Neither a French number nor a possible one elsewhere. */
        IMPOSSIBLE,
        /** 1 to 6 digits: an emergency or service number. */
        SHORT,
        /** 08, a satellite, or a special tariff elsewhere: nobody's home. */
        PREMIUM,
        /** {@code 0600000000}, {@code 0123456789}: typed to fill the field. Somebody else may own it. */
        PLACEHOLDER
    }

    /** Reads one number, for instance {@code 06 39 98 12 34}, {@code 639981234}, {@code +33 (0)6 39 98 12 34}. */
    public static Reading read(String cell) {
        List<Reading> readings = readAll(cell);
        if (readings.isEmpty()) {
            return new Unusable(Reason.EMPTY);
        }
        return readings.size() == 1 ? readings.getFirst() : new Unusable(Reason.IMPOSSIBLE);
    }

    /**
     * Every number of a cell, which may hold several, labels and extensions: {@code mère : 06 39 98 12 34 / bureau 01 99
     * 00 12 34 poste 12}. Empty when neither letter nor digit stands there.
     */
    public static List<Reading> readAll(String cell) {
        if (plain(cell)) {
            String digits = digits(cell);
            if (digits.length() <= LONGEST + 1) {
                return digits.isEmpty() ? List.of() : List.of(number(digits));
            }
        }
        return severalIn(cell);
    }

    /** Where the owner of a number in E.164 is at home. */
    public static Origin originOf(String e164) {
        if (e164.startsWith("+33")) {
            return Origin.MAINLAND;
        }
        return e164.length() > 4 && OVERSEAS_CODES.contains(e164.substring(1, 4)) ? Origin.OVERSEAS : Origin.FOREIGN;
    }

    /** Nothing but digits, what people put between them, and at most a plus in front. */
    private static boolean plain(String cell) {
        boolean digit = false;
        boolean dot = false;
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            if (c >= '0' && c <= '9') {
                digit = true;
            } else if (c == '+' ? digit : !softSeparator(c)) {
                return false;
            }
            dot |= c == '.';
        }
        return digit && !(dot && DECIMALS.matcher(cell).matches());
    }

    private static boolean softSeparator(char c) {
        return c == ' '
                || c == '.'
                || c == '-'
                || c == '\''
                || c == ')'
                || Character.getType(c) == Character.SPACE_SEPARATOR;
    }

    private static List<Reading> severalIn(String cell) {
        var pieces = new ArrayList<Piece>();
        int start = 0;
        for (int i = 0; i <= cell.length(); i++) {
            if (i == cell.length() || HARD_SEPARATORS.indexOf(cell.charAt(i)) >= 0) {
                cut(cell.substring(start, i).strip(), pieces);
                start = i + 1;
            }
        }
        if (pieces.isEmpty()) {
            return cell.codePoints().anyMatch(Character::isLetterOrDigit)
                    ? List.of(new Unusable(Reason.EMPTY))
                    : List.of();
        }
        if (pieces.size() > MOST_IN_A_CELL) {
            return List.of(new Unusable(Reason.IMPOSSIBLE));
        }
        return readings(joined(pieces));
    }

    /** A run of digits, perhaps with a plus in front; damage that was seen while cutting it out. */
    private record Piece(String digits, Repair repair, boolean lost) {

        Piece(String digits) {
            this(digits, Repair.NONE, false);
        }
    }

    private static void cut(String chunk, List<Piece> pieces) {
        Matcher exponent = EXPONENT.matcher(chunk);
        if (exponent.find()) {
            cut(chunk.substring(0, exponent.start()), pieces);
            pieces.add(expanded(exponent));
            cut(chunk.substring(exponent.end()), pieces);
            return;
        }
        Matcher decimals = DECIMALS.matcher(chunk);
        if (decimals.matches()) {
            pieces.add(new Piece(decimals.group(1), Repair.DECIMALS, false));
            return;
        }
        String text = chunk.indexOf('(') < 0 ? chunk : withoutTrunkZero(chunk);
        boolean extension = false;
        for (int i = 0; i < text.length(); ) {
            int end = endOfRun(text, i);
            String run = text.substring(i, end);
            String digits = digits(run);
            if (!digits.isEmpty()) {
                if (!extension || digits.length() > 6) {
                    pieces.add(new Piece(digits));
                }
                extension = false;
            } else if (run.charAt(0) == '#' || Character.isLetter(run.charAt(0))) {
                extension = run.charAt(0) == '#' || EXTENSION.contains(run.toLowerCase(Locale.ROOT));
            }
            i = end;
        }
    }

    /** Letters that stand together, or digits with what people put between them, or one other character. */
    private static int endOfRun(String text, int start) {
        int end = start + 1;
        if (Character.isLetter(text.charAt(start))) {
            while (end < text.length() && Character.isLetter(text.charAt(end))) {
                end++;
            }
        } else if (ofNumber(text.charAt(start)) || text.charAt(start) == '+') {
            while (end < text.length() && ofNumber(text.charAt(end))) {
                end++;
            }
        }
        return end;
    }

    private static boolean ofNumber(char c) {
        return (c >= '0' && c <= '9')
                || c == '('
                || softSeparator(c)
                || Character.getType(c) == Character.DASH_PUNCTUATION;
    }

    private static Piece expanded(Matcher exponent) {
        String fraction = exponent.group(2) == null ? "" : exponent.group(2);
        boolean whole = fraction.length() == Integer.parseInt(exponent.group(3));
        return new Piece(whole ? exponent.group(1) + fraction : "", Repair.EXPONENT, !whole);
    }

    /** In {@code +33 (0)6} the zero is not dialled; in {@code (0)6} it is. */
    private static String withoutTrunkZero(String text) {
        Matcher zero = TRUNK_ZERO.matcher(text);
        if (!zero.find()) {
            return text;
        }
        String before = digits(text.substring(0, zero.start()));
        return before.isEmpty() ? text : zero.replaceFirst("");
    }

    /** One number whose pairs of digits were separated by what separates numbers: {@code 06/39/98/12/34}. */
    private static List<Piece> joined(List<Piece> pieces) {
        var digits = new StringBuilder();
        for (Piece piece : pieces) {
            if (piece.digits().length() > 4 || piece.lost() || piece.digits().startsWith("+")) {
                return pieces;
            }
            digits.append(piece.digits());
        }
        boolean number = digits.length() == 10 && digits.charAt(0) == '0' && pieces.size() >= 3;
        return number ? List.of(new Piece(digits.toString())) : pieces;
    }

    private static List<Reading> readings(List<Piece> pieces) {
        boolean named = pieces.stream().anyMatch(piece -> piece.digits().length() >= 9);
        var readings = new ArrayList<Reading>(pieces.size());
        for (Piece piece : pieces) {
            // Beside a number, "2" and "18" belong to a label: "tel 2", "après 18h".
            if (piece.lost()) {
                readings.add(new Unusable(Reason.MANGLED));
            } else if (!named || piece.digits().length() > 2) {
                readings.addAll(numbers(piece));
            }
        }
        return readings;
    }

    /** The number of a piece, or its numbers when several were written without anything between them. */
    private static List<Reading> numbers(Piece piece) {
        String digits = piece.digits();
        if (digits.length() > LONGEST && digits.length() % 10 == 0) {
            var several = new ArrayList<Reading>();
            for (int i = 0; i < digits.length(); i += 10) {
                several.add(number(digits.substring(i, i + 10)));
            }
            if (several.stream().allMatch(Usable.class::isInstance)) {
                return several;
            }
        }
        return List.of(repaired(number(digits), piece.repair()));
    }

    private static Reading repaired(Reading reading, Repair repair) {
        return reading instanceof Usable usable && repair != Repair.NONE
                ? new Usable(usable.e164(), usable.mobile(), usable.origin(), repair)
                : reading;
    }

    private static Reading number(String digits) {
        if (oneDigit(digits)) {
            return new Unusable(Reason.PLACEHOLDER);
        }
        if (digits.charAt(0) == '+') {
            return international(digits.substring(1));
        }
        if (digits.startsWith("00")) {
            return international(digits.substring(2));
        }
        int length = digits.length();
        if (length <= 6) {
            return new Unusable(Reason.SHORT);
        }
        if (length == 10 && digits.charAt(0) == '0') {
            return french(digits.substring(1));
        }
        if (length == 9) {
            return repaired(french(digits), Repair.LEADING_ZERO);
        }
        if (digits.startsWith("33") && (length == 11 || length == 12)) {
            return french(withoutZero(digits.substring(2)));
        }
        return length > 10 && digits.charAt(0) != '0' ? withoutPlus(digits) : new Unusable(Reason.IMPOSSIBLE);
    }

    private static Reading international(String digits) {
        if (digits.startsWith("33")) {
            return french(withoutZero(digits.substring(2)));
        }
        if (digits.startsWith("0")) {
            return number(digits);
        }
        String nine = digits.length() == 12 ? digits.substring(3) : "";
        return !nine.isEmpty() && digits.substring(0, 3).equals(overseas(nine))
                ? french(nine)
                : abroad('+' + digits, false);
    }

    /** Only a number that its country gives out: without a plus it may as well be a slip of the keyboard. */
    private static Reading withoutPlus(String digits) {
        return repaired(abroad('+' + digits, true), Repair.COUNTRY_CODE);
    }

    private static Reading french(String nine) {
        if (nine.length() != 9) {
            return new Unusable(nine.length() <= 6 ? Reason.SHORT : Reason.IMPOSSIBLE);
        }
        if (placeholder(nine)) {
            return new Unusable(Reason.PLACEHOLDER);
        }
        char first = nine.charAt(0);
        if (first == '0') {
            return new Unusable(Reason.IMPOSSIBLE);
        }
        if (first == '8') {
            return new Unusable(Reason.PREMIUM);
        }
        if (nine.startsWith("508")) {
            return abroad('+' + nine, false);
        }
        boolean mobile = first == '6' || first == '7';
        String overseas = overseas(nine);
        return overseas == null
                ? new Usable("+33" + nine, mobile, Origin.MAINLAND)
                : new Usable("+" + overseas + nine, mobile, Origin.OVERSEAS);
    }

    /** The country code of a number that is at home overseas. */
    private static @Nullable String overseas(String nine) {
        if (nine.startsWith(FICTIONAL_MOBILE)) {
            return null;
        }
        char first = nine.charAt(0);
        if (first == '7') {
            boolean shared = nine.startsWith("708") || nine.startsWith("709");
            String code = shared ? OVERSEAS.get(nine.substring(0, 4)) : null;
            return shared && code == null ? OVERSEAS.get(nine.substring(0, 5)) : code;
        }
        return first == '2' || first == '5' || first == '6' ? OVERSEAS.get(nine.substring(0, 3)) : null;
    }

    private static Reading abroad(String e164, boolean assigned) {
        PhoneNumber parsed = e164.length() > LONGEST + 1 || e164.length() < 8 ? null : parse(e164);
        if (parsed == null || !(assigned ? LIBRARY.isValidNumber(parsed) : LIBRARY.isPossibleNumber(parsed))) {
            return new Unusable(Reason.IMPOSSIBLE);
        }
        if (NO_COUNTRY.contains(parsed.getCountryCode())) {
            return new Unusable(Reason.PREMIUM);
        }
        PhoneNumberType type = LIBRARY.getNumberType(parsed);
        return switch (type) {
            case PREMIUM_RATE, SHARED_COST, TOLL_FREE, UAN, PAGER, VOICEMAIL -> new Unusable(Reason.PREMIUM);
            case FIXED_LINE, MOBILE, FIXED_LINE_OR_MOBILE, VOIP, PERSONAL_NUMBER, UNKNOWN -> {
                String canonical = LIBRARY.format(parsed, PhoneNumberFormat.E164);
                if (canonical.length() < e164.length()) {
                    // Behind one trunk zero there may be another.
                    yield abroad(canonical, assigned);
                }
                if (canonical.length() < SHORTEST) {
                    yield new Unusable(Reason.IMPOSSIBLE);
                }
                boolean mobile = type == PhoneNumberType.MOBILE || type == PhoneNumberType.FIXED_LINE_OR_MOBILE;
                yield new Usable(canonical, mobile, originOf(canonical));
            }
        };
    }

    private static @Nullable PhoneNumber parse(String e164) {
        try {
            return LIBRARY.parse(e164, null);
        } catch (NumberParseException e) {
            return null;
        }
    }

    /** Zeros of any number, or another digit repeated where a number should stand. */
    private static boolean oneDigit(String digits) {
        int start = digits.charAt(0) == '+' ? 1 : 0;
        boolean zeros = digits.charAt(start) == '0';
        return (zeros || digits.length() - start > 6) && repeats(digits, start, 1);
    }

    /** After the first digit always the same one, the first pair again and again, or counting aloud. */
    private static boolean placeholder(String nine) {
        return repeats(nine, 1, 1)
                || (nine.charAt(1) == '0' && repeats(nine, 0, 2))
                || nine.startsWith("12345678", 1)
                || PLACEHOLDERS.contains(nine);
    }

    /** Whether what stands from {@code start} on repeats itself every {@code period} digits. */
    private static boolean repeats(String digits, int start, int period) {
        for (int i = start + period; i < digits.length(); i++) {
            if (digits.charAt(i) != digits.charAt(i - period)) {
                return false;
            }
        }
        return true;
    }

    /** The digits, with a plus in front when one is written. */
    private static String digits(String text) {
        var digits = new StringBuilder(16);
        boolean any = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                digits.append(c);
                any = true;
            } else if (c == '+' && digits.isEmpty()) {
                digits.append(c);
            }
        }
        return any ? digits.toString() : "";
    }

    private static String withoutZero(String digits) {
        return digits.length() == 10 && digits.charAt(0) == '0' ? digits.substring(1) : digits;
    }
}
