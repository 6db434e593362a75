package fr.raccroche.desk;

import fr.raccroche.security.Account;
import fr.raccroche.security.Role;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;

/** An agent looks at their last calls again, beside the desk, and corrects what they recorded. */
@Path("/desk/last")
@RolesAllowed(Role.IS_AGENT)
public class LastPages {

    @CheckedTemplate
    static class Templates {

        private Templates() {}

        static native TemplateInstance last(List<LastCall> calls);

        static native TemplateInstance recall(LastCalls.Recall call, DeskPages.Choices choices);
    }

    private final SecurityIdentity identity;
    private final LastCalls calls;

    LastPages(SecurityIdentity identity, LastCalls calls) {
        this.identity = identity;
        this.calls = calls;
    }

    @GET
    @Produces(MediaType.TEXT_HTML)
    public Uni<TemplateInstance> last() {
        return calls.of(me()).map(Templates::last);
    }

    @GET
    @Path("/{attempt}")
    @Produces(MediaType.TEXT_HTML)
    public Uni<TemplateInstance> recall(@PathParam("attempt") long attempt) {
        return calls.recall(me(), attempt).map(call -> Templates.recall(call, DeskPages.Choices.ALL));
    }

    /** The agent says what came of it indeed. */
    @POST
    @Path("/{attempt}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Uni<Void> correct(@PathParam("attempt") long attempt, MultivaluedMap<String, String> fields) {
        return calls.correct(me(), OutcomeForm.of(attempt, fields), null);
    }

    private Account me() {
        return Account.of(identity);
    }
}
