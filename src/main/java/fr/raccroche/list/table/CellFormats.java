package fr.raccroche.list.table;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The number formats of a workbook: they tell a birth date from a number, and a telephone that is shown with its leading
 * zero from one that has lost it.
 */
final class CellFormats {

    private static final int LONGEST_NUMBER = 40;
    private static final BigInteger LAST_DAY = BigInteger.valueOf(2_958_465);
    private static final LocalDate DAY_0 = LocalDate.of(1899, 12, 30);
    private static final LocalDate DAY_0_OF_MAC = LocalDate.of(1904, 1, 1);
    /** The 29 February 1900 that spreadsheets believe in. */
    private static final int LEAP_DAY = 60;

    private static final Pattern LITERALS = Pattern.compile("\"[^\"]*\"|\\\\.|_.|\\*.|\\[[^]]*]|\\s");
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,15}");
    private static final Pattern ZEROS = Pattern.compile("#*(0[0#]*)");

    private final boolean from1904;
    private final List<Format> formats = new ArrayList<>();

    /**
     * How numbers of one style are shown.
     *
     * @param date whether as a day
     * @param digits how many digits at least
     * @param struck whether through and through
     */
    private record Format(boolean date, int digits, boolean struck) {

        private static final Format PLAIN = new Format(false, 1, false);

        private Format struckThrough() {
            return new Format(date, digits, true);
        }
    }

    /**
     * @param styles null when a workbook has none
     * @param from1904 whether its days count from 1904
     */
    CellFormats(@Nullable XmlPart styles, boolean from1904) throws IOException, Refused {
        this.from1904 = from1904;
        if (styles != null) {
            read(styles);
        }
    }

    private void read(XmlPart styles) throws IOException, Refused {
        Map<String, Format> own = new HashMap<>();
        boolean ofCells = false;
        var struck = new BitSet();
        boolean inFonts = false;
        int fonts = -1;
        while (styles.next()) {
            if (styles.starts("fonts") || styles.ends("fonts")) {
                inFonts = styles.starts("fonts");
            } else if (inFonts && styles.starts("font")) {
                fonts++;
            } else if (inFonts && styles.starts("strike")) {
                struck.set(Math.max(fonts, 0), isOn(styles));
            } else if (styles.starts("numFmt")) {
                String id = styles.attribute("numFmtId");
                String code = styles.attribute("formatCode");
                if (id != null && code != null) {
                    own.put(id, format(code));
                }
            } else if (styles.starts("cellXfs") || styles.ends("cellXfs")) {
                ofCells = styles.starts("cellXfs");
            } else if (ofCells && styles.starts("xf") && formats.size() < 1 << 16) {
                String id = styles.attribute("numFmtId");
                Format format = own.get(id);
                Format shown = format == null ? builtIn(id) : format;
                formats.add(isStruck(struck, styles.attribute("fontId")) ? shown.struckThrough() : shown);
            }
        }
    }

    private static boolean isStruck(BitSet struck, @Nullable String font) {
        try {
            return font != null && struck.get(Integer.parseInt(font));
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            return false;
        }
    }

    /** Whether the property that starts here is switched on: it is, unless it says otherwise. */
    static boolean isOn(XmlPart part) {
        String value = part.attribute("val");
        return !("0".equals(value) || "false".equals(value));
    }

    /** Whether a style strikes its cells through. */
    boolean strikes(@Nullable String style) {
        return style != null && format(style, formats).struck;
    }

    /** Formats that a workbook need not explain (ECMA-376 part 1, 18.8.30). */
    private static Format builtIn(@Nullable String id) {
        return switch (id == null ? "" : id) {
            case "14",
                    "15",
                    "16",
                    "17",
                    "22",
                    "27",
                    "28",
                    "29",
                    "30",
                    "31",
                    "36",
                    "50",
                    "51",
                    "52",
                    "53",
                    "54",
                    "57",
                    "58" -> new Format(true, 1, false);
            default -> Format.PLAIN;
        };
    }

    private static Format format(String code) {
        String bare = LITERALS.matcher(code).replaceAll("").toLowerCase(Locale.ROOT);
        if (bare.equals("general") || bare.equals("standard")) {
            return Format.PLAIN;
        }
        var zeros = ZEROS.matcher(bare);
        return zeros.matches()
                ? new Format(false, Math.min(zeros.group(1).length(), LONGEST_NUMBER), false)
                : new Format(bare.indexOf('d') >= 0 || bare.indexOf('y') >= 0, 1, false);
    }

    /**
     * A number as text: a day as {@code 2009-03-05}, with its time where it is not midnight; anything else in plain digits.
     *
     * @param number as the file has it, {@code 6.39981234E8} too
     * @param style index among the workbook's cell styles, null for none
     */
    String text(String number, @Nullable String style) {
        Format format = style == null ? Format.PLAIN : format(style, formats);
        if (!format.date && format.digits == 1 && DIGITS.matcher(number).matches()) {
            return number;
        }
        BigDecimal value;
        try {
            value = new BigDecimal(number);
        } catch (NumberFormatException e) {
            return number;
        }
        if (Math.abs((long) value.scale()) > LONGEST_NUMBER || value.precision() > LONGEST_NUMBER) {
            return number;
        }
        if (format.date) {
            LocalDate day = day(value);
            return day == null ? plain(value) : day + time(value);
        }
        String plain = plain(value);
        boolean padded = plain.length() < format.digits && DIGITS.matcher(plain).matches();
        return padded ? "0".repeat(format.digits - plain.length()) + plain : plain;
    }

    /** The time of a serial number behind its day, {@code  23:00:00}; empty for midnight. */
    private static String time(BigDecimal value) {
        int seconds = value.remainder(BigDecimal.ONE)
                .multiply(BigDecimal.valueOf(86_400))
                .setScale(0, RoundingMode.HALF_UP)
                .intValueExact();
        return seconds == 0 ? "" : " %02d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    private static Format format(String style, List<Format> formats) {
        try {
            int index = Integer.parseInt(style);
            return index >= 0 && index < formats.size() ? formats.get(index) : Format.PLAIN;
        } catch (NumberFormatException e) {
            return Format.PLAIN;
        }
    }

    private static String plain(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    /** The day of a serial number, or null where there is none. */
    private @Nullable LocalDate day(BigDecimal value) {
        BigInteger whole = value.toBigInteger();
        if (value.signum() <= 0 || whole.compareTo(LAST_DAY) > 0 || whole.signum() == 0) {
            return null;
        }
        int serial = whole.intValueExact();
        if (from1904) {
            return DAY_0_OF_MAC.plusDays(serial);
        }
        return DAY_0.plusDays(serial < LEAP_DAY ? serial + 1L : serial);
    }
}
