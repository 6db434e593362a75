package fr.raccroche.handoff;

import fr.raccroche.directory.StructureKind;
import fr.raccroche.handoff.Routing.Residences;
import fr.raccroche.platform.Sql;
import fr.raccroche.platform.Sql.Row;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What routing looks at, in the database: homes, territories, structures in office. */
final class Routes {

    private Routes() {}

    static Uni<Residences> residences(Sql sql, long youthId) {
        return sql.query("""
                        select y.commune_insee as home, g1.commune_insee as guardian1, g2.commune_insee as guardian2
                        from youth y
                        left join legal_guardian g1 on g1.youth_id = y.id and g1.rank = 1
                        left join legal_guardian g2 on g2.youth_id = y.id and g2.rank = 2
                        where y.id = :youth""").set("youth", youthId).one(Routes::residences);
    }

    static Residences residences(Row row) {
        return new Residences(row.textOrNull("home"), row.textOrNull("guardian1"), row.textOrNull("guardian2"));
    }

    /** The rule for one kind of structure, loaded for {@code communes}; null loads it for all. */
    static Uni<Routing> routing(Sql sql, StructureKind kind, String @Nullable [] communes) {
        return coverage(sql, kind, communes)
                .chain(coverage -> successors(sql).map(successors -> new Routing(coverage, successors)));
    }

    private static Uni<Map<String, Set<Long>>> coverage(Sql sql, StructureKind kind, String @Nullable [] communes) {
        return sql.query("""
                        select c.insee, s.id
                        from commune c
                        join lateral (select t.structure_id as id from territory t where t.insee = c.insee
                                      union select c.mission_locale_id) served on true
                        join structure s on s.id = served.id and s.kind = :kind
                        where cast(:communes as text[]) is null or c.insee = any(cast(:communes as text[]))""")
                .set("kind", kind)
                .set("communes", communes)
                .list(row -> Map.entry(row.text("insee"), row.id("id")))
                .map(pairs -> pairs.stream()
                        .collect(Collectors.groupingBy(
                                Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toSet()))));
    }

    private static Uni<Map<Long, Long>> successors(Sql sql) {
        return sql.query("select id, successor_id from structure where successor_id is not null")
                .list(row -> Map.entry(row.id("id"), row.id("successor_id")))
                .map(pairs ->
                        pairs.stream().collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /** Structures in office that handoffs go to. */
    static Uni<List<Recipient>> structures(Sql sql) {
        return sql.query("""
                        select id, kind, name from structure
                        where kind in ('CIO', 'MISSION_LOCALE') and successor_id is null order by kind, name, id""")
                .list(row -> new Recipient(row.id("id"), row.constant(StructureKind.class, "kind"), row.text("name")));
    }
}
