package fr.raccroche.campaign;

import static fr.raccroche.platform.FrenchCalendar.PARIS;

import fr.raccroche.platform.Database;
import fr.raccroche.platform.Problem;
import fr.raccroche.platform.Sql;
import fr.raccroche.security.Account;
import fr.raccroche.security.Role;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.TextStyle;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.RestQuery;

/** Campaigns for supervisors: all of them, a new one on one page, and one with its settings. */
@Path("/campaigns")
@RolesAllowed(Role.IS_SUPERVISOR)
public class CampaignPages {

    @CheckedTemplate
    static class Templates {

        private Templates() {}

        static native TemplateInstance campaigns(List<Campaigns.Progress> campaigns, boolean hasLists);

        static native TemplateInstance creation(
                List<Campaigns.ListChoice> lists,
                long chosen,
                List<String> numbers,
                List<CallingDay> days,
                LocalDate today,
                LocalDate end);

        static native TemplateInstance campaign(
                Campaign campaign,
                Campaigns.Progress progress,
                Abandonment abandonment,
                String days,
                PlanPicture plan,
                PlanForm form,
                PoolForm pool);
    }

    /** A day that calls may fall on. */
    record CallingDay(String value, String label, boolean checked) {

        static CallingDay of(DayOfWeek day) {
            return new CallingDay(
                    day.name(),
                    day.getDisplayName(TextStyle.SHORT, Locale.FRENCH),
                    CallingHours.DEFAULT.days().contains(day));
        }
    }

    private final SecurityIdentity identity;
    private final Database database;
    private final Campaigns campaigns;
    private final CampaignLife life;
    private final Clock clock;
    private final List<String> numbers;

    CampaignPages(
            SecurityIdentity identity,
            Database database,
            Campaigns campaigns,
            CampaignLife life,
            Clock clock,
            @ConfigProperty(name = "raccroche.twilio.numbers") List<String> numbers) {
        this.identity = identity;
        this.database = database;
        this.campaigns = campaigns;
        this.life = life;
        this.clock = clock;
        this.numbers = List.copyOf(numbers);
    }

    @GET
    @Produces(MediaType.TEXT_HTML)
    public Uni<TemplateInstance> all() {
        return database.inTransaction(sql -> campaigns
                .all(sql)
                .chain(all -> campaigns.lists(sql).map(lists -> Templates.campaigns(all, !lists.isEmpty()))));
    }

    @GET
    @Path("/new")
    @Produces(MediaType.TEXT_HTML)
    public Uni<TemplateInstance> creation(@RestQuery @DefaultValue("0") long list) {
        LocalDate today = clock.instant().atZone(PARIS).toLocalDate();
        List<CallingDay> days = Arrays.stream(DayOfWeek.values())
                .filter(day -> day != DayOfWeek.SUNDAY)
                .map(CallingDay::of)
                .toList();
        return database.inTransaction(campaigns::lists)
                .map(lists -> Templates.creation(lists, list, numbers, days, today, today.plusWeeks(10)));
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Uni<Response> create(@BeanParam CreationForm form) {
        Campaign draft = form.draft(numbers);
        Instant now = clock.instant();
        long author = Account.of(identity).id();
        return database.inTransaction(sql -> add(sql, draft, author, now)).map(CampaignPages::toCampaign);
    }

    private Uni<Long> add(Sql sql, Campaign draft, long author, Instant now) {
        return campaigns.lists(sql).chain(lists -> {
            if (lists.stream().noneMatch(list -> list.id() == draft.listId())) {
                return Uni.createFrom().failure(Problem.badRequest("unknown-list", "Cette liste n'existe pas."));
            }
            return campaigns
                    .add(sql, draft, author, now)
                    .call(id -> ShownNumbers.learn(sql, numbers)
                            .chain(() -> ShownNumbers.setPool(sql, id, Map.of(draft.callerNumber(), 1))));
        });
    }

    @GET
    @Path("/{id}")
    @Produces(MediaType.TEXT_HTML)
    public Uni<TemplateInstance> one(@PathParam("id") long id) {
        Instant now = clock.instant();
        return database.inTransaction(sql -> campaigns.progress(sql, id).chain(progress -> page(sql, progress, now)));
    }

    private static Uni<TemplateInstance> page(Sql sql, Campaigns.Progress progress, Instant now) {
        Campaign campaign = progress.campaign();
        return Abandonments.share(sql, campaign.id(), now)
                .chain(abandonment -> PoolForm.of(sql, campaign)
                        .map(pool -> Templates.campaign(
                                campaign,
                                progress,
                                abandonment,
                                named(campaign.hours()),
                                PlanPicture.of(campaign, now),
                                PlanForm.of(campaign),
                                pool)));
    }

    /** "lun., mar., jeu." */
    private static String named(CallingHours hours) {
        return hours.days().stream()
                .sorted()
                .map(day -> CallingDay.of(day).label())
                .collect(Collectors.joining(", "));
    }

    @POST
    @Path("/{id}/start")
    public Uni<Response> start(@PathParam("id") long id) {
        return life.start(id).replaceWith(toCampaign(id));
    }

    @POST
    @Path("/{id}/pause")
    public Uni<Response> pause(@PathParam("id") long id) {
        return life.pause(id).replaceWith(toCampaign(id));
    }

    @POST
    @Path("/{id}/resume")
    public Uni<Response> resume(@PathParam("id") long id) {
        return life.resume(id).replaceWith(toCampaign(id));
    }

    @POST
    @Path("/{id}/close")
    public Uni<Response> close(@PathParam("id") long id) {
        return life.close(id).replaceWith(toCampaign(id));
    }

    private static Response toCampaign(long id) {
        return Response.seeOther(URI.create("/campaigns/" + id)).build();
    }
}
