package fr.raccroche.dialing;

import fr.raccroche.campaign.Abandonments;
import fr.raccroche.campaign.BurstBound;
import fr.raccroche.campaign.Campaign;
import fr.raccroche.campaign.Campaigns;
import fr.raccroche.platform.Sql;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** Campaigns as this node read them last, so that a claim need not read them again; each draw tells when one changed. */
@ApplicationScoped
class KnownCampaigns {

    /** How long a bound is believed, business time. */
    private static final Duration BOUND_HOLDS = Duration.ofMinutes(1);

    private final Campaigns campaigns;
    private final Attempts attempts;
    private final ConcurrentMap<Long, Known> known = new ConcurrentHashMap<>();
    private final ConcurrentMap<Long, LearntBound> bounds = new ConcurrentHashMap<>();

    KnownCampaigns(Campaigns campaigns, Attempts attempts) {
        this.campaigns = campaigns;
        this.attempts = attempts;
    }

    /** A campaign in one of its versions. */
    record Known(long version, Campaign campaign) {}

    /** What was computed for a campaign and version of it. */
    private record LearntBound(long version, Instant at, BurstBound bound) {}

    /** Null when it was never read. */
    @Nullable
    Known find(long campaignId) {
        return known.get(campaignId);
    }

    /** The campaign as it is at this moment. */
    Uni<Campaign> byId(Sql sql, long campaignId) {
        return campaigns.byId(sql, campaignId);
    }

    /** Reads the campaign, in the version that a draw met. */
    Uni<Campaign> learn(Sql sql, long campaignId, long version) {
        return campaigns.byId(sql, campaignId).invoke(campaign -> known.put(campaignId, new Known(version, campaign)));
    }

    /** The lines that agents of the campaign share, as they stand at this moment: to be asked once the agents are locked. */
    Uni<BurstLines> lines(Sql sql, Known known, Instant now) {
        if (!known.campaign().bursts()) {
            return Uni.createFrom().item(BurstLines.ONE_EACH);
        }
        return bound(sql, known, now)
                .chain(bound ->
                        attempts.shared(sql, known.campaign().id()).map(shared -> new BurstLines(bound, shared)));
    }

    private Uni<BurstBound> bound(Sql sql, Known known, Instant now) {
        long id = known.campaign().id();
        LearntBound before = bounds.get(id);
        return before != null
                        && before.version() == known.version()
                        && Duration.between(before.at(), now).abs().compareTo(BOUND_HOLDS) < 0
                ? Uni.createFrom().item(before.bound())
                : Abandonments.bound(sql, known.campaign(), now)
                        .invoke(bound -> bounds.put(id, new LearntBound(known.version(), now, bound)));
    }
}
