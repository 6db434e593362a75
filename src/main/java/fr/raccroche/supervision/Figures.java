package fr.raccroche.supervision;

import fr.raccroche.campaign.Campaign;
import fr.raccroche.dialing.Agents;
import fr.raccroche.platform.Sql;
import fr.raccroche.platform.Sql.Row;
import fr.raccroche.queue.CallbackReason;
import fr.raccroche.queue.YouthState;
import fr.raccroche.supervision.Board.Hour;
import fr.raccroche.supervision.Board.Waiting;
import fr.raccroche.supervision.CampaignState.Agent;
import fr.raccroche.supervision.CampaignState.Subject;
import fr.raccroche.supervision.CampaignState.Telephony;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The questions of the wallboard. They run ten times a second in a simulation: each reads an index. */
@ApplicationScoped
class Figures {

    /** How many youths of a campaign are in one state, and the attempts they used. */
    record Progress(YouthState state, long youths, long attempts) {}

    /** Today's calls. */
    record Today(long attempts, long ended, long reached, long youthsReached) {}

    /** What stands at this moment. */
    record Now(
            long dueNow,
            @Nullable Instant nextDueAt,
            long inFlight,
            long referrals,
            long overdueHandoffs,
            long openCallbacks,
            long outboxPending,
            Telephony telephony) {

        /** The same while nobody may be called before {@code opening}. */
        Now waitingUntil(Instant opening) {
            return new Now(0, opening, inFlight, referrals, overdueHandoffs, openCallbacks, outboxPending, telephony);
        }
    }

    /** Running campaigns first, then those that pause. */
    Uni<List<Subject>> open(Sql sql) {
        return sql.query("""
                        select id, name, state from campaign where state in ('RUNNING', 'PAUSED')
                        order by state = 'PAUSED', starts_on, id""").list(Figures::subject);
    }

    Uni<@Nullable Subject> campaign(Sql sql, long id) {
        return sql.query("select id, name, state from campaign where id = :id")
                .set("id", id)
                .first(Figures::subject);
    }

    private static Subject subject(Row row) {
        return new Subject(row.id("id"), row.text("name"), row.constant(Campaign.State.class, "state"));
    }

    Uni<List<Progress>> progress(Sql sql, long campaignId) {
        return sql.query("select state, youths, attempts from campaign_progress where campaign_id = :campaign")
                .set("campaign", campaignId)
                .list(row ->
                        new Progress(row.constant(YouthState.class, "state"), row.id("youths"), row.id("attempts")));
    }

    Uni<Today> today(Sql sql, long campaignId, Day day) {
        return sql.query("""
                        select count(*) as attempts, count(*) filter (where ended) as ended,
                               count(*) filter (where reached) as reached,
                               count(distinct youth_id) filter (where reached) as youths
                        from counted_attempt
                        where campaign_id = :campaign and planned_at >= :start and planned_at < :end""")
                .set("campaign", campaignId)
                .set("start", day.start())
                .set("end", day.end())
                .one(row -> new Today(row.id("attempts"), row.id("ended"), row.id("reached"), row.id("youths")));
    }

    Uni<Now> now(Sql sql, Subject campaign, Day day) {
        return sql.query("""
                        select (select count(*) from campaign_youth
                                 where campaign_id = :campaign and next_attempt_at <= :now and :running) as due_now,
                               (select min(next_attempt_at) from campaign_youth
                                 where campaign_id = :campaign and next_attempt_at is not null) as next_due_at,
                               (select count(*) from call_attempt
                                 where campaign_id = :campaign and closed_at is null) as in_flight,
                               (select count(*) from outcome
                                 where campaign_id = :campaign and kind = 'REFERRAL') as referrals,
                               (select count(*) from handoff_waiting
                                 where campaign_id = :campaign and due_on < :today) as overdue,
                               (select count(*) from callback
                                 where campaign_id = :campaign and done_at is null) as callbacks,
                               (select count(*) from outbox where parked_at is null)
                                 + (select count(*) from text_plan where campaign_id = :campaign and :running
                                       and state = 'PLANNED' and due_at <= :now) as outbox,
                               coalesce((select value from setting where name = 'telephony'), 'UP') as telephony""")
                .set("campaign", campaign.id())
                .set("now", day.now())
                .set("running", campaign.state() == Campaign.State.RUNNING)
                .set("today", day.date())
                .one(row -> new Now(
                        row.id("due_now"),
                        row.instantOrNull("next_due_at"),
                        row.id("in_flight"),
                        row.id("referrals"),
                        row.id("overdue"),
                        row.id("callbacks"),
                        row.id("outbox"),
                        row.constant(Telephony.class, "telephony")));
    }

    Uni<List<Agent>> agents(Sql sql, long campaignId) {
        return sql.query("""
                        select display_name, state, since from agent_at_work
                        where campaign_id = :campaign order by display_name""")
                .set("campaign", campaignId)
                .list(row -> new Agent(
                        row.text("display_name"), row.constant(Agents.State.class, "state"), row.instant("since")));
    }

    Uni<List<Hour>> hours(Sql sql, long campaignId, Day day) {
        return sql.query("""
                        select cast(extract(hour from planned_at at time zone 'Europe/Paris') as integer) as hour,
                               count(*) as attempts, count(*) filter (where ended) as ended,
                               count(*) filter (where reached) as reached
                        from counted_attempt
                        where campaign_id = :campaign and planned_at >= :start and planned_at < :end
                        group by 1 order by 1""")
                .set("campaign", campaignId)
                .set("start", day.start())
                .set("end", day.end())
                .list(row -> new Hour(row.integer("hour"), row.id("attempts"), row.id("ended"), row.id("reached")));
    }

    Uni<Waiting> waiting(Sql sql, long campaignId) {
        return sql.query("""
                        select (select count(*) from handoff_waiting
                                 where campaign_id = :campaign and unrouted) as unrouted,
                               (select count(*) from callback
                                 where campaign_id = :campaign and done_at is null and reason = :reply) as replies""")
                .set("campaign", campaignId)
                .set("reply", CallbackReason.SMS_REPLY)
                .one(row -> new Waiting(row.id("unrouted"), row.id("replies")));
    }
}
