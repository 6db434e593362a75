package fr.raccroche.list;

import fr.raccroche.list.Refused.Reason;
import fr.raccroche.list.TableFile.Row;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a text with separators, in bounded memory whatever the file holds.
 *
 * <p>A quoted cell may hold line breaks. A quote that never closes would swallow the rest of the file; here it costs
 * only its own line: after a few lines without a sound row, reading goes on behind the first.
 */
final class TextRows implements Rows {

    /** A longer line is no line of a table; in characters. */
    static final int LONGEST_LINE = 1 << 20;

    private static final int MOST_LINES = 12;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final CountingStream bytes;
    private final Reader reader;
    private final long size;
    private final char separator;
    private final char[] buffer = new char[1 << 16];
    private final StringBuilder begun = new StringBuilder();
    private final Deque<String> ahead = new ArrayDeque<>();
    private int from;
    private int to;
    private boolean skipLineFeed;
    private boolean ended;
    private boolean endedInLine;
    private int line;
    private int width;

    /** Opens a file; it is read from its beginning, without its byte order mark. */
    TextRows(Path file, Charset charset, char separator) throws IOException {
        this.separator = separator;
        this.size = Files.size(file);
        this.bytes = new CountingStream(Files.newInputStream(file));
        this.reader = new InputStreamReader(
                bytes,
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
    }

    @Override
    public void expect(int cells) {
        width = cells;
    }

    @Override
    public long position() {
        return bytes.position();
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    /** Skips lines as they stand, quotes or not, so that the next row begins on this line. */
    void goTo(int wanted) throws IOException, Refused {
        while (line < wanted - 1 && read() != null) {}
    }

    @Override
    public @Nullable Row next() throws IOException, Refused {
        for (String text = read(); text != null; text = read()) {
            if (!text.isEmpty()) {
                Row row = row(text);
                if (row.cells() == null || !blank(row.cells())) {
                    return row;
                }
            }
        }
        return null;
    }

    private Row row(String first) throws IOException, Refused {
        int number = line;
        var cut = Cut.of(first, separator, width);
        if (cut.cells() != null) {
            refuseCut(cut.count() < width);
            return new Row(number, cut.cells(), first);
        }
        return cut.open() ? overLines(number, first) : new Row(number, null, first);
    }

    private Row overLines(int number, String first) throws IOException, Refused {
        var row = new StringBuilder(first);
        var taken = new ArrayDeque<String>();
        while (taken.size() < MOST_LINES && row.length() < LONGEST_LINE) {
            String more = read();
            if (more == null) {
                break;
            }
            taken.addLast(more);
            row.append('\n').append(more);
            if (more.indexOf('"') < 0) {
                continue;
            }
            var cut = Cut.of(row.toString(), separator, width);
            if (cut.cells() != null
                    && (width == 0 ? cut.count() > 1 : cut.cells().size() == width && cut.count() >= width)) {
                return new Row(number, cut.cells(), row.toString());
            }
            if (!cut.open() && cut.cells() == null) {
                break;
            }
        }
        refuseCut(taken.isEmpty());
        giveBack(taken);
        return new Row(number, null, first);
    }

    /** A file that ends within a row was cut on its way: the people behind would seem withdrawn. */
    private void refuseCut(boolean tooShort) throws Refused {
        if (tooShort && width > 0 && endedInLine && ahead.isEmpty()) {
            throw new Refused(Reason.TRUNCATED, null);
        }
    }

    private void giveBack(Deque<String> taken) {
        line -= taken.size();
        while (!taken.isEmpty()) {
            ahead.addFirst(taken.removeLast());
        }
    }

    private @Nullable String read() throws IOException, Refused {
        String text = ahead.isEmpty() ? readLine() : ahead.pollFirst();
        if (text != null) {
            line++;
        }
        return text;
    }

    /** The next line without its end, whichever of the three there is. */
    private @Nullable String readLine() throws IOException, Refused {
        while (!ended) {
            if (from == to && !fill()) {
                break;
            }
            if (skipLineFeed) {
                skipLineFeed = false;
                if (buffer[from] == '\n') {
                    from++;
                    continue;
                }
            }
            int end = from;
            while (end < to && buffer[end] != '\n' && buffer[end] != '\r') {
                end++;
            }
            if (begun.length() + end - from > LONGEST_LINE) {
                throw new Refused(Reason.LINE_TOO_LONG, Integer.toString(line + 1));
            }
            if (end < to) {
                skipLineFeed = buffer[end] == '\r';
                String text = text(end);
                from = end + 1;
                return text;
            }
            begun.append(buffer, from, end - from);
            from = end;
        }
        return begun.isEmpty() ? null : lastLine();
    }

    private String lastLine() {
        endedInLine = true;
        return text(from);
    }

    private String text(int end) {
        if (begun.isEmpty()) {
            return new String(buffer, from, end - from);
        }
        String text = begun.append(buffer, from, end - from).toString();
        begun.setLength(0);
        return text;
    }

    private boolean fill() throws IOException, Refused {
        boolean first = position() == 0;
        try {
            to = reader.read(buffer);
        } catch (CharacterCodingException e) {
            throw new Refused(Reason.UNREADABLE_CHARACTERS, null);
        }
        ended = to < 0;
        to = Math.max(to, 0);
        from = first && to > 0 && buffer[0] == BYTE_ORDER_MARK ? 1 : 0;
        return from < to || (!ended && fill());
    }

    private static boolean blank(List<String> cells) {
        for (String cell : cells) {
            if (!cell.isBlank()) {
                return false;
            }
        }
        return true;
    }

    /**
     * A text cut into cells.
     *
     * @param cells at least as many as asked for; null when the text is not exactly one row
     * @param count how many cells were written, empty ones at the end included
     * @param open whether the text ends inside quotes
     */
    record Cut(@Nullable List<String> cells, int count, boolean open) {

        private static final Cut OPEN = new Cut(null, 0, true);
        private static final Cut BROKEN = new Cut(null, 0, false);

        /** Cuts a row; more cells than {@code width} remain only where something stands in them. */
        static Cut of(String text, char separator, int width) {
            return text.indexOf('"') < 0 ? plain(text, separator, width) : quoted(text, separator, width);
        }

        private static Cut plain(String text, char separator, int width) {
            int count = 1;
            for (int i = text.indexOf(separator); i >= 0; i = text.indexOf(separator, i + 1)) {
                count++;
            }
            var cells = new String[Math.max(count, width)];
            int start = 0;
            for (int i = 0; i < count; i++) {
                int end = i == count - 1 ? text.length() : text.indexOf(separator, start);
                cells[i] = start == end ? "" : text.substring(start, end);
                start = end + 1;
            }
            return fitted(cells, count, width);
        }

        private static Cut quoted(String text, char separator, int width) {
            var cells = new ArrayList<String>(Math.max(width, 16));
            int start = 0;
            while (start <= text.length()) {
                int end;
                if (start < text.length() && text.charAt(start) == '"') {
                    int close = closing(text, start + 1);
                    if (close < 0) {
                        return OPEN;
                    }
                    cells.add(text.substring(start + 1, close).replace("\"\"", "\""));
                    end = close + 1;
                    if (end < text.length() && text.charAt(end) != separator) {
                        return BROKEN;
                    }
                } else {
                    end = text.indexOf(separator, start);
                    end = end < 0 ? text.length() : end;
                    cells.add(text.substring(start, end));
                }
                start = end + 1;
            }
            return fitted(cells.toArray(new String[Math.max(cells.size(), width)]), cells.size(), width);
        }

        private static int closing(String text, int start) {
            int quote = text.indexOf('"', start);
            while (quote >= 0 && quote + 1 < text.length() && text.charAt(quote + 1) == '"') {
                quote = text.indexOf('"', quote + 2);
            }
            return quote;
        }

        private static Cut fitted(String[] cells, int count, int width) {
            int size = cells.length;
            if (count < width) {
                Arrays.fill(cells, count, width, "");
            }
            while (size > Math.max(width, 1) && cells[size - 1].isBlank()) {
                size--;
            }
            List<String> all = Arrays.asList(cells);
            return new Cut(size == cells.length ? all : all.subList(0, size), count, false);
        }
    }
}
