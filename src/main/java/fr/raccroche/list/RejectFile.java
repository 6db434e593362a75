package fr.raccroche.list;

import de.siegmar.fastcsv.writer.CsvWriter;
import fr.raccroche.list.row.RejectColumns;
import fr.raccroche.list.row.RowIssue;
import fr.raccroche.list.table.CsvRow;
import fr.raccroche.list.table.FormulaGuard;
import fr.raccroche.list.table.Layout;
import fr.raccroche.list.table.WorkbookWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Rejected rows of a file in its own layout, with three columns more: line, column, reason. They can be corrected
 * in a spreadsheet and loaded again.
 */
public final class RejectFile {

    private RejectFile() {}

    /**
     * A row that goes back.
     *
     * @param line of the file it came from
     * @param column the one at fault
     * @param reason in words
     */
    record Reject(int line, List<String> cells, String column, String reason) {

        /** A line that could not be cut into cells is cut at every separator. */
        static Reject of(RejectedRow row, char separator, String reason) {
            List<String> cells =
                    row.issue() == RowIssue.BROKEN_LINE ? pieces(String.join("", row.cells()), separator) : row.cells();
            return new Reject(row.line(), cells, row.field(), reason);
        }

        private static List<String> pieces(String line, char separator) {
            List<String> cells = CsvRow.cut(line, separator, 0).cells();
            return cells == null ? List.of(line.split(Pattern.quote(Character.toString(separator)), -1)) : cells;
        }
    }

    /**
     * Writes them one by one: for a text a CSV with semicolons in UTF-8 with a byte order mark, whatever it was before,
     * for a workbook a workbook of texts.
     *
     * @param headers of the file the rows came from
     * @param out is left open
     */
    static void write(Layout layout, List<String> headers, Iterator<Reject> rejects, OutputStream out)
            throws IOException {
        List<Integer> kept = RejectColumns.placesOfOthers(headers);
        List<String> names = with(kept.stream().map(headers::get).toList(), RejectColumns.NAMES);
        var rows = new Iterator<List<String>>() {
            @Override
            public boolean hasNext() {
                return rejects.hasNext();
            }

            @Override
            public List<String> next() {
                return row(headers.size(), kept, rejects.next());
            }
        };
        switch (layout.kind()) {
            case TEXT -> writeText(names, rows, out);
            case WORKBOOK -> writeWorkbook(names, rows, out);
        }
    }

    private static void writeText(List<String> names, Iterator<List<String>> rows, OutputStream out)
            throws IOException {
        var writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        writer.write('\uFEFF');
        CsvWriter csv = CsvWriter.builder().fieldSeparator(';').build(writer);
        csv.writeRecord(guarded(names));
        while (rows.hasNext()) {
            csv.writeRecord(guarded(rows.next()));
        }
        csv.flush();
    }

    private static void writeWorkbook(List<String> names, Iterator<List<String>> rows, OutputStream out)
            throws IOException {
        try (var workbook = new WorkbookWriter(out)) {
            workbook.sheet("Rejets", names);
            while (rows.hasNext()) {
                workbook.row(rows.next());
            }
        }
    }

    private static List<String> guarded(List<String> cells) {
        return cells.stream().map(FormulaGuard::guarded).toList();
    }

    private static List<String> row(int width, List<Integer> kept, Reject reject) {
        List<String> cells = fitted(reject.cells(), width);
        return with(
                kept.stream().map(cells::get).toList(),
                List.of(Integer.toString(reject.line()), reject.column(), reject.reason()));
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
        var row = new ArrayList<>(cells);
        row.addAll(added);
        return row;
    }
}
