package fr.raccroche.list.row;

import fr.raccroche.list.row.Correction.Kind;
import fr.raccroche.list.row.RowVerdict.Accepted;
import fr.raccroche.list.row.RowVerdict.Rejected;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One row under examination: collects warnings and corrections as it goes, from each cell once. */
final class Examination {

    private final RowCells cells;
    private List<CellWarning> warnings = List.of();
    private List<Correction> corrections = List.of();
    private List<BarredNumber> barred = List.of();

    Examination(RowCells cells) {
        this.cells = cells;
    }

    /** The cell as it was written. */
    String raw(Column column) {
        return cells.get(column);
    }

    /** The text of a cell, null for none; one that is too long is dropped. */
    @Nullable
    String text(Column column, int length) {
        String cell = cell(column);
        if (cell.isEmpty()) {
            return null;
        }
        if (cell.length() > length) {
            return warn(column, RowIssue.CELL_TOO_LONG);
        }
        noteHidden(column, cell, true);
        return cell;
    }

    /** The clean cell; a spreadsheet's error reads as empty. */
    String cell(Column column) {
        String cell = CellText.clean(cells.get(column));
        if (CellText.isError(cell)) {
            warn(column, RowIssue.SPREADSHEET_ERROR);
            return "";
        }
        if (CellText.isFormula(cell)) {
            warn(column, RowIssue.FORMULA_EMPTY);
            return "";
        }
        if (!cell.equals(cells.get(column)) && Accents.areGarbled(cells.get(column))) {
            correct(column, cell, Kind.ACCENTS);
        }
        return cell;
    }

    /**
     * Notes hidden characters that {@code value} was freed from.
     *
     * @param spaces whether a non-breaking space is part of what was written, as it is in a text
     */
    void noteHidden(Column column, String value, boolean spaces) {
        String raw = cells.get(column);
        if (!value.isEmpty() && (spaces ? CellText.hidden(raw) : CellText.invisible(raw))) {
            correct(column, value, Kind.HIDDEN_CHARACTER);
        }
    }

    /** Notes that {@code value} is stored instead of what was written; answers it. */
    String correct(Column column, String value, Kind kind) {
        if (corrections.isEmpty()) {
            corrections = new ArrayList<>(2);
        }
        corrections.add(new Correction(column, cells.get(column), value, kind));
        return value;
    }

    /** Notes an issue once; answers null, for a cell that is dropped. */
    @Nullable
    String warn(Column column, RowIssue issue) {
        if (warnings.isEmpty()) {
            warnings = new ArrayList<>(2);
        }
        var warning = new CellWarning(column, issue);
        if (!warnings.contains(warning)) {
            warnings.add(warning);
        }
        return null;
    }

    /** Keeps the numbers that the row says not to call. */
    void bar(List<BarredNumber> numbers) {
        barred = List.copyOf(numbers);
    }

    Rejected rejected(Column column, RowIssue issue, @Nullable String detail) {
        return new Rejected(column.header(), issue, detail, barred);
    }

    Accepted accepted(Person person) {
        return new Accepted(person, List.copyOf(warnings), List.copyOf(corrections), barred);
    }
}
