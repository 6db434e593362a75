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
import java.time.Clock;
import java.time.Instant;

/**
 * A change that a supervisor makes to a campaign on one of its pages of settings: kept while the campaign is open, noted
 * in its history and in the access log, and shown where it was made.
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
    private final Clock clock;

    CampaignChanges(SecurityIdentity identity, Database database, Campaigns campaigns, Clock clock) {
        this.identity = identity;
        this.database = database;
        this.campaigns = campaigns;
        this.clock = clock;
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
        Instant now = clock.instant();
        return database.inTransaction(sql -> campaigns
                        .required(sql, id)
                        .chain(before -> change.keep(sql, before)
                                .chain(kept -> kept
                                        ? note(sql, account, action, before, now)
                                        : Uni.createFrom().failure(Problem.conflict("campaign-moved", closed)))))
                .replaceWith(
                        Response.seeOther(URI.create("/campaigns/" + id + page)).build());
    }

    private Uni<Void> note(Sql sql, Account account, AccessAction action, Campaign before, Instant now) {
        return campaigns
                .byId(sql, before.id())
                .chain(after -> action == AccessAction.CAMPAIGN_NUMBERS_CHANGED
                        ? CampaignHistory.record(sql, CampaignPart.NUMBERS, before, after, account.id(), now)
                        : CampaignHistory.record(sql, before, after, account.id(), now))
                .chain(() -> AccessLog.record(sql, account, action, "campaign:" + before.id()));
    }
}
