package fr.raccroche.list.row;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fate of a row. */
public sealed interface RowVerdict {

    /**
     * A person to call, what was dropped from the row, and what was stored otherwise than written: of each column and
     * kind at most one.
     */
    record Accepted(Person person, List<CellWarning> warnings, List<Correction> corrections, List<BarredNumber> barred)
            implements RowVerdict {}

    /**
     * A row nobody is called from.
     *
     * @param field the column at fault, or the pseudo-column {@code ligne}
     * @param detail what was found there, or the line of the first occurrence of a duplicate
     */
    record Rejected(String field, RowIssue issue, @Nullable String detail, List<BarredNumber> barred)
            implements RowVerdict {

        public Rejected(String field, RowIssue issue, @Nullable String detail) {
            this(field, issue, detail, List.of());
        }
    }

    /** Numbers that the row says not to call. */
    List<BarredNumber> barred();
}
