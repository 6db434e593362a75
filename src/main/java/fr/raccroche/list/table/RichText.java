package fr.raccroche.list.table;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Text of a workbook as it is shown: runs of different look joined, readings of Asian words left out, and what is struck
 * through inside a text that is not.
 */
final class RichText {

    /** Stands before a text that is struck through from end to end. */
    static final char STRUCK = '\uE000';
    /** Stands before a text of which a part was struck through, and is left out. */
    static final char CUT = '\uE001';

    private static final Pattern ESCAPED = Pattern.compile("_x([0-9A-Fa-f]{4})_");

    private RichText() {}

    /** The text within an element that starts here; goes to its end. */
    static String of(XmlPart part, String element) throws IOException, Refused {
        String first = "";
        @Nullable StringBuilder all = null;
        @Nullable StringBuilder struck = null;
        boolean reading = false;
        boolean strike = false;
        while (part.next() && !part.ends(element)) {
            if (part.starts("rPh") || part.ends("rPh")) {
                reading = part.starts("rPh");
            } else if (part.starts("r") || part.ends("r")) {
                strike = false;
            } else if (part.starts("strike")) {
                strike = CellFormats.isOn(part);
            } else if (part.starts("t")) {
                String run = part.text();
                if (strike && !reading) {
                    struck = (struck == null ? new StringBuilder() : struck).append(run);
                    refuseEndless(part, struck);
                } else if (!reading && first.isEmpty()) {
                    first = run;
                } else if (!reading) {
                    all = (all == null ? new StringBuilder(first) : all).append(run);
                    refuseEndless(part, all);
                }
            }
        }
        String kept = unescaped(all == null ? first : all.toString());
        if (struck == null || CsvRow.blank(struck.toString())) {
            return kept;
        }
        return CsvRow.blank(kept) ? STRUCK + unescaped(struck.toString()) : CUT + kept;
    }

    private static void refuseEndless(XmlPart part, StringBuilder text) throws Refused {
        if (text.length() > XmlPart.LONGEST_TEXT) {
            throw part.damaged();
        }
    }

    /** Workbooks write characters that XML does not allow as {@code _x000D_}. */
    static String unescaped(String text) {
        return text.contains("_x")
                ? ESCAPED.matcher(text)
                        .replaceAll(code -> Matcher.quoteReplacement(
                                Character.toString((char) Integer.parseInt(code.group(1), 16))))
                : text;
    }
}
