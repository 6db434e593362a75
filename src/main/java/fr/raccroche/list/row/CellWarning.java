package fr.raccroche.list.row;

/** A cell that was dropped, or kept although something is wrong with it. */
public record CellWarning(Column column, RowIssue issue) {}
