package fr.raccroche.telephony;

import fr.raccroche.platform.Database;
import fr.raccroche.platform.Json;
import fr.raccroche.platform.Outbox;
import fr.raccroche.platform.Sql;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** What Twilio reports on calls: checked, stored as received, acknowledged. It decides nothing. */
@Path("/webhooks/twilio/call")
@PermitAll
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
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

    private final Database database;
    private final Outbox outbox;
    private final Json json;

    VoiceWebhook(Database database, Outbox outbox, Json json) {
        this.database = database;
        this.outbox = outbox;
        this.json = json;
    }

    /** One report; sent again with the same sequence number it changes nothing. */
    @POST
    @Path("/{token}")
    public Uni<Void> report(@PathParam("token") String token, TwilioRequest request) {
        return keep(token, request.required("CallStatus"), request);
    }

    /** What machine detection found out while the call went on. */
    @POST
    @Path("/{token}/answered-by")
    public Uni<Void> answeredBy(@PathParam("token") String token, TwilioRequest request) {
        return keep(token, ANSWERED_BY + request.required("AnsweredBy"), request);
    }

    private Uni<Void> keep(String token, String status, TwilioRequest request) {
        return database.inOneStatement(sql -> store(sql, token, status, request))
                .invoke(() -> outbox.nudge(Outbox.CALL_EVENTS));
    }

    private Uni<Void> store(Sql sql, String token, String status, TwilioRequest request) {
        return sql.update(STORE)
                .set("token", token)
                .set("sid", request.required("CallSid"))
                .set("sequence", Integer.parseInt(Objects.requireNonNullElse(request.find("SequenceNumber"), "0")))
                .set("status", status)
                .set("fields", write(request))
                .run();
    }

    /** The report without the numbers. */
    private String write(TwilioRequest request) {
        return json.write(request.fields().entrySet().stream()
                .filter(field -> NUMBERS.stream().noneMatch(field.getKey()::startsWith))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }
}
