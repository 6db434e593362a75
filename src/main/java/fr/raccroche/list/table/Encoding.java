package fr.raccroche.list.table;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import fr.raccroche.list.table.Refused.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * In which character set a text was written: told by a byte order mark, by the zero bytes of UTF-16, by being sound
 * UTF-8, else by which of the old sets of a French office turns its bytes into French letters.
 */
final class Encoding {

    private static final List<Charset> USUAL = List.of(Charset.forName("windows-1252"), Charset.forName("ISO-8859-15"));
    /** Of an old Mac, of a DOS program. */
    private static final List<Charset> RARE = List.of(Charset.forName("x-MacRoman"), Charset.forName("IBM850"));

    private static final int CLEAR_MARGIN = 8;

    private static final int MOST_CONTROLS = 8;

    private final long[] count = new long[256];
    private final long[] zeros = new long[2];
    private final byte[] start = new byte[4];
    private long size;
    private long lines = 1;
    private long sequences;
    private long broken;
    private long firstBroken;
    private int missing;
    private int lowest;
    private int highest;

    private Encoding() {}

    /**
     * Reads the whole file once: the only accent of a list may stand in its last row.
     *
     * @throws Refused when it is empty, no text, cut within a character, or mixes character sets
     */
    static Charset of(Path file) throws IOException, Refused {
        var encoding = new Encoding();
        try (InputStream stream = Files.newInputStream(file)) {
            var block = new byte[1 << 16];
            for (int read = stream.read(block); read >= 0; read = stream.read(block)) {
                encoding.add(block, read);
            }
        }
        return encoding.decide();
    }

    private void add(byte[] block, int length) {
        for (int i = 0; i < length; i++) {
            int b = block[i] & 0xFF;
            count[b]++;
            if (b == 0) {
                zeros[(int) ((size + i) & 1)]++;
            }
            if (b >= 0x80 || missing > 0) {
                utf8(b);
            }
            if (b == '\n') {
                lines++;
            }
        }
        for (int i = 0; i < length && size + i < start.length; i++) {
            start[(int) size + i] = block[i];
        }
        size += length;
    }

    /** One byte of a multi-byte sequence, or what should have been one (Unicode, table 3-7). */
    private void utf8(int b) {
        if (missing > 0) {
            if (b >= lowest && b <= highest) {
                missing--;
                lowest = 0x80;
                highest = 0xBF;
                sequences += missing == 0 ? 1 : 0;
                return;
            }
            missing = 0;
            breaks();
            if (b < 0x80) {
                return;
            }
        }
        lowest = b == 0xE0 ? 0xA0 : b == 0xF0 ? 0x90 : 0x80;
        highest = b == 0xED ? 0x9F : b == 0xF4 ? 0x8F : 0xBF;
        if (b >= 0xC2 && b <= 0xDF) {
            missing = 1;
        } else if (b >= 0xE0 && b <= 0xEF) {
            missing = 2;
        } else if (b >= 0xF0 && b <= 0xF4) {
            missing = 3;
        } else {
            breaks();
        }
    }

    private void breaks() {
        if (broken++ == 0) {
            firstBroken = lines;
        }
    }

    private Charset decide() throws Refused {
        if (size == 0) {
            throw new Refused(Reason.EMPTY, null);
        }
        if (starts(0xFF, 0xFE) || halfZero(1)) {
            return whole(UTF_16LE);
        }
        if (starts(0xFE, 0xFF) || halfZero(0)) {
            return whole(UTF_16BE);
        }
        refuseBinary();
        if (broken == 0) {
            if (missing > 0 && sequences > 0) {
                throw new Refused(Reason.TRUNCATED, null);
            }
            if (missing == 0) {
                return UTF_8;
            }
        }
        // chance makes very few sound sequences out of another character set
        if (sequences > broken || starts(0xEF, 0xBB, 0xBF)) {
            throw new Refused(Reason.MIXED_CHARACTERS, Long.toString(firstBroken));
        }
        return old();
    }

    private Charset whole(Charset utf16) throws Refused {
        if (size % 2 != 0) {
            throw new Refused(Reason.TRUNCATED, null);
        }
        return utf16;
    }

    private boolean starts(int... bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if ((start[i] & 0xFF) != bytes[i]) {
                return false;
            }
        }
        return size >= bytes.length;
    }

    /** Most Western characters have a zero as their high byte, and hardly any as their low one. */
    private boolean halfZero(int high) {
        return size >= 4 && zeros[high] > size / 4 && zeros[1 - high] <= zeros[high] / 50;
    }

    private void refuseBinary() throws Refused {
        long controls = 0;
        for (int b = 0; b < ' '; b++) {
            controls += b == '\t' || b == '\n' || b == '\r' ? 0 : count[b];
        }
        if (starts('%', 'P', 'D', 'F') || (controls > MOST_CONTROLS && controls > size / 1000)) {
            throw new Refused(Reason.NOT_TEXT, null);
        }
    }

    private Charset old() {
        Charset usual = best(USUAL);
        Charset rare = best(RARE);
        return french(rare) > 2 * Math.max(0, french(usual)) + CLEAR_MARGIN ? rare : usual;
    }

    /** The first of those in which the file looks most French. */
    private Charset best(List<Charset> charsets) {
        Charset best = charsets.getFirst();
        for (Charset charset : charsets) {
            best = french(charset) > french(best) ? charset : best;
        }
        return best;
    }

    /** How French the file looks in a character set: common letters count for, signs and controls against. */
    private long french(Charset charset) {
        long points = 0;
        for (int b = 0x80; b <= 0xFF; b++) {
            if (count[b] > 0) {
                points += count[b] * points(new String(new byte[] {(byte) b}, charset).charAt(0));
            }
        }
        return points;
    }

    private static int points(char c) {
        if (c == 'é') {
            return 8;
        }
        if ("èàçêîôëïÉ".indexOf(c) >= 0) {
            return 6;
        }
        if ("ùâûœüöæÈÀÇÊÎÔËÏŒÜ".indexOf(c) >= 0) {
            return 4;
        }
        if ("’‘«»–°€\u00A0".indexOf(c) >= 0) {
            return 2;
        }
        if (Character.isLetter(c) || c == '´') {
            return 1;
        }
        return c == '\uFFFD' || Character.isISOControl(c) ? -20 : -4;
    }
}
