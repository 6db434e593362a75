package fr.raccroche.campaign;

import fr.raccroche.platform.Database;
import fr.raccroche.platform.Nothing;
import fr.raccroche.platform.Outbox;
import fr.raccroche.platform.Problem;
import fr.raccroche.platform.Sql;
import fr.raccroche.queue.Ends;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;

/**
 * The life of a campaign, from start to close. Starting and resuming take in whoever came onto its list; the close gives
 * everybody who is left an end and, where that needs somebody, a list.
 */
@ApplicationScoped
class CampaignLife {

    private interface Consequence {
        Uni<Void> apply(Sql sql, Campaign campaign, Instant now);
    }

    private final Database database;
    private final Campaigns campaigns;
    private final Outbox outbox;
    private final Clock clock;

    CampaignLife(Database database, Campaigns campaigns, Outbox outbox, Clock clock) {
        this.database = database;
        this.campaigns = campaigns;
        this.outbox = outbox;
        this.clock = clock;
    }

    Uni<Void> start(long id) {
        return move(id, Campaign.State.RUNNING, this::enrol);
    }

    Uni<Void> pause(long id) {
        return move(id, Campaign.State.PAUSED, (sql, campaign, now) -> Nothing.happens());
    }

    Uni<Void> resume(long id) {
        return move(id, Campaign.State.RUNNING, this::enrol);
    }

    Uni<Void> close(long id) {
        return move(id, Campaign.State.CLOSED, this::end).invoke(() -> outbox.nudge(Outbox.CAMPAIGNS_CLOSED));
    }

    /** Fails with {@link Problem} 404 or 409 when there is no such campaign, or it may not move there. */
    private Uni<Void> move(long id, Campaign.State to, Consequence consequence) {
        Instant now = clock.instant();
        return database.inTransaction(sql -> campaigns.required(sql, id).chain(campaign -> {
            if (!campaign.state().allows(to)) {
                return Uni.createFrom().failure(moved());
            }
            return campaigns
                    .move(sql, id, campaign.state(), to)
                    .chain(done -> done
                            ? consequence.apply(sql, campaign, now)
                            : Uni.createFrom().failure(moved()));
        }));
    }

    private static Problem moved() {
        return Problem.conflict("campaign-moved", "Cette campagne n'est plus dans cet état : rechargez la page.");
    }

    private Uni<Void> enrol(Sql sql, Campaign campaign, Instant now) {
        Beginning beginning = campaign.beginning(now);
        Announcement announcement = beginning.announcement();
        return campaigns
                .enrol(sql, campaign, beginning.firstAttempt(), now)
                .chain(enrolled -> announcement == null
                        ? Nothing.happens()
                        : campaigns
                                .announce(sql, campaign.id(), announcement.at(), announcement.firstAttempt(), now)
                                .replaceWithVoid());
    }

    private Uni<Void> end(Sql sql, Campaign campaign, Instant now) {
        return Ends.settle(sql, campaign.id(), now)
                .chain(() -> outbox.put(sql, Outbox.CAMPAIGNS_CLOSED, new CampaignClosed(campaign.id(), now)));
    }
}
