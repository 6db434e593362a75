package fr.raccroche.list;

import fr.raccroche.list.row.RowIssue;

/** Number of rows that were rejected for a reason. */
record RejectionCount(RowIssue reason, int rows) {}
