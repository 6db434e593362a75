package fr.raccroche.simulator;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** What a recording of this network sounds like: two seconds of a low tone as WAV. */
final class Tone {

    private static final int RATE = 8000;
    private static final int SECONDS = 2;
    private static final double HERTZ = 220;
    private static final int LOUDNESS = 6000;

    private Tone() {}

    static byte[] wav() {
        int size = RATE * SECONDS * 2;
        ByteBuffer wav = ByteBuffer.allocate(44 + size).order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes(US_ASCII)).putInt(36 + size).put("WAVEfmt ".getBytes(US_ASCII));
        wav.putInt(16).putShort((short) 1).putShort((short) 1);
        wav.putInt(RATE).putInt(RATE * 2).putShort((short) 2).putShort((short) 16);
        wav.put("data".getBytes(US_ASCII)).putInt(size);
        for (int i = 0; i < RATE * SECONDS; i++) {
            wav.putShort((short) (LOUDNESS * Math.sin(2 * Math.PI * HERTZ * i / RATE)));
        }
        return wav.array();
    }
}
