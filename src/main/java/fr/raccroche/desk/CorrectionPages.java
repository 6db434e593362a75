package fr.raccroche.desk;

import fr.raccroche.platform.Forms;
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
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;

/** What was recorded of a call is corrected: by its agent beside the desk, by a supervisor on a page. */
@Path("/")
public class CorrectionPages {

    @CheckedTemplate
    static class Templates {

        private Templates() {}

        static native TemplateInstance last(List<LastCall> calls);

        static native TemplateInstance recall(LastCalls.Recall call, DeskPages.Choices choices);

        static native TemplateInstance page(LastCalls.Recall call, DeskPages.Choices choices);
    }

    private final SecurityIdentity identity;
    private final LastCalls calls;
    private final Forms forms;

    CorrectionPages(SecurityIdentity identity, LastCalls calls, Forms forms) {
        this.identity = identity;
        this.calls = calls;
        this.forms = forms;
    }

    /** The agent's last calls. */
    @GET
    @Path("desk/last")
    @Produces(MediaType.TEXT_HTML)
    @RolesAllowed(Role.IS_AGENT)
    public Uni<TemplateInstance> last() {
        return calls.of(me()).map(Templates::last);
    }

    @GET
    @Path("desk/last/{attempt}")
    @Produces(MediaType.TEXT_HTML)
    @RolesAllowed(Role.IS_AGENT)
    public Uni<TemplateInstance> recall(@PathParam("attempt") long attempt) {
        return calls.recall(me(), attempt).map(call -> Templates.recall(call, DeskPages.Choices.ALL));
    }

    /** The agent says what came of it indeed. */
    @POST
    @Path("desk/last/{attempt}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @RolesAllowed(Role.IS_AGENT)
    public Uni<Void> correct(@PathParam("attempt") long attempt, MultivaluedMap<String, String> fields) {
        return calls.correct(me(), OutcomeForm.of(attempt, fields), null);
    }

    @GET
    @Path("corrections/{attempt}")
    @Produces(MediaType.TEXT_HTML)
    @RolesAllowed(Role.IS_SUPERVISOR)
    public Uni<TemplateInstance> page(@PathParam("attempt") long attempt) {
        return calls.recall(me(), attempt).map(call -> Templates.page(call, DeskPages.Choices.ALL));
    }

    /** A supervisor says what came of it indeed, and why that was recorded otherwise. */
    @POST
    @Path("corrections/{attempt}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @RolesAllowed(Role.IS_SUPERVISOR)
    public Uni<Response> keep(@PathParam("attempt") long attempt, MultivaluedMap<String, String> fields) {
        Account supervisor = me();
        Uni<Response> kept = Uni.createFrom()
                .deferred(() -> calls.correct(
                        supervisor, OutcomeForm.of(attempt, fields), fields.getFirst("reason")))
                .chain(() -> calls.recall(supervisor, attempt))
                .map(call -> Response.seeOther(URI.create("/youths/" + call.youthId() + "/calls"))
                        .build());
        return forms.answer(kept, fields, () -> page(attempt));
    }

    private Account me() {
        return Account.of(identity);
    }
}
