package fr.raccroche.inbound;

import fr.raccroche.dialing.Agents;
import fr.raccroche.dialing.Attempts;
import fr.raccroche.dialing.Bell;
import fr.raccroche.dialing.CallReport;
import fr.raccroche.dialing.CallTracker;
import fr.raccroche.dialing.InboundCalls;
import fr.raccroche.dialing.InboundCalls.Inbound;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Nothing;
import fr.raccroche.platform.Sql;
import fr.raccroche.telephony.CallStatus;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/** Ends of calls that came in: as Twilio tells them, or as the sweeper finds out. */
@ApplicationScoped
public class CallEnds {

    private final Database database;
    private final CallsIn inbound;
    private final InboundCalls held;
    private final Attempts attempts;
    private final Agents agents;
    private final CallTracker tracker;
    private final Bell bell;

    CallEnds(
            Database database,
            CallsIn inbound,
            InboundCalls held,
            Attempts attempts,
            Agents agents,
            CallTracker tracker,
            Bell bell) {
        this.database = database;
        this.inbound = inbound;
        this.held = held;
        this.attempts = attempts;
        this.agents = agents;
        this.tracker = tracker;
        this.bell = bell;
    }

    /** The call is over, whoever hung up; told again, nothing changes. */
    Uni<Void> ended(String callSid, Instant now) {
        return database.inTransaction(sql -> inbound.bySid(sql, callSid)
                        .chain(call -> call == null || call.isOver()
                                ? Uni.createFrom().item(-1L)
                                : inbound.ended(sql, call, now)
                                        .chain(() -> leave(sql, call, now))
                                        .replaceWith(Reception.agentOf(call))))
                .invoke(bell::ring)
                .replaceWithVoid();
    }

    /** The agent still notes what was said, or who it was. */
    private Uni<Void> leave(Sql sql, Inbound call, Instant now) {
        Long attempt = call.attemptId();
        if (attempt != null) {
            return attempts.byId(sql, attempt)
                    .chain(open -> open == null
                            ? Nothing.found()
                            : tracker.apply(
                                    sql, new CallReport(open.token(), call.callSid(), CallStatus.COMPLETED, null), now))
                    .replaceWithVoid();
        }
        Long agent = call.agentId();
        return agent == null
                ? Nothing.happens()
                : held.heldBy(sql, agent)
                        .chain(held -> held == null || held.id() != call.id()
                                ? Nothing.happens()
                                : agents.move(sql, agent, Agents.State.WRAP_UP, now));
    }

    /** The agent left while nobody knew who had rung, and that call is over. */
    Uni<Void> forget(long agent, Instant now) {
        return database.inTransaction(sql -> held.heldBy(sql, agent)
                .chain(call -> call == null || !call.isOver()
                        ? Nothing.happens()
                        : inbound.released(sql, call, now)
                                .chain(() -> agents.want(sql, agent, Agents.State.OFFLINE))
                                .chain(() -> agents.release(sql, agent, now))));
    }
}
