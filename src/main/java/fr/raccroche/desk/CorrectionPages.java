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

/** A supervisor corrects what was recorded of a call. */
@Path("/corrections/{attempt}")
@RolesAllowed(Role.IS_SUPERVISOR)
public class CorrectionPages {

    @CheckedTemplate
    static class Templates {

        private Templates() {}

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

    @GET
    @Produces(MediaType.TEXT_HTML)
    public Uni<TemplateInstance> page(@PathParam("attempt") long attempt) {
        return calls.recall(me(), attempt).map(call -> Templates.page(call, DeskPages.Choices.ALL));
    }

    /** A supervisor says what came of it indeed, and why that was recorded otherwise. */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Uni<Response> keep(@PathParam("attempt") long attempt, MultivaluedMap<String, String> fields) {
        Account supervisor = me();
        Uni<Response> kept = Uni.createFrom()
                .deferred(() -> calls.correct(supervisor, OutcomeForm.of(attempt, fields), fields.getFirst("reason")))
                .chain(() -> calls.recall(supervisor, attempt))
                .map(call -> Response.seeOther(URI.create("/youths/" + call.youthId() + "/calls"))
                        .build());
        return forms.answer(kept, fields, () -> page(attempt));
    }

    private Account me() {
        return Account.of(identity);
    }
}
