package fr.raccroche.list.row;

/** Cells of one row by column; a column that the file lacks reads as empty. */
public interface RowCells {
    String get(Column column);
}
