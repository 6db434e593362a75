package fr.raccroche.list.table;

import fr.raccroche.list.table.Refused.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
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

    /** How many rows tell how far cells stand behind the last name. */
    private static final int ROWS_AHEAD = 50;

    /** The rows of a further sheet are numbered from the next multiple on: 100002 is row 2 of the second sheet. */
    private static final int LINES_OF_A_SHEET = 100_000;

    private final Layout layout;
    private final Header header;
    private final @Nullable WorkbookFile workbook;
    private final int widest;
    private final Deque<String> further;
    private final Tally tally = new Tally();
    private Rows rows;
    private int @Nullable [] order;
    private int base;
    private int lastLine;
    private long bytesBefore;
    private @Nullable TableRow repeated;
    private boolean anyRow;

    private TableFile(Layout layout, Rows rows, Header header, @Nullable WorkbookFile workbook, int widest) {
        this.layout = layout;
        this.rows = rows;
        this.header = header;
        this.workbook = workbook;
        this.widest = widest;
        this.further = new ArrayDeque<>(layout.extent().furtherSheets());
    }

    /** What was counted in sheets that are read already. */
    private static final class Tally {
        private long formulas;
        private long withoutValue;
        private long cutTexts;
        private long beyond;
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
            Header header =
                    Header.read(rows, layout.headerLine(), layout.extent().ownersAbove());
            int widest = widest(file, layout, header);
            Header wide = widest == header.width() ? header : header.widened(filled(file, layout, workbook, widest));
            rows.expect(wide.width(), wide.named());
            return new TableFile(layout, rows, wide, workbook, widest);
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

    /** How many cells a row may have: a text as many as the line of the names, a workbook as many as there are columns. */
    private static int widest(Path file, Layout layout, Header header) throws IOException, Refused {
        if (layout.kind() == Layout.Kind.WORKBOOK) {
            return MOST_COLUMNS;
        }
        try (Rows again = rows(file, layout, null)) {
            again.goTo(layout.headerLine());
            TableRow names = again.next();
            int written = names == null
                    ? 0
                    : CsvRow.cut(names.raw(), layout.separator(), 0).count();
            return Math.max(header.width(), Math.min(written, MOST_COLUMNS));
        }
    }

    /** Up to which column something stands in one of the first rows. */
    private static int filled(Path file, Layout layout, @Nullable WorkbookFile workbook, int widest)
            throws IOException, Refused {
        int filled = 0;
        try (Rows ahead = rows(file, layout, workbook)) {
            ahead.goTo(layout.headerLine() + 1);
            TableRow row = ahead.next();
            for (int i = 0; row != null && i < ROWS_AHEAD; i++, row = ahead.next()) {
                List<String> cells = row.cells();
                filled = cells == null || cells.size() > widest ? filled : Math.max(filled, cells.size());
            }
        }
        return filled;
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
        return header.names();
    }

    /** The sheets of a workbook, hidden ones last; empty for a text. */
    public List<String> sheets() {
        return workbook == null ? List.of() : workbook.sheets();
    }

    /** Sheets with rows that are not read with this table, hidden ones too. */
    public List<String> sheetsLeft() throws IOException, Refused {
        var left = new ArrayList<String>();
        for (String sheet : sheets()) {
            boolean own = sheet.equals(layout.sheet())
                    || layout.extent().furtherSheets().contains(sheet);
            if (!own && workbook != null) {
                try (Rows other = workbook.rows(sheet)) {
                    TableRow head = other.next();
                    TableRow first = other.next();
                    if (head != null && first != null) {
                        left.add(sheet);
                    }
                }
            }
        }
        return left;
    }

    /** Whether another sheet has the columns of this one, in whatever order, so that its rows can follow. */
    public boolean fits(String sheet) throws IOException, Refused {
        if (workbook == null) {
            return false;
        }
        try (SheetRows other = workbook.rows(sheet)) {
            return columns(other) != null;
        }
    }

    /** Whether a sheet is hidden. */
    public boolean hides(String sheet) {
        return workbook != null && workbook.isHidden(sheet);
    }

    /** How many cells so far were calculated by the spreadsheet; what counts is the value it kept. */
    long formulas() {
        return tally.formulas + rows.formulas();
    }

    /** How many of these have no value kept; they read as their formula. */
    public long formulasWithoutValue() {
        return tally.withoutValue + rows.formulasWithoutValue();
    }

    /** How many texts so far had a part that is struck through, and left out. */
    public long cutTexts() {
        return tally.cutTexts + rows.cutTexts();
    }

    /** How many cells so far stood behind the last column, and are left out. */
    public long cellsBeyond() {
        return tally.beyond;
    }

    /**
     * The next row in which something stands, or null at the end.
     *
     * @throws Refused also when there is no row at all below the header, or the file breaks off
     */
    @Nullable
    public TableRow next() throws IOException, Refused {
        TableRow row = rows.next();
        while (row == null && !further.isEmpty()) {
            goTo(further.removeFirst());
            row = rows.next();
        }
        if (row == null) {
            if (!anyRow) {
                throw new Refused(Reason.NO_ROWS, null);
            }
            return null;
        }
        anyRow = true;
        lastLine = base + row.line();
        return inOrder(row);
    }

    /** Goes to the rows of another sheet, whose columns may stand in another order. */
    private void goTo(String sheet) throws IOException, Refused {
        bytesBefore += rows.size();
        tally.formulas += rows.formulas();
        tally.withoutValue += rows.formulasWithoutValue();
        tally.cutTexts += rows.cutTexts();
        rows.close();
        SheetRows next = Objects.requireNonNull(workbook).rows(sheet);
        rows = next;
        base = (lastLine / LINES_OF_A_SHEET + 1) * LINES_OF_A_SHEET;
        int[] found = columns(next);
        if (found == null) {
            throw new Refused(Reason.OTHER_COLUMNS, sheet);
        }
        order = Header.isStraight(found) ? null : found;
        next.expect(header.width(), header.named());
    }

    /** Goes to the names of the columns of a sheet and answers their places; null where they do not come soon. */
    private int @Nullable [] columns(SheetRows sheet) throws IOException, Refused {
        TableRow above = null;
        TableRow row = sheet.next();
        for (int i = 0; row != null && i < ROWS_AHEAD; i++) {
            int[] found = names(sheet, above, row);
            if (found != null) {
                return found;
            }
            above = row;
            row = sheet.next();
        }
        return null;
    }

    private int @Nullable [] names(SheetRows sheet, @Nullable TableRow above, TableRow row) throws Refused {
        List<String> cells = names(row.cells() == null ? List.of() : row.cells());
        return layout.extent().ownersAbove() && above != null
                ? header.order(Header.owned(Header.owners(sheet, above), cells))
                : header.order(cells);
    }

    /** The row with its cells where the header has them. */
    private TableRow inOrder(TableRow row) {
        List<String> cells = row.cells();
        if (cells == null) {
            return row;
        }
        boolean overlong = cells.size() > header.width() && cells.size() <= widest && order == null;
        List<String> own = overlong ? cut(cells) : cells;
        int[] names = header.order(own);
        if (names != null) {
            order = Header.isStraight(names) ? null : names;
            repeated = new TableRow(lastLine, own, row.text(), row.marks());
            return repeated;
        }
        int[] places = order;
        if (places == null || cells.size() > Math.max(header.width(), widest)) {
            return !overlong && base == 0 ? row : new TableRow(lastLine, own, row.text(), row.marks());
        }
        var moved = new String[places.length];
        Set<Integer> struck = new HashSet<>();
        for (int i = 0; i < places.length; i++) {
            moved[i] = places[i] >= 0 && places[i] < cells.size() ? cells.get(places[i]) : "";
            if (row.marks() != null && row.marks().struck().contains(places[i])) {
                struck.add(i);
            }
        }
        TableRow.Marks marks =
                row.marks() == null ? null : new TableRow.Marks(row.marks().hidden(), struck);
        return new TableRow(lastLine, Arrays.asList(moved), row.text(), marks);
    }

    private List<String> cut(List<String> cells) {
        for (String cell : cells.subList(header.width(), cells.size())) {
            tally.beyond += CsvRow.blank(cell) ? 0 : 1;
        }
        return cells.subList(0, header.width());
    }

    /** Whether the last row is the header once more, in whatever order, as where two files were pasted together. */
    public boolean repeatsHeader(TableRow row) {
        return row.equals(repeated);
    }

    /** How much of {@link #size} has been read, in bytes; for a bar. */
    public long position() {
        return bytesBefore + Math.min(rows.position(), rows.size());
    }

    /** In bytes; of a workbook those of the sheet. */
    long size() {
        return bytesBefore + rows.size();
    }

    @Override
    public void close() throws IOException {
        close(rows, workbook);
    }
}
