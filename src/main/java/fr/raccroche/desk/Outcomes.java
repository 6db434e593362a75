package fr.raccroche.desk;

import fr.raccroche.campaign.AttemptResult;
import fr.raccroche.dialing.Attempt;
import fr.raccroche.platform.Sql;
import fr.raccroche.youth.NumberOwner;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Outcomes in the database, and what the desk shows beside them. */
@ApplicationScoped
class Outcomes {

    /** An earlier attempt of the youth, in any campaign, or their call to us. */
    record Earlier(
            Instant at,
            AttemptResult result,
            NumberOwner owner,
            @Nullable String note,
            boolean inbound) {}

    /** What an agent did today. */
    record Today(long calls, long talks, long referrals) {}

    /**
     * Where the youth stands in the campaign.
     *
     * @param messages left on their voicemail in all campaigns
     * @param readFor real seconds since the agent got the file
     */
    record Standing(int attempts, @Nullable Instant callbackAt, int messages, long readFor) {}

    /** On one youth's voicemail, whatever the campaign; the database refuses a third. */
    static final int MOST_MESSAGES = 2;

    /** The agent who recorded this action before; null when it is new. */
    Uni<@Nullable Long> recordedBy(Sql sql, String actionId) {
        return sql.query("select agent_id from outcome where action_id = :action")
                .set("action", actionId)
                .first(row -> row.id("agent_id"));
    }

    Uni<Long> add(Sql sql, Attempt attempt, Interview.Answer answer, Instant now) {
        return sql.query("""
                        insert into outcome (attempt_id, action_id, campaign_id, youth_id, agent_id, kind, solution,
                            structure_kind, agreed_by, callback_at, note, recorded_at)
                        values (:attempt, :action, :campaign, :youth, :agent, :kind, :solution,
                            :structureKind, :agreedBy, :callbackAt, :note, :now)
                        returning id""")
                .set("attempt", attempt.id())
                .set("action", attempt.actionId())
                .set("campaign", attempt.campaignId())
                .set("youth", attempt.youthId())
                .set("agent", attempt.agentId())
                .set("kind", answer.outcome())
                .set("solution", answer.solution())
                .set("structureKind", answer.structureKind())
                .set("agreedBy", answer.agreedBy())
                .set("callbackAt", answer.callbackAt())
                .set("note", answer.note())
                .set("now", now)
                .one(row -> row.id("id"));
    }

    /** Notes that a message is left; false when the youth has two already. */
    Uni<Boolean> leaveMessage(Sql sql, Attempt attempt, Instant now) {
        return sql.update("""
                        insert into voicemail_message (youth_id, n, attempt_id, left_at)
                        select :youth, count(*) + 1, :attempt, :now from voicemail_message where youth_id = :youth
                        having count(*) < :most
                        on conflict do nothing""")
                .set("youth", attempt.youthId())
                .set("attempt", attempt.id())
                .set("now", now)
                .set("most", MOST_MESSAGES)
                .count()
                .map(left -> left == 1);
    }

    Uni<List<Earlier>> history(Sql sql, long youthId) {
        return sql.query("""
                        select coalesce(a.rang_at, a.planned_at) as at, a.result, p.owner, o.note, a.inbound
                        from call_attempt a join phone_number p on p.id = a.phone_id
                             left join outcome o on o.attempt_id = a.id
                        where a.youth_id = :youth and a.closed_at is not null and (a.n is not null or a.inbound)
                        order by a.id desc limit 20""")
                .set("youth", youthId)
                .list(row -> new Earlier(
                        row.instant("at"),
                        row.constant(AttemptResult.class, "result"),
                        row.constant(NumberOwner.class, "owner"),
                        row.textOrNull("note"),
                        row.flag("inbound")));
    }

    Uni<Today> today(Sql sql, long agentId, Instant dayStart) {
        return sql.query("""
                        select count(*) as calls, count(o.id) as talks,
                               count(*) filter (where o.kind = 'REFERRAL') as referrals
                        from call_attempt a left join outcome o on o.attempt_id = a.id
                        where a.agent_id = :agent and a.planned_at >= :start and (a.n is not null or a.inbound)""")
                .set("agent", agentId)
                .set("start", dayStart)
                .one(row -> new Today(row.id("calls"), row.id("talks"), row.id("referrals")));
    }

    Uni<Standing> standing(Sql sql, Attempt attempt) {
        return sql.query("""
                        select y.attempts, (select b.due_at from callback b where b.campaign_id = y.campaign_id
                            and b.youth_id = y.youth_id and b.done_at is null) as callback_at,
                            (select count(*) from voicemail_message v where v.youth_id = y.youth_id) as messages,
                            (select cast(extract(epoch from now() - a.created_at) as bigint)
                               from call_attempt a where a.id = :attempt) as read_for
                        from campaign_youth y where y.campaign_id = :campaign and y.youth_id = :youth""")
                .set("attempt", attempt.id())
                .set("campaign", attempt.campaignId())
                .set("youth", attempt.youthId())
                .one(row -> new Standing(
                        row.integer("attempts"),
                        row.instantOrNull("callback_at"),
                        row.integer("messages"),
                        row.id("read_for")));
    }

    Uni<@Nullable String> draft(Sql sql, long attemptId) {
        return sql.query("select draft from call_attempt where id = :id")
                .set("id", attemptId)
                .first(row -> row.textOrNull("draft"));
    }
}
