package fr.raccroche.queue;

import fr.raccroche.platform.Sql;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Books, moves and ends calls that were promised. A promise in person stands twice: in {@code callback}, and at the youth's
 * place while its agent may still come. A final state ends it, see {@link Places#put}.
 */
public final class Promises {

    /** From the moment for which a call is booked to the end of its window. */
    public static final Duration WINDOW = Duration.ofMinutes(30);

    private Promises() {}

    /**
     * Books a call that the youth asked for; a second booking moves the first, whichever campaign had it. The others leave
     * the youth alone until then.
     *
     * @param agentId who promised it in person; null for anybody
     */
    public static Uni<Void> book(
            Sql sql, long campaignId, long youthId, Instant dueAt, @Nullable Long agentId, Instant now) {
        return sql.update("""
                        with promised as (
                            update campaign_youth set callback_agent = cast(:agent as bigint)
                            where campaign_id = :campaign and youth_id = :youth
                              and callback_agent is distinct from cast(:agent as bigint)),
                        elsewhere as (
                            update campaign_youth
                               set state = 'TO_CALL', next_attempt_at = greatest(next_attempt_at, cast(:due as timestamptz)),
                                   priority = least(priority, 5), callback_agent = null
                            where youth_id = :youth and campaign_id <> :campaign and state in ('TO_CALL', 'CALLBACK'))
                        insert into callback (campaign_id, youth_id, due_at, until, reason, agent_id, created_at)
                        values (:campaign, :youth, :due, :until, :reason, cast(:agent as bigint), :now)
                        on conflict (youth_id) where done_at is null
                        do update set campaign_id = excluded.campaign_id, due_at = excluded.due_at, until = excluded.until, reason = excluded.reason,
                                      agent_id = excluded.agent_id, pooled_at = null, missed = 0""")
                .set("agent", agentId)
                .set("campaign", campaignId)
                .set("youth", youthId)
                .set("due", dueAt)
                .set("until", dueAt.plus(WINDOW))
                .set("reason", CallbackReason.ASKED)
                .set("now", now)
                .run();
    }

    /**
     * Books a call because a text asked for it, by anybody; false when one is booked already, in whichever open campaign,
     * which stays as it is: who answers « ok » to the reminder of a call takes nothing back.
     */
    public static Uni<Boolean> bookForText(Sql sql, long campaignId, long youthId, Instant dueAt, Instant now) {
        return sql.update("""
                        with booked as (
                            insert into callback (campaign_id, youth_id, due_at, until, reason, created_at)
                            values (:campaign, :youth, :due, :until, :reason, :now)
                            on conflict (youth_id) where done_at is null
                            do update set campaign_id = excluded.campaign_id, due_at = excluded.due_at,
                                          until = excluded.until, reason = excluded.reason, agent_id = null,
                                          pooled_at = null, missed = 0
                             where exists (select from campaign c where c.id = callback.campaign_id and c.state = 'CLOSED')
                            returning campaign_id, youth_id)
                        update campaign_youth y set callback_agent = null
                        from booked b where y.campaign_id = b.campaign_id and y.youth_id = b.youth_id""")
                .set("campaign", campaignId)
                .set("youth", youthId)
                .set("due", dueAt)
                .set("until", dueAt.plus(WINDOW))
                .set("reason", CallbackReason.SMS_REPLY)
                .set("now", now)
                .count()
                .map(booked -> booked == 1);
    }

    /** Ends what was asked for before {@code asked}, in whichever campaign: the youth was called since, in this one. */
    public static Uni<Void> end(Sql sql, long campaignId, long youthId, Instant asked, Instant now) {
        return sql.update("""
                        with ended as (
                            update callback set done_at = :now
                            where youth_id = :youth and done_at is null and created_at <= :asked
                            returning campaign_id, youth_id)
                        update campaign_youth y set state = 'TO_CALL', priority = least(y.priority, 5), callback_agent = null
                          from ended e
                         where y.campaign_id = e.campaign_id and y.youth_id = e.youth_id and y.campaign_id <> :campaign
                           and y.state = 'CALLBACK'""")
                .set("asked", asked)
                .set("now", now)
                .set("campaign", campaignId)
                .set("youth", youthId)
                .run();
    }

    /**
     * The youth was called for when they asked and did not answer: the promise stays open for {@code again}, or ends when
     * it was missed {@code tries} times. One that is for later stays as it is. Another campaign that had promised it follows.
     *
     * @param campaignId which called
     * @param calledAt when that call was planned
     */
    public static Uni<Void> miss(
            Sql sql, long campaignId, long youthId, Instant calledAt, int tries, Instant again, Instant now) {
        return sql.update("""
                        with missed as (
                            update callback set missed = missed + 1,
                                   due_at = case when missed + 1 < :tries then :again else due_at end,
                                   until = case when missed + 1 < :tries then :until else until end,
                                   done_at = case when missed + 1 >= :tries then cast(:now as timestamptz) end
                            where youth_id = :youth and done_at is null and due_at <= :called
                            returning campaign_id, youth_id, due_at, done_at)
                        update campaign_youth y
                           set state = case when m.done_at is null then 'CALLBACK' else 'TO_CALL' end,
                               next_attempt_at = greatest(y.next_attempt_at, m.due_at),
                               priority = case when m.done_at is null then y.priority else least(y.priority, 5) end
                          from missed m
                         where y.campaign_id = m.campaign_id and y.youth_id = m.youth_id and y.campaign_id <> :campaign
                           and y.state = 'CALLBACK'""")
                .set("tries", tries)
                .set("again", again)
                .set("until", again.plus(WINDOW))
                .set("now", now)
                .set("campaign", campaignId)
                .set("youth", youthId)
                .set("called", calledAt)
                .run();
    }

    /**
     * Gives everybody the calls whose agent is late; answers the places of whoever was promised them.
     *
     * @param setting under which a campaign's plan has the minutes that it waits for the agent
     * @param usual the minutes where a plan has none
     */
    public static Uni<List<Sql.Row>> pool(Sql sql, String setting, int usual, Instant now) {
        return sql.query("""
                        with late as (
                            update campaign_youth y set callback_agent = null
                            from campaign c
                            where c.id = y.campaign_id and y.callback_agent is not null and y.next_attempt_at is not null
                              and y.next_attempt_at < cast(:now as timestamptz) - interval '1 minute'
                                  * coalesce(cast(cast(c.plan as jsonb) ->> cast(:setting as text) as integer), :usual)
                            returning y.campaign_id, y.youth_id, y.priority, y.next_attempt_at),
                        marked as (
                            update callback b set pooled_at = :now from late l
                            where b.campaign_id = l.campaign_id and b.youth_id = l.youth_id and b.done_at is null)
                        select * from late""")
                .set("now", now)
                .set("setting", setting)
                .set("usual", usual)
                .list(row -> row);
    }
}
