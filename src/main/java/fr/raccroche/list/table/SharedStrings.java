package fr.raccroche.list.table;

import static java.nio.charset.StandardCharsets.UTF_8;

import fr.raccroche.list.table.Refused.Reason;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The texts that the cells of a workbook refer to by number. A large list has millions of them: they are read as far as
 * they are asked for, and kept in a file outside the heap, four bytes each within it.
 */
final class SharedStrings implements Closeable {

    private static final int BLOCK = 4 << 20;
    private static final int MOST_BLOCKS = 500;
    private static final int PAGE = 1 << 16;
    private static final int MOST = 1 << 24;

    private final @Nullable XmlPart part;
    private final List<ByteBuffer> blocks = new ArrayList<>();
    private final List<int[]> places = new ArrayList<>();
    private @Nullable FileChannel file;
    private int count;

    /** @param part null when a workbook has none */
    SharedStrings(@Nullable XmlPart part) {
        this.part = part;
    }

    /** A text by its number, from 0; null when the workbook has no such text. */
    @Nullable
    String get(int number) throws IOException, Refused {
        while (number >= count) {
            if (part == null || !part.goTo("si")) {
                return null;
            }
            keep(RichText.of(part, "si"));
        }
        if (number < 0) {
            return null;
        }
        int place = places.get(number / PAGE)[number % PAGE];
        ByteBuffer block = blocks.get(place / BLOCK);
        var bytes = new byte[block.getInt(place % BLOCK)];
        block.get(place % BLOCK + Integer.BYTES, bytes);
        return new String(bytes, UTF_8);
    }

    private void keep(String text) throws IOException, Refused {
        byte[] bytes = text.getBytes(UTF_8);
        if (blocks.isEmpty() || blocks.getLast().remaining() < Integer.BYTES + bytes.length) {
            addBlock();
        }
        if (count == MOST || blocks.size() > MOST_BLOCKS) {
            throw new Refused(Reason.ZIP_BOMB, null);
        }
        if (count % PAGE == 0) {
            places.add(new int[PAGE]);
        }
        ByteBuffer block = blocks.getLast();
        places.getLast()[count % PAGE] = (blocks.size() - 1) * BLOCK + block.position();
        block.putInt(bytes.length).put(bytes);
        count++;
    }

    /** The block that is being filled stays in the heap; full ones go to the file. */
    private void addBlock() throws IOException {
        if (!blocks.isEmpty()) {
            long place = (blocks.size() - 1L) * BLOCK;
            ByteBuffer full = blocks.removeLast().rewind();
            FileChannel channel = channel();
            while (full.hasRemaining()) {
                channel.write(full, place + full.position());
            }
            blocks.add(channel.map(MapMode.READ_ONLY, place, BLOCK));
        }
        blocks.add(ByteBuffer.allocate(BLOCK));
    }

    private FileChannel channel() throws IOException {
        if (file == null) {
            Path path = Files.createTempFile("list", ".strings");
            file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
            // names of people: even a killed program leaves nothing behind
            Files.delete(path);
        }
        return file;
    }

    @Override
    public void close() throws IOException {
        if (part != null) {
            part.close();
        }
        if (file != null) {
            file.close();
        }
    }
}
