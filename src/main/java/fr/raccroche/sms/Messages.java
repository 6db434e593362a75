package fr.raccroche.sms;

import fr.raccroche.platform.Sql;
import fr.raccroche.queue.PlannedTexts;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Texts in the database: to send, sent, received. */
@ApplicationScoped
class Messages {

    /** A text that goes out; the place of a personal link in {@code body} is still open. */
    record Outgoing(
            long id, long campaignId, long youthId, String e164, String body, String sender, String token, Instant at) {

        Outgoing with(String complete) {
            return new Outgoing(id, campaignId, youthId, e164, complete, sender, token, at);
        }
    }

    /**
     * A text that comes in.
     *
     * @param media how many images or sounds came with it
     */
    record Incoming(String from, String body, int media, String sid) {}

    /** Adds the one text of a youth, campaign and occasion; null when there is one already. */
    Uni<@Nullable Long> add(
            Sql sql,
            long campaignId,
            long youthId,
            String e164,
            String occasion,
            String body,
            String token,
            Instant now) {
        return sql.query("""
                        insert into sms_message (direction, campaign_id, youth_id, e164, occasion, body, token, state,
                            created_at)
                        values ('OUT', :campaign, :youth, :e164, :occasion, :body, :token, 'TO_SEND', :now)
                        on conflict do nothing returning id""")
                .set("campaign", campaignId)
                .set("youth", youthId)
                .set("e164", e164)
                .set("occasion", occasion)
                .set("body", body)
                .set("token", token)
                .set("now", now)
                .first(row -> row.id("id"));
    }

    /** Takes a waiting text for sending, under a lease; null when it was taken, cancelled or sent. */
    Uni<@Nullable Outgoing> take(Sql sql, long id, Duration lease) {
        return sql.query("""
                        update sms_message m set state = 'SENDING', changed_at = now(),
                               lease_until = now() + :seconds * interval '1 second'
                        from campaign c
                        where m.id = :id and m.state = 'TO_SEND' and c.id = m.campaign_id
                        returning m.id, m.campaign_id, m.youth_id, m.e164, m.body, c.sms_sender, m.token,
                                  m.created_at""")
                .set("seconds", lease.toSeconds())
                .set("id", id)
                .first(row -> new Outgoing(
                        row.id("id"),
                        row.id("campaign_id"),
                        row.id("youth_id"),
                        row.text("e164"),
                        row.text("body"),
                        row.text("sms_sender"),
                        row.text("token"),
                        row.instant("created_at")));
    }

    /** Texts that failed and of which nothing was learnt yet, locked. */
    Uni<List<Texts.Failed>> failed(Sql sql, int most) {
        return sql.query("""
                        update sms_message set followed_at = now()
                        where id in (select id from sms_message
                                      where state in ('UNDELIVERED', 'FAILED') and followed_at is null
                                      order by id limit :most for update skip locked)
                        returning campaign_id, youth_id, e164, occasion, error_code""")
                .set("most", most)
                .list(row -> new Texts.Failed(
                        row.id("campaign_id"),
                        row.id("youth_id"),
                        row.text("e164"),
                        row.textOrNull("occasion"),
                        TextFailure.of(row.integerOrNull("error_code"))));
    }

    /** Counts the texts to youths of a campaign by state and Twilio's code. */
    Uni<List<DeliveryCount>> countDeliveries(Sql sql, long campaignId) {
        return sql.query("""
                        select state, error_code, count(*) as n from sms_message
                        where campaign_id = :campaign and direction = 'OUT' group by 1, 2""")
                .set("campaign", campaignId)
                .list(row -> new DeliveryCount(
                        row.constant(TextState.class, "state"), row.integerOrNull("error_code"), row.id("n")));
    }

    /** What came of sending; a report that arrived before is not overwritten. */
    Uni<Void> sent(Sql sql, long id, TextState state, @Nullable String sid, @Nullable Integer errorCode) {
        return sql.update("""
                        update sms_message set state = case when state = 'SENDING' then :state else state end,
                               sid = coalesce(sid, :sid), error_code = coalesce(:error, error_code), changed_at = now()
                        where id = :id""")
                .set("state", state)
                .set("sid", sid)
                .set("error", errorCode)
                .set("id", id)
                .run();
    }

    /** Gives a text back that was surely not sent. */
    Uni<Void> giveBack(Sql sql, long id) {
        return sql.update(
                        "update sms_message set state = 'TO_SEND', changed_at = now() where id = :id and state = 'SENDING'")
                .set("id", id)
                .run();
    }

    /** A delivery report: a final state is never left, and never goes back to an earlier one. */
    Uni<Void> report(Sql sql, String token, String sid, TextState state, @Nullable Integer errorCode) {
        return sql.update("""
                        update sms_message set sid = coalesce(sid, :sid), state = :state, error_code = :error,
                               changed_at = now()
                        where token = :token and state not in ('DELIVERED', 'UNDELIVERED', 'FAILED', 'CANCELED')
                          and not (state = 'SENT' and :state = 'ACCEPTED')""")
                .set("sid", sid)
                .set("state", state)
                .set("error", errorCode)
                .set("token", token)
                .run();
    }

    /** Texts whose sender died: nobody knows whether they left, so they are not sent again. */
    Uni<Integer> doubtExpired(Sql sql) {
        return sql.update(
                        "update sms_message set state = 'UNKNOWN', changed_at = now() where state = 'SENDING' and lease_until < now()")
                .count();
    }

    /** Texts that wait for longer than any retry: their event was parked. */
    Uni<List<Long>> forgotten(Sql sql) {
        return sql.query("""
                        update sms_message set changed_at = now()
                        where state = 'TO_SEND' and changed_at < now() - interval '10 minutes' returning id""").list(row -> row.id("id"));
    }

    /**
     * Keeps a text that came in; null when it was kept before.
     *
     * @param youthId whose number it is; null when nobody's, or several have it
     * @param handled whether nobody needs to read it
     */
    Uni<@Nullable Long> receive(
            Sql sql, Incoming text, @Nullable Long youthId, Reply reply, boolean handled, Instant now) {
        return sql.query("""
                        insert into sms_message (direction, youth_id, e164, body, media, sid, state, kind, not_before,
                            created_at, handled_at)
                        values ('IN', :youth, :e164, :body, :media, :sid, 'RECEIVED', :kind,
                                cast(:before as timestamptz), :now,
                                case when :handled then cast(:now as timestamptz) end)
                        on conflict do nothing returning id""")
                .set("youth", youthId)
                .set("e164", text.from())
                .set("body", text.body())
                .set("media", text.media())
                .set("sid", text.sid())
                .set("kind", reply.kind())
                .set("before", reply.notBefore())
                .set("handled", handled)
                .set("now", now)
                .first(row -> row.id("id"));
    }

    /**
     * Texts that wait for youths who answered or no longer want any. Reminders stay: whether their call still stands is seen
     * when they are due.
     */
    Uni<Void> cancelWaiting(Sql sql, List<Long> youthIds) {
        return sql.update(
                        "update sms_message set state = 'CANCELED', changed_at = now() where state = 'TO_SEND' and youth_id = any(:youths)")
                .set("youths", youthIds.toArray(Long[]::new))
                .run()
                .chain(() -> PlannedTexts.dropAnswered(sql, youthIds));
    }
}
