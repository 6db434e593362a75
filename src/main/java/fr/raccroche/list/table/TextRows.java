package fr.raccroche.list.table;

import fr.raccroche.list.table.Refused.Reason;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
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
    private int least;

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
    public void expect(int cells, int named) {
        width = cells;
        least = named;
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

    @Override
    public long formulas() {
        return 0;
    }

    @Override
    public long formulasWithoutValue() {
        return 0;
    }

    @Override
    public long cutTexts() {
        return 0;
    }

    @Override
    public void goTo(int wanted) throws IOException, Refused {
        while (line < wanted - 1 && read() != null) {}
    }

    @Override
    public @Nullable TableRow next() throws IOException, Refused {
        for (String text = read(); text != null; text = read()) {
            if (!text.isEmpty()) {
                TableRow row = row(text);
                if (row.cells() == null || !CsvRow.blank(row.cells())) {
                    return row;
                }
            }
        }
        return null;
    }

    private TableRow row(String first) throws IOException, Refused {
        int number = line;
        var cut = CsvRow.cut(first, separator, width);
        if (cut.cells() != null) {
            refuseCut(cut.count() < least);
            return new TableRow(number, cut.cells(), first);
        }
        return cut.open() ? overLines(number, first) : new TableRow(number, null, first);
    }

    private TableRow overLines(int number, String first) throws IOException, Refused {
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
            var cut = CsvRow.cut(row.toString(), separator, width);
            if (cut.cells() != null
                    && (width == 0 ? cut.count() > 1 : cut.cells().size() == width && cut.count() >= least)) {
                return new TableRow(number, cut.cells(), row.toString());
            }
            if (!cut.open() && cut.cells() == null) {
                break;
            }
        }
        refuseCut(taken.isEmpty());
        giveBack(taken);
        return new TableRow(number, null, first);
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
}
