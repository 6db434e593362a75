package fr.raccroche.handoff;

import fr.raccroche.handoff.FollowUps.Listing;
import fr.raccroche.handoff.FollowUps.Tab;
import fr.raccroche.handoff.Handoff.Result;
import fr.raccroche.handoff.ReportForm.Draft;
import fr.raccroche.platform.Nothing;
import fr.raccroche.platform.Problem;
import fr.raccroche.security.Account;
import fr.raccroche.security.Role;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jboss.resteasy.reactive.RestCookie;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The partner's list of youths to call back, and the supervisor's view of all of them. */
@Path("/")
class HandoffPages {

    private static final String RECORDED = "recorded";

    private final FollowUps followUps;
    private final Clock clock;
    private final SecurityIdentity identity;

    HandoffPages(FollowUps followUps, Clock clock, SecurityIdentity identity) {
        this.followUps = followUps;
        this.clock = clock;
        this.identity = identity;
    }

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance list(ListView view);

        static native TemplateInstance dossier(DossierView view);

        static native TemplateInstance moved(Moved moved, @Nullable String note);
    }

    /**
     * @param structures to filter by or to choose from; empty for a partner
     * @param structure the one filtered by; null for all
     * @param recorded the handoff on which somebody reported a moment ago; null for none
     */
    record ListView(
            Listing listing,
            boolean supervisor,
            List<Recipient> structures,
            @Nullable Long structure,
            @Nullable Long recorded) {

        public List<Tab> tabs() {
            return Arrays.stream(Tab.values())
                    .filter(tab -> supervisor || !tab.isSupervisors())
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

    /**
     * @param structures to choose from: of the kind that was agreed for a supervisor, all others for a partner
     * @param draft what somebody typed that could not be recorded
     * @param recorded the handoff on which somebody reported a moment ago; null for none
     */
    record DossierView(
            Dossier dossier,
            boolean supervisor,
            List<Recipient> structures,
            Draft draft,
            @Nullable Long recorded,
            Instant now) {

        public Result[] results() {
            return Result.values();
        }

        /** Which answers to the first question leave this result possible: a style of the form, see {@code handoffs.css}. */
        public String offeredWhen(Result result) {
            boolean reached = dossier.line().allows(result, true);
            boolean unreached = dossier.line().allows(result, false);
            return reached && unreached ? "" : reached ? "if-reached" : "if-not-reached";
        }

        /** A structure takes its own end back for some days, a supervisor at any time. */
        public boolean reopenable() {
            Instant closedAt = dossier.line().progress().closedAt();
            return closedAt != null
                    && (supervisor || !now.isAfter(closedAt.plus(Duration.ofDays(Handoff.DAYS_TO_REOPEN))));
        }

        public boolean returned() {
            return supervisor && dossier.line().returned();
        }

        /** Whether this structure reported here a moment ago, and stayed. */
        public boolean justRecorded() {
            return recorded != null && recorded == dossier.line().id();
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
            @RestQuery @Nullable Tab tab,
            @RestQuery @Nullable Long structure,
            @RestQuery @DefaultValue("0") int page,
            @RestCookie(RECORDED) @Nullable Long recorded) {
        var account = account();
        return followUps
                .list(account, tab, structure, Math.max(0, page))
                .chain(listing -> structures(account)
                        .map(structures ->
                                new ListView(listing, isSupervisor(account), structures, structure, recorded)))
                .map(Templates::list);
    }

    @GET
    @Path("/handoffs/{id}")
    @Produces(MediaType.TEXT_HTML)
    @RolesAllowed({Role.IS_PARTNER, Role.IS_SUPERVISOR})
    public Uni<TemplateInstance> open(@RestPath long id, @RestCookie(RECORDED) @Nullable Long recorded) {
        var account = account();
        return dossier(account, id, Draft.NONE, recorded)
                .onFailure(HandoffPages::isNotFound)
                .recoverWithUni(failure -> moved(account, id, null, failure));
    }

    private Uni<TemplateInstance> dossier(Account account, long id, Draft draft, @Nullable Long recorded) {
        Instant now = clock.instant();
        return followUps
                .open(account, id)
                .chain(dossier -> followUps
                        .structures()
                        .map(structures -> new DossierView(
                                dossier,
                                isSupervisor(account),
                                choices(structures, account, dossier.line()),
                                draft,
                                recorded,
                                now)))
                .map(Templates::dossier);
    }

    /** Fails with {@code otherwise} when the structure never had it. */
    private Uni<TemplateInstance> moved(Account account, long id, @Nullable String note, Throwable otherwise) {
        return followUps.moved(account, id, note).map(moved -> {
            if (moved == null) {
                throw otherwise instanceof Problem problem ? problem : new IllegalStateException(otherwise);
            }
            return Templates.moved(moved, note);
        });
    }

    private static boolean isNotFound(Throwable failure) {
        return failure instanceof Problem problem && problem.status() == 404;
    }

    /** Whatever stands against it, what was typed comes back: on the same page, or where the youth has gone since. */
    @POST
    @Path("/handoffs/{id}/report")
    @Produces(MediaType.TEXT_HTML)
    @RolesAllowed(Role.IS_PARTNER)
    public Uni<Response> report(@RestPath long id, @BeanParam ReportForm form, @RestForm @Nullable String then) {
        var account = account();
        return Uni.createFrom()
                .deferred(() -> followUps.report(account, id, form.report(), form.to))
                .map(next -> Response.seeOther(URI.create(address(id, "next".equals(then), next)))
                        .cookie(recorded(id))
                        .build())
                .onFailure(Problem.class)
                .recoverWithUni(failure -> again(account, id, form, failure));
    }

    private Uni<Response> again(Account account, long id, ReportForm form, Problem problem) {
        return (problem.status() == 404
                        ? moved(account, id, form.said(), problem)
                        : dossier(account, id, form.draft(problem), null))
                .map(page -> Response.status(problem.status() == 404 ? 409 : problem.status())
                        .entity(page)
                        .build());
    }

    /** Said once, on the next page. */
    private static NewCookie recorded(long id) {
        return new NewCookie.Builder(RECORDED)
                .value(Long.toString(id))
                .path("/handoffs")
                .maxAge(10)
                .httpOnly(true)
                .sameSite(NewCookie.SameSite.STRICT)
                .build();
    }

    @POST
    @Path("/handoffs/{id}/reopen")
    @RolesAllowed({Role.IS_PARTNER, Role.IS_SUPERVISOR})
    public Uni<Response> reopen(@RestPath long id, @RestForm int version, @RestForm @Nullable String reason) {
        return followUps.reopen(account(), id, version, text(reason)).map(done -> seeOther("/handoffs/" + id));
    }

    @POST
    @Path("/handoffs/{id}/note")
    @RolesAllowed({Role.IS_PARTNER, Role.IS_SUPERVISOR})
    public Uni<Response> write(@RestPath long id, @RestForm @Nullable String note) {
        String said = text(note);
        return (said == null ? Nothing.happens() : followUps.write(account(), id, said))
                .map(done -> seeOther("/handoffs/" + id));
    }

    @POST
    @Path("/handoffs/{id}/seen")
    @RolesAllowed(Role.IS_SUPERVISOR)
    public Uni<Response> seeReturn(@RestPath long id, @RestForm @Nullable String note) {
        return followUps.seeReturn(account(), id, text(note)).map(done -> seeOther("/handoffs?tab=RETURNED"));
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

    private static @Nullable String text(@Nullable String note) {
        return note == null || note.isBlank() ? null : note.strip();
    }

    private Uni<List<Recipient>> structures(Account account) {
        return isSupervisor(account) ? followUps.structures() : Uni.createFrom().item(List.of());
    }

    private static List<Recipient> choices(List<Recipient> structures, Account account, Line line) {
        return structures.stream()
                .filter(structure -> isSupervisor(account)
                        ? structure.kind() == line.kind()
                        : !Objects.equals(structure.id(), line.structureId()))
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
