package fr.raccroche.inbound;

import fr.raccroche.campaign.Campaigns;
import fr.raccroche.dialing.Agents;
import fr.raccroche.dialing.InboundCalls;
import fr.raccroche.dialing.InboundCalls.Inbound;
import fr.raccroche.dialing.InboundCalls.PossibleYouth;
import fr.raccroche.inbound.InboundRouting.File;
import fr.raccroche.platform.Sql;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls that come in, in the database, from the first ring to the end: who rings, whom it may be about, who answers. */
@ApplicationScoped
public class CallsIn {

    private final Campaigns campaigns;

    CallsIn(Campaigns campaigns) {
        this.campaigns = campaigns;
    }

    /** The call, locked; noted as new when Twilio tells of it for the first time, and as alive in any case. */
    Uni<Inbound> hear(Sql sql, String callSid, @Nullable String e164, String shown, Instant now) {
        return sql.update("""
                        insert into inbound_call (call_sid, e164, shown, received_at)
                        values (:sid, cast(:e164 as text), :shown, :now)
                        on conflict (call_sid) do update set heard_at = now()""")
                .set("sid", callSid)
                .set("e164", e164)
                .set("shown", shown)
                .set("now", now)
                .run()
                .chain(() -> bySid(sql, callSid))
                .onItem()
                .ifNull()
                .failWith(() -> new IllegalStateException("A call that was just written is gone"))
                .map(call -> call);
    }

    /** The call, locked; null when it never came in. */
    Uni<@Nullable Inbound> bySid(Sql sql, String callSid) {
        return sql.query("select " + InboundCalls.COLUMNS + " from inbound_call i where i.call_sid = :sid for update")
                .set("sid", callSid)
                .first(InboundCalls::inbound);
    }

    /** Open campaigns that show this number, those first for which agents wait. */
    Uni<List<Long>> campaignsShowing(Sql sql, String shown) {
        return sql.query("""
                        select c.id from campaign c where c.state in ('RUNNING', 'PAUSED')
                          and
                        """ + InboundCalls.SHOWS + """
                         order by exists (select from agent_presence p where p.campaign_id = c.id and @waits@) desc,
                                  c.state = 'RUNNING' desc, c.id desc""".replace("@waits@", Agents.CAN_TAKE_A_CALL))
                .set("shown", shown)
                .list(row -> row.id("id"));
    }

    /** The youths reached under this number in open campaigns, one for each campaign; none for a hidden one. */
    Uni<List<File>> files(Sql sql, @Nullable String e164, String shown) {
        return sql.query("select y.campaign_id, y.youth_id, a.planned_at, a.agent_id, " + InboundCalls.SHOWS
                        + " as shows, "
                        + InboundCalls.IN_HAND + """
                         or exists (select from call_attempt l where l.e164 = :e164 and l.live) as in_hand
                        from phone_number p
                        join campaign_youth y on y.youth_id = p.youth_id
                        join campaign c on c.id = y.campaign_id
                        left join lateral (select t.planned_at, t.agent_id from call_attempt t
                                            where t.campaign_id = y.campaign_id and t.youth_id = y.youth_id
                                              and t.state not in ('PREVIEW', 'PASSED')
                                            order by t.id desc limit 1) a on true
                        where p.e164 = :e164 and p.state <> 'WRONG' and c.state in ('RUNNING', 'PAUSED')
                        order by y.campaign_id desc, y.youth_id""")
                .set("e164", e164)
                .set("shown", shown)
                .list(row -> new File(
                        row.id("campaign_id"),
                        row.id("youth_id"),
                        row.flag("shows"),
                        row.instantOrNull("planned_at"),
                        row.idOrNull("agent_id"),
                        row.flag("in_hand")));
    }

    /** The youths under the caller's number, most likely first. */
    Uni<List<File>> likeliest(Sql sql, Inbound call) {
        return files(sql, call.e164(), call.shown()).map(InboundRouting::onePerYouth);
    }

    /** What decides about the call at this moment. */
    Uni<InboundRouting.Facts> facts(Sql sql, Inbound call, Instant now) {
        return likeliest(sql, call).chain(files -> facts(sql, call, files, now));
    }

    private Uni<InboundRouting.Facts> facts(Sql sql, Inbound call, List<File> files, Instant now) {
        return campaignsShowing(sql, call.shown())
                .map(showing -> InboundRouting.campaign(files, showing))
                .chain(id -> id == null
                        ? Uni.createFrom().item(new InboundRouting.Facts(files, null, List.of(), waited(call, now)))
                        : facts(sql, call, files, id, now)
                                .chain(own -> own.isReady(now)
                                        ? Uni.createFrom().item(own)
                                        : elsewhere(sql, call, files, id, own, now)));
    }

    /** With no agent free in their own campaign, a caller is offered to every other that shows the number they rang. */
    private Uni<InboundRouting.Facts> elsewhere(
            Sql sql, Inbound call, List<File> files, long campaignId, InboundRouting.Facts own, Instant now) {
        return campaignsShowing(sql, call.shown())
                .map(showing -> showing.stream()
                        .filter(other -> other != campaignId)
                        .findFirst()
                        .orElse(null))
                .chain(other -> other == null
                        ? Uni.createFrom().item(own)
                        : facts(sql, call, files, other, now).map(found -> found.isReady(now) ? found : own));
    }

    private Uni<InboundRouting.Facts> facts(Sql sql, Inbound call, List<File> files, long campaignId, Instant now) {
        return campaigns
                .byId(sql, campaignId)
                .chain(campaign -> ready(sql, campaignId)
                        .map(ready -> new InboundRouting.Facts(files, campaign, ready, waited(call, now))));
    }

    private static Duration waited(Inbound call, Instant now) {
        return Duration.between(call.receivedAt(), now);
    }

    /** Agents of a campaign who wait and can take a call, longest waiting first. */
    Uni<List<Long>> ready(Sql sql, long campaignId) {
        return sql.query("""
                        select p.account_id from agent_presence p
                        where p.campaign_id = :campaign and @waits@
                        order by p.since, p.account_id""".replace("@waits@", Agents.CAN_TAKE_A_CALL))
                .set("campaign", campaignId)
                .list(row -> row.id("account_id"));
    }

    /** The number of the youth that is {@code e164}; null when they have none like it. */
    Uni<@Nullable Long> phone(Sql sql, long youthId, @Nullable String e164) {
        return sql.query("select id from phone_number where youth_id = :youth and e164 = cast(:e164 as text)")
                .set("youth", youthId)
                .set("e164", e164)
                .first(row -> row.id("id"));
    }

    /** A number of the youth on whose line nobody is, for a caller who hides theirs; null when all are in use. */
    Uni<@Nullable Long> anyPhone(Sql sql, long youthId) {
        return sql.query("""
                        select p.id from phone_number p
                        where p.youth_id = :youth
                          and not exists (select from call_attempt l where l.e164 = p.e164 and l.live)
                        order by p.state in ('UNTRIED', 'VALID') desc, p.rank, p.id limit 1""").set("youth", youthId).first(row -> row.id("id"));
    }

    /** Whether another agent has the youth; their queue row is locked by then. */
    Uni<Boolean> isInHand(Sql sql, long campaignId, long youthId) {
        return sql.query("select " + InboundCalls.IN_HAND + """
                         as in_hand from campaign_youth y
                        where y.campaign_id = :campaign and y.youth_id = :youth for update""")
                .set("campaign", campaignId)
                .set("youth", youthId)
                .first(row -> row.flag("in_hand"))
                .map(inHand -> inHand == null || inHand);
    }

    /** @param forAnyAgent false while their file is in another agent's hands */
    Uni<Void> waits(Sql sql, Inbound call, @Nullable Long campaignId, boolean forAnyAgent) {
        return sql.update("update inbound_call set for_any_agent = :any where id = :id")
                .set("any", forAnyAgent)
                .set("id", call.id())
                .run()
                .chain(() -> move(sql, call, InboundCalls.CallerState.WAITING, campaignId));
    }

    Uni<Void> offered(Sql sql, Inbound call, @Nullable Long campaignId) {
        return move(sql, call, InboundCalls.CallerState.OFFERED, campaignId);
    }

    Uni<Void> askedToBeCalled(Sql sql, Inbound call) {
        return move(sql, call, InboundCalls.CallerState.CALLBACK, call.campaignId());
    }

    private static Uni<Void> move(Sql sql, Inbound call, InboundCalls.CallerState state, @Nullable Long campaignId) {
        return sql.update(
                        "update inbound_call set state = :state, campaign_id = cast(:campaign as bigint) where id = :id")
                .set("state", state)
                .set("campaign", campaignId)
                .set("id", call.id())
                .run();
    }

    Uni<Void> connected(Sql sql, Inbound call, long campaignId, long agentId, @Nullable Long attemptId, Instant now) {
        return sql.update("""
                        update inbound_call set state = 'CONNECTED', campaign_id = :campaign, agent_id = :agent,
                               attempt_id = cast(:attempt as bigint), connected_at = :now
                        where id = :id""")
                .set("campaign", campaignId)
                .set("agent", agentId)
                .set("attempt", attemptId)
                .set("now", now)
                .set("id", call.id())
                .run();
    }

    Uni<Void> identified(Sql sql, Inbound call, long campaignId, long attemptId) {
        return sql.update("update inbound_call set attempt_id = :attempt, campaign_id = :campaign where id = :id")
                .set("attempt", attemptId)
                .set("campaign", campaignId)
                .set("id", call.id())
                .run();
    }

    /** The agent is done with somebody of whom they never learnt who it was. */
    Uni<Void> released(Sql sql, Inbound call, Instant now) {
        return sql.update("update inbound_call set released_at = :now where id = :id")
                .set("now", now)
                .set("id", call.id())
                .run();
    }

    Uni<Void> ended(Sql sql, Inbound call, Instant now) {
        return sql.update(
                        "update inbound_call set ended_at = coalesce(ended_at, :now), heard_at = now() where id = :id")
                .set("now", now)
                .set("id", call.id())
                .run();
    }

    /** A message was recorded; told again, it is the same one. */
    Uni<Void> recorded(Sql sql, Inbound call, String recordingSid) {
        return sql.update("""
                        update inbound_call set state = 'MESSAGE', recording_sid = :recording
                        where id = :id and state <> 'CONNECTED' and recording_sid is null""")
                .set("recording", recordingSid)
                .set("id", call.id())
                .run();
    }

    /** Calls of which nothing was heard for {@code silence} although they should go on; they are looked after now. */
    Uni<List<String>> silentFor(Sql sql, Duration silence) {
        return sql.query("""
                        update inbound_call set heard_at = now()
                        where id in (select id from inbound_call where ended_at is null
                                       and heard_at < now() - :millis * interval '1 millisecond'
                                     order by heard_at limit 50 for update skip locked)
                        returning call_sid""").set("millis", silence.toMillis()).list(row -> row.text("call_sid"));
    }

    /** Agents who left while nobody knew who had rung, and that call is over. */
    Uni<List<Long>> forgottenBy(Sql sql, Duration absence) {
        return sql.query("""
                        select i.agent_id from inbound_call i
                        left join agent_presence p on p.account_id = i.agent_id
                        where i.agent_id is not null and i.attempt_id is null and i.released_at is null
                          and i.ended_at is not null
                          and i.heard_at < now() - :millis * interval '1 millisecond'
                          and coalesce(p.seen_at, i.heard_at) < now() - :millis * interval '1 millisecond'
                        limit 50""").set("millis", absence.toMillis()).list(row -> row.id("agent_id"));
    }

    /**
     * The youths of the open campaigns that show the number rung, born on this day, whose names begin with these words.
     *
     * @param words of a name key, without wildcards
     */
    Uni<List<PossibleYouth>> search(Sql sql, Inbound call, String[] words, LocalDate birthDate, int most) {
        return sql.query(InboundCalls.CANDIDATE + """
                        where c.state in ('RUNNING', 'PAUSED')
                          and
                        """ + InboundCalls.SHOWS + """
                          and t.birth_date = :birth
                          and not exists (select 1 from unnest(cast(:words as text[])) as word
                                           where ' ' || replace(t.name_key, '|', ' ') not like '% ' || word || '%')
                        order by y.youth_id, y.campaign_id desc limit :most""")
                .set("shown", call.shown())
                .set("birth", birthDate)
                .set("words", words)
                .set("most", most)
                .list(InboundCalls::candidate);
    }

    /**
     * A message that nobody dealt with yet.
     *
     * @param e164 null when the caller hides it
     * @param recordingSid what Twilio calls the recording
     * @param files youths under the caller's number
     */
    record Message(
            long id,
            Instant receivedAt,
            @Nullable String e164,
            String recordingSid,
            List<InboundCalls.NamedYouth> files) {}

    /** What Twilio calls the recording of a message; null when there is none. */
    Uni<@Nullable String> recording(Sql sql, long id) {
        return sql.query("select recording_sid from inbound_call where id = :id and recording_sid is not null")
                .set("id", id)
                .first(row -> row.text("recording_sid"));
    }

    /** The messages that wait, oldest first. */
    Uni<List<Message>> messages(Sql sql) {
        return sql.query("""
                        select i.id, i.received_at, i.e164, i.recording_sid,
                               (select string_agg(t.id || ' ' || t.first_name || ' ' || t.last_name, chr(10) order by t.id)
                                  from youth t where t.id in (select p.youth_id from phone_number p
                                                               where p.e164 = i.e164 and p.state <> 'WRONG')) as files
                        from inbound_call i where i.state = 'MESSAGE' and i.handled_at is null
                        order by i.received_at limit 200""")
                .list(row -> new Message(
                        row.id("id"),
                        row.instant("received_at"),
                        row.textOrNull("e164"),
                        row.text("recording_sid"),
                        InboundCalls.named(row.textOrNull("files"))));
    }

    /** Whether there is such a message; who dealt with it first stays noted. */
    Uni<Boolean> handled(Sql sql, long id, long account, Instant now) {
        return sql.update("""
                        update inbound_call set handled_at = coalesce(handled_at, :now),
                               handled_by = coalesce(handled_by, :account)
                        where id = :id and state = 'MESSAGE'""")
                .set("now", now)
                .set("account", account)
                .set("id", id)
                .count()
                .map(count -> count == 1);
    }
}
