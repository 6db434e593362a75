package fr.raccroche.list;

import fr.raccroche.list.row.Mapping;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How files of a source were read the last time, by the names of their columns. */
final class MappingProfiles {

    private MappingProfiles() {}

    /** What was chosen for a file of these columns by the source of a load; null when there was none. */
    static @Nullable Mapping find(LoadSql sql, long load, Mapping proposed) throws SQLException {
        String kept = sql.statement("""
                        select p.mapping from mapping_profile p join list_load l on l.source_id = p.source_id
                         where l.id = :load and p.signature = :signature""")
                .set("load", load)
                .set("signature", proposed.signature())
                .first(row -> row.getString(1));
        return kept == null ? null : Mapping.fromJson(kept).appliedTo(proposed.layout(), proposed.headers());
    }

    static void keep(LoadSql sql, long source, Mapping mapping, Instant at) throws SQLException {
        sql.statement("""
                        insert into mapping_profile (source_id, signature, mapping, used_at)
                        values (:source, :signature, :mapping, :at)
                            on conflict (source_id, signature) do update
                           set mapping = excluded.mapping, used_at = excluded.used_at""")
                .set("source", source)
                .set("signature", mapping.signature())
                .set("mapping", mapping.toJson())
                .set("at", at)
                .run();
    }
}
