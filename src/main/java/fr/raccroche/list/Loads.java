package fr.raccroche.list;

import fr.raccroche.platform.Sql;
import io.smallrye.mutiny.Uni;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the database knows about files on their way into a list; every method is one step of the caller's transaction. */
final class Loads {

    private Loads() {}

    private static final String LOAD = """
            select w.id, coalesce(l.id, w.list_id) as list_id, coalesce(l.name, w.list_name) as list_name, w.source_id,
                   w.reference_date, w.complete, w.file_name, w.state, w.preview, w.refusal, w.refusal_detail, v.number, w.file_bytes, w.bytes_read, w.rows_read, w.rows_rejected, w.cancel_asked,
                   w.created_at, a.display_name
              from list_load w
              left join dropout_list l on l.id = w.list_id
              left join list_version v on v.id = w.version_id
              left join account a on a.id = w.created_by
            """;

    /** One load, or null when there is none. */
    static Uni<@Nullable LoadView> byId(Sql sql, long id) {
        return sql.query(LOAD + "where w.id = :id").set("id", id).first(Loads::view);
    }

    /** Loads that are not over, in the order of their turn. */
    static Uni<List<LoadView>> open(Sql sql) {
        return sql.query(LOAD + """
                        where w.state in ('MAPPING', 'QUEUED', 'READING', 'PREVIEW', 'CONFIRMED', 'APPLYING', 'UNDOING')
                        order by w.id""").list(Loads::view);
    }

    /** Loads that are over, the latest first. */
    static Uni<List<LoadView>> ended(Sql sql, int limit) {
        return sql.query(LOAD + """
                        where w.state in ('DONE', 'REFUSED', 'CANCELED', 'UNDONE')
                        order by w.id desc limit :limit""").set("limit", limit).list(Loads::view);
    }

    /** Other loads of the same list that are not over. */
    static Uni<List<LoadView>> rivals(Sql sql, long load) {
        return sql.query(LOAD + """
                        where w.list_id = (select list_id from list_load where id = :load) and w.id <> :load
                          and w.state in ('MAPPING', 'QUEUED', 'READING', 'PREVIEW', 'CONFIRMED', 'APPLYING', 'UNDOING')
                        order by w.id""").set("load", load).list(Loads::view);
    }

    /** How the file of a load is read, as JSON; null while that is unknown. */
    static Uni<@Nullable String> mapping(Sql sql, long load) {
        return sql.query("select mapping from list_load where id = :id")
                .set("id", load)
                .first(row -> row.textOrNull("mapping"));
    }

    /** The loads of a list since its last complete file, that one included. */
    static Uni<List<LoadColumns>> sinceComplete(Sql sql, long list) {
        return sql.query("""
                        select w.id, w.mapping from list_load w join list_version v on v.id = w.version_id
                         where v.list_id = :list and v.undone_at is null and w.mapping is not null
                           and v.id >= coalesce((select max(c.id) from list_version c
                                where c.list_id = :list and c.complete and c.number is not null
                                  and c.undone_at is null), 0)
                         order by w.id""").set("list", list).list(row -> new LoadColumns(row.id("id"), row.text("mapping")));
    }

    private static LoadView view(Sql.Row row) {
        String refusal = row.textOrNull("refusal");
        return new LoadView(
                row.id("id"),
                row.idOrNull("list_id"),
                row.text("list_name"),
                row.idOrNull("source_id"),
                row.date("reference_date"),
                row.flag("complete"),
                row.text("file_name"),
                row.constant(LoadState.class, "state"),
                row.textOrNull("preview"),
                refusal == null ? null : new Refusal(refusal, row.textOrNull("refusal_detail")),
                row.integerOrNull("number"),
                new ReadSoFar(
                        row.id("file_bytes"),
                        row.id("bytes_read"),
                        row.integer("rows_read"),
                        row.integer("rows_rejected")),
                row.flag("cancel_asked"),
                row.instant("created_at"),
                row.textOrNull("display_name"));
    }
}
