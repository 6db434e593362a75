package fr.raccroche.queue;

import fr.raccroche.platform.Sql;
import fr.raccroche.platform.Statement;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;

/** Plans texts for the day on which they are due, and settles them: one at most for each youth, campaign and occasion. */
public final class PlannedTexts {

    private PlannedTexts() {}

    /**
     * Plans a text; what is planned already, or was, stays as it is.
     *
     * @param about the call that it announces or recalls, or the attempt that it follows
     */
    public static Uni<Void> add(
            Sql sql,
            long campaignId,
            long youthId,
            Enum<?> kind,
            String occasion,
            Instant dueAt,
            Instant about,
            Instant now) {
        return sql.update("""
                        insert into text_plan (campaign_id, youth_id, kind, occasion, due_at, about, created_at)
                        values (:campaign, :youth, :kind, :occasion, :due, :about, :now)
                        on conflict do nothing""")
                .set("campaign", campaignId)
                .set("youth", youthId)
                .set("kind", kind)
                .set("occasion", occasion)
                .set("due", dueAt)
                .set("about", about)
                .set("now", now)
                .run();
    }

    /**
     * Plans the announcement for whoever waits for their first call and can be written to, once for each; their first call
     * waits for it. Whoever is left alone for a time after a refusal is announced as long before their own first call, not
     * now. Changes one row for each who is announced.
     *
     * @param whom a query for ids of youths; only these
     * @param at when it goes out, at the earliest
     * @param firstAttempt the earliest first call after it
     */
    public static Statement announce(long campaign, String whom, Instant at, Instant firstAttempt, Instant now) {
        return Statement.of("""
                with planned as (
                    insert into text_plan (campaign_id, youth_id, kind, occasion, due_at, about, created_at)
                    select y.campaign_id, y.youth_id, 'ANNOUNCEMENT', 'ANNOUNCEMENT',
                           greatest(cast(:at as timestamptz),
                                    y.next_attempt_at - (cast(:first as timestamptz) - cast(:at as timestamptz))),
                           greatest(cast(:first as timestamptz), y.next_attempt_at), cast(:now as timestamptz)
                      from campaign_youth y
                     where y.campaign_id = :campaign and y.state = 'TO_CALL' and y.attempts = 0
                       and y.youth_id in (""" + whom + """
                       )
                       and exists (select from phone_number p where p.youth_id = y.youth_id
                                      and p.owner = 'YOUTH' and p.mobile)
                    on conflict do nothing returning youth_id)
                update campaign_youth y set next_attempt_at = greatest(y.next_attempt_at, cast(:first as timestamptz))
                  from planned p where y.campaign_id = :campaign and y.youth_id = p.youth_id""")
                .set("campaign", campaign)
                .set("at", at)
                .set("first", firstAttempt)
                .set("now", now);
    }

    /** What followed from the end of a call was something else: its texts, and the reminder of a promise, are not sent. */
    public static Uni<Void> dropAfter(Sql sql, long campaignId, long youthId, Instant now) {
        return sql.update("""
                        update text_plan set state = 'DROPPED', settled_at = :now, reason = 'SETTLED'
                        where campaign_id = :campaign and youth_id = :youth and state = 'PLANNED'
                          and kind <> 'ANNOUNCEMENT'""")
                .set("now", now)
                .set("campaign", campaignId)
                .set("youth", youthId)
                .run();
    }

    /** No announcement is sent any more: whoever waited for theirs waits for nothing but the rules. */
    public static Uni<Void> releaseAnnounced(Sql sql, long campaignId, Instant now) {
        return sql.update("""
                        with dropped as (
                            update text_plan set state = 'DROPPED', reason = 'SWITCHED_OFF', settled_at = :now
                            where campaign_id = :campaign and occasion = 'ANNOUNCEMENT' and state = 'PLANNED'
                            returning youth_id)
                        update campaign_youth y set next_attempt_at = least(y.next_attempt_at, cast(:now as timestamptz))
                        from dropped d
                        where y.campaign_id = :campaign and y.youth_id = d.youth_id and y.state = 'TO_CALL'
                          and y.attempts = 0""").set("campaign", campaignId).set("now", now).run();
    }

    /** The text is written and on its way. */
    public static Uni<Void> written(Sql sql, long id, Instant now) {
        return sql.update("update text_plan set state = 'WRITTEN', settled_at = :now where id = :id")
                .set("now", now)
                .set("id", id)
                .run();
    }

    /** @param why the rule that refuses it for good */
    public static Uni<Void> drop(Sql sql, long id, Enum<?> why, Instant now) {
        return sql.update("update text_plan set state = 'DROPPED', reason = :reason, settled_at = :now where id = :id")
                .set("reason", why)
                .set("now", now)
                .set("id", id)
                .run();
    }

    public static Uni<Void> postpone(Sql sql, long id, Instant to) {
        return sql.update("update text_plan set due_at = :to where id = :id and state = 'PLANNED'")
                .set("to", to)
                .set("id", id)
                .run();
    }

    /**
     * Youths who answered need none of the texts that are planned for them. Reminders stay: whether their call still stands
     * is seen when they are due.
     */
    public static Uni<Void> dropAnswered(Sql sql, List<Long> youthIds) {
        return sql.update("""
                        update text_plan set state = 'DROPPED', reason = 'OPEN_REPLY', settled_at = now()
                        where state = 'PLANNED' and kind <> 'REMINDER' and youth_id = any(:youths)""").set("youths", youthIds.toArray(Long[]::new)).run();
    }
}
