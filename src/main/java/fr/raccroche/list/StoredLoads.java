package fr.raccroche.list;

import fr.raccroche.list.row.Mapping;
import fr.raccroche.list.table.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a load goes through, on a blocking connection: it comes, moves from state to state, ends. */
final class StoredLoads {

    private static final int MOST_FAILURES = 2;

    private StoredLoads() {}

    static @Nullable Load find(LoadSql sql, long load) throws SQLException {
        return sql.statement("select " + Load.COLUMNS + " from list_load where id = :load")
                .set("load", load)
                .first(Load::of);
    }

    /** The load that the same key of the same source made before. */
    static @Nullable Load findRepeated(LoadSql sql, Submission submission) throws SQLException {
        return sql.statement(
                        "select " + Load.COLUMNS + " from list_load where source_id = :source and request_key = :key")
                .set("source", submission.sourceId())
                .set("key", submission.requestKey())
                .first(Load::of);
    }

    static boolean hasHash(LoadSql sql, long load, byte[] sha256) throws SQLException {
        return sql.statement("select count(*) from list_load where id = :load and sha256 = :sha256")
                        .set("load", load)
                        .set("sha256", sha256)
                        .number()
                == 1;
    }

    /** The next that has work to do behind another one; null when there is none. */
    static @Nullable Long next(LoadSql sql, long after) throws SQLException {
        return sql.statement("""
                        select id from list_load
                         where state in ('QUEUED', 'READING', 'CONFIRMED', 'APPLYING', 'UNDOING') and id > :after
                         order by id limit 1""").set("after", after).first(row -> row.getLong(1));
    }

    /** A new load in state MAPPING; of bytes that made a list of the same source before a version of that. */
    static long insert(LoadSql sql, Submission submission, byte[] sha256, Instant now)
            throws SQLException, IOException {
        return sql.statement("""
                        insert into list_load (source_id, list_id, list_name, reference_date, complete, file_name,
                               sha256, request_key, state, direct, file_bytes, created_at, created_by)
                        select coalesce(:source, l.source_id), l.id, coalesce(l.name, :name), :day, :complete, :file,
                               :sha256, :key, 'MAPPING', :direct, :bytes, :now, :account
                          from (values (1)) as one
                          left join dropout_list l on l.id = coalesce(:list, (
                               select max(v.list_id) from list_version v join dropout_list d on d.id = v.list_id
                                where v.sha256 = :sha256 and v.undone_at is null
                                  and (not :direct or d.source_id = :source)))
                        returning id""")
                .set("source", submission.sourceId())
                .set("list", submission.listId())
                .set("name", submission.listName())
                .set("day", submission.referenceDate())
                .set("complete", submission.complete())
                .set("file", submission.fileName())
                .set("sha256", sha256)
                .set("key", submission.requestKey())
                .set("direct", submission.direct())
                .set("bytes", Files.size(submission.file()))
                .set("now", now)
                .set("account", submission.account())
                .number();
    }

    /** How the file is read; a file of rejects is never complete. */
    static void keepMapping(LoadSql sql, long load, Mapping mapping) throws SQLException {
        sql.statement("""
                        update list_load set mapping = :mapping, complete = complete and not :rejects
                         where id = :load""")
                .set("mapping", mapping.toJson())
                .set("rejects", mapping.isRejectFile())
                .set("load", load)
                .run();
    }

    /** A file of rejects goes to the list that it came from, unless it is of another source. */
    static void lead(LoadSql sql, long load, long list) throws SQLException {
        sql.statement("""
                        update list_load w
                           set list_id = l.id, list_name = l.name, source_id = l.source_id, complete = false
                          from dropout_list l
                         where w.id = :load and l.id = :list and l.reference_date <= w.reference_date
                           and (w.source_id is null or w.source_id = l.source_id)""").set("load", load).set("list", list).run();
    }

    /** Whether the load was in the one state and now is in the other. */
    static boolean move(LoadSql sql, long load, LoadState from, LoadState to) throws SQLException {
        return sql.statement("""
                        update list_load
                           set state = :to, cancel_asked = false,
                               failures = case when state = :to then failures else 0 end
                         where id = :load and state = :from""")
                        .set("load", load)
                        .set("from", from)
                        .set("to", to)
                        .run()
                == 1;
    }

    static void refuse(LoadSql sql, long load, Refused refused, Instant now) throws SQLException {
        sql.statement("""
                        update list_load set state = 'REFUSED', refusal = :reason, refusal_detail = :detail, ended_at = :now
                         where id = :load""")
                .set("reason", refused.reason())
                .set("detail", refused.detail())
                .set("now", now)
                .set("load", load)
                .run();
        StoredFiles.forget(sql, load);
    }

    static void cancel(LoadSql sql, long load, Instant now) throws SQLException {
        sql.statement("update list_load set state = 'CANCELED', ended_at = :now where id = :load")
                .set("now", now)
                .set("load", load)
                .run();
        leaveNothing(sql, load);
    }

    /** Another try, until there were enough: then an undo is off, and anything else has ended. */
    static void fail(LoadSql sql, long load, Instant now) throws SQLException {
        sql.statement("update list_load set failures = failures + 1 where id = :load")
                .set("load", load)
                .run();
        sql.statement("""
                        update list_load set state = 'DONE', refusal = 'FAILED', failures = 0
                         where id = :load and state = 'UNDOING' and failures > :most""").set("load", load).set("most", MOST_FAILURES).run();
        int ended = sql.statement("""
                        update list_load set state = 'REFUSED', refusal = 'FAILED', ended_at = :now
                         where id = :load and failures > :most""")
                .set("now", now)
                .set("load", load)
                .set("most", MOST_FAILURES)
                .run();
        if (ended == 1) {
            leaveNothing(sql, load);
        }
    }

    /** Forgets what was kept of a file that came to nothing; {@code sql} is that of the load. */
    static void leaveNothing(LoadSql sql, long load) throws SQLException {
        for (String table : List.of("list_load_part", "rejected_row", "list_correction", "list_warning")) {
            sql.statement("delete from " + table + " where load_id = :load")
                    .set("load", load)
                    .run();
        }
        sql.dropTables();
    }
}
