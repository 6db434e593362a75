package fr.raccroche.list;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The rejected rows in the layout of the file they came from, with three columns more: line, column, reason. It can be
 * corrected in a spreadsheet and loaded again.
 */
final class RejectFile {

    private static final List<String> ADDED = List.of("ligne", "colonne", "motif");

    private RejectFile() {}

    static String of(String header, List<Lists.Reject> rejects, ListMessages messages) {
        var text = new StringWriter();
        text.write('\uFEFF');
        try (var csv = CsvWriter.builder().fieldSeparator(';').build(text)) {
            List<String> columns = cells(header);
            csv.writeRecord(with(columns, ADDED));
            for (Lists.Reject reject : rejects) {
                List<String> row = fitted(cells(reject.raw()), columns.size());
                String reason = reject.reason(messages);
                csv.writeRecord(with(row, List.of(Integer.toString(reject.line()), reject.field(), reason)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static List<String> cells(String raw) {
        return Objects.requireNonNullElseGet(CsvLines.cells(raw), () -> List.of(raw.split(";", -1)));
    }

    /** As many cells as the header has; what is too much stays readable in the last one. */
    private static List<String> fitted(List<String> cells, int width) {
        var fitted = new ArrayList<>(cells.subList(0, Math.min(cells.size(), width)));
        while (fitted.size() < width) {
            fitted.add("");
        }
        if (cells.size() > width) {
            fitted.set(width - 1, String.join(";", cells.subList(width - 1, cells.size())));
        }
        return fitted;
    }

    private static List<String> with(List<String> cells, List<String> added) {
        var row = new ArrayList<String>(cells.size() + added.size());
        cells.forEach(cell -> row.add(harmless(cell)));
        row.addAll(added);
        return row;
    }

    /** A cell that a spreadsheet would calculate is kept as text by an apostrophe. */
    static String harmless(String cell) {
        return !cell.isEmpty() && "=+-@\t\r".indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell;
    }
}
