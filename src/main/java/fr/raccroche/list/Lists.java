package fr.raccroche.list;

import fr.raccroche.platform.Sql;
import io.smallrye.mutiny.Uni;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the database knows about lists and their versions; every method is one step of the caller's transaction. */
final class Lists {

    private Lists() {}

    private static final String VERSION = """
            v.id as version_id, w.id as load_id, v.number, v.file_name, v.complete, v.loaded_at, a.display_name, v.rows,
            v.created, v.joined, v.changed, v.unchanged, v.withdrawn, v.rejected, v.doubtful, v.undone_at is not null as undone
            """;

    private static final String OVERVIEW = "select " + VERSION + """
                 , l.id, l.name, l.source_id, s.name as source, l.reference_date,
                   cast((select count(*) from list_entry e where e.list_id = l.id and e.withdrawn_by is null) as integer)
                       as people,
                   cast((select count(*) from list_entry e where e.list_id = l.id and e.withdrawn_by is not null) as integer)
                       as withdrawn_people,
                   cast((select count(*) from doubtful_row d join list_version dv on dv.id = d.version_id
                          where dv.list_id = l.id and d.state = 'OPEN' and dv.undone_at is null
                            and dv.id >= coalesce((select max(c.id) from list_version c
                                 where c.list_id = l.id and c.complete and c.number is not null and c.undone_at is null), 0))
                       as integer) as doubtful_rows
              from dropout_list l
              left join list_source s on s.id = l.source_id
              left join lateral (select * from list_version x where x.list_id = l.id and x.number is not null
                                    and x.undone_at is null order by x.id desc limit 1) v on true
              left join list_load w on w.version_id = v.id
              left join account a on a.id = v.loaded_by
            """;

    /** All lists, the newest first. */
    static Uni<List<ListOverview>> all(Sql sql) {
        return sql.query(OVERVIEW + "order by l.id desc").list(Lists::overview);
    }

    /** One list, or null when there is none. */
    static Uni<@Nullable ListOverview> byId(Sql sql, long id) {
        return sql.query(OVERVIEW + "where l.id = :id").set("id", id).first(Lists::overview);
    }

    /** The versions of a list, the newest first, undone ones included. */
    static Uni<List<ListVersion>> versions(Sql sql, long list) {
        return sql.query("select " + VERSION + """
                          from list_version v join list_load w on w.version_id = v.id
                          left join account a on a.id = v.loaded_by
                         where v.list_id = :list and v.number is not null order by v.id desc""").set("list", list).list(Lists::version);
    }

    /** Versions that stand and were loaded from the same bytes as a load's, the latest first. */
    static Uni<List<TwinVersion>> twins(Sql sql, long load) {
        return sql.query("""
                        select v.list_id, l.name, v.number, v.loaded_at,
                               not exists (select from list_version x where x.list_id = v.list_id and x.id > v.id
                                              and x.number is not null and x.undone_at is null) as latest
                          from list_load w
                          join list_version v on v.sha256 = w.sha256 and v.number is not null and v.undone_at is null
                           and v.id is distinct from w.version_id
                          join dropout_list l on l.id = v.list_id
                         where w.id = :load order by v.id desc limit 3""")
                .set("load", load)
                .list(row -> new TwinVersion(
                        row.id("list_id"),
                        row.text("name"),
                        row.integer("number"),
                        row.instant("loaded_at"),
                        row.flag("latest")));
    }

    /** The columns of the files that made the latest versions. */
    static Uni<List<VersionColumns>> columns(Sql sql, int limit) {
        return sql.query("""
                        select list_id, headers from list_version
                         where number is not null and undone_at is null order by id desc limit :limit""")
                .set("limit", limit)
                .list(row -> new VersionColumns(row.id("list_id"), row.text("headers")));
    }

    private static ListOverview overview(Sql.Row row) {
        return new ListOverview(
                row.id("id"),
                row.text("name"),
                row.idOrNull("source_id"),
                row.textOrNull("source"),
                row.date("reference_date"),
                row.integer("people"),
                row.integer("withdrawn_people"),
                row.integer("doubtful_rows"),
                row.idOrNull("version_id") == null ? null : version(row));
    }

    private static ListVersion version(Sql.Row row) {
        return new ListVersion(
                row.id("version_id"),
                row.id("load_id"),
                row.integer("number"),
                row.text("file_name"),
                row.flag("complete"),
                row.instant("loaded_at"),
                row.textOrNull("display_name"),
                row.flag("undone"),
                count(row));
    }

    private static VersionCount count(Sql.Row row) {
        return new VersionCount(
                row.integer("rows"),
                row.integer("created"),
                row.integer("joined"),
                row.integer("changed"),
                row.integer("unchanged"),
                row.integer("withdrawn"),
                row.integer("rejected"),
                row.integer("doubtful"));
    }
}
