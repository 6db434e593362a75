package fr.raccroche.list;

import fr.raccroche.platform.Sql;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Those who draw lists, and the tokens of their systems. */
final class ListSources {

    private ListSources() {}

    /** All by name. */
    static Uni<List<ListSource>> all(Sql sql) {
        return sql.query("select id, name from list_source order by name")
                .list(row -> new ListSource(row.id("id"), row.text("name")));
    }

    /** The source of this name, made when there is none. */
    static Uni<Long> named(Sql sql, String name, long account, Instant now) {
        return sql.query("""
                        insert into list_source (name, created_at, created_by) values (:name, :now, :account)
                            on conflict (name) do update set name = excluded.name returning id""")
                .set("name", name)
                .set("now", now)
                .set("account", account)
                .one(row -> row.id("id"));
    }

    /** All by name, with what they have drawn. */
    static Uni<List<SourceView>> views(Sql sql) {
        return sql.query("""
                        select s.id, s.name,
                               cast((select count(*) from dropout_list l where l.source_id = s.id) as integer) as lists
                          from list_source s order by s.name""").list(row -> new SourceView(row.id("id"), row.text("name"), row.integer("lists")));
    }

    /** All tokens, the newest first. */
    static Uni<List<SourceToken>> tokens(Sql sql) {
        return sql.query("""
                        select t.*, a.display_name from source_token t left join account a on a.id = t.created_by
                         order by t.id desc""")
                .list(row -> new SourceToken(
                        row.id("id"),
                        row.id("source_id"),
                        row.text("label"),
                        row.instant("created_at"),
                        row.textOrNull("display_name"),
                        row.instantOrNull("last_used_at"),
                        row.instantOrNull("revoked_at")));
    }

    /** Keeps the hash of a new token; null when there is no such source. */
    static Uni<@Nullable Long> addToken(Sql sql, long source, String label, byte[] hash, long account, Instant now) {
        return sql.query("""
                        insert into source_token (source_id, label, token_hash, created_at, created_by)
                        select id, :label, :hash, :now, :account from list_source where id = :source returning id""")
                .set("source", source)
                .set("label", label)
                .set("hash", hash)
                .set("account", account)
                .set("now", now)
                .first(row -> row.id("id"));
    }

    /** Ends a token; false when there is none that still works. */
    static Uni<Boolean> revoke(Sql sql, long token, Instant now) {
        return sql.update("update source_token set revoked_at = :now where id = :id and revoked_at is null")
                .set("id", token)
                .set("now", now)
                .count()
                .map(revoked -> revoked == 1);
    }

    /** The source a token speaks for, or null when it is unknown or revoked; notes the use. */
    static Uni<@Nullable ListSource> byToken(Sql sql, byte[] hash, Instant now) {
        return sql.query("""
                        update source_token t set last_used_at = :now from list_source s
                         where t.token_hash = :hash and t.revoked_at is null and s.id = t.source_id
                        returning s.id, s.name""")
                .set("hash", hash)
                .set("now", now)
                .first(row -> new ListSource(row.id("id"), row.text("name")));
    }

    /** How busy a source is; loads begun by hand do not count. */
    static Uni<SourceTraffic> traffic(Sql sql, long source, Instant since) {
        return sql.query("""
                        select cast(count(*) filter (where created_at > :since) as integer) as lately,
                               cast(count(*) filter (where state in ('MAPPING', 'QUEUED', 'READING', 'PREVIEW', 'CONFIRMED',
                                                                'APPLYING')) as integer) as open
                          from list_load where source_id = :source and created_by is null""")
                .set("source", source)
                .set("since", since)
                .one(row -> new SourceTraffic(row.integer("lately"), row.integer("open")));
    }

    /** Whether a source has sent something under this key. */
    static Uni<Boolean> isRepeated(Sql sql, long source, String key) {
        return sql.query("select 1 as one from list_load where source_id = :source and request_key = :key")
                .set("source", source)
                .set("key", key)
                .first(row -> true)
                .map(Boolean.TRUE::equals);
    }
}
