package fr.raccroche.inbound;

import fr.raccroche.dialing.Callbacks;
import fr.raccroche.dialing.TextPlans;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Nothing;
import fr.raccroche.platform.Problem;
import fr.raccroche.platform.Sql;
import fr.raccroche.security.AccessAction;
import fr.raccroche.security.AccessLog;
import fr.raccroche.security.Account;
import fr.raccroche.security.Role;
import fr.raccroche.sms.LastTexts;
import fr.raccroche.telephony.Recordings;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What came in and waits until somebody has dealt with it: messages of callers whom nobody answered, and texts that a person
 * reads before anything rings.
 */
@Path("/messages")
@RolesAllowed(Role.IS_SUPERVISOR)
public class MessagePages {

    @CheckedTemplate
    static class Templates {

        private Templates() {}

        static native TemplateInstance messages(
                List<CallsIn.Message> messages,
                List<Callbacks.LateCall> late,
                List<TextPlans.Unanswered> texts,
                boolean more);
    }

    private static final int MOST_TEXTS = 100;

    private final SecurityIdentity identity;
    private final Database database;
    private final CallsIn inbound;
    private final Recordings recordings;
    private final TextPlans texts;
    private final Clock clock;

    MessagePages(
            SecurityIdentity identity,
            Database database,
            CallsIn inbound,
            Recordings recordings,
            TextPlans texts,
            Clock clock) {
        this.identity = identity;
        this.database = database;
        this.inbound = inbound;
        this.recordings = recordings;
        this.texts = texts;
        this.clock = clock;
    }

    @GET
    @Produces(MediaType.TEXT_HTML)
    public Uni<TemplateInstance> messages() {
        Instant now = clock.instant();
        return database.inTransaction(sql -> inbound.messages(sql).chain(messages -> messages(sql, messages, now)));
    }

    private Uni<TemplateInstance> messages(Sql sql, List<CallsIn.Message> messages, Instant now) {
        return Callbacks.late(sql, now, now)
                .chain(late -> texts.unanswered(sql, MOST_TEXTS + 1)
                        .map(found -> Templates.messages(
                                messages, late, found.stream().limit(MOST_TEXTS).toList(), found.size() > MOST_TEXTS)));
    }

    /** What the caller said. Who listens is noted, once for a player that asks in parts. */
    @GET
    @Path("/{id}/recording")
    public Uni<Response> recording(@PathParam("id") long id, @HeaderParam("Range") @Nullable String range) {
        Account account = Account.of(identity);
        boolean begins = range == null || range.startsWith("bytes=0-");
        return database.inTransaction(sql -> inbound.recording(sql, id)
                        .onItem()
                        .ifNull()
                        .failWith(() -> Problem.notFound("Ce message n'existe pas."))
                        .call(sid -> begins
                                ? AccessLog.record(sql, account, AccessAction.MESSAGE_HEARD, "inbound:" + id)
                                : Nothing.happens()))
                .chain(recordings::fetch)
                .map(bytes -> new Sound(bytes).answer(range));
    }

    /** The texts that wait to be read, for programs that stand in for a supervisor. */
    @GET
    @Path("/texts.json")
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<List<TextPlans.Unanswered>> texts() {
        return database.inTransaction(sql -> texts.unanswered(sql, MOST_TEXTS));
    }

    /** Somebody listened and did what was to be done; done again, nothing changes. */
    @POST
    @Path("/{id}/handled")
    public Uni<Response> handled(@PathParam("id") long id) {
        return handled(
                AccessAction.MESSAGE_HANDLED,
                "inbound:" + id,
                (sql, account, now) -> inbound.handled(sql, id, account.id(), now));
    }

    /** Somebody read the text and decided what follows; done again, nothing changes. */
    @POST
    @Path("/texts/{id}/handled")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Uni<Response> textHandled(@PathParam("id") long id, @FormParam("decision") @Nullable String decision) {
        TextDecision decided = Stream.of(TextDecision.values())
                .filter(one -> one.name().equals(decision))
                .findFirst()
                .orElse(TextDecision.READ);
        return handled(
                AccessAction.TEXT_HANDLED,
                "text:" + id,
                (sql, account, now) -> LastTexts.came(sql, id)
                        .chain(text -> text == null
                                ? Uni.createFrom().item(false)
                                : decided.take(sql, text, account.id(), now)
                                        .chain(() -> LastTexts.notice(sql, id, now))));
    }

    private interface Step {
        /** False when there is nothing such. */
        Uni<Boolean> take(Sql sql, Account account, Instant now);
    }

    private Uni<Response> handled(AccessAction action, String subject, Step step) {
        Account account = Account.of(identity);
        Instant now = clock.instant();
        return database.inTransaction(sql -> step.take(sql, account, now)
                        .chain(known -> known
                                ? AccessLog.record(sql, account, action, subject)
                                : Uni.createFrom().failure(Problem.notFound("Ce message n'existe pas."))))
                .replaceWith(Response.seeOther(URI.create("/messages")).build());
    }
}
