package fr.raccroche.desk;

import fr.raccroche.dialing.Agents;
import fr.raccroche.dialing.Arrival;
import fr.raccroche.dialing.Attempts;
import fr.raccroche.dialing.Bell;
import fr.raccroche.dialing.Dialer;
import fr.raccroche.dialing.InboundCalls;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Nothing;
import fr.raccroche.platform.Problem;
import fr.raccroche.platform.Sql;
import fr.raccroche.security.Account;
import fr.raccroche.telephony.Calls;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An agent at work: what they may do between two outcomes. */
@ApplicationScoped
class Desk {

    private static final int LONGEST_DRAFT = 20_000;

    private final Database database;
    private final Agents agents;
    private final Attempts attempts;
    private final InboundCalls inbound;
    private final Dialer dialer;
    private final Calls calls;
    private final Bell bell;
    private final Clock clock;

    Desk(
            Database database,
            Agents agents,
            Attempts attempts,
            InboundCalls inbound,
            Dialer dialer,
            Calls calls,
            Bell bell,
            Clock clock) {
        this.database = database;
        this.agents = agents;
        this.attempts = attempts;
        this.inbound = inbound;
        this.dialer = dialer;
        this.calls = calls;
        this.bell = bell;
        this.clock = clock;
    }

    /** Ready, paused or offline; with a call in hand it takes effect when that call is done. */
    Uni<Void> setPresence(Account agent, Agents.State wanted, @Nullable Long campaignId) {
        if (wanted == Agents.State.READY && campaignId != null) {
            return dialer.ready(agent.id(), campaignId)
                    .invoke(arrival -> {
                        if (arrival == Arrival.NOT_OPEN) {
                            throw Problem.conflict("campaign-not-open", "Cette campagne n'est pas ouverte.");
                        }
                    })
                    .replaceWithVoid();
        }
        Instant now = clock.instant();
        return database.inTransaction(sql -> holds(sql, agent.id())
                        .chain(holds ->
                                holds ? agents.want(sql, agent.id(), wanted) : enter(sql, agent.id(), wanted, now)))
                .invoke(() -> bell.ring(agent.id()));
    }

    /** Whether the agent has a call in hand; attempt and agent are locked in the order that everybody keeps. */
    private Uni<Boolean> holds(Sql sql, long agentId) {
        return attempts.heldBy(sql, agentId)
                .chain(() -> agents.find(sql, agentId))
                .chain(() -> attempts.peekHeldBy(sql, agentId))
                .chain(attempt -> attempt != null
                        ? Uni.createFrom().item(true)
                        : inbound.peekHeldBy(sql, agentId).map(caller -> caller != null));
    }

    private Uni<Void> enter(Sql sql, long agentId, Agents.State wanted, Instant now) {
        return wanted == Agents.State.READY
                ? Uni.createFrom().failure(Problem.badRequest("missing-campaign", "Choisissez une campagne."))
                : agents.set(sql, agentId, null, wanted, now);
    }

    /** Ends the call on the line, ringing or talking; its outcome is still to be recorded if somebody answered. */
    Uni<Void> hangUp(Account agent) {
        return database.inTransaction(sql -> attempts.peekHeldBy(sql, agent.id())
                        .chain(attempt -> attempt == null
                                ? inbound.peekHeldBy(sql, agent.id())
                                        .map(caller -> caller == null ? null : caller.callSid())
                                : Uni.createFrom().item(attempt.callSid())))
                .chain(sid -> sid == null ? Nothing.happens() : calls.hangUp(sid))
                .invoke(() -> bell.ring(agent.id()));
    }

    /** Keeps what the agent typed so far. */
    Uni<Void> saveDraft(Account agent, long attemptId, String draft) {
        return draft.length() > LONGEST_DRAFT
                ? Uni.createFrom().failure(Problem.tooLarge("Cette note est trop longue."))
                : database.inTransaction(sql -> attempts.keepDraft(sql, agent.id(), attemptId, draft));
    }

    /** The agent's page is open. */
    Uni<Void> seen(long agentId) {
        return database.inTransaction(sql -> agents.seen(sql, agentId));
    }
}
