package fr.raccroche.explain;

import fr.raccroche.platform.Forms;
import fr.raccroche.platform.Problem;
import fr.raccroche.security.Account;
import fr.raccroche.security.Role;
import fr.raccroche.youth.Youths;
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
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A youth and their calls: found by a supervisor, with the answer to "why not now?". */
@Path("/youths")
public class YouthPages {

    private static final int MOST_FOUND = 30;
    private static final int LONGEST_SEARCH = 80;

    @CheckedTemplate
    static class Templates {

        private Templates() {}

        static native TemplateInstance search(@Nullable String text, List<Youths.Found> found, boolean more);

        static native TemplateInstance calls(Explanation view);
    }

    /** The explanation for programs, without names and numbers. */
    public record CallsJson(long youthId, Instant now, List<CampaignView> campaigns) {}

    private final SecurityIdentity identity;
    private final YouthCalls calls;
    private final Corrections corrections;
    private final Forms forms;

    YouthPages(SecurityIdentity identity, YouthCalls calls, Corrections corrections, Forms forms) {
        this.forms = forms;
        this.identity = identity;
        this.calls = calls;
        this.corrections = corrections;
    }

    @GET
    @Produces(MediaType.TEXT_HTML)
    @RolesAllowed(Role.IS_SUPERVISOR)
    public TemplateInstance search() {
        return Templates.search(null, List.of(), false);
    }

    /** A search changes nothing; it is posted so that names stand in no address and no log of addresses. */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces(MediaType.TEXT_HTML)
    @RolesAllowed(Role.IS_SUPERVISOR)
    public Uni<Response> search(MultivaluedMap<String, String> typed) {
        String asked = text(typed, "text");
        Account account = Account.of(identity);
        Uni<Response> found = Uni.createFrom()
                .item(asked)
                .invoke(text -> {
                    if (text.length() < 2 || text.length() > LONGEST_SEARCH) {
                        throw Problem.badRequest("bad-text", "Écrivez un nom, un numéro de téléphone ou un INE.");
                    }
                })
                .chain(text -> calls.search(account, text, MOST_FOUND + 1))
                .map(youths -> Response.ok(Templates.search(
                                asked, youths.stream().limit(MOST_FOUND).toList(), youths.size() > MOST_FOUND))
                        .build());
        return forms.orAgain(found, typed, () -> Uni.createFrom().item(search()));
    }

    private static String text(MultivaluedMap<String, String> typed, String field) {
        String text = typed.getFirst(field);
        return text == null ? "" : text.strip();
    }

    @GET
    @Path("/{id}/calls")
    @Produces(MediaType.TEXT_HTML)
    @RolesAllowed({Role.IS_SUPERVISOR, Role.IS_AGENT})
    public Uni<TemplateInstance> calls(@PathParam("id") long id) {
        return calls.explain(Account.of(identity), id).map(Templates::calls);
    }

    /** Undoes an objection; {@code reason} stays in the file. */
    @POST
    @Path("/{id}/objection/lift")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @RolesAllowed(Role.IS_SUPERVISOR)
    public Uni<Response> liftObjection(@PathParam("id") long id, MultivaluedMap<String, String> typed) {
        Account account = Account.of(identity);
        return forms.answer(
                Uni.createFrom()
                        .deferred(() -> corrections.liftObjection(account, id, text(typed, "reason")))
                        .replaceWith(Response.seeOther(URI.create("/youths/" + id + "/calls"))
                                .build()),
                typed,
                () -> calls(id));
    }

    /** Closes the youth's own page. */
    @POST
    @Path("/{id}/links/revoke")
    @RolesAllowed(Role.IS_SUPERVISOR)
    public Uni<Response> revokeLinks(@PathParam("id") long id) {
        return corrections
                .revokeLinks(Account.of(identity), id)
                .replaceWith(Response.seeOther(URI.create("/youths/" + id + "/calls"))
                        .build());
    }

    @GET
    @Path("/{id}/calls.json")
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.IS_SUPERVISOR, Role.IS_AGENT})
    public Uni<CallsJson> callsJson(@PathParam("id") long id) {
        return calls.explain(Account.of(identity), id)
                .map(view -> new CallsJson(view.youth().id(), view.now(), view.places()));
    }
}
