package fr.raccroche.campaign;

import fr.raccroche.platform.Database;
import fr.raccroche.platform.Forms;
import fr.raccroche.platform.Sql;
import fr.raccroche.security.AccessAction;
import fr.raccroche.security.Role;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
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
import java.time.Clock;
import java.time.Instant;

/** How the calls of a campaign are conducted: who starts one, and what is said where no agent talks. */
@Path("/campaigns/{id}/mode")
@RolesAllowed(Role.IS_SUPERVISOR)
public class ModePages {

    @CheckedTemplate
    static class Templates {

        private Templates() {}

        static native TemplateInstance mode(ModeForm form);
    }

    private final Database database;
    private final Campaigns campaigns;
    private final CampaignChanges changes;
    private final Forms forms;
    private final Clock clock;

    ModePages(Database database, Campaigns campaigns, CampaignChanges changes, Forms forms, Clock clock) {
        this.database = database;
        this.campaigns = campaigns;
        this.changes = changes;
        this.forms = forms;
        this.clock = clock;
    }

    @GET
    @Produces(MediaType.TEXT_HTML)
    public Uni<TemplateInstance> page(@PathParam("id") long id) {
        Instant now = clock.instant();
        return database.inTransaction(sql -> campaigns.required(sql, id).chain(campaign -> form(sql, campaign, now)))
                .map(Templates::mode);
    }

    /** Keeps the settings; they hold from the next call on. */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Uni<Response> keep(@PathParam("id") long id, MultivaluedMap<String, String> fields) {
        Instant now = clock.instant();
        return forms.answer(
                changes.keep(
                        id,
                        AccessAction.CAMPAIGN_MODE_CHANGED,
                        "",
                        "Cette campagne est terminée : ses réglages ne changent plus.",
                        (sql, campaign) ->
                                form(sql, campaign, now).chain(form -> campaigns.conduct(sql, form.changed(fields)))),
                fields,
                () -> page(id));
    }

    private Uni<ModeForm> form(Sql sql, Campaign campaign, Instant now) {
        return Abandonments.bound(sql, campaign, now).map(burst -> new ModeForm(campaign, burst));
    }
}
