package fr.raccroche.dialing;

import static fr.raccroche.platform.FrenchCalendar.PARIS;

import fr.raccroche.campaign.Campaign;
import fr.raccroche.campaign.PlanSetting;
import fr.raccroche.platform.Sql;
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

    /** Ends what was asked for before {@code asked}: the youth was called since. */
    Uni<Void> end(Sql sql, long campaignId, long youthId, Instant asked, Instant now) {
        return sql.update("""
                        update callback set done_at = :now
                        where campaign_id = :campaign and youth_id = :youth and done_at is null
                          and created_at <= :asked""")
                .set("asked", asked)
                .set("now", now)
                .set("campaign", campaignId)
                .set("youth", youthId)
                .run();
    }

    /** For when the youth's open callback is booked; null when none is. */
    Uni<@Nullable Instant> dueAt(Sql sql, long campaignId, long youthId) {
        return sql.query("""
                        select due_at from callback
                        where campaign_id = :campaign and youth_id = :youth and done_at is null""").set("campaign", campaignId).set("youth", youthId).first(row -> row.instant("due_at"));
    }

    /**
     * Books a call at once because a text came in, by anybody; false when one is booked already, which stays as it is: who
     * answers « ok » to the reminder of a call takes nothing back.
     */
    public Uni<Boolean> bookForText(Sql sql, long campaignId, long youthId, Instant now) {
        return sql.update("""
                        with booked as (
                            insert into callback (campaign_id, youth_id, due_at, until, reason, created_at)
                            values (:campaign, :youth, :now, :until, :reason, :now)
                            on conflict (campaign_id, youth_id) where done_at is null do nothing
                            returning campaign_id, youth_id)
                        update campaign_youth y set callback_agent = null
                        from booked b where y.campaign_id = b.campaign_id and y.youth_id = b.youth_id""")
                .set("campaign", campaignId)
                .set("youth", youthId)
                .set("until", now.plus(CallbackSlots.SLOT))
                .set("reason", CallbackReason.SMS_REPLY)
                .set("now", now)
                .count()
                .map(booked -> booked == 1);
    }

    /** Books a call that the youth asked for, by whoever is free then; a second booking moves the first. */
    public Uni<Void> book(Sql sql, long campaignId, long youthId, Instant dueAt, Instant now) {
        return book(sql, campaignId, youthId, dueAt, null, now);
    }

    /**
     * The same by one agent in person.
     *
     * @param agentId null for anybody
     */
    Uni<Void> book(Sql sql, long campaignId, long youthId, Instant dueAt, @Nullable Long agentId, Instant now) {
        return sql.update("""
                        with promised as (
                            update campaign_youth set callback_agent = cast(:agent as bigint)
                            where campaign_id = :campaign and youth_id = :youth
                              and callback_agent is distinct from cast(:agent as bigint))
                        insert into callback (campaign_id, youth_id, due_at, until, reason, agent_id, created_at)
                        values (:campaign, :youth, :due, :until, :reason, cast(:agent as bigint), :now)
                        on conflict (campaign_id, youth_id) where done_at is null
                        do update set due_at = excluded.due_at, until = excluded.until, reason = excluded.reason,
                                      agent_id = excluded.agent_id, pooled_at = null, missed = 0""")
                .set("agent", agentId)
                .set("campaign", campaignId)
                .set("youth", youthId)
                .set("due", dueAt)
                .set("until", dueAt.plus(CallbackSlots.SLOT))
                .set("reason", CallbackReason.ASKED)
                .set("now", now)
                .run();
    }

    /**
     * The youth was called for when they asked and did not answer: the callback stays open for {@code again}, or ends when
     * it was missed {@code tries} times. One that is for later stays as it is.
     */
    Uni<Void> miss(Sql sql, Attempt attempt, int tries, Instant again, Instant now) {
        return sql.update("""
                        update callback set missed = missed + 1,
                               due_at = case when missed + 1 < :tries then :again else due_at end,
                               until = case when missed + 1 < :tries then :until else until end,
                               done_at = case when missed + 1 >= :tries then cast(:now as timestamptz) end
                        where campaign_id = :campaign and youth_id = :youth and done_at is null
                          and due_at <= :planned""")
                .set("tries", tries)
                .set("again", again)
                .set("until", again.plus(CallbackSlots.SLOT))
                .set("now", now)
                .set("campaign", attempt.campaignId())
                .set("youth", attempt.youthId())
                .set("planned", attempt.plannedAt())
                .run();
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
        return sql.query("""
                        with late as (
                            update campaign_youth y set callback_agent = null
                            from campaign c
                            where c.id = y.campaign_id and y.callback_agent is not null and y.next_attempt_at is not null
                              and y.next_attempt_at < cast(:now as timestamptz) - interval '1 minute'
                                  * coalesce(cast(cast(c.plan as jsonb) ->> 'CALLBACK_LATE' as integer), :usual)
                            returning y.campaign_id, y.youth_id, y.priority, y.next_attempt_at),
                        marked as (
                            update callback b set pooled_at = :now from late l
                            where b.campaign_id = l.campaign_id and b.youth_id = l.youth_id and b.done_at is null)
                        select * from late""")
                .set("now", now)
                .set("usual", PlanSetting.CALLBACK_LATE.knob().usual())
                .list(row -> row)
                .map(rows -> {
                    rows.forEach(queue::waitsAgain);
                    return rows.size();
                });
    }
}
