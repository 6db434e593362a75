package fr.raccroche.list;

import fr.raccroche.list.row.Correction;
import fr.raccroche.list.row.RowIssue;
import fr.raccroche.platform.Sql;
import io.smallrye.mutiny.Uni;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was found out about the rows of a load: rejected, corrected, dropped. */
final class Findings {

    private Findings() {}

    /** Why rows of a load were rejected, the most frequent reason first. */
    static Uni<List<RejectionCount>> rejections(Sql sql, long load) {
        return sql.query("""
                        select reason, cast(count(*) as integer) as rows from rejected_row
                         where load_id = :load group by reason order by 2 desc, 1""")
                .set("load", load)
                .list(row -> new RejectionCount(row.constant(RowIssue.class, "reason"), row.integer("rows")));
    }

    /** What was corrected in accepted rows, in the order of the file. */
    static Uni<List<CorrectedCell>> corrections(Sql sql, long load, int limit) {
        return sql.query("""
                        select line, field, raw, value, kind from list_correction
                         where load_id = :load order by line, field limit :limit""")
                .set("load", load)
                .set("limit", limit)
                .list(row -> new CorrectedCell(
                        row.integer("line"),
                        row.text("field"),
                        row.text("raw"),
                        row.text("value"),
                        row.constant(Correction.Kind.class, "kind")));
    }

    /**
     * Rejected rows of a load in the order of the file, from behind a line on.
     *
     * @param reason only these; null for all
     */
    static Uni<List<RejectedRow>> rejects(Sql sql, long load, @Nullable RowIssue reason, int afterLine, int limit) {
        return sql.query("""
                        select line, field, reason, detail, cells from rejected_row
                         where load_id = :load and line > :after
                           and (cast(:reason as text) is null or reason = cast(:reason as text))
                         order by line limit :limit""")
                .set("load", load)
                .set("reason", reason)
                .set("after", afterLine)
                .set("limit", limit)
                .list(row -> new RejectedRow(
                        row.integer("line"),
                        row.text("field"),
                        row.constant(RowIssue.class, "reason"),
                        row.textOrNull("detail"),
                        row.text("cells")));
    }

    /** What was dropped from accepted rows, the most frequent first. */
    static Uni<List<DroppedCells>> dropped(Sql sql, long load) {
        return sql.query("""
                        select field, reason, rows from list_warning
                         where load_id = :load order by rows desc, field""")
                .set("load", load)
                .list(row -> new DroppedCells(
                        row.text("field"), row.constant(RowIssue.class, "reason"), row.integer("rows")));
    }
}
