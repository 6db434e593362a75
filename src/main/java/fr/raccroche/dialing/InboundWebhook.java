package fr.raccroche.dialing;

import fr.raccroche.telephony.CallerId;
import fr.raccroche.telephony.WebhookSignature;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Somebody rings one of our numbers. Each request asks what is next for the caller, and however often Twilio asks, a call
 * comes in once.
 */
@Path("/webhooks/twilio/inbound")
@PermitAll
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@Produces(MediaType.APPLICATION_XML)
public class InboundWebhook {

    private final WebhookSignature signature;
    private final Reception reception;
    private final Clock clock;

    InboundWebhook(WebhookSignature signature, Reception reception, Clock clock) {
        this.signature = signature;
        this.reception = reception;
        this.clock = clock;
    }

    /** A call comes in, or goes on waiting. */
    @POST
    public Uni<String> call(
            @HeaderParam("X-Twilio-Signature") @Nullable String sent,
            @Context UriInfo uri,
            MultivaluedMap<String, String> form) {
        Map<String, String> fields = signature.verified(uri, sent, form);
        return reception.receive(
                fields.getOrDefault("CallSid", ""),
                CallerId.e164(fields.get("From")),
                fields.getOrDefault("To", ""),
                clock.instant());
    }

    /** The caller pressed a key, or none. */
    @POST
    @Path("/choice")
    public Uni<String> choice(
            @HeaderParam("X-Twilio-Signature") @Nullable String sent,
            @Context UriInfo uri,
            MultivaluedMap<String, String> form) {
        Map<String, String> fields = signature.verified(uri, sent, form);
        return reception.choose(fields.getOrDefault("CallSid", ""), fields.getOrDefault("Digits", ""), clock.instant());
    }

    /** The caller left a message; it stays at Twilio. */
    @POST
    @Path("/message")
    public Uni<String> message(
            @HeaderParam("X-Twilio-Signature") @Nullable String sent,
            @Context UriInfo uri,
            MultivaluedMap<String, String> form) {
        Map<String, String> fields = signature.verified(uri, sent, form);
        return reception.recorded(fields.getOrDefault("CallSid", ""), fields.getOrDefault("RecordingSid", ""));
    }

    /** The call is over. */
    @POST
    @Path("/status")
    public Uni<String> status(
            @HeaderParam("X-Twilio-Signature") @Nullable String sent,
            @Context UriInfo uri,
            MultivaluedMap<String, String> form) {
        Map<String, String> fields = signature.verified(uri, sent, form);
        return reception
                .ended(fields.getOrDefault("CallSid", ""), clock.instant())
                .replaceWith("");
    }
}
