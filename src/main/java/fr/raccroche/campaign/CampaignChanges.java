package fr.raccroche.campaign;

import fr.raccroche.platform.Database;
import fr.raccroche.platform.Problem;
import fr.raccroche.platform.Sql;
import fr.raccroche.security.AccessAction;
import fr.raccroche.security.AccessLog;
import fr.raccroche.security.Account;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.net.URI;

/**
 * A change that a supervisor makes to a campaign on one of its pages of settings: kept while the campaign is open, noted
 * in the access log, and shown where it was made.
 */
@ApplicationScoped
public class CampaignChanges {

    /** What is to be kept; false when the campaign is closed. */
    public interface Change {
        Uni<Boolean> keep(Sql sql, Campaign campaign);
    }

    private final SecurityIdentity identity;
    private final Database database;
    private final Campaigns campaigns;

    CampaignChanges(SecurityIdentity identity, Database database, Campaigns campaigns) {
        this.identity = identity;
        this.database = database;
        this.campaigns = campaigns;
    }

    /**
     * Keeps a change and leads back to the page.
     *
     * @param action what the access log says
     * @param page where the answer leads, below the campaign's own address
     * @param closed what the supervisor reads when the campaign is closed
     */
    public Uni<Response> keep(long id, AccessAction action, String page, String closed, Change change) {
        Account account = Account.of(identity);
        return database.inTransaction(sql -> campaigns
                        .required(sql, id)
                        .chain(campaign -> change.keep(sql, campaign))
                        .chain(kept -> kept
                                ? AccessLog.record(sql, account, action, "campaign:" + id)
                                : Uni.createFrom().failure(Problem.conflict("campaign-moved", closed))))
                .replaceWith(
                        Response.seeOther(URI.create("/campaigns/" + id + page)).build());
    }
}
