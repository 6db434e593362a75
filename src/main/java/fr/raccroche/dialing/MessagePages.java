package fr.raccroche.dialing;

import fr.raccroche.platform.Database;
import fr.raccroche.platform.Problem;
import fr.raccroche.security.AccessLog;
import fr.raccroche.security.Account;
import fr.raccroche.security.Role;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
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

/** Messages that callers left because nobody answered: each waits until somebody has dealt with it. */
@Path("/messages")
@RolesAllowed(Role.IS_SUPERVISOR)
public class MessagePages {

    @CheckedTemplate
    static class Templates {

        private Templates() {}

        static native TemplateInstance messages(List<InboundCalls.Message> messages);
    }

    private final SecurityIdentity identity;
    private final Database database;
    private final InboundCalls inbound;
    private final Clock clock;

    MessagePages(SecurityIdentity identity, Database database, InboundCalls inbound, Clock clock) {
        this.identity = identity;
        this.database = database;
        this.inbound = inbound;
        this.clock = clock;
    }

    @GET
    @Produces(MediaType.TEXT_HTML)
    public Uni<TemplateInstance> messages() {
        return database.inTransaction(inbound::messages).map(Templates::messages);
    }

    /** Somebody listened and did what was to be done; done again, nothing changes. */
    @POST
    @Path("/{id}/handled")
    public Uni<Response> handled(@PathParam("id") long id) {
        Account account = Account.of(identity);
        Instant now = clock.instant();
        return database.inTransaction(sql -> inbound.handled(sql, id, account.id(), now)
                        .chain(known -> known
                                ? AccessLog.record(sql, account, "message-handled", "inbound:" + id)
                                : Uni.createFrom().failure(Problem.notFound("Ce message n'existe pas."))))
                .replaceWith(Response.seeOther(URI.create("/messages")).build());
    }
}
