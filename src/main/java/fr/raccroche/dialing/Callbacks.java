package fr.raccroche.dialing;

import static fr.raccroche.platform.FrenchCalendar.PARIS;

import fr.raccroche.campaign.Campaign;
import fr.raccroche.campaign.PlanSetting;
import fr.raccroche.platform.Sql;
import fr.raccroche.queue.Promises;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls that were promised, in the database: for when, by whom, how full the half hours are. One at most of each is open. */
@ApplicationScoped
public class Callbacks {

    /** How far back it is looked who usually works when. */
    private static final Duration CUSTOM = Duration.ofDays(14);

    private final Queue queue;

    Callbacks(Queue queue) {
        this.queue = queue;
    }

    /** For when the youth's open callback is booked; null when none is. */
    Uni<@Nullable Instant> dueAt(Sql sql, long campaignId, long youthId) {
        return sql.query("""
                        select due_at from callback
                        where campaign_id = :campaign and youth_id = :youth and done_at is null""").set("campaign", campaignId).set("youth", youthId).first(row -> row.instant("due_at"));
    }

    /** The half hours of the next days in which a youth of this campaign can be called. */
    public Uni<CallbackSlots> slots(Sql sql, Campaign campaign, Instant now) {
        return booked(sql, campaign.id(), now)
                .chain(booked ->
                        agents(sql, campaign.id(), now).map(agents -> CallbackSlots.of(campaign, booked, agents, now)));
    }

    private static Uni<Map<Instant, Integer>> booked(Sql sql, long campaignId, Instant now) {
        return sql.query("""
                        select date_bin('30 minutes', due_at, timestamptz '2000-01-01 00:00:00Z') as slot, count(*) as n
                        from callback where campaign_id = :campaign and done_at is null and due_at > :now
                        group by 1""")
                .set("campaign", campaignId)
                .set("now", now)
                .list(row -> Map.entry(row.instant("slot"), row.integer("n")))
                .map(Callbacks::map);
    }

    /** The agents who were at work in each half hour of the day, on average over the days on which anybody was. */
    private static Uni<Map<LocalTime, Double>> agents(Sql sql, long campaignId, Instant now) {
        return sql.query("""
                        select hour, half, cast(sum(agents) as double precision)
                                   / (select count(distinct cast(planned_at at time zone 'Europe/Paris' as date))
                                        from call_attempt where campaign_id = :campaign and planned_at > :since
                                         and planned_at <= :now) as agents
                        from (select cast(local as date) as day, cast(extract(hour from local) as integer) as hour,
                                     cast(extract(minute from local) as integer) / 30 as half,
                                     count(distinct agent_id) as agents
                              from (select agent_id, planned_at at time zone 'Europe/Paris' as local
                                      from call_attempt where campaign_id = :campaign and planned_at > :since
                                       and planned_at <= :now) a
                              group by 1, 2, 3) worked
                        group by hour, half""")
                .set("campaign", campaignId)
                .set("since", now.minus(CUSTOM))
                .set("now", now)
                .list(row ->
                        Map.entry(LocalTime.of(row.integer("hour"), 30 * row.integer("half")), row.decimal("agents")))
                .map(Callbacks::map);
    }

    private static <K, V> Map<K, V> map(List<Map.Entry<K, V>> entries) {
        var map = new HashMap<K, V>();
        entries.forEach(entry -> map.put(entry.getKey(), entry.getValue()));
        return Map.copyOf(map);
    }

    /** What this agent promised up to the end of {@code last}, what is late first. */
    public Uni<List<PromisedCall>> promises(Sql sql, long agentId, LocalDate last, Instant now) {
        return sql.query("""
                        select b.youth_id, t.first_name, t.last_name, b.campaign_id, c.name, b.due_at,
                               coalesce(b.until, b.due_at) as until, coalesce(b.until, b.due_at) < :now as late,
                               b.pooled_at is not null as pooled, b.missed
                        from callback b join youth t on t.id = b.youth_id join campaign c on c.id = b.campaign_id
                        where b.agent_id = :agent and b.done_at is null and b.due_at < :end
                          and c.state in ('RUNNING', 'PAUSED')
                        order by b.due_at""")
                .set("agent", agentId)
                .set("now", now)
                .set("end", last.plusDays(1).atStartOfDay(PARIS).toInstant())
                .list(row -> new PromisedCall(
                        row.id("youth_id"),
                        row.text("first_name"),
                        row.text("last_name"),
                        row.id("campaign_id"),
                        row.text("name"),
                        row.instant("due_at"),
                        row.instant("until"),
                        row.flag("late"),
                        row.flag("pooled"),
                        row.integer("missed")));
    }

    /** A call that was promised for a moment at which no agent was free. */
    public record LateCall(
            long youthId, String firstName, String lastName, long campaignId, String campaign, Instant dueAt) {}

    /** Calls promised for before {@code before}, of the last two hours, that the rules allow and for which no agent came. */
    public static Uni<List<LateCall>> late(Sql sql, Instant before, Instant now) {
        return sql.query("""
                        select b.youth_id, t.first_name, t.last_name, b.campaign_id, c.name, b.due_at
                        from callback b join youth t on t.id = b.youth_id join campaign c on c.id = b.campaign_id
                        join campaign_youth y on y.campaign_id = b.campaign_id and y.youth_id = b.youth_id
                        where b.done_at is null and b.reason = 'ASKED' and b.due_at < :before
                          and b.due_at > cast(:now as timestamptz) - interval '2 hours'
                          and c.state = 'RUNNING' and y.state = 'CALLBACK' and y.next_attempt_at <= :now
                          and not exists (select from call_attempt a
                                           where a.youth_id = b.youth_id and a.planned_at >= b.due_at)
                        order by b.due_at limit 100""")
                .set("before", before)
                .set("now", now)
                .list(row -> new LateCall(
                        row.id("youth_id"),
                        row.text("first_name"),
                        row.text("last_name"),
                        row.id("campaign_id"),
                        row.text("name"),
                        row.instant("due_at")));
    }

    /** Promises of a campaign that anybody may keep, up to the end of {@code last}. */
    public Uni<Long> forAnybody(Sql sql, long campaignId, LocalDate last) {
        return sql.query("""
                        select count(*) as n from callback
                        where campaign_id = :campaign and done_at is null and due_at < :end
                          and (agent_id is null or pooled_at is not null)""")
                .set("campaign", campaignId)
                .set("end", last.plusDays(1).atStartOfDay(PARIS).toInstant())
                .one(row -> row.id("n"));
    }

    /** Gives everybody the promises whose agent is late, and answers how many they were. */
    Uni<Integer> pool(Sql sql, Instant now) {
        return Promises.pool(
                        sql,
                        PlanSetting.CALLBACK_LATE.name(),
                        PlanSetting.CALLBACK_LATE.knob().usual(),
                        now)
                .map(rows -> {
                    rows.forEach(queue::waitsAgain);
                    return rows.size();
                });
    }
}
