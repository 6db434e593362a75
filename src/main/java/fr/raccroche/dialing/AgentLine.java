package fr.raccroche.dialing;

import fr.raccroche.campaign.AttemptResult;
import fr.raccroche.campaign.Campaign;
import fr.raccroche.campaign.Campaigns;
import fr.raccroche.dialing.Attempts.Attempt;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Sql;
import fr.raccroche.telephony.Calls;
import fr.raccroche.telephony.Twiml;
import fr.raccroche.telephony.VoiceTokens;
import fr.raccroche.telephony.WebhookSignature;
import fr.raccroche.youth.Youths;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.event.Event;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Brings an agent and a youth onto one line. The agent's line waits in a conference of their own; a youth who answers
 * passes a gate and joins it. A browser never says whom to dial: it only ever reaches its own waiting line.
 */
@Path("/webhooks/twilio")
@PermitAll
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@Produces(MediaType.APPLICATION_XML)
public class AgentLine {

    private static final String SORRY =
            "Bonjour, ici le service régional d'appui aux jeunes. Nous ne pouvons pas vous parler maintenant et nous"
                    + " vous rappellerons. Merci, au revoir.";

    private final WebhookSignature signature;
    private final Database database;
    private final Attempts attempts;
    private final Agents agents;
    private final InboundCalls inbound;
    private final Campaigns campaigns;
    private final Settlement settlement;
    private final Twiml twiml;
    private final Calls calls;
    private final Dialer dialer;
    private final Clock clock;
    private final Event<Agents.Changed> changes;

    AgentLine(
            WebhookSignature signature,
            Database database,
            Attempts attempts,
            Agents agents,
            InboundCalls inbound,
            Campaigns campaigns,
            Settlement settlement,
            Twiml twiml,
            Calls calls,
            Dialer dialer,
            Clock clock,
            Event<Agents.Changed> changes) {
        this.signature = signature;
        this.database = database;
        this.attempts = attempts;
        this.agents = agents;
        this.inbound = inbound;
        this.campaigns = campaigns;
        this.settlement = settlement;
        this.twiml = twiml;
        this.calls = calls;
        this.dialer = dialer;
        this.clock = clock;
        this.changes = changes;
    }

    /** An agent's browser connects. Whatever number it asks for is ignored. */
    @POST
    @Path("/agent")
    public Uni<String> agent(
            @HeaderParam("X-Twilio-Signature") @Nullable String sent,
            @Context UriInfo uri,
            MultivaluedMap<String, String> form) {
        Map<String, String> fields = signature.verified(uri, sent, form);
        String identity = fields.getOrDefault("From", "").replaceFirst("^client:", "");
        long agentId = VoiceTokens.account(identity);
        if (agentId < 0) {
            return Uni.createFrom().item(twiml.hangUp());
        }
        Instant now = clock.instant();
        String line = fields.getOrDefault("CallSid", "");
        return database.inTransaction(sql -> agents.connect(sql, agentId, line, now))
                .call(before ->
                        before == null || before.equals(line) ? Uni.createFrom().voidItem() : calls.hangUp(before))
                .invoke(() -> changed(agentId))
                .replaceWith(twiml.waitFor(identity));
    }

    /** Somebody joined or left an agent's conference. When the agent is the one who left, nobody is left in silence. */
    @POST
    @Path("/conference/{identity}")
    public Uni<String> conference(
            @PathParam("identity") String identity,
            @HeaderParam("X-Twilio-Signature") @Nullable String sent,
            @Context UriInfo uri,
            MultivaluedMap<String, String> form) {
        Map<String, String> fields = signature.verified(uri, sent, form);
        long agentId = VoiceTokens.account(identity);
        if (agentId < 0 || !"participant-leave".equals(fields.get("StatusCallbackEvent"))) {
            return Uni.createFrom().item("");
        }
        return gone(agentId, fields.getOrDefault("CallSid", "")).replaceWith("");
    }

    /** This line of the agent is over; a youth who was on it hears a sentence instead of silence. */
    Uni<Void> gone(long agentId, String sid) {
        return database.inTransaction(sql -> leave(sql, agentId, sid))
                .chain(left -> left == null ? Uni.createFrom().voidItem() : apologise(left))
                .invoke(() -> changed(agentId));
    }

    /** Takes leave of somebody with whom nobody talks. */
    Uni<Void> apologise(String callSid) {
        return calls.sayAndHangUp(callSid, twiml.sayAndHangUp(SORRY));
    }

    /** The call of the youth whom the agent left alone; null when there is none, or the agent has another line. */
    private Uni<@Nullable String> leave(Sql sql, long agentId, String sid) {
        return agents.disconnect(sql, agentId, sid)
                .chain(gone -> !gone
                        ? Uni.createFrom().nullItem()
                        : attempts.peekHeldBy(sql, agentId)
                                .chain(attempt -> attempt == null
                                        ? callerOf(sql, agentId)
                                        : Uni.createFrom().item(attempt.isLive() ? attempt.callSid() : null)));
    }

    /** Somebody who rang, and of whom nobody knows yet who it is. */
    private Uni<@Nullable String> callerOf(Sql sql, long agentId) {
        return inbound.peekHeldBy(sql, agentId).map(call -> call == null || call.isOver() ? null : call.callSid());
    }

    /** A youth answered: the gate. */
    @POST
    @Path("/answer/{token}")
    public Uni<String> answer(
            @PathParam("token") String token,
            @HeaderParam("X-Twilio-Signature") @Nullable String sent,
            @Context UriInfo uri,
            MultivaluedMap<String, String> form) {
        Map<String, String> fields = signature.verified(uri, sent, form);
        Instant now = clock.instant();
        return database.inTransaction(sql -> attempts.byToken(sql, token)
                        .chain(attempt -> attempt == null
                                ? Uni.createFrom().item(new Answer(twiml.hangUp(), -1))
                                : admit(sql, attempt, fields.getOrDefault("CallSid", ""), now)))
                .invoke(answer -> changed(answer.agentId()))
                .map(Answer::twiml);
    }

    private record Answer(String twiml, long agentId) {}

    private Uni<Answer> admit(Sql sql, Attempt attempt, String sid, Instant now) {
        if (!attempt.isOpen() || attempt.state().isOver() || isOther(attempt, sid)) {
            return Uni.createFrom().item(new Answer(twiml.hangUp(), -1));
        }
        return attempts.advance(sql, attempt, Attempts.State.ANSWERED, sid, now)
                .chain(() -> isWelcome(sql, attempt, now))
                .chain(welcome -> welcome ? connect(sql, attempt, now) : turnAway(sql, attempt, twiml.hangUp(), now));
    }

    private static boolean isOther(Attempt attempt, String sid) {
        return attempt.callSid() != null && !attempt.callSid().equals(sid);
    }

    /** Nobody is talked to who objected while it rang, or after the campaign's hours. */
    private Uni<Boolean> isWelcome(Sql sql, Attempt attempt, Instant now) {
        return Youths.objected(sql, attempt.youthId())
                .chain(objected -> campaigns
                        .find(sql, attempt.campaignId())
                        .map(campaign -> !objected
                                && campaign != null
                                && campaign.state() != Campaign.State.CLOSED
                                && campaign.hours().isOpen(now, Duration.ZERO)));
    }

    private Uni<Answer> connect(Sql sql, Attempt attempt, Instant now) {
        return agents.find(sql, attempt.agentId())
                .chain(agent -> agent == null || !agent.audio()
                        ? turnAway(sql, attempt, twiml.sayAndHangUp(SORRY), now)
                        : agents.move(sql, attempt.agentId(), Agents.State.IN_CALL, now)
                                .replaceWith(new Answer(
                                        twiml.join(VoiceTokens.identity(attempt.agentId())), attempt.agentId())));
    }

    private Uni<Answer> turnAway(Sql sql, Attempt attempt, String answer, Instant now) {
        return settlement
                .settle(sql, attempt, AttemptResult.ABANDONED, null, null, now)
                .replaceWith(new Answer(answer, attempt.agentId()));
    }

    private void changed(long agentId) {
        if (agentId >= 0) {
            changes.fire(new Agents.Changed(agentId));
            dialer.nudge();
        }
    }
}
