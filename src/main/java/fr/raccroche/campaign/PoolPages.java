package fr.raccroche.campaign;

import fr.raccroche.platform.Forms;
import fr.raccroche.security.AccessAction;
import fr.raccroche.security.Role;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;

/** The numbers that a campaign shows, on its page. */
@Path("/campaigns/{id}/numbers")
@RolesAllowed(Role.IS_SUPERVISOR)
public class PoolPages {

    private final CampaignChanges changes;
    private final CampaignPages pages;
    private final Forms forms;

    PoolPages(CampaignChanges changes, CampaignPages pages, Forms forms) {
        this.changes = changes;
        this.pages = pages;
        this.forms = forms;
    }

    /** Keeps the shares; who was shown a number that stays goes on seeing it. */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Uni<Response> keep(@PathParam("id") long id, MultivaluedMap<String, String> fields) {
        return forms.answer(
                changes.keep(
                        id,
                        AccessAction.CAMPAIGN_NUMBERS_CHANGED,
                        "#numbers",
                        "Cette campagne est terminée : ses numéros ne changent plus.",
                        (sql, campaign) -> PoolForm.of(sql, campaign)
                                .chain(form -> form.editable()
                                        ? ShownNumbers.setPool(sql, id, form.shares(fields))
                                                .replaceWith(true)
                                        : Uni.createFrom().item(false))),
                fields,
                () -> pages.one(id));
    }
}
