package fr.raccroche.list.table;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Pattern;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/**
 * Writes tables as an XLSX file, row by row. No text is ever calculated by the spreadsheet, and none loses its leading
 * zero when it is corrected there.
 */
public final class WorkbookWriter implements Closeable {

    /** What an XLSX file is called on the web. */
    public static final String MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /** What a spreadsheet keeps of a text; in characters. */
    private static final int LONGEST_CELL = 32_767;

    private static final int ROWS_HELD = 500;
    private static final Pattern ESCAPED = Pattern.compile("_x[0-9A-Fa-f]{4}_");

    private final Workbook workbook;
    private @Nullable Worksheet sheet;
    private int row;

    /** @param out is left open */
    public WorkbookWriter(OutputStream out) {
        workbook = new Workbook(out, "Raccroche", "1.0");
    }

    /** A part of a whole, shown in percent. */
    public record Share(double part) {}

    /** Begins a sheet; earlier ones are finished. */
    public void sheet(String name, List<String> header) throws IOException {
        if (sheet != null) {
            sheet.close();
        }
        sheet = workbook.newWorksheet(name);
        sheet.freezePane(0, 1);
        for (int i = 0; i < header.size(); i++) {
            sheet.width(i, Math.clamp(header.get(i).length() + 2, 12, 40));
            sheet.inlineString(0, i, text(header.get(i)));
            sheet.style(0, i).bold().format("@").set();
        }
        row = 1;
    }

    /** A row of the sheet: each cell a {@code String}, {@code Number}, {@link LocalDate} or {@link Share}, or null. */
    public void row(List<? extends @Nullable Object> cells) throws IOException {
        Worksheet current = sheet;
        if (current == null) {
            throw new IllegalStateException("no sheet was begun");
        }
        for (int i = 0; i < cells.size(); i++) {
            Object cell = cells.get(i);
            if (cell != null) {
                write(current, i, cell);
            }
        }
        if (++row % ROWS_HELD == 0) {
            current.flush();
        }
    }

    private void write(Worksheet current, int column, Object cell) {
        switch (cell) {
            case String text -> {
                current.inlineString(row, column, text(text));
                current.style(row, column).format("@").set();
            }
            case Number number -> current.value(row, column, number);
            case LocalDate day -> {
                current.value(row, column, day);
                current.style(row, column).format("dd/mm/yyyy").set();
            }
            case Share share -> {
                current.value(row, column, share.part());
                current.style(row, column).format("0.0%").set();
            }
            default -> throw new IllegalArgumentException("a cell cannot be a " + cell.getClass());
        }
    }

    private static String text(String cell) {
        String guarded = FormulaGuard.guarded(cell);
        String cut = guarded.length() > LONGEST_CELL ? guarded.substring(0, LONGEST_CELL) : guarded;
        return cut.contains("_x") ? ESCAPED.matcher(cut).replaceAll("_x005F$0") : cut;
    }

    @Override
    public void close() throws IOException {
        workbook.close();
    }
}
