package fr.raccroche.sms;

import fr.raccroche.campaign.Campaign;
import fr.raccroche.campaign.CampaignChanges;
import fr.raccroche.campaign.Campaigns;
import fr.raccroche.campaign.TextKind;
import fr.raccroche.campaign.TextSettings;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Forms;
import fr.raccroche.platform.Nothing;
import fr.raccroche.platform.Sql;
import fr.raccroche.queue.PlannedTexts;
import fr.raccroche.security.AccessAction;
import fr.raccroche.security.Role;
import fr.raccroche.youth.YouthMessages;
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

/** What a campaign writes to its youths: templates with what they would look like and cost, and when they go out. */
@Path("/campaigns/{id}/texts")
@RolesAllowed({Role.IS_SUPERVISOR, Role.IS_ADMIN})
public class TextPages {

    @CheckedTemplate
    static class Templates {

        private Templates() {}

        static native TemplateInstance page(TextForm form, Deliveries deliveries);
    }

    private final Database database;
    private final Campaigns campaigns;
    private final Messages messages;
    private final PersonalLinks links;
    private final YouthMessages words;
    private final CampaignChanges changes;
    private final Forms forms;
    private final Clock clock;

    TextPages(
            Database database,
            Campaigns campaigns,
            Messages messages,
            PersonalLinks links,
            YouthMessages words,
            CampaignChanges changes,
            Forms forms,
            Clock clock) {
        this.database = database;
        this.campaigns = campaigns;
        this.messages = messages;
        this.links = links;
        this.words = words;
        this.changes = changes;
        this.forms = forms;
        this.clock = clock;
    }

    @GET
    @Produces(MediaType.TEXT_HTML)
    public Uni<TemplateInstance> page(@PathParam("id") long id) {
        Instant now = clock.instant();
        return database.inTransaction(sql -> campaigns
                .required(sql, id)
                .chain(campaign -> messages.countDeliveries(sql, id)
                        .map(counts -> Templates.page(form(campaign, now), Deliveries.of(counts)))));
    }

    /** Keeps the texts; they hold from each youth's next one on. */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Uni<Response> keep(@PathParam("id") long id, MultivaluedMap<String, String> fields) {
        Instant now = clock.instant();
        return forms.answer(
                changes.keep(
                        id,
                        AccessAction.CAMPAIGN_TEXTS_CHANGED,
                        "/texts",
                        "Cette campagne est terminée : ses SMS ne changent plus.",
                        (sql, campaign) ->
                                rewrite(sql, campaign, form(campaign, now).changed(fields), now)),
                fields,
                () -> page(id));
    }

    /** Whoever waits for an announcement that is not sent any more is called without. */
    private Uni<Boolean> rewrite(Sql sql, Campaign campaign, TextSettings texts, Instant now) {
        boolean silenced = campaign.texts().isOn(TextKind.ANNOUNCEMENT) && !texts.isOn(TextKind.ANNOUNCEMENT);
        return campaigns
                .rewrite(sql, campaign.id(), texts)
                .call(kept ->
                        kept && silenced ? PlannedTexts.releaseAnnounced(sql, campaign.id(), now) : Nothing.happens());
    }

    private TextForm form(Campaign campaign, Instant now) {
        return new TextForm(campaign, this::usual, links.example(), now);
    }

    /** The template with which a text of this kind begins. */
    private String usual(TextKind kind) {
        return switch (kind) {
            case ANNOUNCEMENT -> words.announcement();
            case FALLBACK -> words.fallback();
            case VOICEMAIL -> words.afterVoicemail();
            case REMINDER -> words.reminder();
        };
    }
}
