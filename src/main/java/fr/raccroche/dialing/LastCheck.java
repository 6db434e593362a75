package fr.raccroche.dialing;

import fr.raccroche.campaign.Campaigns;
import fr.raccroche.campaign.ShownNumbers;
import fr.raccroche.platform.Sql;
import fr.raccroche.telephony.CallOrder;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/** The last look at an attempt before it is dialled: is it still wanted, does a rule speak against it, is it our turn? */
@ApplicationScoped
class LastCheck {

    private final Attempts attempts;
    private final Queue queue;
    private final Campaigns campaigns;
    private final Dialer dialer;
    private final CallTurns turns;
    private final CallingRules rules;
    private final DialingConfig config;

    LastCheck(
            Attempts attempts,
            Queue queue,
            Campaigns campaigns,
            Dialer dialer,
            CallTurns turns,
            CallingRules rules,
            DialingConfig config) {
        this.attempts = attempts;
        this.queue = queue;
        this.campaigns = campaigns;
        this.dialer = dialer;
        this.turns = turns;
        this.rules = rules;
        this.config = config;
    }

    /** What comes next for an attempt that waits to be dialled. */
    sealed interface Step {

        record Dial(CallOrder order) implements Step {}

        /** It is not the account's turn before {@code at}. */
        record Wait(Instant at) implements Step {}

        /** It may not be dialled any more, or would have to wait too long for its turn. */
        record GiveBack() implements Step {}

        record Nothing() implements Step {}
    }

    /** An attempt that may no longer be dialled, or not soon enough, is taken back; nobody's phone rings. */
    Uni<Step> step(Sql sql, long id, Instant now) {
        return attempts.byId(sql, id).chain(attempt -> {
            if (attempt == null || attempt.state() != AttemptState.INTENT || !attempt.isOpen()) {
                return Uni.createFrom().item(new Step.Nothing());
            }
            return campaigns
                    .byId(sql, attempt.campaignId())
                    .chain(campaign -> queue.candidate(sql, campaign, attempt.youthId(), now))
                    .chain(candidate -> dialer.mayDial() && rules.stillAllows(candidate.facts(), attempt.phoneId(), now)
                            ? takeTurn(sql, attempt, candidate, now)
                            : Uni.createFrom().item(new Step.GiveBack()));
        });
    }

    private Uni<Step> takeTurn(Sql sql, Attempt attempt, Candidate candidate, Instant now) {
        return ShownNumbers.shownTo(sql, candidate.facts().campaign(), candidate.youthId())
                .chain(shown -> takeTurn(sql, attempt, candidate, shown, now));
    }

    private Uni<Step> takeTurn(Sql sql, Attempt attempt, Candidate candidate, String shown, Instant now) {
        return turns.take(sql, now).chain(turn -> switch (turn) {
            case CallRate.Turn.Now taken ->
                attempts.startDialing(sql, attempt, shown, config.lease())
                        .<Step>map(started ->
                                started ? new Step.Dial(order(attempt, candidate, shown)) : new Step.Nothing());
            case CallRate.Turn.NotYet later ->
                attempts.waitsLongerThan(sql, attempt.id(), config.patience())
                        .map(tooLong -> tooLong || !rules.stillAllows(candidate.facts(), attempt.phoneId(), later.at())
                                ? new Step.GiveBack()
                                : new Step.Wait(later.at()));
        });
    }

    private static CallOrder order(Attempt attempt, Candidate candidate, String shown) {
        return new CallOrder(
                attempt.token(),
                attempt.e164(),
                shown,
                candidate.facts().campaign().modes().detection());
    }
}
