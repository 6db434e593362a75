package fr.raccroche.sms;

import fr.raccroche.platform.Database;
import fr.raccroche.platform.Nothing;
import fr.raccroche.platform.Outbox;
import fr.raccroche.platform.Sql;
import fr.raccroche.queue.Noes;
import fr.raccroche.telephony.TwilioRequest;
import fr.raccroche.youth.NumberPlace;
import fr.raccroche.youth.Rest;
import fr.raccroche.youth.RestReason;
import fr.raccroche.youth.Telephones;
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
import org.jspecify.annotations.Nullable;

/** What Twilio reports on texts, and the texts that youths send. A STOP is an objection before we answer. */
@Path("/webhooks/twilio/sms")
@PermitAll
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public class SmsWebhook {

    /**
     * A text came in.
     *
     * @param youthIds whom it concerns: who objected with it, or else whose number it may be
     * @param asked whether it clearly asks for a call
     * @param notBefore the moment from which it asks for one; null for at once
     */
    public record Received(
            long messageId,
            List<Long> youthIds,
            boolean objection,
            boolean asked,
            @Nullable Instant notBefore) {}

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
        var text = new Messages.Incoming(from, body(request), media(request), request.get("MessageSid"));
        var reply = Reply.to(text.body(), text.media(), request.find("OptOutType"), now.atZone(NumberPlace.zone(from)));
        return Youths.withNumber(sql, from).chain(owners -> {
            List<Long> youths =
                    owners.stream().map(Youths.Sibling::youthId).distinct().toList();
            Long youth = youths.size() == 1 ? youths.getFirst() : null;
            boolean understood = reply.kind() == Reply.Kind.OBJECTION && !youths.isEmpty();
            return messages.receive(sql, text, youth, reply, understood, now)
                    .chain(id -> id == null ? Nothing.happens() : apply(sql, text, reply, id, youths, now));
        });
    }

    /** Absent for a message that is an image and nothing else. */
    private static String body(TwilioRequest request) {
        String body = request.find("Body");
        return body == null ? "" : body;
    }

    private static int media(TwilioRequest request) {
        String media = request.find("NumMedia");
        return media == null || !media.matches("\\d{1,3}") ? 0 : Integer.parseInt(media);
    }

    private Uni<Void> apply(Sql sql, Messages.Incoming text, Reply reply, long id, List<Long> youths, Instant now) {
        return switch (reply.kind()) {
            case OBJECTION ->
                Noes.byText(sql, text.from(), RestReason.STOP_BY_TEXT, text.body(), now)
                        .chain(objecting -> messages.cancelWaiting(sql, objecting)
                                .chain(() -> outbox.put(
                                        sql, Outbox.SMS_RECEIVED, new Received(id, objecting, true, false, null))));
            case WRONG_PERSON ->
                Telephones.rest(
                                sql,
                                text.from(),
                                Rest.untilDecided(RestReason.WRONG_BY_TEXT).saying(text.body()),
                                now)
                        .chain(() -> received(sql, reply, id, youths));
            case CALL, YES, TIME, AUTOMATIC, PICTURE, EMPTY, UNCLEAR -> received(sql, reply, id, youths);
        };
    }

    private Uni<Void> received(Sql sql, Reply reply, long id, List<Long> youths) {
        return outbox.put(
                sql,
                Outbox.SMS_RECEIVED,
                new Received(id, youths, false, reply.kind() == Reply.Kind.CALL, reply.notBefore()));
    }
}
