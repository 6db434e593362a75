package fr.raccroche.sms;

import static fr.raccroche.platform.FrenchCalendar.PARIS;

import fr.raccroche.platform.Database;
import fr.raccroche.platform.Nothing;
import fr.raccroche.platform.Outbox;
import fr.raccroche.platform.Sql;
import fr.raccroche.queue.Noes;
import fr.raccroche.telephony.TwilioRequest;
import fr.raccroche.youth.RestReason;
import fr.raccroche.youth.Youths;
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
import java.util.List;

/** What Twilio reports on texts, and the texts that youths send. A STOP is an objection before we answer. */
@Path("/webhooks/twilio/sms")
@PermitAll
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public class SmsWebhook {

    /**
     * A text came in.
     *
     * @param youthIds whom it concerns: who objected with it, or else whose number it may be
     */
    public record Received(long messageId, List<Long> youthIds, boolean objection) {}

    private static final String NO_REPLY = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>";

    private final Database database;
    private final Outbox outbox;
    private final Messages messages;
    private final Clock clock;

    SmsWebhook(Database database, Outbox outbox, Messages messages, Clock clock) {
        this.database = database;
        this.outbox = outbox;
        this.messages = messages;
        this.clock = clock;
    }

    /** A delivery report on one of our texts. */
    @POST
    @Path("/{token}")
    public Uni<Void> report(@PathParam("token") String token, TwilioRequest request) {
        TextState state = TextState.reported(request.get("MessageStatus"));
        String error = request.find("ErrorCode");
        return state == null
                ? Nothing.happens()
                : database.inTransaction(sql -> messages.report(
                        sql, token, request.get("MessageSid"), state, error == null ? null : Integer.valueOf(error)));
    }

    /** A text from a youth; answered with silence, because a person reads it. */
    @POST
    @Produces(MediaType.APPLICATION_XML)
    public Uni<String> receive(TwilioRequest request) {
        Instant now = clock.instant();
        return database.inTransaction(sql -> receive(sql, request, now))
                .invoke(() -> outbox.nudge(Outbox.SMS_RECEIVED))
                .replaceWith(NO_REPLY);
    }

    private Uni<Void> receive(Sql sql, TwilioRequest request, Instant now) {
        String from = request.get("From");
        String body = request.get("Body");
        return Youths.withNumber(sql, from).chain(owners -> {
            List<Long> youths =
                    owners.stream().map(Youths.Sibling::youthId).distinct().toList();
            Long youth = youths.size() == 1 ? youths.getFirst() : null;
            boolean objection = Reply.to(body, 0, null, now.atZone(PARIS)).kind() == Reply.Kind.OBJECTION;
            boolean understood = objection && !youths.isEmpty();
            return messages.receive(sql, from, body, request.get("MessageSid"), youth, understood, now)
                    .chain(id -> id == null
                            ? Nothing.happens()
                            : apply(sql, from, body, new Received(id, youths, objection), now));
        });
    }

    private Uni<Void> apply(Sql sql, String from, String body, Received received, Instant now) {
        return received.objection()
                ? Noes.byText(sql, from, RestReason.STOP_BY_TEXT, body, now)
                        .chain(youths -> messages.cancelWaiting(sql, youths)
                                .chain(() -> outbox.put(
                                        sql, Outbox.SMS_RECEIVED, new Received(received.messageId(), youths, true))))
                : outbox.put(sql, Outbox.SMS_RECEIVED, received);
    }
}
