package fr.raccroche.list;

import fr.raccroche.list.row.RowIssue;

/** Number of rows of which one kind of cell was dropped. */
record DroppedCells(String field, RowIssue issue, int rows) {}
