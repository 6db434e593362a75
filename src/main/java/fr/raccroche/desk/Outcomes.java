package fr.raccroche.desk;

import fr.raccroche.dialing.Attempt;
import fr.raccroche.directory.StructureKind;
import fr.raccroche.platform.Sql;
import fr.raccroche.youth.AgreedBy;
import fr.raccroche.youth.Solution;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Outcomes in the database, and the messages left on voicemails. */
final class Outcomes {

    /** On one youth's voicemail, whatever the campaign; the database refuses a third. */
    static final int MOST_MESSAGES = 2;

    private Outcomes() {}

    /** The agent who recorded this action before; null when it is new. */
    static Uni<@Nullable Long> recordedBy(Sql sql, String actionId) {
        return sql.query("select agent_id from outcome where action_id = :action")
                .set("action", actionId)
                .first(row -> row.id("agent_id"));
    }

    static Uni<Long> add(Sql sql, Attempt attempt, Answer answer, Instant now) {
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

    /** What was recorded of an attempt, locked; null when nothing was. */
    static Uni<@Nullable Noted> of(Sql sql, long attemptId) {
        return sql.query("""
                        select o.id, o.agent_id, o.kind, o.solution, o.structure_kind, o.agreed_by, o.callback_at, o.note,
                               o.recorded_at
                        from outcome o where o.attempt_id = :attempt for update of o""")
                .set("attempt", attemptId)
                .first(row -> new Noted(
                        row.id("id"),
                        row.id("agent_id"),
                        new Answer(
                                row.constant(Outcome.class, "kind"),
                                row.constantOrNull(Solution.class, "solution"),
                                row.constantOrNull(StructureKind.class, "structure_kind"),
                                row.constantOrNull(AgreedBy.class, "agreed_by"),
                                row.instantOrNull("callback_at"),
                                false,
                                row.textOrNull("note")),
                        row.instant("recorded_at")));
    }

    /** What this agent recorded since {@code since}, the latest first, so many at most. */
    static Uni<List<LastCall>> last(Sql sql, long agentId, Instant since, int most) {
        return sql.query("""
                        select o.attempt_id, o.kind, o.callback_at, o.note, o.recorded_at, y.first_name, y.last_name, a.e164,
                               exists (select from outcome_correction c where c.outcome_id = o.id) as corrected
                        from outcome o join youth y on y.id = o.youth_id join call_attempt a on a.id = o.attempt_id
                        where o.agent_id = :agent and o.recorded_at >= :since
                        order by o.recorded_at desc, o.id desc limit :most""")
                .set("agent", agentId)
                .set("since", since)
                .set("most", most)
                .list(row -> new LastCall(
                        row.id("attempt_id"),
                        row.text("first_name") + " " + row.text("last_name"),
                        row.text("e164"),
                        row.constant(Outcome.class, "kind"),
                        row.instantOrNull("callback_at"),
                        row.textOrNull("note"),
                        row.instant("recorded_at"),
                        row.flag("corrected")));
    }

    /** What an outcome said before, the latest correction first. */
    static Uni<List<Earlier>> before(Sql sql, long id) {
        return sql.query("""
                        select c.at, a.display_name, c.reason, c.kind, c.callback_at, c.note
                        from outcome_correction c join account a on a.id = c.account_id
                        where c.outcome_id = :id order by c.id desc""")
                .set("id", id)
                .list(row -> new Earlier(
                        row.instant("at"),
                        row.text("display_name"),
                        row.textOrNull("reason"),
                        row.constant(Outcome.class, "kind"),
                        row.instantOrNull("callback_at"),
                        row.textOrNull("note")));
    }

    /** The outcome says {@code answer} from now on; what it said before is kept beside it. */
    static Uni<Void> correct(Sql sql, long id, Answer answer, long account, @Nullable String reason, Instant now) {
        return sql.update("""
                        with kept as (
                            insert into outcome_correction (outcome_id, at, account_id, reason, kind, solution,
                                structure_kind, agreed_by, callback_at, note)
                            select id, :now, :account, cast(:reason as text), kind, solution, structure_kind, agreed_by,
                                   callback_at, note
                            from outcome where id = :id)
                        update outcome set kind = :kind, solution = :solution, structure_kind = :structureKind,
                               agreed_by = :agreedBy, callback_at = :callbackAt, note = :note
                        where id = :id""")
                .set("now", now)
                .set("account", account)
                .set("reason", reason)
                .set("kind", answer.outcome())
                .set("solution", answer.solution())
                .set("structureKind", answer.structureKind())
                .set("agreedBy", answer.agreedBy())
                .set("callbackAt", answer.callbackAt())
                .set("note", answer.note())
                .set("id", id)
                .run();
    }

    /** Notes that a message is left; false when the youth has two already. */
    static Uni<Boolean> leaveMessage(Sql sql, Attempt attempt, Instant now) {
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
}
