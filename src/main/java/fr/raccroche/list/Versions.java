package fr.raccroche.list;

import fr.raccroche.list.row.Mapping;
import fr.raccroche.platform.Json;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes a version of what a load staged, and takes it back. */
final class Versions {

    private final LoadSql sql;
    private final Load load;
    private final Json json;

    Versions(LoadSql sql, Load load, Json json) {
        this.sql = sql;
        this.load = load;
        this.json = json;
    }

    /** Does what the preview said and ends the load; answers the version. */
    long apply(Preview preview, Instant at) throws SQLException {
        Mapping mapping = Mapping.fromJson(Objects.requireNonNull(load.mapping()));
        long list = load.listId() == null ? createList(at) : load.listId();
        lock(list);
        long version = create(list, mapping, preview, at);
        new Merge(sql, list, version, json).apply(load.listName(), at);
        keepDoubtful(version);
        end(list, version, at);
        if (load.sourceId() != null) {
            MappingProfiles.keep(sql, load.sourceId(), mapping, at);
        }
        sql.dropTables();
        return version;
    }

    private void lock(long list) throws SQLException {
        sql.statement("select id from dropout_list where id = :list for update")
                .set("list", list)
                .number();
    }

    private long createList(Instant at) throws SQLException {
        return sql.statement("""
                        insert into dropout_list (source_id, name, reference_date, created_at, created_by)
                        values (:source, :name, :day, :at, :account) returning id""")
                .set("source", load.sourceId())
                .set("name", load.listName())
                .set("day", load.referenceDate())
                .set("at", at)
                .set("account", load.createdBy())
                .number();
    }

    private long create(long list, Mapping mapping, Preview preview, Instant at) throws SQLException {
        PreviewCount count = preview.count();
        return sql.statement("""
                        insert into list_version (list_id, number, file_name, sha256, complete, extracted_on, headers,
                               loaded_at, loaded_by, rows, created, joined, changed, unchanged, withdrawn, rejected,
                               doubtful, followed, warnings)
                        select :list, coalesce((select max(number) from list_version
                                                 where list_id = :list and undone_at is null), 0) + 1,
                               w.file_name, w.sha256, w.complete, cast(:drawn_on as date), :headers, :at, w.created_by,
                               :rows, :created, :joined, :changed, :unchanged, :withdrawn, :rejected, :doubtful,
                               :followed, :warnings
                          from list_load w where w.id = :load
                        returning id""")
                .set("list", list)
                .set("load", load.id())
                .set("drawn_on", preview.age().drawnOn())
                .set("headers", json.write(mapping.headers()))
                .set("at", at)
                .set("rows", count.rows())
                .set("created", count.created())
                .set("joined", count.joined() + count.back())
                .set("changed", count.changed())
                .set("unchanged", count.unchanged())
                .set("withdrawn", count.withdrawn())
                .set("rejected", count.rejected())
                .set("doubtful", count.doubtful())
                .set("followed", count.followed())
                .set("warnings", count.warnings())
                .number();
    }

    private void keepDoubtful(long version) throws SQLException {
        sql.statement("""
                        insert into doubtful_row (load_id, version_id, line, candidate_id, reason, person)
                        select :load, :version, r.line, coalesce(v.youth_id, p.youth_id), r.reason, to_jsonb(r)
                          from {rows} r join {verdicts} v using (line) left join {place} p on p.line = v.of_line
                         where r.verdict = 'D'""").set("load", load.id()).set("version", version).run();
    }

    private void end(long list, long version, Instant at) throws SQLException {
        sql.statement("""
                        update list_load set state = 'DONE', list_id = :list, version_id = :version, ended_at = :at,
                               cancel_asked = false
                         where id = :load""")
                .set("list", list)
                .set("version", version)
                .set("at", at)
                .set("load", load.id())
                .run();
        StoredFiles.forget(sql, load.id());
    }

    /** Undoes the version that the load made, or says why not. */
    Merge.@Nullable Obstacle undo(Instant at) throws SQLException {
        long list = Objects.requireNonNull(load.listId());
        lock(list);
        long version = Objects.requireNonNull(load.versionId());
        var merge = new Merge(sql, list, version, json);
        Merge.Obstacle obstacle = merge.obstacle();
        if (obstacle == null) {
            merge.undo(at);
            sql.statement("update list_version set undone_at = :at where id = :version")
                    .set("at", at)
                    .set("version", version)
                    .run();
        }
        return obstacle;
    }
}
