package fr.raccroche.desk;

import fr.raccroche.dialing.Attempt;
import fr.raccroche.platform.Sql;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
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
