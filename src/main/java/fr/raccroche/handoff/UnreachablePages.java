package fr.raccroche.handoff;

import fr.raccroche.handoff.UnreachableLists.Received;
import fr.raccroche.platform.Workers;
import fr.raccroche.security.Account;
import fr.raccroche.security.Role;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The lists of youths whom no call reached: a page for each structure, a file for the supervisor. */
@Path("/")
class UnreachablePages {

    private final UnreachableLists lists;
    private final Workers workers;
    private final SecurityIdentity identity;

    UnreachablePages(UnreachableLists lists, Workers workers, SecurityIdentity identity) {
        this.lists = lists;
        this.workers = workers;
        this.identity = identity;
    }

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance list(Received received);
    }

    @GET
    @Path("unreachable")
    @Produces(MediaType.TEXT_HTML)
    @RolesAllowed(Role.IS_PARTNER)
    public Uni<TemplateInstance> list(@RestQuery @Nullable Long campaign) {
        return lists.received(Account.of(identity), campaign).map(Templates::list);
    }

    @GET
    @Path("campaigns/{id}/unreachable.csv")
    @Produces("text/csv; charset=UTF-8")
    @RolesAllowed(Role.IS_SUPERVISOR)
    public Uni<Response> export(@RestPath long id) {
        return lists.export(Account.of(identity), id)
                .chain(export -> workers.heavy(() -> UnreachableCsv.of(export.youths())))
                .map(csv -> Response.ok(csv)
                        .header(
                                HttpHeaders.CONTENT_DISPOSITION,
                                "attachment; filename=\"injoignables-campagne-%d.csv\"".formatted(id))
                        .header(HttpHeaders.CACHE_CONTROL, "no-store")
                        .build());
    }
}
