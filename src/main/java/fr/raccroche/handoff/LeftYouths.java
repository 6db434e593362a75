package fr.raccroche.handoff;

import fr.raccroche.campaign.AttemptResult;
import fr.raccroche.platform.Sql;
import fr.raccroche.platform.Sql.Row;
import fr.raccroche.queue.EndList;
import fr.raccroche.queue.YouthState;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The lists that closed campaigns leave, in the database. A standing objection takes a youth off, even one that came after
 * the campaign.
 */
final class LeftYouths {

    /** A youth {@code cy} of a closed campaign on one of the lists. */
    private static final String LEFT = """
            from campaign_youth cy
            join campaign ca on ca.id = cy.campaign_id and ca.state = 'CLOSED'
            left join end_seen es on es.campaign_id = cy.campaign_id and es.youth_id = cy.youth_id and es.state = cy.state
            where cy.state = any(:states)
              and not exists (select from objection o where o.youth_id = cy.youth_id and o.lifted_at is null)
            """;

    /** Somebody has still to do something: a list for the field does it by itself, once it knows for whom. */
    private static final String IS_OURS = """
            and (cy.state not in ('UNREACHABLE', 'WRONG_NUMBER')
                 or not exists (select from unreachable u where u.campaign_id = cy.campaign_id
                                   and u.youth_id = cy.youth_id and u.structure_id is not null))
            """;

    private static final String WAITS = IS_OURS + " and es.at is null ";

    private LeftYouths() {}

    /** A closed campaign, and for how many of its youths somebody has still to do something. */
    record Closed(long id, String name, long waiting) {}

    /** How many youths a list holds, and how many of them wait. */
    record Size(long youths, long waiting) {}

    /** Closed campaigns, those with somebody who waits first. */
    static Uni<List<Closed>> campaigns(Sql sql) {
        return sql.query("""
                        select ca.id, ca.name, coalesce(w.waiting, 0) as waiting
                        from campaign ca
                        left join (select cy.campaign_id, count(*) as waiting
                        """ + LEFT + WAITS + """
                                    group by cy.campaign_id) w on w.campaign_id = ca.id
                        where ca.state = 'CLOSED'
                        order by coalesce(w.waiting, 0) = 0, ca.ends_on desc, ca.id desc""")
                .set("states", states())
                .list(row -> new Closed(row.id("id"), row.text("name"), row.id("waiting")));
    }

    private static String[] states() {
        return states(Arrays.stream(EndList.values())
                .flatMap(list -> list.states().stream())
                .toList());
    }

    private static String[] states(List<YouthState> states) {
        return states.stream().map(YouthState::name).toArray(String[]::new);
    }

    /** The lists of one campaign that hold somebody. */
    static Uni<Map<EndList, Size>> sizes(Sql sql, long campaignId) {
        return sql.query("select cy.state, count(*) as youths, count(*) filter (where true " + WAITS + ") as waiting "
                        + LEFT + " and cy.campaign_id = :campaign group by cy.state")
                .set("states", states())
                .set("campaign", campaignId)
                .list(row -> Map.entry(
                        Objects.requireNonNull(
                                row.constant(YouthState.class, "state").list(), "asked for these states only"),
                        new Size(row.id("youths"), row.id("waiting"))))
                .map(rows -> {
                    var sizes = new EnumMap<EndList, Size>(EndList.class);
                    rows.forEach(row -> sizes.merge(
                            row.getKey(),
                            row.getValue(),
                            (a, b) -> new Size(a.youths() + b.youths(), a.waiting() + b.waiting())));
                    return sizes;
                });
    }

    /** The youths of one list, those who wait first; of those for the field only whom no structure received. */
    static Uni<List<Left>> on(Sql sql, long campaignId, EndList list) {
        return sql.query("""
                        select y.id, y.ine, y.last_name, y.first_name, y.birth_date, coalesce(c.name, y.commune_name) as commune,
                               l.state, l.attempts, l.seen_at, l.seen_note, a.display_name as seen_by,
                               (select b.due_at from callback b where b.youth_id = y.id and (b.campaign_id = :campaign or b.done_at is null)
                                 order by b.id desc limit 1) as promised_at,
                               last.at as last_at, last.result as last_result,
                               (select o.note from outcome o where o.campaign_id = :campaign and o.youth_id = y.id
                                 order by o.id desc limit 1) as note
                        from (select cy.youth_id, cy.state, cy.attempts, es.at as seen_at, es.note as seen_note, es.account_id
                        """ + LEFT + IS_OURS + """
                                and cy.campaign_id = :campaign) l
                        join youth y on y.id = l.youth_id
                        left join commune c on c.insee = y.commune_insee
                        left join account a on a.id = l.account_id
                        left join lateral (
                            select coalesce(t.rang_at, t.planned_at) as at, t.result from call_attempt t
                             where t.campaign_id = :campaign and t.youth_id = y.id and t.closed_at is not null
                               and t.result not in ('NOT_PLACED', 'PASSED')
                             order by t.id desc limit 1) last on true
                        order by l.seen_at is not null, promised_at nulls last, y.last_name, y.first_name, y.id""")
                .set("campaign", campaignId)
                .set("states", states(list.states()))
                .list(LeftYouths::left);
    }

    private static Left left(Row row) {
        Instant seenAt = row.instantOrNull("seen_at");
        return new Left(
                row.id("id"),
                row.textOrNull("ine"),
                row.text("last_name"),
                row.text("first_name"),
                row.date("birth_date"),
                row.textOrNull("commune"),
                row.constant(YouthState.class, "state"),
                row.integer("attempts"),
                row.instantOrNull("promised_at"),
                row.instantOrNull("last_at"),
                row.constantOrNull(AttemptResult.class, "last_result"),
                row.textOrNull("note"),
                seenAt == null ? null : new Left.Seen(row.text("seen_by"), seenAt, row.textOrNull("seen_note")));
    }

    /** Somebody took care of a youth; false when nobody of that campaign waits in this state. */
    static Uni<Boolean> see(
            Sql sql, long campaignId, long youthId, EndList list, long accountId, @Nullable String note, Instant now) {
        return sql.update("""
                        insert into end_seen (campaign_id, youth_id, state, at, account_id, note)
                        select cy.campaign_id, cy.youth_id, cy.state, :now, :account, cast(:note as text)
                        from campaign_youth cy join campaign ca on ca.id = cy.campaign_id and ca.state = 'CLOSED'
                        where cy.campaign_id = :campaign and cy.youth_id = :youth and cy.state = any(:states)
                        on conflict (campaign_id, youth_id, state) do nothing""")
                .set("now", now)
                .set("account", accountId)
                .set("note", note)
                .set("campaign", campaignId)
                .set("youth", youthId)
                .set("states", states(list.states()))
                .count()
                .map(count -> count == 1);
    }

    /** The youth waits again. */
    static Uni<Void> unsee(Sql sql, long campaignId, long youthId) {
        return sql.update("delete from end_seen where campaign_id = :campaign and youth_id = :youth")
                .set("campaign", campaignId)
                .set("youth", youthId)
                .run();
    }
}
