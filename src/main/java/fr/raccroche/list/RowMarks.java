package fr.raccroche.list;

import fr.raccroche.list.row.Column;
import fr.raccroche.list.row.Mapping;
import fr.raccroche.list.row.RowIssue;
import fr.raccroche.list.table.CsvRow;
import fr.raccroche.list.table.TableRow;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What it means for a row that a workbook hides it, or strikes it or some of its cells through. */
final class RowMarks {

    private final Mapping.Reader columns;
    private final boolean ignored;

    /** @param ignored whether somebody said that such rows are to be read like the others */
    RowMarks(Mapping.Reader columns, boolean ignored) {
        this.columns = columns;
        this.ignored = ignored;
    }

    /** Why a row is set aside; null when it is read. */
    @Nullable
    RowIssue aside(TableRow row) {
        TableRow.Marks marks = row.marks();
        if (marks == null || ignored) {
            return null;
        }
        // who is struck through is done with, hidden or not
        if (isStruck(marks, row.cells() == null ? List.of() : row.cells())) {
            return RowIssue.ROW_STRUCK;
        }
        return marks.hidden() ? RowIssue.ROW_HIDDEN : null;
    }

    /** A name, or half of what is written, is struck through. */
    private boolean isStruck(TableRow.Marks marks, List<String> cells) {
        for (Column name : List.of(Column.NOM, Column.PRENOM, Column.NOM_PRENOM, Column.PRENOM_NOM)) {
            for (int place : columns.places(name)) {
                if (marks.struck().contains(place)) {
                    return true;
                }
            }
        }
        long filled = cells.stream().filter(cell -> !CsvRow.blank(cell)).count();
        return !marks.struck().isEmpty() && marks.struck().size() * 2L >= filled;
    }

    /** The cells of a row that is read, without those that are struck through. */
    List<String> cells(List<String> cells, TableRow.@Nullable Marks marks) {
        if (marks == null || ignored || marks.struck().isEmpty()) {
            return cells;
        }
        var left = new ArrayList<>(cells);
        for (int place : marks.struck()) {
            if (place < left.size()) {
                left.set(place, "");
            }
        }
        return left;
    }

    /** The cells with telephones that are struck through in a row that is read. */
    List<String> struckPhones(List<String> cells, TableRow.@Nullable Marks marks) {
        var struck = new ArrayList<String>();
        if (marks != null && !ignored && !marks.struck().isEmpty()) {
            for (Column column : Column.all()) {
                for (int place : column.phone() ? columns.places(column) : new int[0]) {
                    if (marks.struck().contains(place) && place < cells.size()) {
                        struck.add(cells.get(place));
                    }
                }
            }
        }
        return struck;
    }
}
