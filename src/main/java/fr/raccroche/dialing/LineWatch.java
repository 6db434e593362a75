package fr.raccroche.dialing;

import fr.raccroche.dialing.InboundCalls.Inbound;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.InTurn;
import fr.raccroche.platform.Nothing;
import fr.raccroche.platform.Sql;
import fr.raccroche.telephony.Calls;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Watches over the lines of agents: whoever is left alone on one waits for the agent to come back, or hears a sentence. */
@ApplicationScoped
public class LineWatch {

    private final Database database;
    private final Attempts attempts;
    private final Agents agents;
    private final InboundCalls inbound;
    private final Calls calls;
    private final Farewell farewell;
    private final Bell bell;
    private final DialingConfig config;

    LineWatch(
            Database database,
            Attempts attempts,
            Agents agents,
            InboundCalls inbound,
            Calls calls,
            Farewell farewell,
            Bell bell,
            DialingConfig config) {
        this.database = database;
        this.attempts = attempts;
        this.agents = agents;
        this.inbound = inbound;
        this.calls = calls;
        this.farewell = farewell;
        this.bell = bell;
        this.config = config;
    }

    /** Somebody has joined an agent's room: whoever waited there is no longer alone. */
    Uni<Void> joined(String callSid) {
        return database.inTransaction(sql -> attempts.joined(sql, callSid));
    }

    /** This line of the agent has been over for a while; a youth who is still on it hears a sentence instead of silence. */
    Uni<Void> lineEnded(long agentId, String sid) {
        return lineEnded(agentId, sid, farewell::takeLeave);
    }

    /** The same at the moment when they leave: perhaps their page was only read again. */
    Uni<Void> agentLeft(long agentId, String sid) {
        return lineEnded(agentId, sid, left -> left.isTalk() ? waitFor(agentId, left) : farewell.takeLeave(left));
    }

    private Uni<Void> lineEnded(long agentId, String sid, Function<LeftAlone, Uni<Void>> then) {
        return database.inTransaction(sql -> leave(sql, agentId, sid))
                .chain(left -> left == null
                        ? Nothing.happens()
                        : database.inTransaction(sql -> touch(sql, left)).chain(() -> then.apply(left)))
                .invoke(() -> bell.ring(agentId));
    }

    /** Null when nobody was left alone, or the agent has another line. */
    private Uni<@Nullable LeftAlone> leave(Sql sql, long agentId, String sid) {
        return agents.disconnect(sql, agentId, sid)
                .chain(gone -> gone ? whoIsOnTheLineOf(sql, agentId) : Nothing.found());
    }

    /** The sweeper leaves them to us for a while; in a transaction of its own, for an agent is locked last. */
    private Uni<Void> touch(Sql sql, LeftAlone left) {
        if (left.attempt() != null) {
            return attempts.touch(sql, left.attempt().id());
        }
        return left.caller() == null ? Nothing.happens() : inbound.touch(sql, left.caller());
    }

    /** Who is on the agent's line, or on their way there; null for nobody. */
    private Uni<@Nullable LeftAlone> whoIsOnTheLineOf(Sql sql, long agentId) {
        return attempts.peekHeldBy(sql, agentId)
                .chain(attempt -> attempt == null
                        ? inbound.peekHeldBy(sql, agentId)
                                .map(call -> call == null || call.isOver() ? null : LeftAlone.of(call))
                        : Uni.createFrom().item(attempt.isLive() ? LeftAlone.of(attempt) : null));
    }

    /** Lets them wait in the agent's room, where the agent's next line joins them. */
    private Uni<Void> waitFor(long agentId, LeftAlone left) {
        after(
                config.rejoin(),
                left.callSid(),
                () -> database.inTransaction(sql -> agents.peek(sql, agentId)
                                .chain(agent -> agent != null && agent.audio()
                                        ? Nothing.found()
                                        : whoIsOnTheLineOf(sql, agentId)))
                        .chain(alone -> alone == null ? Nothing.happens() : farewell.takeLeave(alone)));
        return Nothing.happens();
    }

    /** Youths who were let through and have not been heard of since: is the line of their agent still there? */
    Uni<Void> leaveNobodyAlone() {
        return database.inTransaction(sql -> Stragglers.alone(sql, config.alone()))
                .chain(found -> InTurn.eachOnItsOwn(
                        found,
                        attempt -> findAgent(attempt.agentId(), LeftAlone.of(attempt)),
                        "Nobody could say who is on the line of a call"));
    }

    /** Somebody was let through to an agent a moment ago: is the agent there? */
    void lookAfter(long agentId, String callSid) {
        after(
                config.alone(),
                callSid,
                () -> database.inTransaction(sql -> whoIsOnTheLineOf(sql, agentId))
                        .chain(left -> left == null || !callSid.equals(left.callSid()) || !left.isAlone()
                                ? Nothing.happens()
                                : findAgent(agentId, left)));
    }

    /** Somebody who rang us is put through to an agent, who is told, and looked for a little later. */
    public void putThrough(long agentId, String callSid) {
        bell.ring(agentId);
        lookAfter(agentId, callSid);
    }

    /** Does {@code work} after a while; what fails, or is lost with this node, the sweeper does. */
    private static void after(Duration delay, @Nullable String call, Supplier<Uni<Void>> work) {
        Nothing.happens()
                .onItem()
                .delayIt()
                .by(delay)
                .chain(work::get)
                .onFailure()
                .recoverWithUni(Nothing.but("Nobody could say who is on the line of call " + call))
                .subscribe()
                .with(ignored -> {});
    }

    /** Twilio knows whether the agent's line is up; only the report that the other one joined it may be lost. */
    private Uni<Void> findAgent(long agentId, LeftAlone left) {
        return database.inTransaction(sql -> agents.peek(sql, agentId)).chain(agent -> {
            String line = agent == null ? null : agent.line();
            return line == null
                    ? farewell.takeLeave(left).invoke(() -> bell.ring(agentId))
                    : calls.fetch(line)
                            .chain(call -> call == null || call.status().isFinal()
                                    ? lineEnded(agentId, line)
                                    : noteTogether(left));
        });
    }

    private Uni<Void> noteTogether(LeftAlone left) {
        Attempt attempt = left.attempt();
        return attempt == null
                ? Nothing.happens()
                : database.inTransaction(sql -> attempts.joinedAtOnce(sql, attempt.id()));
    }

    /** Takes leave of a caller whom nobody knows, should their agent have no line. */
    public Uni<Void> leaveNobodyInSilence(Inbound caller) {
        Long agentId = caller.agentId();
        return agentId == null || caller.isOver() || caller.attemptId() != null
                ? Nothing.happens()
                : unlessThere(agentId, () -> farewell.apologise(caller.callSid()));
    }

    /** The agent's line broke, and the sentence that the youth should have heard was lost too. */
    Uni<Void> leaveNobodyInSilence(Attempt attempt) {
        String sid = attempt.callSid();
        return attempt.state() != AttemptState.ANSWERED || sid == null
                ? Nothing.happens()
                : unlessThere(attempt.agentId(), () -> farewell.apologise(attempt, sid));
    }

    private Uni<Void> unlessThere(long agentId, Supplier<Uni<Void>> work) {
        return database.inTransaction(sql -> agents.peek(sql, agentId))
                .chain(agent -> agent != null && agent.audio() ? Nothing.happens() : work.get());
    }

    /** An agent whose line is over, without a word from the network, would answer calls that nobody hears. */
    Uni<Void> checkLines() {
        return database.inTransaction(agents::lines).chain(lines -> InTurn.each(lines, this::check));
    }

    private Uni<Void> check(Agents.OpenLine connected) {
        return calls.fetch(connected.callSid())
                .chain(call -> call == null || call.status().isFinal()
                        ? lineEnded(connected.agentId(), connected.callSid())
                        : Nothing.happens());
    }
}
