package fr.raccroche.campaign;

import static fr.raccroche.platform.FrenchCalendar.PARIS;

import fr.raccroche.platform.Database;
import fr.raccroche.platform.Forms;
import fr.raccroche.platform.Problem;
import fr.raccroche.platform.Sql;
import fr.raccroche.security.AccessAction;
import fr.raccroche.security.AccessLog;
import fr.raccroche.security.Account;
import fr.raccroche.security.Role;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
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
                PoolForm pool,
                List<CampaignHistory.Entry> history);

        static native TemplateInstance edit(Campaign campaign, List<CallingDay> days, boolean startMoves);
    }

    private final SecurityIdentity identity;
    private final Database database;
    private final Campaigns campaigns;
    private final CampaignLife life;
    private final CampaignChanges changes;
    private final Forms forms;
    private final Clock clock;
    private final List<String> numbers;

    CampaignPages(
            SecurityIdentity identity,
            Database database,
            Campaigns campaigns,
            CampaignLife life,
            CampaignChanges changes,
            Forms forms,
            Clock clock,
            @ConfigProperty(name = "raccroche.twilio.numbers") List<String> numbers) {
        this.identity = identity;
        this.database = database;
        this.campaigns = campaigns;
        this.life = life;
        this.changes = changes;
        this.forms = forms;
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
        LocalDate today = today();
        return database.inTransaction(campaigns::lists)
                .map(lists -> Templates.creation(
                        lists, list, numbers, CallingDay.all(CallingHours.DEFAULT), today, today.plusWeeks(10)));
    }

    private LocalDate today() {
        return clock.instant().atZone(PARIS).toLocalDate();
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Uni<Response> create(MultivaluedMap<String, String> fields) {
        Instant now = clock.instant();
        long author = Account.of(identity).id();
        Uni<Response> created = Uni.createFrom()
                .item(() -> new CampaignForm(fields).draft(numbers))
                .chain(draft -> database.inTransaction(sql -> add(sql, draft, author, now)))
                .map(CampaignPages::toCampaign);
        return forms.answer(created, fields, () -> creation(0));
    }

    private Uni<Long> add(Sql sql, Campaign draft, long author, Instant now) {
        return campaigns.lists(sql).chain(lists -> {
            if (lists.stream().noneMatch(list -> list.id() == draft.listId())) {
                return Uni.createFrom().failure(Problem.badRequest("bad-list", "Cette liste n'existe pas."));
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
                        .chain(pool -> CampaignHistory.of(sql, campaign.id())
                                .map(history -> Templates.campaign(
                                        campaign,
                                        progress,
                                        abandonment,
                                        CallingDay.named(campaign.hours()),
                                        PlanPicture.of(campaign, now),
                                        PlanForm.of(campaign),
                                        pool,
                                        history))));
    }

    @GET
    @Path("/{id}/edit")
    @Produces(MediaType.TEXT_HTML)
    public Uni<TemplateInstance> editing(@PathParam("id") long id) {
        LocalDate today = today();
        return database.inTransaction(sql -> campaigns.required(sql, id))
                .map(campaign -> Templates.edit(
                        campaign, CallingDay.all(campaign.hours()), CampaignForm.mayMoveItsStart(campaign, today)));
    }

    /** Keeps what was changed; it holds from the next call on. */
    @POST
    @Path("/{id}/edit")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Uni<Response> edit(@PathParam("id") long id, MultivaluedMap<String, String> fields) {
        LocalDate today = today();
        return forms.answer(
                changes.keep(
                        id,
                        AccessAction.CAMPAIGN_EDITED,
                        "",
                        "Cette campagne est terminée : elle ne change plus.",
                        (sql, campaign) -> campaigns.edit(sql, new CampaignForm(fields).changed(campaign, today))),
                fields,
                () -> editing(id));
    }

    /** Deletes a campaign that never began. */
    @POST
    @Path("/{id}/delete")
    public Uni<Response> delete(@PathParam("id") long id) {
        Account account = Account.of(identity);
        return database.inTransaction(
                        sql -> campaigns
                                .required(sql, id)
                                .chain(campaign -> campaigns.delete(sql, id))
                                .chain(
                                        deleted -> deleted
                                                ? AccessLog.record(
                                                        sql, account, AccessAction.CAMPAIGN_DELETED, "campaign:" + id)
                                                : Uni.createFrom()
                                                        .failure(
                                                                Problem.conflict(
                                                                        "campaign-began",
                                                                        "Cette campagne a commencé : elle ne s'efface plus, elle se termine."))))
                .replaceWith(Response.seeOther(URI.create("/campaigns")).build());
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
