package fr.raccroche.dialing;

import fr.raccroche.platform.Sql;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Agents at work: who is ready, for which campaign, with a line or not. */
@ApplicationScoped
public class Agents {

    /** What an agent is doing. */
    public enum State {
        OFFLINE,
        READY,
        PAUSED,
        /** Reads a file before calling. */
        PREVIEW,
        DIALING,
        IN_CALL,
        /** The call is over, the outcome is not recorded. */
        WRAP_UP;

        /** Whether an attempt is theirs and still open. */
        boolean holdsAttempt() {
            return switch (this) {
                case PREVIEW, DIALING, IN_CALL, WRAP_UP -> true;
                case OFFLINE, READY, PAUSED -> false;
            };
        }
    }

    /**
     * An agent's row.
     *
     * @param wanted what comes after the call in hand
     * @param line SID of their connected line
     * @param ranOut files in a row that went back because the agent let the time run out
     */
    public record Presence(
            long agentId,
            @Nullable Long campaignId,
            State state,
            State wanted,
            Instant since,
            @Nullable String line,
            int ranOut) {

        /** Whether their line is connected. */
        public boolean audio() {
            return line != null;
        }

        /** Whether they pause because they let the time run out, not because they said so. */
        public boolean isStopped() {
            return state == State.PAUSED && ranOut >= MOST_RUN_OUT;
        }
    }

    /** Files in a row that may go back by themselves before nobody seems to be there. */
    static final int MOST_RUN_OUT = 2;

    /**
     * Whether somebody who rang waits for an agent of the campaign {@code @campaign@}: they come before the queue. Who waits
     * for the end of another agent's call keeps nobody from theirs.
     */
    static final String CALLER_WAITS = """
            exists (select from inbound_call w where w.campaign_id = @campaign@ and w.state = 'WAITING'
                       and w.for_any_agent and w.ended_at is null and w.heard_at > now() - interval '20 seconds')""";

    /**
     * Whether the last call of agent {@code p} is still in their room although its outcome is recorded: the next one would
     * meet the last. Somebody who only hears a message is not in the room.
     */
    static final String LAST_CALL_GOES_ON = """
            exists (select from call_attempt l where l.agent_id = p.account_id and l.closed_at is not null
                       and l.ended_at is null and l.call_sid is not null and l.message_until is null)""";

    /** Real time after which an agent whose page is gone no longer gets calls. */
    static final Duration ABSENCE = Duration.ofSeconds(45);

    /** Whether agent {@code p} waits for a call and can take it: with a line, a page that was seen, and an empty room. */
    public static final String CAN_TAKE_A_CALL =
            """
            p.state = 'READY' and p.audio_sid is not null and p.seen_at > now() - interval '@absence@ seconds'
              and not @talking@""".replace("@absence@", Long.toString(ABSENCE.toSeconds())).replace("@talking@", LAST_CALL_GOES_ON);

    /** Something changed for this agent: their page should read again. */
    public record Changed(long agentId) {}

    /** The agent's row without a lock, for showing. */
    public Uni<@Nullable Presence> peek(Sql sql, long agentId) {
        return sql.query("select * from agent_presence where account_id = :agent")
                .set("agent", agentId)
                .first(Agents::presence);
    }

    /** The agent's row, locked: whoever changes an agent and their attempt locks the attempt first. */
    public Uni<@Nullable Presence> find(Sql sql, long agentId) {
        return sql.query("select * from agent_presence where account_id = :agent for update")
                .set("agent", agentId)
                .first(Agents::presence);
    }

    /** An agent who waits for the calls of a campaign. */
    record Waiting(long agentId, long campaignId) {}

    private static final String READY =
            """
            select p.account_id, p.campaign_id from agent_presence p join campaign c on c.id = p.campaign_id
            where c.state = 'RUNNING' and @waits@ and not @calling@
            order by p.since""".replace("@calling@", CALLER_WAITS.replace("@campaign@", "c.id")).replace("@waits@", CAN_TAKE_A_CALL);

    /** Agents who wait for a call and have a line, longest waiting first; not those whom a caller waits for. */
    Uni<List<Waiting>> ready(Sql sql) {
        return sql.query(READY).list(row -> new Waiting(row.id("account_id"), row.id("campaign_id")));
    }

    /** Whoever waits longest for a call of the campaign takes the one that was answered; null when nobody does. */
    Uni<@Nullable Long> takeAnswered(Sql sql, long campaignId, Instant now) {
        return sql.query("""
                        update agent_presence set state = 'IN_CALL', since = :now
                        where account_id = (
                            select p.account_id from agent_presence p
                            where p.campaign_id = :campaign and @waits@
                            order by p.since, p.account_id limit 1 for update skip locked)
                        returning account_id""".replace("@waits@", CAN_TAKE_A_CALL))
                .set("now", now)
                .set("campaign", campaignId)
                .first(row -> row.id("account_id"));
    }

    /** The first of {@code agents} who still waits and whom nobody else is serving now talks from here on; null for none. */
    public Uni<@Nullable Long> takeForCaller(Sql sql, long campaignId, List<Long> agents, Instant now) {
        return sql.query("""
                        update agent_presence set state = 'IN_CALL', since = :now, wanted = 'READY'
                        where account_id = (
                            select p.account_id from agent_presence p
                            where p.account_id = any(:agents) and p.campaign_id = :campaign and @waits@
                            order by array_position(cast(:agents as bigint[]), p.account_id)
                            limit 1 for update skip locked)
                        returning account_id""".replace("@waits@", CAN_TAKE_A_CALL))
                .set("now", now)
                .set("agents", agents.toArray(Long[]::new))
                .set("campaign", campaignId)
                .first(row -> row.id("account_id"));
    }

    /**
     * A part of a statement: agents get the calls of {@code :campaign} and are {@code :agentState} from {@code :now} on;
     * {@code :arriving} ones are here at this moment.
     *
     * @param openings rows with {@code agent}
     */
    static String give(String openings) {
        return """
                update agent_presence p set state = :agentState, since = :now, campaign_id = :campaign,
                       wanted = 'READY', seen_at = case when :arriving then now() else p.seen_at end,
                       ran_out = case when :arriving then 0 else p.ran_out end
                from %s o where p.account_id = o.agent""".formatted(openings);
    }

    /** Sets what the agent does; while a call is in hand use {@link #want}. */
    public Uni<Void> set(Sql sql, long agentId, @Nullable Long campaignId, State state, Instant now) {
        return sql.update("""
                        insert into agent_presence (account_id, campaign_id, state, since)
                        values (:agent, :campaign, :state, :now)
                        on conflict (account_id) do update set
                            campaign_id = coalesce(excluded.campaign_id, agent_presence.campaign_id),
                            since = case when agent_presence.state = excluded.state then agent_presence.since
                                         else excluded.since end,
                            state = excluded.state, wanted = 'READY', seen_at = now(), ran_out = 0""")
                .set("agent", agentId)
                .set("campaign", campaignId)
                .set("state", state)
                .set("now", now)
                .run();
    }

    /** What the agent will do when the call in hand is done: READY, PAUSED or OFFLINE. */
    public Uni<Void> want(Sql sql, long agentId, State wanted) {
        return sql.update("update agent_presence set wanted = :wanted, seen_at = now() where account_id = :agent")
                .set("wanted", wanted)
                .set("agent", agentId)
                .run();
    }

    /** The time for reading ran out; after two in a row nobody seems to be there, and a pause follows. */
    Uni<Void> ranOut(Sql sql, long agentId) {
        return sql.update("""
                        update agent_presence set ran_out = ran_out + 1,
                               wanted = case when ran_out + 1 >= :most then 'PAUSED' else wanted end
                        where account_id = :agent""").set("most", MOST_RUN_OUT).set("agent", agentId).run();
    }

    /** The agent decided about a file. */
    public Uni<Void> decided(Sql sql, long agentId) {
        return sql.update("update agent_presence set ran_out = 0 where account_id = :agent and ran_out > 0")
                .set("agent", agentId)
                .run();
    }

    /** Moves an agent along with their call. */
    public Uni<Void> move(Sql sql, long agentId, State state, Instant now) {
        return sql.update(
                        "update agent_presence set state = :state, since = :now where account_id = :agent and state <> :state")
                .set("state", state)
                .set("now", now)
                .set("agent", agentId)
                .run();
    }

    /** The call in hand is done: on to what the agent wanted. */
    public Uni<Void> release(Sql sql, long agentId, Instant now) {
        return sql.update("""
                        update agent_presence set state = wanted, since = :now, wanted = 'READY'
                        where account_id = :agent and state in ('PREVIEW', 'DIALING', 'IN_CALL', 'WRAP_UP')""").set("now", now).set("agent", agentId).run();
    }

    /** The agent's line is connected; answers the line that it replaces. */
    public Uni<@Nullable String> connect(Sql sql, long agentId, String callSid, Instant now) {
        return sql.query("""
                        with before as (select audio_sid from agent_presence where account_id = :agent for update)
                        insert into agent_presence (account_id, state, since, audio_sid)
                        values (:agent, 'OFFLINE', :now, :sid)
                        on conflict (account_id) do update set audio_sid = excluded.audio_sid, seen_at = now()
                        returning (select b.audio_sid from before b) as before""")
                .set("agent", agentId)
                .set("sid", callSid)
                .set("now", now)
                .first(row -> row.textOrNull("before"));
    }

    /** This line of the agent is gone; false when it was not theirs, or a newer one took its place. */
    public Uni<Boolean> disconnect(Sql sql, long agentId, String callSid) {
        return sql.update("update agent_presence set audio_sid = null where account_id = :agent and audio_sid = :sid")
                .set("agent", agentId)
                .set("sid", callSid)
                .count()
                .map(changed -> changed == 1);
    }

    /** An agent's line as we know it. */
    record OpenLine(long agentId, String callSid) {}

    /** The lines of all agents who have one. */
    Uni<List<OpenLine>> lines(Sql sql) {
        return sql.query("select account_id, audio_sid from agent_presence where audio_sid is not null")
                .list(row -> new OpenLine(row.id("account_id"), row.text("audio_sid")));
    }

    /** The agent's page is open. */
    public Uni<Void> seen(Sql sql, long agentId) {
        return sql.update("update agent_presence set seen_at = now() where account_id = :agent")
                .set("agent", agentId)
                .run();
    }

    /** Agents who wait for calls although their page was not seen for {@link #ABSENCE} stop waiting. */
    Uni<List<Long>> signOffAbsent(Sql sql, Instant now) {
        return sql.query("""
                        update agent_presence set state = 'OFFLINE', since = :now
                        where state in ('READY', 'PAUSED')
                          and seen_at < now() - :millis * interval '1 millisecond'
                        returning account_id""").set("now", now).set("millis", ABSENCE.toMillis()).list(row -> row.id("account_id"));
    }

    private static Presence presence(Sql.Row row) {
        return new Presence(
                row.id("account_id"),
                row.idOrNull("campaign_id"),
                row.constant(State.class, "state"),
                row.constant(State.class, "wanted"),
                row.instant("since"),
                row.textOrNull("audio_sid"),
                row.integer("ran_out"));
    }
}
