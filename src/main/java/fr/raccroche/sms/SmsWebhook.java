package fr.raccroche.sms;

import fr.raccroche.platform.Database;
import fr.raccroche.platform.InTurn;
import fr.raccroche.platform.Nothing;
import fr.raccroche.platform.Outbox;
import fr.raccroche.platform.Sql;
import fr.raccroche.telephony.WebhookSignature;
import fr.raccroche.youth.Youths;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Twilio reports on texts, and the texts that youths send. A STOP is an objection before we answer. */
@Path("/webhooks/twilio/sms")
@PermitAll
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public class SmsWebhook {

    /** A text came in from a number of these youths, none when the number is unknown. */
    public record Received(long messageId, List<Long> youthIds, boolean objection) {}

    private static final String NO_REPLY = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>";

    private final WebhookSignature signature;
    private final Database database;
    private final Outbox outbox;
    private final Messages messages;
    private final Clock clock;

    SmsWebhook(WebhookSignature signature, Database database, Outbox outbox, Messages messages, Clock clock) {
        this.signature = signature;
        this.database = database;
        this.outbox = outbox;
        this.messages = messages;
        this.clock = clock;
    }

    /** A delivery report on one of our texts. */
    @POST
    @Path("/{token}")
    public Uni<Void> report(
            @PathParam("token") String token,
            @HeaderParam("X-Twilio-Signature") @Nullable String sent,
            @Context UriInfo uri,
            MultivaluedMap<String, String> form) {
        Map<String, String> fields = signature.verified(uri, sent, form);
        TextState state = TextState.reported(fields.getOrDefault("MessageStatus", ""));
        String error = fields.get("ErrorCode");
        return state == null
                ? Nothing.happens()
                : database.inTransaction(sql -> messages.report(
                        sql,
                        token,
                        fields.getOrDefault("MessageSid", ""),
                        state,
                        error == null || error.isEmpty() ? null : Integer.valueOf(error)));
    }

    /** A text from a youth; answered with silence, because a person reads it. */
    @POST
    @Produces(MediaType.APPLICATION_XML)
    public Uni<String> receive(
            @HeaderParam("X-Twilio-Signature") @Nullable String sent,
            @Context UriInfo uri,
            MultivaluedMap<String, String> form) {
        Map<String, String> fields = signature.verified(uri, sent, form);
        Instant now = clock.instant();
        return database.inTransaction(sql -> receive(sql, fields, now))
                .invoke(() -> outbox.nudge(Outbox.SMS_RECEIVED))
                .replaceWith(NO_REPLY);
    }

    private Uni<Void> receive(Sql sql, Map<String, String> fields, Instant now) {
        String from = fields.getOrDefault("From", "");
        String body = fields.getOrDefault("Body", "");
        return Youths.withNumber(sql, from).chain(owners -> {
            List<Long> youths =
                    owners.stream().map(Youths.Sibling::youthId).distinct().toList();
            Long youth = youths.size() == 1 ? youths.getFirst() : null;
            boolean objection = Reply.of(body) == Reply.OBJECTION;
            boolean understood = objection && !youths.isEmpty();
            return messages.receive(sql, from, body, fields.getOrDefault("MessageSid", ""), youth, understood, now)
                    .chain(id -> id == null ? Nothing.happens() : apply(sql, new Received(id, youths, objection), now));
        });
    }

    private Uni<Void> apply(Sql sql, Received received, Instant now) {
        return (received.objection() ? object(sql, received.youthIds(), now) : Nothing.happens())
                .chain(() -> outbox.put(sql, Outbox.SMS_RECEIVED, received));
    }

    private Uni<Void> object(Sql sql, List<Long> youths, Instant now) {
        return InTurn.each(youths, youth -> Youths.object(sql, youth, Youths.Channel.SMS, now))
                .chain(() -> messages.cancelWaiting(sql, youths));
    }
}
