package fr.raccroche.sms;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * How long a text is as the network counts it (3GPP TS 23.038): 160 characters of a small alphabet, or 153 in each of
 * several segments; one other character makes it 70, or 67 in each. {@code text-length.js} counts alike in the page.
 *
 * @param units what is counted: septets, of which {@code €} and a few others take two, or UTF-16 units
 * @param segments billed messages; 0 for an empty text
 * @param room units that are left in the last segment
 * @param forcing the characters that are not in the small alphabet, each once, in their order
 */
public record TextLength(Encoding encoding, int units, int segments, int room, List<String> forcing) {

    /** How characters are written. */
    public enum Encoding {
        GSM7(160, 153),
        UCS2(70, 67);

        private final int alone;
        private final int joined;

        Encoding(int alone, int joined) {
            this.alone = alone;
            this.joined = joined;
        }
    }

    private static final String BASIC = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
            + "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    private static final String EXTENSION = "\f^{}\\[~]|€";

    /** Counts {@code text}; a character of two units is never cut in two. */
    public static TextLength of(String text) {
        var forcing = new LinkedHashSet<String>();
        text.codePoints()
                .filter(c -> BASIC.indexOf(c) < 0 && EXTENSION.indexOf(c) < 0)
                .mapToObj(Character::toString)
                .forEach(forcing::add);
        Encoding encoding = forcing.isEmpty() ? Encoding.GSM7 : Encoding.UCS2;
        int[] widths = text.codePoints().map(c -> width(encoding, c)).toArray();
        int units = 0;
        for (int width : widths) {
            units += width;
        }
        if (units <= encoding.alone) {
            return new TextLength(
                    encoding, units, units == 0 ? 0 : 1, encoding.alone - units, new ArrayList<>(forcing));
        }
        int segments = 1;
        int used = 0;
        for (int width : widths) {
            if (used + width > encoding.joined) {
                segments++;
                used = 0;
            }
            used += width;
        }
        return new TextLength(encoding, units, segments, encoding.joined - used, new ArrayList<>(forcing));
    }

    public TextLength {
        forcing = List.copyOf(forcing);
    }

    private static int width(Encoding encoding, int c) {
        return switch (encoding) {
            case GSM7 -> EXTENSION.indexOf(c) < 0 ? 1 : 2;
            case UCS2 -> Character.charCount(c);
        };
    }

    /** What it costs to send once, in thousandths of a euro, when a segment costs {@code price} of them. */
    public int cost(int price) {
        return segments * price;
    }
}
