package fr.raccroche.dialing;

import fr.raccroche.platform.Database;
import fr.raccroche.platform.Nothing;
import fr.raccroche.telephony.Calls;
import fr.raccroche.telephony.TwilioRequest;
import fr.raccroche.telephony.Twiml;
import fr.raccroche.telephony.VoiceTokens;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;

/**
 * Brings an agent and a youth onto one line. The agent's line waits in a conference of their own; a youth who answers
 * passes a {@link Gate} and joins it. A browser never says whom to dial: it only ever reaches its own waiting line.
 */
@Path("/webhooks/twilio")
@PermitAll
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@Produces(MediaType.APPLICATION_XML)
public class AgentLine {

    private final Database database;
    private final Agents agents;
    private final Gate gate;
    private final LineWatch watch;
    private final Calls calls;
    private final Twiml twiml;
    private final Bell bell;
    private final Clock clock;

    AgentLine(
            Database database,
            Agents agents,
            Gate gate,
            LineWatch watch,
            Calls calls,
            Twiml twiml,
            Bell bell,
            Clock clock) {
        this.database = database;
        this.agents = agents;
        this.gate = gate;
        this.watch = watch;
        this.calls = calls;
        this.twiml = twiml;
        this.bell = bell;
        this.clock = clock;
    }

    /** An agent's browser connects. Whatever number it asks for is ignored. */
    @POST
    @Path("/agent")
    public Uni<String> agent(TwilioRequest request) {
        String identity = request.get("From").replaceFirst("^client:", "");
        long agentId = VoiceTokens.account(identity);
        if (agentId < 0) {
            return Uni.createFrom().item(twiml.hangUp());
        }
        Instant now = clock.instant();
        String line = request.callSid();
        return database.inTransaction(sql -> agents.connect(sql, agentId, line, now))
                .call(before -> before == null || before.equals(line) ? Nothing.happens() : calls.hangUp(before))
                .invoke(() -> bell.ring(agentId))
                .replaceWith(twiml.waitFor(identity));
    }

    /** Somebody joined or left an agent's conference. When the agent is the one who left, nobody is left in silence. */
    @POST
    @Path("/conference/{identity}")
    public Uni<String> conference(@PathParam("identity") String identity, TwilioRequest request) {
        long agentId = VoiceTokens.account(identity);
        Uni<Void> done = agentId < 0
                ? Nothing.happens()
                : switch (request.get("StatusCallbackEvent")) {
                    case "participant-join" -> watch.joined(request.callSid());
                    case "participant-leave" -> watch.agentLeft(agentId, request.callSid());
                    default -> Nothing.happens();
                };
        return done.replaceWith("");
    }

    /** A youth answered. */
    @POST
    @Path("/answer/{token}")
    public Uni<String> answer(@PathParam("token") String token, TwilioRequest request) {
        return gate.answered(token, request.callSid())
                .invoke(passage -> {
                    bell.ring(passage.agentId());
                    if (passage.admitted()) {
                        watch.lookAfter(passage.agentId(), request.callSid());
                    }
                })
                .map(Gate.Passage::twiml);
    }

    /**
     * Twilio got no answer from us, or none that it understood: whoever is on the line hears a sentence. Nothing else is
     * asked, the database least of all.
     */
    @POST
    @Path("/apology")
    public Uni<String> apology(TwilioRequest request) {
        boolean rangUs = "inbound".equals(request.get("Direction"));
        return Uni.createFrom().item(gate.apology(rangUs));
    }
}
