package fr.raccroche.list.row;

import java.nio.charset.Charset;
import java.text.Normalizer;
import org.jspecify.annotations.Nullable;

/**
 * Accents that were converted twice, {@code LÃ©a} for {@code Léa}: bytes of UTF-8 that somebody read as one of the old
 * character sets and wrote again. Each such sequence stands for one character, so it is undone without a guess.
 */
final class Accents {

    /** Misread by Windows, by the web, by an old Mac, by a DOS program: all characters, in the order of their bytes from 0x80 on. */
    private static final String[] SETS = {
        upper("windows-1252"), upper("ISO-8859-1"), upper("x-MacRoman"), upper("IBM850")
    };

    private static final int MOST_TIMES = 3;

    private Accents() {}

    private static String upper(String charset) {
        var upper = new StringBuilder(128);
        for (int b = 0x80; b <= 0xFF; b++) {
            char c = new String(new byte[] {(byte) b}, Charset.forName(charset)).charAt(0);
            // what a set leaves out is passed on as it is
            upper.append(c == '\uFFFD' ? (char) b : c);
        }
        return upper.toString();
    }

    /** Whether a sequence of characters stands for another character. */
    static boolean areGarbled(String text) {
        for (int i = 0; i + 1 < text.length(); i++) {
            if (text.charAt(i) >= 0x80 && sequence(text, i) != null) {
                return true;
            }
        }
        return false;
    }

    /** The text as it was before, accents in one character each. */
    static String repaired(String text) {
        String repaired = text;
        for (int i = 0; i < MOST_TIMES && areGarbled(repaired); i++) {
            repaired = once(repaired);
        }
        return composed(repaired);
    }

    /** The text with letter and accent in one character. */
    private static String composed(String text) {
        return Normalizer.isNormalized(text, Normalizer.Form.NFC)
                ? text
                : Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    /** Whether some accent stands as a character of its own behind its letter. */
    static boolean isAccent(char c) {
        return c >= 0x300 && c <= 0x36F;
    }

    private static String once(String text) {
        var all = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            Sequence found = text.charAt(i) < 0x80 ? null : sequence(text, i);
            all.append(found == null ? text.charAt(i) : found.meant());
            i += found == null ? 1 : found.length();
        }
        return all.toString();
    }

    private record Sequence(char meant, int length) {}

    private static @Nullable Sequence sequence(String text, int at) {
        for (String set : SETS) {
            int lead = byteOf(set, text, at);
            int second = byteOf(set, text, at + 1);
            if (lead >= 0xC2 && lead <= 0xC5 && isContinuation(second)) {
                return new Sequence((char) (((lead & 0x1F) << 6) | (second & 0x3F)), 2);
            }
            int third = byteOf(set, text, at + 2);
            if (lead == 0xE2 && isContinuation(second) && isContinuation(third)) {
                int meant = ((lead & 0xF) << 12) | ((second & 0x3F) << 6) | (third & 0x3F);
                // dashes, quotes and the like
                if (meant >= 0x2010 && meant <= 0x20AC) {
                    return new Sequence((char) meant, 3);
                }
            }
        }
        return null;
    }

    private static boolean isContinuation(int b) {
        return b >= 0x80 && b <= 0xBF;
    }

    private static int byteOf(String set, String text, int at) {
        int place = at < text.length() && text.charAt(at) >= 0x80 ? set.indexOf(text.charAt(at)) : -1;
        return place < 0 ? -1 : 0x80 + place;
    }

    /** Whether a letter was lost on the way: replaced by the sign for that, or by a question mark inside a word. */
    static boolean areLost(String name) {
        for (int i = 0; i < name.length(); i++) {
            boolean beside = (i > 0 && Character.isLetter(name.charAt(i - 1)))
                    || (i + 1 < name.length() && Character.isLetter(name.charAt(i + 1)));
            if (name.charAt(i) == '\uFFFD' || (name.charAt(i) == '?' && beside)) {
                return true;
            }
        }
        return false;
    }
}
