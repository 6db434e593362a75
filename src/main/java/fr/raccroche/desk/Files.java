package fr.raccroche.desk;

import fr.raccroche.campaign.AttemptResult;
import fr.raccroche.dialing.Attempt;
import fr.raccroche.platform.Sql;
import fr.raccroche.sms.LastTexts;
import fr.raccroche.youth.NumberOwner;
import fr.raccroche.youth.Youths;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;

/** What the desk shows beside a call, in the database. */
final class Files {

    private Files() {}

    /** Where the youth of this attempt stands in its campaign. */
    static Uni<Standing> standing(Sql sql, Attempt attempt) {
        return sql.query("""
                        select y.attempts, (select b.due_at from callback b where b.campaign_id = y.campaign_id
                            and b.youth_id = y.youth_id and b.done_at is null) as callback_at,
                            (select count(*) from voicemail_message v where v.youth_id = y.youth_id) as messages,
                            cast(extract(epoch from now() - a.created_at) as bigint) as read_for, a.draft
                        from call_attempt a
                             join campaign_youth y on y.campaign_id = a.campaign_id and y.youth_id = a.youth_id
                        where a.id = :attempt""")
                .set("attempt", attempt.id())
                .one(row -> new Standing(
                        row.integer("attempts"),
                        row.instantOrNull("callback_at"),
                        row.integer("messages"),
                        row.id("read_for"),
                        row.textOrNull("draft")));
    }

    /** What was before, as far as it is shown: a few texts, twenty calls. */
    static Uni<Past> past(Sql sql, long youthId, Instant now) {
        return LastTexts.of(sql, youthId, now)
                .chain(texts -> calls(sql, youthId)
                        .chain(calls ->
                                Youths.siblings(sql, youthId).map(siblings -> new Past(texts, calls, siblings))));
    }

    private static Uni<List<EarlierCall>> calls(Sql sql, long youthId) {
        return sql.query("""
                        select coalesce(a.rang_at, a.planned_at) as at, a.result, p.owner, o.note, a.inbound
                        from call_attempt a join phone_number p on p.id = a.phone_id
                             left join outcome o on o.attempt_id = a.id
                        where a.youth_id = :youth and a.closed_at is not null and (a.n is not null or a.inbound)
                        order by a.id desc limit 20""")
                .set("youth", youthId)
                .list(row -> new EarlierCall(
                        row.instant("at"),
                        row.constant(AttemptResult.class, "result"),
                        row.constant(NumberOwner.class, "owner"),
                        row.textOrNull("note"),
                        row.flag("inbound")));
    }

    /** What an agent did since {@code dayStart}. */
    static Uni<AgentDay> day(Sql sql, long agentId, Instant dayStart) {
        return sql.query("""
                        select count(*) as calls, count(o.id) as talks,
                               count(*) filter (where o.kind = 'REFERRAL') as referrals
                        from call_attempt a left join outcome o on o.attempt_id = a.id
                        where a.agent_id = :agent and a.planned_at >= :start and (a.n is not null or a.inbound)""")
                .set("agent", agentId)
                .set("start", dayStart)
                .one(row -> new AgentDay(row.id("calls"), row.id("talks"), row.id("referrals")));
    }
}
