package fr.raccroche.dialing;

import fr.raccroche.campaign.AttemptResult;
import fr.raccroche.platform.Json;
import fr.raccroche.platform.Nothing;
import fr.raccroche.platform.Outbox;
import fr.raccroche.platform.Sql;
import fr.raccroche.platform.Tokens;
import fr.raccroche.queue.Places;
import fr.raccroche.youth.NumberOwner;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The attempt ledger. Ten at most count per youth and campaign: {@code n} is unique and bounded, so the database itself
 * refuses an eleventh, whatever runs concurrently; it also refuses two open attempts of one youth, of one agent, and two
 * live calls to one number.
 */
@ApplicationScoped
public class Attempts {

    /** The agent of a line that is nobody's until somebody answers, see {@link Campaign.Mode#BURST}. */
    static final long NOBODY = -1;

    private record OpeningJson(
            long youth, @Nullable Long agent, long phone, String e164, String token, String action) {}

    private static final String OPEN = """
            with opening as (
                select * from json_to_recordset(cast(cast(:openings as text) as json))
                    as o(youth bigint, agent bigint, phone bigint, e164 text, token text, action text)),
            taken as (""" + Places.take("opening") + """
            ),
            moved as (""" + Agents.give("opening")
            + """
            ),
            opened as (
                insert into call_attempt (campaign_id, youth_id, agent_id, phone_id, e164, n, state, token,
                    action_id, planned_at)
                select :campaign, o.youth, o.agent, o.phone, o.e164,
                       case when :counts then t.attempts end, :state, o.token, o.action, :now
                from taken t join opening o on o.youth = t.youth_id
                order by o.e164
                returning id, youth_id),
            sent as (@sent@ where :counts)
            select id, youth_id from opened
            """.replace("@sent@", Outbox.stored(Outbox.CALLS_TO_PLACE, "attemptId", "opened"));

    private static final String RING_IN = """
            with taken as (""" + Places.TAKE_WHO_RANG + """
            )
            insert into call_attempt (campaign_id, youth_id, agent_id, phone_id, e164, inbound, state, token, action_id,
                call_sid, shown, planned_at, rang_at, answered_at, ended_at, admitted_at)
            select :campaign, :youth, :agent, p.id, p.e164, true, :state, :token, :action, :sid, :shown, :at, :at, :at,
                   cast(:ended as timestamptz), now()
            from phone_number p where p.id = :phone
            returning id""";

    static final String COLUMNS = """
            a.id, a.campaign_id, a.youth_id, a.agent_id, a.phone_id, a.e164, a.state, a.token, a.action_id, a.call_sid,
            a.n, a.inbound, a.planned_at, a.rang_at, a.answered_at, a.ended_at, a.closed_at, a.admitted_at,
            a.bridged_at, a.answered_by
            """;
    private final Json json;
    private final Tokens tokens;

    Attempts(Json json, Tokens tokens) {
        this.json = json;
        this.tokens = tokens;
    }

    /** The attempts at a youth in all campaigns, oldest first, those only looked at left out. */
    public Uni<List<LedgerEntry>> ledger(Sql sql, long youthId) {
        return sql.query("""
                        select a.id, a.campaign_id, coalesce(a.rang_at, a.planned_at) as at, a.n, a.result, p.owner,
                               a.inbound, exists (select from outcome o where o.attempt_id = a.id) as noted
                        from call_attempt a join phone_number p on p.id = a.phone_id
                        where a.youth_id = :youth and (a.result is null or a.result not in ('PASSED', 'NOT_PLACED'))
                          and a.state <> 'PREVIEW'
                        order by a.id""")
                .set("youth", youthId)
                .list(row -> new LedgerEntry(
                        row.flag("noted") ? row.id("id") : null,
                        row.id("campaign_id"),
                        row.instant("at"),
                        row.integerOrNull("n"),
                        row.constantOrNull(AttemptResult.class, "result"),
                        row.constant(NumberOwner.class, "owner"),
                        row.flag("inbound")));
    }

    /**
     * Takes the youths for their agents, all or none: the attempts exist from here on, and those that are to be dialled
     * at once are events in the outbox. An intent uses up one of the ten at once, and gives it back only when the network
     * was surely not reached.
     *
     * @param state PREVIEW or INTENT
     * @param arriving whether the agents are here at this moment, and not only known to wait
     */
    Uni<List<Attempt>> open(
            Sql sql, long campaignId, AttemptState state, List<Opening> openings, boolean arriving, Instant now) {
        Map<Long, OpeningJson> made = openings.stream()
                .map(o -> new OpeningJson(
                        o.youthId(),
                        o.agentId() == NOBODY ? null : o.agentId(),
                        o.phone().id(),
                        o.phone().e164(),
                        tokens.next(),
                        tokens.next()))
                .collect(Collectors.toMap(OpeningJson::youth, o -> o));
        return sql.query(OPEN)
                .set("openings", json.write(made.values()))
                .set("counts", state == AttemptState.INTENT)
                .set("campaign", campaignId)
                .set("agentState", state == AttemptState.INTENT ? Agents.State.DIALING : Agents.State.PREVIEW)
                .set("arriving", arriving)
                .set("state", state)
                .set("now", now)
                .list(row -> opened(
                        row.id("id"), campaignId, state, Objects.requireNonNull(made.get(row.id("youth_id"))), now));
    }

    private static Attempt opened(long id, long campaignId, AttemptState state, OpeningJson opening, Instant now) {
        return new Attempt(
                id,
                campaignId,
                opening.youth(),
                opening.agent() == null ? NOBODY : opening.agent(),
                opening.phone(),
                opening.e164(),
                state,
                opening.token(),
                opening.action(),
                null,
                state == AttemptState.INTENT,
                false,
                AttemptTimes.planned(now),
                false);
    }

    /**
     * A call from the youth becomes an attempt that takes no place; whoever still waited for a call is in this one. The
     * queue row is locked, and no other attempt at them is open. Answers its id.
     */
    public Uni<Long> ringIn(Sql sql, RingIn call) {
        return sql.query(RING_IN)
                .set("campaign", call.campaignId())
                .set("youth", call.youthId())
                .set("agent", call.agentId())
                .set("phone", call.phoneId())
                .set("sid", call.callSid())
                .set("shown", call.shown())
                .set("state", call.endedAt() == null ? AttemptState.ANSWERED : AttemptState.COMPLETED)
                .set("token", tokens.next())
                .set("action", tokens.next())
                .set("at", call.at())
                .set("ended", call.endedAt())
                .one(row -> row.id("id"));
    }

    /** The agent read the file and calls: the preview becomes an intent and takes its place among the ten. */
    Uni<Void> promote(Sql sql, Attempt preview, Instant now) {
        return sql.update("""
                        with taken as (""" + Places.COUNT + """
                        )
                        update call_attempt a set state = 'INTENT', n = taken.attempts, planned_at = :now,
                               changed_at = now(), lease_until = now()
                        from taken where a.id = :id and a.state = 'PREVIEW' and a.closed_at is null""")
                .set("campaign", preview.campaignId())
                .set("youth", preview.youthId())
                .set("now", now)
                .set("id", preview.id())
                .run();
    }

    public Uni<@Nullable Attempt> byToken(Sql sql, String token) {
        return sql.query("select " + COLUMNS + " from call_attempt a where a.token = :token for update")
                .set("token", token)
                .first(Attempts::attempt);
    }
    /** A stored report with its attempt; null when nobody knows the token. */
    Uni<@Nullable ReportedCall> reported(Sql sql, long eventId) {
        return sql.query(
                        "select e.call_sid as event_sid, e.status, e.fields ->> 'SipResponseCode' as sip_code, "
                                + COLUMNS
                                + " from call_event e join call_attempt a on a.token = e.token where e.id = :id for update of a")
                .set("id", eventId)
                .first(row -> new ReportedCall(
                        attempt(row), row.text("event_sid"), row.text("status"), row.textOrNull("sip_code")));
    }

    public Uni<@Nullable Attempt> byId(Sql sql, long id) {
        return sql.query("select " + COLUMNS + " from call_attempt a where a.id = :id for update")
                .set("id", id)
                .first(Attempts::attempt);
    }

    /** What {@code work} answers about an attempt that is still open; null when it is not, or there is none. */
    <T> Uni<@Nullable T> ifOpen(Sql sql, long id, Function<Attempt, Uni<T>> work) {
        return byId(sql, id)
                .chain(attempt -> attempt == null || !attempt.isOpen() ? Nothing.found() : work.apply(attempt));
    }

    /** The attempt that the agent holds: ringing, talking, or waiting for its outcome. */
    public Uni<@Nullable Attempt> heldBy(Sql sql, long agentId) {
        return sql.query("select " + COLUMNS
                        + " from call_attempt a where a.agent_id = :agent and a.closed_at is null for update")
                .set("agent", agentId)
                .first(Attempts::attempt);
    }

    /** The same without a lock, for showing. */
    public Uni<@Nullable Attempt> peekHeldBy(Sql sql, long agentId) {
        return sql.query("select " + COLUMNS + " from call_attempt a where a.agent_id = :agent and a.closed_at is null")
                .set("agent", agentId)
                .first(Attempts::attempt);
    }

    /** Whether this intent is older than {@code patience}, real time. */
    Uni<Boolean> waitsLongerThan(Sql sql, long id, Duration patience) {
        return sql.query("""
                        select lease_until < now() - :millis * interval '1 millisecond' as too_long
                        from call_attempt where id = :id""").set("millis", patience.toMillis()).set("id", id).one(row -> row.flag("too_long"));
    }

    /**
     * INTENT to DIALING under a lease; false when another worker or a cancellation was faster.
     *
     * @param shown the number that the youth will see, now and later
     */
    Uni<Boolean> startDialing(Sql sql, Attempt attempt, String shown, Duration lease) {
        return sql.update("""
                        with seen as (""" + Places.SHOW + """
                        )
                        update call_attempt set state = 'DIALING', lease_until = now() + :seconds * interval '1 second',
                               shown = :shown, changed_at = now()
                        where id = :id and state = 'INTENT' and closed_at is null""")
                .set("shown", shown)
                .set("campaign", attempt.campaignId())
                .set("youth", attempt.youthId())
                .set("seconds", lease.toSeconds())
                .set("id", attempt.id())
                .count()
                .map(changed -> changed == 1);
    }

    /** Twilio took the call; a webhook may have said so before. */
    Uni<Void> placed(Sql sql, long id, String sid) {
        return sql.update("""
                        update call_attempt set call_sid = coalesce(call_sid, :sid), changed_at = now(),
                               state = case when state in ('DIALING', 'UNKNOWN') then 'QUEUED' else state end
                        where id = :id""").set("sid", sid).set("id", id).run();
    }

    /** Nobody knows whether Twilio took the call. */
    Uni<Void> inDoubt(Sql sql, long id) {
        return sql.update("""
                        update call_attempt set state = 'UNKNOWN', changed_at = now()
                        where id = :id and state = 'DIALING' and call_sid is null""").set("id", id).run();
    }

    /** For {@code length}, real time, something is said to whoever is on the line: nobody ends the call meanwhile. */
    public Uni<Void> speak(Sql sql, long id, Duration length) {
        return sql.update(
                        "update call_attempt set message_until = now() + :millis * interval '1 millisecond' where id = :id")
                .set("millis", length.toMillis())
                .set("id", id)
                .run();
    }

    /** Nothing is said after all: the call may be ended. */
    public Uni<Void> speakNoMore(Sql sql, long id) {
        return sql.update("update call_attempt set message_until = null where id = :id")
                .set("id", id)
                .run();
    }

    /** Whether something is being said at this moment. */
    Uni<Boolean> isSpokenTo(Sql sql, long id) {
        return sql.query("select coalesce(message_until > now(), false) as spoken from call_attempt where id = :id")
                .set("id", id)
                .one(row -> row.flag("spoken"));
    }

    /** What the network reports, written only forward. */
    Uni<Void> advance(Sql sql, Attempt attempt, AttemptState state, @Nullable String sid, Instant now) {
        return sql.update("""
                        update call_attempt set state = :state, call_sid = coalesce(call_sid, :sid), changed_at = now(),
                               rang_at = case when :rang then coalesce(rang_at, :now) else rang_at end,
                               answered_at = case when :answered then coalesce(answered_at, :now) else answered_at end,
                               ended_at = case when :over then coalesce(ended_at, :now) else ended_at end
                        where id = :id""")
                .set("state", state)
                .set("sid", sid)
                .set("now", now)
                .set(
                        "rang",
                        state.rank() >= AttemptState.RINGING.rank()
                                && state != AttemptState.FAILED
                                && state != AttemptState.CANCELED)
                .set("answered", state == AttemptState.ANSWERED || state == AttemptState.COMPLETED)
                .set("over", state.isOver())
                .set("id", attempt.id())
                .run();
    }

    /** Lines of the campaign that wait for their agent, those of this transaction included. */
    Uni<SharedLines> shared(Sql sql, long campaignId) {
        return sql.query("""
                        select count(*) filter (where state <> 'ANSWERED') as ringing,
                               count(*) filter (where state = 'ANSWERED') as answered
                        from call_attempt where campaign_id = :campaign and live and agent_id is null""")
                .set("campaign", campaignId)
                .one(row -> new SharedLines(row.integer("ringing"), row.integer("answered")));
    }

    /** A shared line has found its agent. */
    Uni<Void> give(Sql sql, long id, long agentId) {
        return sql.update("update call_attempt set agent_id = :agent where id = :id and agent_id is null")
                .set("agent", agentId)
                .set("id", id)
                .run();
    }

    /** The youth is let through to the agent. */
    Uni<Void> admit(Sql sql, long id) {
        return sql.update("update call_attempt set admitted_at = coalesce(admitted_at, now()) where id = :id")
                .set("id", id)
                .run();
    }

    /** The call of somebody who was let through has joined the agent's conference. */
    Uni<Void> joined(Sql sql, String sid) {
        return sql.update("""
                        update call_attempt set bridged_at = now()
                        where call_sid = :sid and admitted_at is not null and bridged_at is null""").set("sid", sid).run();
    }

    /** The agent's line was up all the while: the youth joined it at once, and the report of that was lost. */
    Uni<Void> joinedAtOnce(Sql sql, long id) {
        return sql.update("update call_attempt set bridged_at = admitted_at where id = :id and bridged_at is null")
                .set("id", id)
                .run();
    }

    /** What machine detection said of the call. */
    Uni<Void> answeredBy(Sql sql, long id, String who) {
        return sql.update("update call_attempt set answered_by = :who where id = :id")
                .set("who", who)
                .set("id", id)
                .run();
    }

    private static boolean isMachine(@Nullable String answeredBy) {
        return answeredBy != null && (answeredBy.startsWith("machine") || answeredBy.equals("fax"));
    }

    /** Notes that the attempt was looked after just now, so that the sweeper leaves it alone for a while. */
    Uni<Void> touch(Sql sql, long id) {
        return sql.update("update call_attempt set changed_at = now() where id = :id")
                .set("id", id)
                .run();
    }

    /** Ends the attempt with its result; one that does not count gives its place among the ten back. */
    Uni<Void> close(Sql sql, Attempt attempt, Ending ending, Instant now) {
        AttemptResult result = ending.result();
        return sql.update("""
                        with given_back as (""" + Places.GIVE_BACK + """
                        )
                        update call_attempt set closed_at = :now, result = :result, error_code = :error,
                               n = case when :counts then n end, changed_at = now()
                        where id = :id and closed_at is null""")
                .set("campaign", attempt.campaignId())
                .set("youth", attempt.youthId())
                .set("giveBack", attempt.counted() && !result.counts())
                .set("now", now)
                .set("result", result)
                .set("error", ending.code())
                .set("counts", result.counts())
                .set("id", attempt.id())
                .run();
    }

    /** What came of a closed attempt was something else than was said at first; its place among the ten stays used. */
    Uni<Void> correct(Sql sql, long id, AttemptResult result) {
        return sql.update("""
                        update call_attempt set result = :result, changed_at = now()
                        where id = :id and closed_at is not null""").set("result", result).set("id", id).run();
    }

    /** Whether a talk under the number of this attempt is known beside it. */
    Uni<Boolean> spokenTo(Sql sql, Attempt attempt) {
        return sql.query("""
                        select exists (select from call_attempt a where a.phone_id = :phone and a.id <> :id
                                          and a.result = any(:talks)) as spoken""")
                .set("phone", attempt.phoneId())
                .set("id", attempt.id())
                .set(
                        "talks",
                        Arrays.stream(AttemptResult.values())
                                .filter(AttemptResult::isTalk)
                                .map(Enum::name)
                                .toArray(String[]::new))
                .one(row -> row.flag("spoken"));
    }

    /** What came since of an attempt: whether the youth was called again, and is in somebody's hands now. */
    public record Since(boolean calledAgain, boolean inHand) {}

    /** What came since of this attempt at its youth, in any campaign. */
    public Uni<Since> since(Sql sql, Attempt attempt) {
        return sql.query("""
                        select exists (select from call_attempt a where a.youth_id = :youth and a.id > :id
                                          and a.closed_at is not null and (a.n is not null or a.inbound)) as called_again,
                               exists (select from call_attempt a where a.youth_id = :youth
                                          and a.closed_at is null) as in_hand""")
                .set("youth", attempt.youthId())
                .set("id", attempt.id())
                .one(row -> new Since(row.flag("called_again"), row.flag("in_hand")));
    }

    /** Whether the youth rang us, from a number that is not that of the attempt, or hidden. */
    Uni<Boolean> cameFromAnotherNumber(Sql sql, Attempt attempt) {
        return !attempt.inbound()
                ? Uni.createFrom().item(false)
                : sql.query("""
                                select not exists (select from inbound_call i join phone_number p on p.e164 = i.e164
                                                    where i.attempt_id = :attempt and p.id = :phone) as another""")
                        .set("attempt", attempt.id())
                        .set("phone", attempt.phoneId())
                        .one(row -> row.flag("another"));
    }

    /** What the agent typed so far, so that a reload or a crash loses nothing. */
    public Uni<Void> keepDraft(Sql sql, long agentId, long attemptId, String draft) {
        return sql.update(
                        "update call_attempt set draft = :draft where id = :id and agent_id = :agent and closed_at is null")
                .set("draft", draft)
                .set("id", attemptId)
                .set("agent", agentId)
                .run();
    }

    /** How often this number was refused or failed before anything rang, whosever fault, since it last rang. */
    Uni<Long> failuresInARow(Sql sql, long phoneId) {
        return sql.query("""
                        select count(*) as n from call_attempt
                        where phone_id = :phone and result = 'TECHNICAL'
                          and id > coalesce((select max(b.id) from call_attempt b
                                              where b.phone_id = :phone and b.rang_at is not null), 0)""").set("phone", phoneId).one(row -> row.id("n"));
    }

    /** How often this number failed before anything rang since it last rang, over all campaigns. */
    Uni<Long> technicalFailures(Sql sql, long phoneId) {
        return sql.query("""
                        select count(*) as n from call_attempt
                        where phone_id = :phone and result = 'TECHNICAL'
                          and coalesce(error_code, 0) not between 500 and 599
                          and id > coalesce((select max(b.id) from call_attempt b
                                              where b.phone_id = :phone and b.rang_at is not null), 0)""").set("phone", phoneId).one(row -> row.id("n"));
    }
    /** Attempts whose worker died between taking them and hearing from Twilio. */
    Uni<Integer> doubtExpired(Sql sql) {
        return sql.update("""
                        update call_attempt set state = 'UNKNOWN', changed_at = now()
                        where state = 'DIALING' and lease_until < now() and call_sid is null and closed_at is null
                          and ended_at is null""").count();
    }
    /** Whether the network reported that this call rang. */
    Uni<Boolean> rang(Sql sql, String token) {
        return sql.query("""
                        select exists (select 1 from call_event
                                        where token = :token and status in ('ringing', 'in-progress')) as rang""").set("token", token).one(row -> row.flag("rang"));
    }

    /** Whether Twilio's call already belongs to an attempt. */
    Uni<Boolean> isBound(Sql sql, String sid) {
        return sql.query("select count(*) as n from call_attempt where call_sid = :sid")
                .set("sid", sid)
                .one(row -> row.id("n") > 0);
    }

    static Attempt attempt(Sql.Row row) {
        Long agent = row.idOrNull("agent_id");
        return new Attempt(
                row.id("id"),
                row.id("campaign_id"),
                row.id("youth_id"),
                agent == null ? NOBODY : agent,
                row.id("phone_id"),
                row.text("e164"),
                row.constant(AttemptState.class, "state"),
                row.text("token"),
                row.text("action_id"),
                row.textOrNull("call_sid"),
                row.integerOrNull("n") != null,
                row.flag("inbound"),
                times(row),
                isMachine(row.textOrNull("answered_by")));
    }

    private static AttemptTimes times(Sql.Row row) {
        return new AttemptTimes(
                row.instant("planned_at"),
                row.instantOrNull("rang_at"),
                row.instantOrNull("answered_at"),
                row.instantOrNull("ended_at"),
                row.instantOrNull("closed_at"),
                row.instantOrNull("admitted_at"),
                row.instantOrNull("bridged_at"));
    }
}
