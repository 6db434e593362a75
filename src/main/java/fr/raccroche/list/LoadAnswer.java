package fr.raccroche.list;

import fr.raccroche.list.row.RowIssue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a load stands, for the program that sent it.
 *
 * @param advice what happens next or who has to do something, in French
 */
record LoadAnswer(
        long id,
        LoadState state,
        String advice,
        @Nullable Long list,
        @Nullable Integer version,
        String name,
        boolean complete,
        @Nullable Counts counts,
        @Nullable RefusalAnswer refusal,
        Rejects rejected) {

    /** How many rows did what; see {@link PreviewCount}. */
    record Counts(
            int rows,
            int created,
            int joined,
            int back,
            int changed,
            int unchanged,
            int withdrawn,
            int rejected,
            int doubtful,
            int followed,
            int corrected,
            int dropped) {

        static Counts of(PreviewCount count) {
            return new Counts(
                    count.rows(),
                    count.created(),
                    count.joined(),
                    count.back(),
                    count.changed(),
                    count.unchanged(),
                    count.withdrawn(),
                    count.rejected(),
                    count.doubtful(),
                    count.followed(),
                    count.corrected(),
                    count.warnings());
        }
    }

    /** @param reason in French */
    record RejectAnswer(int line, String field, RowIssue code, String reason) {}

    /** @param detail in French */
    record RefusalAnswer(String code, String detail) {}

    /** @param next where further rejected rows are; null when these are the last */
    record Rejects(
            int count, List<RejectAnswer> rows, @Nullable String next) {}
}
