package fr.raccroche.list;

import fr.raccroche.list.row.Column;
import fr.raccroche.list.row.DateOrder;
import fr.raccroche.list.row.Mapping;
import fr.raccroche.list.table.Layout;
import fr.raccroche.list.table.Refused;
import fr.raccroche.list.table.TableFile;
import fr.raccroche.list.table.TableRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What in a file is not plain to see, and somebody has to decide about.
 *
 * @param aside rows that are hidden, filtered away, or struck through in whole or in part
 * @param more whether only the first rows were looked at for that
 * @param monthFirst dates that have the month first
 * @param unclear dates that may be read both ways
 * @param sheets the other sheets that have rows
 */
record FileShape(int aside, boolean more, int monthFirst, int unclear, List<OtherSheet> sheets) {

    private static final int ROWS = 20_000;

    /** @param fits whether it has the same columns, so that it can be read too */
    record OtherSheet(String name, boolean hidden, boolean fits) {}

    static FileShape of(Path file, Mapping mapping) throws IOException, Refused {
        Layout layout = mapping.layout();
        int aside = 0;
        int month = 0;
        int unclear = 0;
        int rows = 0;
        int most = layout.kind() == Layout.Kind.WORKBOOK ? ROWS : 500;
        Mapping.Reader reader = mapping.reader();
        try (TableFile table = TableFile.open(file, layout)) {
            TableRow row = table.next();
            for (; row != null && rows < most; row = table.next(), rows++) {
                aside += row.marks() == null ? 0 : 1;
                List<String> cells = row.cells();
                if (cells != null) {
                    DateOrder order = DateOrder.of(reader.cells(cells).get(Column.DATE_NAISSANCE));
                    month += order == DateOrder.MONTH_FIRST ? 1 : 0;
                    unclear += order == DateOrder.EITHER ? 1 : 0;
                }
            }
            return new FileShape(aside, row != null, month, unclear, sheets(table, layout));
        }
    }

    private static List<OtherSheet> sheets(TableFile table, Layout layout) throws IOException, Refused {
        var sheets = new ArrayList<OtherSheet>();
        for (String name : layout.extent().furtherSheets()) {
            sheets.add(new OtherSheet(name, table.hides(name), true));
        }
        for (String name : table.sheetsLeft()) {
            sheets.add(new OtherSheet(name, table.hides(name), table.fits(name)));
        }
        return sheets;
    }
}
