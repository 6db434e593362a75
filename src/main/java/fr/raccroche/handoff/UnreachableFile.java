package fr.raccroche.handoff;

import fr.raccroche.platform.Workers;
import fr.raccroche.security.Account;
import fr.raccroche.security.Role;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.RestPath;

/** The youths whom a campaign never reached, as a file for the supervisor. */
@Path("/campaigns/{id}/unreachable.csv")
class UnreachableFile {

    private final UnreachableLists lists;
    private final Workers workers;
    private final SecurityIdentity identity;

    UnreachableFile(UnreachableLists lists, Workers workers, SecurityIdentity identity) {
        this.lists = lists;
        this.workers = workers;
        this.identity = identity;
    }

    @GET
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
