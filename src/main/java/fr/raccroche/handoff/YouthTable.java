package fr.raccroche.handoff;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import fr.raccroche.list.table.WorkbookWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A list of youths as a file for spreadsheets, all cells texts. No cell can be taken for a formula, whatever a list from
 * outside contained.
 */
record YouthTable(List<String> header, List<List<String>> rows) {

    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final String FORMULA_STARTS = "=+-@\t\r\n＝＋－＠";

    /** UTF-8 with byte order mark and {@code ;}. */
    String csv() {
        var text = new StringWriter();
        text.write(BYTE_ORDER_MARK);
        var csv = CsvWriter.builder()
                .bufferSize(0)
                .fieldSeparator(';')
                .lineDelimiter(LineDelimiter.CRLF)
                .quoteStrategy(QuoteStrategies.REQUIRED)
                .build(text);
        csv.writeRecord(header);
        rows.forEach(
                row -> csv.writeRecord(row.stream().map(YouthTable::harmless).toList()));
        return text.toString();
    }

    byte[] workbook(String sheet) {
        var bytes = new ByteArrayOutputStream();
        try (var workbook = new WorkbookWriter(bytes)) {
            workbook.sheet(sheet, header);
            for (List<String> row : rows) {
                workbook.row(row);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static String harmless(String cell) {
        return !cell.isEmpty() && FORMULA_STARTS.indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell;
    }

    static String cell(@Nullable String text) {
        return text == null ? "" : text;
    }
}
