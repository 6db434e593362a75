package fr.raccroche.list;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvReader.CsvReaderBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a semicolon-separated file, each with its line number and its raw text.
 *
 * <p>A quoted cell may hold line breaks. A quote that never closes would swallow the rest of the file; here it costs
 * only its own line: after a few lines without a sound row, reading goes on behind the first.
 */
final class CsvLines implements AutoCloseable {

    private static final int LONGEST_ROW = 12;
    private static final CsvReaderBuilder QUOTED =
            CsvReader.builder().fieldSeparator(';').allowUnclosedQuote(false);

    private final BufferedReader reader;
    private final Deque<String> ahead = new ArrayDeque<>();
    private int line;
    private int fields;

    /** Reads strict UTF-8, with or without a byte order mark; anything else fails with a CharacterCodingException. */
    CsvLines(InputStream stream) throws IOException {
        reader = new BufferedReader(
                new InputStreamReader(
                        stream,
                        StandardCharsets.UTF_8
                                .newDecoder()
                                .onMalformedInput(CodingErrorAction.REPORT)
                                .onUnmappableCharacter(CodingErrorAction.REPORT)),
                1 << 16);
        reader.mark(1);
        if (reader.read() != '\uFEFF') {
            reader.reset();
        }
    }

    /**
     * One row.
     *
     * @param number line in the file, from 1, where it begins
     * @param raw its text as in the file
     * @param cells null when it cannot be cut into cells
     */
    record Line(int number, String raw, @Nullable List<String> cells) {}

    /** From now on a row over several lines must have this many cells. */
    void expect(int cells) {
        fields = cells;
    }

    /** The next row that is not blank, or null at the end. */
    @Nullable
    Line next() throws IOException {
        String text = read();
        while (text != null && text.isBlank()) {
            text = read();
        }
        if (text == null) {
            return null;
        }
        int number = line;
        return text.indexOf('"') < 0 ? new Line(number, text, List.of(text.split(";", -1))) : quoted(number, text);
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    private Line quoted(int number, String first) throws IOException {
        List<String> cells = cells(first);
        if (cells != null) {
            return new Line(number, first, cells);
        }
        var row = new StringBuilder(first);
        var taken = new ArrayDeque<String>();
        for (String more = read(); more != null; more = read()) {
            taken.addLast(more);
            row.append('\n').append(more);
            cells = oddQuotes(row) ? null : cells(row.toString());
            if (cells != null && cells.size() == fields) {
                return new Line(number, row.toString(), cells);
            }
            if (taken.size() == LONGEST_ROW) {
                break;
            }
        }
        giveBack(taken);
        return new Line(number, first, null);
    }

    private @Nullable String read() throws IOException {
        String text = ahead.isEmpty() ? reader.readLine() : ahead.pollFirst();
        if (text != null) {
            line++;
        }
        return text;
    }

    private void giveBack(Deque<String> taken) {
        line -= taken.size();
        while (!taken.isEmpty()) {
            ahead.addFirst(taken.removeLast());
        }
    }

    private static boolean oddQuotes(CharSequence text) {
        return text.chars().filter(c -> c == '"').count() % 2 == 1;
    }

    /** The cells of a text that is exactly one row, or null. */
    static @Nullable List<String> cells(String row) {
        try {
            return QUOTED.ofSingleCsvRecord(row).getFields();
        } catch (CsvParseException e) {
            return null;
        }
    }
}
