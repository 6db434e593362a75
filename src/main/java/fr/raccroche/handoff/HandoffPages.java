package fr.raccroche.handoff;

import fr.raccroche.handoff.FollowUps.Listing;
import fr.raccroche.handoff.FollowUps.Report;
import fr.raccroche.handoff.FollowUps.Tab;
import fr.raccroche.handoff.Handoff.Result;
import fr.raccroche.platform.Problem;
import fr.raccroche.security.Account;
import fr.raccroche.security.Role;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The partner's list of youths to call back, and the supervisor's view of all of them. */
@Path("/")
class HandoffPages {

    private final FollowUps followUps;
    private final SecurityIdentity identity;

    HandoffPages(FollowUps followUps, SecurityIdentity identity) {
        this.followUps = followUps;
        this.identity = identity;
    }

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance list(ListView view);

        static native TemplateInstance dossier(DossierView view);
    }

    /**
     * @param structures to filter by or to choose from; empty for a partner
     * @param structure the one filtered by; null for all
     */
    record ListView(
            Listing listing,
            boolean supervisor,
            List<Recipient> structures,
            @Nullable Long structure) {

        public List<Tab> tabs() {
            return Arrays.stream(Tab.values())
                    .filter(tab -> supervisor || tab != Tab.QUEUE)
                    .toList();
        }

        public boolean shows(Tab tab) {
            return listing.tab() == tab;
        }

        public boolean filteredBy(long id) {
            return structure != null && structure == id;
        }

        /** The query string of a tab or page, the filter kept. */
        public String query(Tab tab, int page) {
            String filter = structure == null ? "" : "&structure=" + structure;
            return "?tab=" + tab + filter + (page == 0 ? "" : "&page=" + page);
        }

        public int previousPage() {
            return listing.page() - 1;
        }

        public int nextPage() {
            return listing.page() + 1;
        }
    }

    /** @param structures of the kind that was agreed, for a supervisor; empty for a partner */
    record DossierView(Dossier dossier, boolean supervisor, List<Recipient> structures) {

        public Result[] results() {
            return Result.values();
        }

        public boolean assignable() {
            return supervisor && dossier.line().open();
        }

        public boolean reportable() {
            return !supervisor && dossier.line().open();
        }
    }

    @GET
    @Path("/handoffs")
    @Produces(MediaType.TEXT_HTML)
    @RolesAllowed({Role.IS_PARTNER, Role.IS_SUPERVISOR})
    public Uni<TemplateInstance> list(
            @RestQuery @Nullable Tab tab, @RestQuery @Nullable Long structure, @RestQuery @DefaultValue("0") int page) {
        var account = account();
        return followUps
                .list(account, tab, structure, Math.max(0, page))
                .chain(listing -> structures(account)
                        .map(structures -> new ListView(listing, isSupervisor(account), structures, structure)))
                .map(Templates::list);
    }

    @GET
    @Path("/handoffs/{id}")
    @Produces(MediaType.TEXT_HTML)
    @RolesAllowed({Role.IS_PARTNER, Role.IS_SUPERVISOR})
    public Uni<TemplateInstance> open(@RestPath long id) {
        var account = account();
        return followUps
                .open(account, id)
                .chain(dossier -> structures(account)
                        .map(structures ->
                                new DossierView(dossier, isSupervisor(account), ofKind(structures, dossier.line()))))
                .map(Templates::dossier);
    }

    @POST
    @Path("/handoffs/{id}/report")
    @RolesAllowed(Role.IS_PARTNER)
    public Uni<Response> report(
            @RestPath long id,
            @RestForm int version,
            @RestForm @Nullable Boolean reached,
            @RestForm @Nullable String result,
            @RestForm @Nullable String note,
            @RestForm @Nullable String then) {
        if (reached == null) {
            throw Problem.badRequest(
                    "reached", "Dites d'abord si un contact a été établi. Rien n'a encore été enregistré.");
        }
        return followUps
                .report(account(), id, new Report(version, reached, result(result), text(note)))
                .map(next -> seeOther(address(id, "next".equals(then), next)));
    }

    @POST
    @Path("/handoffs/{id}/assign")
    @RolesAllowed(Role.IS_SUPERVISOR)
    public Uni<Response> assign(@RestPath long id, @RestForm int version, @RestForm long structure) {
        return followUps.assign(account(), id, version, structure).map(done -> seeOther("/handoffs/" + id));
    }

    @GET
    @Path("/handoffs.json")
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.IS_PARTNER, Role.IS_SUPERVISOR})
    public Uni<List<Sent>> sent(@RestQuery @Nullable Long campaign) {
        return followUps.sent(account(), campaign);
    }

    private static String address(long id, boolean goOn, @Nullable Long next) {
        if (!goOn) {
            return "/handoffs/" + id;
        }
        return next == null ? "/handoffs" : "/handoffs/" + next;
    }

    private static @Nullable Result result(@Nullable String name) {
        if (name == null || name.isEmpty()) {
            return null;
        }
        return Arrays.stream(Result.values())
                .filter(result -> result.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Problem.badRequest("result", "Ce résultat n'est pas dans la liste."));
    }

    private static @Nullable String text(@Nullable String note) {
        return note == null || note.isBlank() ? null : note.strip();
    }

    private Uni<List<Recipient>> structures(Account account) {
        return isSupervisor(account) ? followUps.structures() : Uni.createFrom().item(List.of());
    }

    private static List<Recipient> ofKind(List<Recipient> structures, Line line) {
        return structures.stream()
                .filter(structure -> structure.kind() == line.kind())
                .toList();
    }

    private static boolean isSupervisor(Account account) {
        return account.role() == Role.SUPERVISOR;
    }

    private static Response seeOther(String address) {
        return Response.seeOther(URI.create(address)).build();
    }

    private Account account() {
        return Account.of(identity);
    }
}
