package fr.raccroche.dialing;

import static fr.raccroche.platform.FrenchCalendar.PARIS;

import fr.raccroche.campaign.Campaign;
import fr.raccroche.campaign.Campaigns;
import fr.raccroche.campaign.PlanSettings.Setting;
import fr.raccroche.campaign.Priority;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Sql;
import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Calls that were promised: how full the half hours are, whose they are, and what becomes of one whose agent does not
 * come. Moving and ending them is in {@link Attempts} and {@link Settlement}, beside the queue.
 */
@ApplicationScoped
public class Callbacks {

    /** How far back it is looked who usually works when. */
    private static final Duration CUSTOM = Duration.ofDays(14);

    /**
     * A promise of one agent.
     *
     * @param late whether its moment is over and nobody was called yet
     * @param pooled whether anybody may keep it now
     * @param missed how often the youth did not answer
     */
    public record Promise(
            long youthId,
            String firstName,
            String lastName,
            long campaignId,
            String campaign,
            Instant at,
            Instant until,
            boolean late,
            boolean pooled,
            int missed) {}

    private final Database database;
    private final Attempts attempts;
    private final Campaigns campaigns;
    private final CallingRules rules;
    private final Dialer dialer;
    private final Clock clock;

    Callbacks(
            Database database,
            Attempts attempts,
            Campaigns campaigns,
            Dialer dialer,
            Clock clock,
            DialingConfig config) {
        this.database = database;
        this.attempts = attempts;
        this.campaigns = campaigns;
        this.rules = new CallingRules(config.margin());
        this.dialer = dialer;
        this.clock = clock;
    }

    /**
     * Promises a call to a youth who rang us, by whoever is free then; false when no rule ever lets it pass. Whoever is on
     * the line with an agent at this moment is called afterwards all the same.
     *
     * @param from the earliest moment
     */
    Uni<Boolean> book(Sql sql, long campaignId, long youthId, Instant from, Instant now) {
        return campaigns
                .byId(sql, campaignId)
                .chain(campaign -> attempts.candidate(sql, campaign, youthId).chain(candidate -> {
                    Instant at = InboundRouting.callbackAt(rules, candidate.facts(), from);
                    return at == null
                            ? Uni.createFrom().item(false)
                            : attempts.bookCallback(sql, campaignId, youthId, at, "ASKED", now)
                                    .chain(() -> candidate.facts().standing().state() == YouthState.IN_CALL
                                            ? Uni.createFrom().voidItem()
                                            : attempts.put(
                                                    sql,
                                                    campaignId,
                                                    youthId,
                                                    YouthState.CALLBACK,
                                                    at,
                                                    Priority.CALLBACK,
                                                    now))
                                    .replaceWith(true);
                }));
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
    public Uni<List<Promise>> promises(Sql sql, long agentId, LocalDate last, Instant now) {
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
                .list(row -> new Promise(
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

    /** Whose agent does not come is called by anybody: looked for every minute, in one statement. */
    @Scheduled(
            every = "${raccroche.dialing.pooling:60s}",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> pool() {
        Instant now = clock.instant();
        return database.inTransaction(sql -> pool(sql, now))
                .invoke(pooled -> {
                    if (pooled > 0) {
                        dialer.nudge();
                    }
                })
                .replaceWithVoid()
                .onFailure()
                .recoverWithUni(failure -> {
                    Log.warnf(
                            "Overdue callbacks could not be given to everybody (%s). Will be tried again.",
                            failure.getClass().getSimpleName());
                    return Uni.createFrom().voidItem();
                });
    }

    /** Answers how many went to everybody. */
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
                .set("usual", Setting.CALLBACK_LATE.usual())
                .list(row -> row)
                .map(rows -> {
                    rows.forEach(attempts::waitsAgain);
                    return rows.size();
                });
    }
}
