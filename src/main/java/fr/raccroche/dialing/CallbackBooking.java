package fr.raccroche.dialing;

import fr.raccroche.campaign.Campaigns;
import fr.raccroche.platform.Nothing;
import fr.raccroche.platform.Sql;
import fr.raccroche.queue.Priority;
import fr.raccroche.queue.Promises;
import fr.raccroche.queue.YouthState;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/** Promises calls to youths who rang us, or answered and found nobody. */
@ApplicationScoped
public class CallbackBooking {

    private final Queue queue;
    private final Campaigns campaigns;
    private final CallingRules rules;

    CallbackBooking(Queue queue, Campaigns campaigns, CallingRules rules) {
        this.queue = queue;
        this.campaigns = campaigns;
        this.rules = rules;
    }

    /**
     * Promises a call to a youth who rang us, by whoever is free then; false when no rule ever lets it pass. Whoever is on
     * the line with an agent at this moment is called afterwards all the same.
     *
     * @param from the earliest moment
     */
    public Uni<Boolean> book(Sql sql, long campaignId, long youthId, Instant from, Instant now) {
        return campaigns
                .byId(sql, campaignId)
                .chain(campaign -> queue.candidate(sql, campaign, youthId, now))
                .chain(candidate -> {
                    Instant at = rules.callbackAt(candidate.facts(), from);
                    return at == null
                            ? Uni.createFrom().item(false)
                            : Promises.book(sql, campaignId, youthId, at, null, now)
                                    .chain(() -> candidate.facts().standing().state() == YouthState.IN_CALL
                                            ? Nothing.happens()
                                            : queue.put(
                                                    sql,
                                                    campaignId,
                                                    youthId,
                                                    YouthState.CALLBACK,
                                                    at,
                                                    Priority.CALLBACK,
                                                    now))
                                    .replaceWith(true);
                });
    }
}
