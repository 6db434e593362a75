package fr.raccroche.list;

import fr.raccroche.platform.Sql;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the database knows about lists; every method is one step of the caller's transaction. */
final class Lists {

    private Lists() {}

    /**
     * A list with the balance of its load: {@code rows = created + known + rejected}.
     *
     * @param created people nobody knew
     * @param known people who were known from another list
     * @param warnings cells that were dropped while their row was kept
     */
    record Balance(
            long id,
            String name,
            LocalDate referenceDate,
            String fileName,
            Instant loadedAt,
            @Nullable String loadedBy,
            int rows,
            int created,
            int known,
            int rejected,
            int warnings) {

        int accepted() {
            return created + known;
        }
    }

    /** A row that was not accepted. */
    record Reject(
            int line,
            String field,
            RowIssue issue,
            @Nullable String detail,
            String raw) {

        /** Why, in words, with what was found. */
        String reason(ListMessages messages) {
            return detail == null ? messages.issue(issue) : messages.issue(issue) + " : " + detail;
        }
    }

    /** How often one kind of cell was dropped. */
    record Dropped(String field, RowIssue issue, int rows) {}

    private static final String BALANCE = """
            select l.id, l.name, l.reference_date, v.file_name, v.loaded_at, a.display_name, v.rows, v.created, v.known,
                   v.rejected, v.warnings
              from dropout_list l
              join list_version v on v.list_id = l.id
              left join account a on a.id = l.created_by
            """;

    /** All lists, the newest first. */
    static Uni<List<Balance>> all(Sql sql) {
        return sql.query(BALANCE + "order by l.id desc").list(Lists::balance);
    }

    /** One list, or null when there is none. */
    static Uni<@Nullable Balance> byId(Sql sql, long id) {
        return sql.query(BALANCE + "where l.id = :id").set("id", id).first(Lists::balance);
    }

    /** The header line of the file that a list came from. */
    static Uni<String> header(Sql sql, long list) {
        return sql.query("select header_line from list_version where list_id = :list order by id limit 1")
                .set("list", list)
                .one(row -> row.text("header_line"));
    }

    /** The first rejected rows of a list, in the order of the file. */
    static Uni<List<Reject>> rejects(Sql sql, long list, int limit) {
        return sql.query("""
                        select r.line, r.field, r.reason, r.detail, r.raw
                          from list_version v join rejected_row r on r.version_id = v.id
                         where v.list_id = :list order by r.version_id, r.line limit :limit""")
                .set("list", list)
                .set("limit", limit)
                .list(row -> new Reject(
                        row.integer("line"),
                        row.text("field"),
                        row.constant(RowIssue.class, "reason"),
                        row.textOrNull("detail"),
                        row.text("raw")));
    }

    /** What was dropped from accepted rows, the most frequent first. */
    static Uni<List<Dropped>> dropped(Sql sql, long list) {
        return sql.query("""
                        select w.field, w.reason, cast(sum(w.rows) as integer) as rows
                          from list_version v join list_warning w on w.version_id = v.id
                         where v.list_id = :list group by w.field, w.reason order by sum(w.rows) desc, w.field""")
                .set("list", list)
                .list(row ->
                        new Dropped(row.text("field"), row.constant(RowIssue.class, "reason"), row.integer("rows")));
    }

    private static Balance balance(Sql.Row row) {
        return new Balance(
                row.id("id"),
                row.text("name"),
                row.date("reference_date"),
                row.text("file_name"),
                row.instant("loaded_at"),
                row.textOrNull("display_name"),
                row.integer("rows"),
                row.integer("created"),
                row.integer("known"),
                row.integer("rejected"),
                row.integer("warnings"));
    }
}
