package fr.raccroche.handoff;

import fr.raccroche.handoff.UnreachableLists.Received;
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
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The list of youths whom no call reached, for the structure that received it. */
@Path("/unreachable")
class UnreachablePages {

    private final UnreachableLists lists;
    private final SecurityIdentity identity;

    UnreachablePages(UnreachableLists lists, SecurityIdentity identity) {
        this.lists = lists;
        this.identity = identity;
    }

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance list(Received received);
    }

    @GET
    @Produces(MediaType.TEXT_HTML)
    @RolesAllowed(Role.IS_PARTNER)
    public Uni<TemplateInstance> list(@RestQuery @Nullable Long campaign) {
        return lists.received(Account.of(identity), campaign).map(Templates::list);
    }
}
