package fr.raccroche.list.table;

import fr.raccroche.list.table.Refused.Reason;
import fr.raccroche.youth.Identity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A table in a file of any kind that a school office sends: a header, and rows of text cells below it.
 *
 * <p>Reads forward only, in bounded memory. Whatever is wrong with the file as a whole is a {@link Refused}.
 */
public final class TableFile implements AutoCloseable {

    /** More columns than any list has. */
    static final int MOST_COLUMNS = 300;

    private final Layout layout;
    private final Rows rows;
    private final List<String> header;
    private final List<String> folded;
    private final @Nullable WorkbookFile workbook;
    private boolean anyRow;

    private TableFile(Layout layout, Rows rows, List<String> header, @Nullable WorkbookFile workbook) {
        this.layout = layout;
        this.rows = rows;
        this.header = header;
        this.folded = header.stream().map(Identity::fold).toList();
        this.workbook = workbook;
    }

    /**
     * Finds out how to read a file; reads a text to its end, of a workbook only the first rows.
     *
     * @param known how many of a row's cells are names of columns that somebody knows: the header has most of them
     */
    public static Layout recognise(Path file, ToIntFunction<List<String>> known) throws IOException, Refused {
        return new Recognition(known).layout(file);
    }

    /** Opens a file at the first row below the header. */
    public static TableFile open(Path file, Layout layout) throws IOException, Refused {
        WorkbookFile workbook = layout.sheet() == null ? null : WorkbookFile.open(file);
        Rows rows = null;
        try {
            rows = rows(file, layout, workbook);
            rows.goTo(layout.headerLine());
            TableRow header = rows.next();
            if (header == null || header.cells() == null || header.line() != layout.headerLine()) {
                throw new Refused(Reason.NO_HEADER, null);
            }
            List<String> names = names(header.cells());
            rows.expect(names.size());
            return new TableFile(layout, rows, names, workbook);
        } catch (IOException | Refused | RuntimeException e) {
            close(rows, workbook);
            throw e;
        }
    }

    /** The first rows of a file from its top, titles and header included: to see where the header stands. */
    public static List<TableRow> top(Path file, Layout layout, int count) throws IOException, Refused {
        try (WorkbookFile workbook = layout.sheet() == null ? null : WorkbookFile.open(file);
                Rows rows = rows(file, layout, workbook)) {
            var top = new ArrayList<TableRow>();
            TableRow row = rows.next();
            while (row != null && top.size() < count) {
                top.add(row);
                row = rows.next();
            }
            return top;
        }
    }

    private static Rows rows(Path file, Layout layout, @Nullable WorkbookFile workbook) throws IOException, Refused {
        return workbook == null
                ? new TextRows(file, Objects.requireNonNull(layout.charset()), layout.separator())
                : workbook.rows(Objects.requireNonNull(layout.sheet()));
    }

    private static void close(@Nullable Rows rows, @Nullable WorkbookFile workbook) throws IOException {
        try (workbook) {
            if (rows != null) {
                rows.close();
            }
        }
    }

    /** The names of the columns without line breaks and doubled spaces; an unnamed column has an empty name. */
    static List<String> names(List<String> cells) throws Refused {
        if (cells.size() > MOST_COLUMNS) {
            throw new Refused(Reason.TOO_MANY_COLUMNS, Integer.toString(MOST_COLUMNS));
        }
        return cells.stream().map(TableFile::name).toList();
    }

    private static String name(String cell) {
        return cell.replaceAll("[\\s\\p{Z}\\uFEFF\\u200B]+", " ").strip();
    }

    Layout layout() {
        return layout;
    }

    public List<String> header() {
        return header;
    }

    /** The sheets of a workbook, hidden ones last; empty for a text. */
    public List<String> sheets() {
        return workbook == null ? List.of() : workbook.sheets();
    }

    /** How many cells so far were calculated by the spreadsheet; what counts is the value it kept. */
    long formulas() {
        return rows.formulas();
    }

    /** How many of these have no value kept; they read as empty. */
    long formulasWithoutValue() {
        return rows.formulasWithoutValue();
    }

    /**
     * The next row in which something stands, or null at the end.
     *
     * @throws Refused also when there is no row at all below the header, or the file breaks off
     */
    @Nullable
    public TableRow next() throws IOException, Refused {
        TableRow row = rows.next();
        if (row == null && !anyRow) {
            throw new Refused(Reason.NO_ROWS, null);
        }
        anyRow = true;
        return row;
    }

    /** Whether a row is the header once more, as where two files were pasted together. */
    public boolean repeatsHeader(TableRow row) {
        List<String> cells = row.cells();
        if (cells == null || cells.size() != header.size()) {
            return false;
        }
        for (int i = 0; i < cells.size(); i++) {
            if (!Identity.fold(cells.get(i)).equals(folded.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** How much of {@link #size} has been read, in bytes; for a bar. */
    public long position() {
        return Math.min(rows.position(), rows.size());
    }

    /** In bytes; of a workbook those of the sheet. */
    long size() {
        return rows.size();
    }

    @Override
    public void close() throws IOException {
        close(rows, workbook);
    }
}
