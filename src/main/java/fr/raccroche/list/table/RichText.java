package fr.raccroche.list.table;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Text of a workbook as it is shown: runs of different look joined, readings of Asian words left out. */
final class RichText {

    private static final Pattern ESCAPED = Pattern.compile("_x([0-9A-Fa-f]{4})_");

    private RichText() {}

    /** The text within an element that starts here; goes to its end. */
    static String of(XmlPart part, String element) throws IOException, Refused {
        String first = "";
        @Nullable StringBuilder all = null;
        boolean reading = false;
        while (part.next() && !part.ends(element)) {
            if (part.starts("rPh") || part.ends("rPh")) {
                reading = part.starts("rPh");
            } else if (part.starts("t")) {
                String run = part.text();
                if (!reading && first.isEmpty()) {
                    first = run;
                } else if (!reading) {
                    all = (all == null ? new StringBuilder(first) : all).append(run);
                    refuseEndless(part, all);
                }
            }
        }
        return unescaped(all == null ? first : all.toString());
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
