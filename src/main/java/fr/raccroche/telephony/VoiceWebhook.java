package fr.raccroche.telephony;

import fr.raccroche.platform.Database;
import fr.raccroche.platform.Json;
import fr.raccroche.platform.Outbox;
import fr.raccroche.platform.Problem;
import fr.raccroche.platform.Sql;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What Twilio reports on calls: checked, stored as received, acknowledged. It decides nothing. */
@Path("/webhooks/twilio/call")
public class VoiceWebhook {

    /** A report was stored; {@code eventId} is its row. */
    public record Reported(long eventId) {}

    private static final String STORE = """
            with report as (
                insert into call_event (token, call_sid, sequence, status, fields)
                values (:token, :sid, :sequence, :status, cast(cast(:fields as text) as jsonb))
                on conflict do nothing returning id)
            @stored@""".replace("@stored@", Outbox.stored(Outbox.CALL_EVENTS, "eventId", "report"));

    /** Begins the status of a report of machine detection; Twilio's own word follows. */
    public static final String ANSWERED_BY = "answered-by-";

    /** The attempt knows them already. */
    private static final List<String> NUMBERS = List.of("From", "To", "Called", "Caller");

    private final WebhookSignature signature;
    private final Database database;
    private final Outbox outbox;
    private final Json json;

    VoiceWebhook(WebhookSignature signature, Database database, Outbox outbox, Json json) {
        this.signature = signature;
        this.database = database;
        this.outbox = outbox;
        this.json = json;
    }

    /** One report; sent again with the same sequence number it changes nothing. */
    @POST
    @Path("/{token}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @PermitAll
    public Uni<Void> report(
            @PathParam("token") String token,
            @HeaderParam("X-Twilio-Signature") @Nullable String sent,
            @Context UriInfo uri,
            MultivaluedMap<String, String> form) {
        Map<String, String> fields = signature.verified(uri, sent, form);
        return keep(token, required(fields, "CallStatus"), fields);
    }

    /** What machine detection found out while the call went on. */
    @POST
    @Path("/{token}/answered-by")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @PermitAll
    public Uni<Void> answeredBy(
            @PathParam("token") String token,
            @HeaderParam("X-Twilio-Signature") @Nullable String sent,
            @Context UriInfo uri,
            MultivaluedMap<String, String> form) {
        Map<String, String> fields = signature.verified(uri, sent, form);
        return keep(token, ANSWERED_BY + required(fields, "AnsweredBy"), fields);
    }

    private Uni<Void> keep(String token, String status, Map<String, String> fields) {
        return database.inOneStatement(sql -> store(sql, token, status, fields))
                .invoke(() -> outbox.nudge(Outbox.CALL_EVENTS));
    }

    private Uni<Void> store(Sql sql, String token, String status, Map<String, String> fields) {
        return sql.update(STORE)
                .set("token", token)
                .set("sid", required(fields, "CallSid"))
                .set("sequence", Integer.parseInt(fields.getOrDefault("SequenceNumber", "0")))
                .set("status", status)
                .set("fields", write(fields))
                .run();
    }

    private static String required(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null) {
            throw Problem.badRequest("missing-field", name);
        }
        return value;
    }

    /** The report without the numbers. */
    private String write(Map<String, String> fields) {
        return json.write(fields.entrySet().stream()
                .filter(field -> NUMBERS.stream().noneMatch(field.getKey()::startsWith))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }
}
