package fr.raccroche.inbound;

import fr.raccroche.telephony.CallerId;
import fr.raccroche.telephony.TwilioRequest;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;

/**
 * Somebody rings one of our numbers. Each request asks what is next for the caller, and however often Twilio asks, a call
 * comes in once.
 */
@Path("/webhooks/twilio/inbound")
@PermitAll
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@Produces(MediaType.APPLICATION_XML)
public class InboundWebhook {

    private final Reception reception;
    private final Offers offers;
    private final CallEnds ends;
    private final Clock clock;

    InboundWebhook(Reception reception, Offers offers, CallEnds ends, Clock clock) {
        this.reception = reception;
        this.offers = offers;
        this.ends = ends;
        this.clock = clock;
    }

    /** A call comes in, or goes on waiting. */
    @POST
    public Uni<String> call(TwilioRequest request) {
        return reception.receive(
                request.callSid(), CallerId.e164(request.find("From")), request.get("To"), clock.instant());
    }

    /** The caller pressed a key, or none. */
    @POST
    @Path("/choice")
    public Uni<String> choice(TwilioRequest request) {
        return offers.choose(request.callSid(), request.get("Digits"), clock.instant());
    }

    /** The caller left a message; it stays at Twilio. */
    @POST
    @Path("/message")
    public Uni<String> message(TwilioRequest request) {
        return offers.recorded(request.callSid(), request.get("RecordingSid"));
    }

    /** The call is over. */
    @POST
    @Path("/status")
    public Uni<String> status(TwilioRequest request) {
        return ends.ended(request.callSid(), clock.instant()).replaceWith("");
    }
}
