package fr.raccroche.list;

import de.siegmar.fastcsv.writer.CsvWriter;
import fr.raccroche.youth.Identity;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The rejected rows of a file in its own layout, with three columns more: line, column, reason. They can be corrected
 * in a spreadsheet and loaded again.
 */
final class RejectedRows {

    private static final List<String> ADDED = List.of("ligne", "colonne", "motif");

    private RejectedRows() {}

    /**
     * A row that was not accepted.
     *
     * @param line of the file it came from
     * @param raw its text as {@link TableFile.Row#raw} gave it
     * @param column the one at fault
     * @param reason in words
     */
    record Reject(int line, String raw, String column, String reason) {}

    /**
     * Writes them one by one: as CSV with semicolons in UTF-8 with a byte order mark, whatever it was before.
     *
     * @param headers of the file the rows came from
     * @param out is left open
     */
    static void write(Layout layout, List<String> headers, Iterator<Reject> rejects, OutputStream out)
            throws IOException {
        List<Integer> kept = kept(headers);
        List<String> names = with(kept.stream().map(headers::get).toList(), ADDED);
        var writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        writer.write('\uFEFF');
        var csv = CsvWriter.builder().fieldSeparator(';').build(writer);
        csv.writeRecord(names);
        while (rejects.hasNext()) {
            csv.writeRecord(row(layout, headers.size(), kept, rejects.next()));
        }
        csv.flush();
        writer.flush();
    }

    private static List<String> row(Layout layout, int width, List<Integer> kept, Reject reject) {
        List<String> cells =
                TextRows.Cut.of(reject.raw(), layout.separator(), width).cells();
        List<String> fitted = fitted(
                cells == null ? List.of(reject.raw().split(String.valueOf(layout.separator()), -1)) : cells, width);
        return with(
                kept.stream().map(fitted::get).toList(),
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
        var row = new ArrayList<String>(cells.size() + added.size());
        cells.forEach(cell -> row.add(FormulaGuard.guarded(cell)));
        added.forEach(cell -> row.add(FormulaGuard.guarded(cell)));
        return row;
    }

    /** Whether a header has the three columns of a reject file. */
    static boolean added(List<String> headers) {
        return headers.stream().map(Identity::fold).toList().containsAll(ADDED);
    }

    /** A header without the three columns of an earlier reject file. */
    static List<String> without(List<String> headers) {
        return kept(headers).stream().map(headers::get).toList();
    }

    private static List<Integer> kept(List<String> headers) {
        boolean added = added(headers);
        var kept = new ArrayList<Integer>();
        for (int i = 0; i < headers.size(); i++) {
            if (!added || !ADDED.contains(Identity.fold(headers.get(i)))) {
                kept.add(i);
            }
        }
        return kept;
    }
}
