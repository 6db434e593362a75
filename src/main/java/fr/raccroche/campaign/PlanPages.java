package fr.raccroche.campaign;

import fr.raccroche.platform.Database;
import fr.raccroche.platform.Forms;
import fr.raccroche.security.AccessAction;
import fr.raccroche.security.Role;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;

/** The plan of attempts on the campaign's page: its settings, and a picture of what they mean before they are kept. */
@Path("/campaigns/{id}/plan")
@RolesAllowed(Role.IS_SUPERVISOR)
public class PlanPages {

    @CheckedTemplate
    static class Templates {

        private Templates() {}

        static native TemplateInstance picture(PlanPicture plan);
    }

    private final Database database;
    private final Campaigns campaigns;
    private final CampaignChanges changes;
    private final CampaignPages pages;
    private final Forms forms;
    private final Clock clock;

    PlanPages(
            Database database,
            Campaigns campaigns,
            CampaignChanges changes,
            CampaignPages pages,
            Forms forms,
            Clock clock) {
        this.database = database;
        this.campaigns = campaigns;
        this.changes = changes;
        this.pages = pages;
        this.forms = forms;
        this.clock = clock;
    }

    /** Keeps the settings; they hold from each youth's next attempt on. */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Uni<Response> keep(@PathParam("id") long id, MultivaluedMap<String, String> fields) {
        return forms.answer(
                changes.keep(
                        id,
                        AccessAction.CAMPAIGN_REPLANNED,
                        "#plan",
                        "Cette campagne est terminée : son plan ne change plus.",
                        (sql, campaign) ->
                                campaigns.replan(sql, PlanForm.of(campaign).changed(fields))),
                fields,
                () -> pages.one(id));
    }

    /** What the plan would look like with these settings; nothing is kept. */
    @POST
    @Path("/preview")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces(MediaType.TEXT_HTML)
    public Uni<TemplateInstance> preview(@PathParam("id") long id, MultivaluedMap<String, String> fields) {
        Instant now = clock.instant();
        return database.inTransaction(sql -> campaigns.required(sql, id))
                .map(campaign ->
                        Templates.picture(PlanPicture.of(PlanForm.of(campaign).changed(fields), now)));
    }
}
