package fr.raccroche.handoff;

import fr.raccroche.directory.StructureKind;
import fr.raccroche.handoff.Unreached.ToRoute;
import fr.raccroche.platform.Sql;
import fr.raccroche.platform.Sql.Row;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The table of those never reached. A standing objection hides a youth, even one that came after the campaign. */
@ApplicationScoped
class UnreachableYouths {

    private static final String UNREACHED = """
            select y.ine, y.last_name, y.first_name, y.birth_date, y.address, y.postal_code,
                   coalesce(c.name, y.commune_name) as commune, y.commune_insee, cy.state, cy.attempts,
                   (select count(distinct a.e164) from call_attempt a
                     where a.campaign_id = cy.campaign_id and a.youth_id = cy.youth_id and a.n is not null) as numbers,
                   ml.name as mission_locale, prij.name as prij
            from campaign_youth cy
            join youth y on y.id = cy.youth_id
            left join commune c on c.insee = y.commune_insee
            left join unreachable um on um.campaign_id = cy.campaign_id and um.youth_id = cy.youth_id
                 and um.structure_kind = 'MISSION_LOCALE'
            left join structure ml on ml.id = um.structure_id
            left join unreachable up on up.campaign_id = cy.campaign_id and up.youth_id = cy.youth_id
                 and up.structure_kind = 'PRIJ'
            left join structure prij on prij.id = up.structure_id
            where cy.campaign_id = :campaign
              and cy.state in ('UNREACHABLE', 'WRONG_NUMBER')
              and not exists (select 1 from objection o where o.youth_id = cy.youth_id and o.lifted_at is null)
            """;
    private static final String BY_NAME = "order by commune, y.last_name, y.first_name, y.id";

    /** Everyone whom the campaign did not reach, with the communes that decide on the structure. */
    Uni<List<ToRoute>> toRoute(Sql sql, long campaignId) {
        return sql.query("""
                        select cy.youth_id, y.commune_insee as home, g1.commune_insee as guardian1,
                               g2.commune_insee as guardian2
                        from campaign_youth cy
                        join youth y on y.id = cy.youth_id
                        left join legal_guardian g1 on g1.youth_id = y.id and g1.rank = 1
                        left join legal_guardian g2 on g2.youth_id = y.id and g2.rank = 2
                        where cy.campaign_id = :campaign and cy.state in ('UNREACHABLE', 'WRONG_NUMBER')
                          and not exists (select 1 from objection o
                                          where o.youth_id = cy.youth_id and o.lifted_at is null)""")
                .set("campaign", campaignId)
                .list(row -> new ToRoute(row.id("youth_id"), Routes.residences(row)));
    }

    /** Adds what is missing; a youth who already went to a structure stays with it. */
    Uni<Void> add(Sql sql, long campaignId, StructureKind kind, Map<Long, Routing.Route> routes, Instant at) {
        return sql.update("""
                        insert into unreachable (campaign_id, youth_id, structure_kind, structure_id, listed_at)
                        select :campaign, routed.youth_id, :kind, routed.structure_id, :at
                        from unnest(cast(:youths as bigint[]), cast(:structures as bigint[]))
                             as routed (youth_id, structure_id)
                        on conflict (campaign_id, youth_id, structure_kind) do update
                        set structure_id = excluded.structure_id where unreachable.structure_id is null""")
                .set("campaign", campaignId)
                .set("kind", kind)
                .set("at", at)
                .set("youths", routes.keySet().toArray(Long[]::new))
                .set(
                        "structures",
                        routes.values().stream().map(Routing.Route::structureId).toArray(Long[]::new))
                .run();
    }

    /** The campaigns of which {@code structureId} received youths, latest first. */
    Uni<List<Unreached.Campaign>> campaigns(Sql sql, long structureId) {
        return sql.query("""
                        select ca.id, ca.name, count(*) as youths
                        from unreachable u join campaign ca on ca.id = u.campaign_id
                        where u.structure_id = :structure
                        group by ca.id, ca.name, ca.ends_on order by ca.ends_on desc, ca.id desc""")
                .set("structure", structureId)
                .list(row -> new Unreached.Campaign(row.id("id"), row.text("name"), row.integer("youths")));
    }

    /** The youths of one campaign that {@code structureId} received. */
    Uni<List<Unreached>> received(Sql sql, long campaignId, long structureId, LocalDate today) {
        return sql.query(UNREACHED + """
                          and :structure in (um.structure_id, up.structure_id)
                        """ + BY_NAME)
                .set("campaign", campaignId)
                .set("structure", structureId)
                .list(row -> unreached(row, today));
    }

    /** Every unreached youth of the campaign, routed or not. */
    Uni<List<Unreached>> all(Sql sql, long campaignId, LocalDate today) {
        return sql.query(UNREACHED + BY_NAME).set("campaign", campaignId).list(row -> unreached(row, today));
    }

    Uni<@Nullable String> campaignName(Sql sql, long campaignId) {
        return sql.query("select name from campaign where id = :id")
                .set("id", campaignId)
                .first(row -> row.text("name"));
    }

    private static Unreached unreached(Row row, LocalDate today) {
        return new Unreached(
                row.textOrNull("ine"),
                row.text("last_name"),
                row.text("first_name"),
                row.date("birth_date"),
                row.textOrNull("address"),
                row.textOrNull("postal_code"),
                row.textOrNull("commune"),
                row.textOrNull("commune_insee"),
                row.constant(Unreached.Reason.class, "state"),
                row.integer("attempts"),
                row.integer("numbers"),
                row.textOrNull("mission_locale"),
                row.textOrNull("prij"),
                today);
    }
}
