package fr.raccroche.list.table;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Knows how many bytes were read. */
class CountingStream extends FilterInputStream {

    private long position;

    CountingStream(InputStream stream) {
        super(stream);
    }

    long position() {
        return position;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] block, int from, int length) throws IOException {
        int read = super.read(block, from, length);
        position += Math.max(read, 0);
        return read;
    }
}
