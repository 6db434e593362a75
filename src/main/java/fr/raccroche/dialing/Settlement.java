package fr.raccroche.dialing;

import static fr.raccroche.platform.FrenchCalendar.PARIS;

import fr.raccroche.campaign.AttemptPlan.Next;
import fr.raccroche.campaign.AttemptResult;
import fr.raccroche.campaign.Campaign;
import fr.raccroche.campaign.CampaignClosed;
import fr.raccroche.campaign.Campaigns;
import fr.raccroche.campaign.PlanSetting;
import fr.raccroche.campaign.PlanSettings;
import fr.raccroche.platform.InTurn;
import fr.raccroche.platform.Nothing;
import fr.raccroche.platform.Outbox;
import fr.raccroche.platform.Sql;
import fr.raccroche.queue.Ends;
import fr.raccroche.queue.PlannedTexts;
import fr.raccroche.queue.Priority;
import fr.raccroche.queue.Promises;
import fr.raccroche.queue.YouthState;
import fr.raccroche.youth.KnownNumbers;
import fr.raccroche.youth.NumberState;
import fr.raccroche.youth.Rest;
import fr.raccroche.youth.RestReason;
import fr.raccroche.youth.Telephones;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What follows from the result of an attempt, in one transaction: the attempt is closed, its number learns, the youth
 * goes back to the queue or to a final state, the agent is free, the text that follows is planned.
 */
@ApplicationScoped
public class Settlement {

    private static final int FAILURES_OF_A_DEAD_NUMBER = 3;
    private static final Duration FIRST_GAP = Duration.ofHours(1);
    private static final Duration LONGEST_GAP = Duration.ofDays(1);

    private final Attempts attempts;
    private final Queue queue;
    private final Callbacks callbacks;
    private final Agents agents;
    private final Campaigns campaigns;
    private final Texting texting;
    private final LearntRates learnt;
    private final Outbox outbox;

    Settlement(
            Attempts attempts,
            Queue queue,
            Callbacks callbacks,
            Agents agents,
            Campaigns campaigns,
            Texting texting,
            LearntRates learnt,
            Outbox outbox) {
        this.attempts = attempts;
        this.queue = queue;
        this.callbacks = callbacks;
        this.agents = agents;
        this.campaigns = campaigns;
        this.texting = texting;
        this.learnt = learnt;
        this.outbox = outbox;
    }

    /** Settles {@code attempt}, which must be open. */
    public Uni<Void> settle(Sql sql, Attempt attempt, Ending ending, Instant now) {
        AttemptResult result = ending.result();
        return attempts.close(sql, attempt, ending, now)
                .chain(() -> learn(sql, attempt, ending, now))
                .chain(() -> endCallback(sql, attempt, result, now))
                .chain(() -> follow(sql, attempt, ending, now))
                .chain(() -> agents.release(sql, attempt.agentId(), now));
    }

    /**
     * A call that was not placed keeps the promise open, and so does one from the youth that settled nothing; a text that
     * came during the call opens a new one.
     */
    private Uni<Void> endCallback(Sql sql, Attempt attempt, AttemptResult result, Instant now) {
        if (!result.counts() || isTalkByTheWay(attempt, result)) {
            return Nothing.happens();
        }
        if (result.isSilent()) {
            return campaigns
                    .byId(sql, attempt.campaignId())
                    .map(Campaign::planSettings)
                    .chain(plan -> missed(sql, attempt, result, plan, now));
        }
        Instant asked = settled(result) == null ? attempt.plannedAt() : now;
        return Promises.end(sql, attempt.campaignId(), attempt.youthId(), asked, now);
    }

    /** Nobody answered when a call was promised: it is tried again a little later, some times. Without an agent it was ours. */
    private Uni<Void> missed(Sql sql, Attempt attempt, AttemptResult result, PlanSettings plan, Instant now) {
        boolean ours = result == AttemptResult.ABANDONED;
        return Promises.miss(
                sql,
                attempt.campaignId(),
                attempt.youthId(),
                attempt.plannedAt(),
                ours ? Integer.MAX_VALUE : plan.get(PlanSetting.CALLBACK_TRIES),
                now.plus(ours ? plan.after(result) : plan.afterMissedCallback()),
                now);
    }

    /** The youth rang us, and what they said changes nothing. */
    private static boolean isTalkByTheWay(Attempt attempt, AttemptResult result) {
        return attempt.inbound() && settled(result) == null && result != AttemptResult.CALLBACK;
    }

    private Uni<Void> learn(Sql sql, Attempt attempt, Ending ending, Instant now) {
        return switch (ending.result()) {
            case WRONG_NUMBER -> learn(sql, attempt, NumberState.WRONG, now);
            case TECHNICAL ->
                isRefusal(ending.code())
                        ? restRefused(sql, attempt, now)
                        : attempts.technicalFailures(sql, attempt.phoneId())
                                .chain(failures -> isDead(ending.code()) || failures >= FAILURES_OF_A_DEAD_NUMBER
                                        ? markNotInService(sql, attempt, now)
                                        : Nothing.happens());
            case IN_SOLUTION, REFERRAL, NO_REFERRAL, CALLBACK, REFUSED, THIRD_PARTY, INTERRUPTED, OBJECTED, UNDER_16 ->
                learn(sql, attempt, NumberState.VALID, now);
            case NO_ANSWER, BUSY, VOICEMAIL, ABANDONED, LOST, NOT_PLACED, PASSED -> Nothing.happens();
        };
    }

    private static Uni<Void> markNotInService(Sql sql, Attempt attempt, Instant now) {
        return Telephones.rest(sql, attempt.e164(), Rest.untilDecided(RestReason.NOT_IN_SERVICE), now)
                .chain(() -> KnownNumbers.setState(sql, attempt.phoneId(), NumberState.NOT_IN_SERVICE, now));
    }

    /** Twilio refuses this number and says nothing about whether it exists: others of the youth are called meanwhile. */
    private Uni<Void> restRefused(Sql sql, Attempt attempt, Instant now) {
        return attempts.failuresInARow(sql, attempt.phoneId())
                .chain(failures -> Telephones.rest(
                        sql,
                        attempt.e164(),
                        Rest.until(now.plus(gap(FIRST_GAP, failures)), RestReason.REFUSED_BY_THE_NETWORK),
                        now));
    }

    /** Twilio's own codes have five digits, the network's three. */
    private static boolean isRefusal(@Nullable Integer code) {
        return code != null && code >= 10_000 && !isDead(code);
    }

    /** A call that came in teaches about the number it came from; nothing when that was hidden. */
    private Uni<Void> learn(Sql sql, Attempt attempt, NumberState state, Instant now) {
        return attempts.cameFromAnotherNumber(sql, attempt)
                .chain(another -> another
                        ? Nothing.happens()
                        : learn(sql, attempt, state == NumberState.WRONG, now)
                                .chain(() -> KnownNumbers.setState(sql, attempt.phoneId(), state, now)));
    }

    /** A number that is wrong for one of those who are listed under it rests for all of them, until somebody has looked. */
    private static Uni<Void> learn(Sql sql, Attempt attempt, boolean wrong, Instant now) {
        return wrong
                ? Telephones.rest(
                        sql,
                        attempt.e164(),
                        Rest.untilDecided(RestReason.WRONG_ON_THE_PHONE).by(attempt.agentId()),
                        now)
                : Telephones.confirm(sql, attempt.e164(), now);
    }

    /** SIP and Twilio codes of numbers that do not exist, are premium, or lie where we may not call. */
    static boolean isDead(@Nullable Integer code) {
        return code != null
                && Set.of(404, 410, 484, 604, 13224, 13225, 13226, 13227, 21201, 21202, 21211, 21215, 21217)
                        .contains(code);
    }

    private Uni<Void> follow(Sql sql, Attempt attempt, Ending ending, Instant now) {
        AttemptResult result = ending.result();
        Promise promise = ending.promise();
        Instant callbackAt = promise == null ? null : promise.at();
        return campaigns
                .byId(sql, attempt.campaignId())
                .chain(campaign -> queue.candidate(sql, campaign, attempt.youthId(), now))
                .chain(candidate -> isTalkByTheWay(attempt, result)
                                && candidate.facts().standing().state().isFinal()
                        ? Nothing.happens()
                        : promised(sql, attempt, place(candidate.facts(), result, callbackAt, now), result)
                                .chain(place -> rested(sql, attempt, place, result, now))
                                .chain(place -> follow(sql, attempt, candidate, ending, place, now)));
    }

    private Uni<Void> follow(
            Sql sql, Attempt attempt, Candidate candidate, Ending ending, NextPlace place, Instant now) {
        boolean asked = place.state() == YouthState.CALLBACK;
        return promisedTooLate(sql, attempt, ending, place, now)
                .chain(() -> queue.put(
                        sql,
                        attempt.campaignId(),
                        attempt.youthId(),
                        place.state(),
                        place.next(),
                        ending.result() == AttemptResult.CALLBACK && asked
                                ? Priority.CALLBACK
                                : priority(candidate.facts(), asked, now),
                        now))
                .chain(() -> isClosed(candidate.facts()) ? endLate(sql, attempt, now) : Nothing.happens())
                .chain(() -> book(sql, attempt, ending, place, now))
                .chain(() -> attempt.inbound() && !asked
                        ? Nothing.happens()
                        : texting.plan(sql, candidate, ending.result(), place, now));
    }

    /**
     * The same for a closed attempt of which something else was said at first: promise, texts and place follow from what holds
     * now. Whoever is in somebody's hands keeps their place until that call is over.
     *
     * @param before what was said at first
     */
    public Uni<Void> correct(
            Sql sql, Attempt attempt, AttemptResult before, Ending ending, boolean inHand, Instant now) {
        Uni<Void> learnt = attempts.correct(sql, attempt.id(), ending.result())
                .chain(() -> forget(sql, attempt, before, ending.result(), now))
                .chain(() -> learn(sql, attempt, ending, now));
        return inHand
                ? learnt
                : learnt.chain(() -> before == AttemptResult.CALLBACK
                                ? Promises.end(sql, attempt.campaignId(), attempt.youthId(), now, now)
                                : Nothing.happens())
                        .chain(() -> PlannedTexts.dropAfter(sql, attempt.campaignId(), attempt.youthId(), now))
                        .chain(() -> reopenElsewhere(sql, attempt, before, now))
                        .chain(() -> place(sql, attempt, ending, now));
    }

    /** What a call settled holds everywhere; so does that it settled nothing. */
    private Uni<Void> reopenElsewhere(Sql sql, Attempt attempt, AttemptResult before, Instant now) {
        YouthState settled = settled(before);
        return settled == null || settled == YouthState.OBJECTED
                ? Nothing.happens()
                : queue.closedBy(sql, attempt, settled)
                        .chain(ids -> InTurn.each(ids, campaign -> reopen(sql, campaign, attempt.youthId(), now)));
    }

    /** What the first answer taught about the number, and the second one does not. */
    private Uni<Void> forget(Sql sql, Attempt attempt, AttemptResult before, AttemptResult result, Instant now) {
        if (before == AttemptResult.WRONG_NUMBER && result != before) {
            return attempts.spokenTo(sql, attempt)
                    .chain(spoken -> learn(sql, attempt, spoken ? NumberState.VALID : NumberState.UNTRIED, now))
                    .chain(() -> queue.comeBack(sql, attempt.e164(), now));
        }
        boolean teaches = result.isTalk() || result == AttemptResult.WRONG_NUMBER;
        if (!before.isTalk() || teaches) {
            return Nothing.happens();
        }
        return attempts.spokenTo(sql, attempt)
                .chain(spoken -> learn(sql, attempt, spoken ? NumberState.VALID : NumberState.UNTRIED, now));
    }

    private Uni<Void> place(Sql sql, Attempt attempt, Ending ending, Instant now) {
        Promise promise = ending.promise();
        Instant callbackAt = promise == null ? null : promise.at();
        return campaigns
                .byId(sql, attempt.campaignId())
                .chain(campaign -> queue.candidate(sql, campaign, attempt.youthId(), now))
                .chain(candidate -> promised(
                                sql,
                                attempt,
                                place(candidate.facts(), ending.result(), callbackAt, now),
                                ending.result())
                        .chain(place -> follow(sql, attempt, candidate, ending, place, now)));
    }

    /** A call that is promised when the campaign is over stays a promise, to be seen on a list. */
    private Uni<Void> promisedTooLate(Sql sql, Attempt attempt, Ending ending, NextPlace place, Instant now) {
        Promise promise = ending.promise();
        return place.state() == YouthState.PROMISED && promise != null
                ? Promises.book(sql, attempt.campaignId(), attempt.youthId(), promise.at(), promise.agentId(), now)
                : Nothing.happens();
    }

    /** The last call of a campaign that is over: its youth gets one of the ends that the others got, and its list. */
    private Uni<Void> endLate(Sql sql, Attempt attempt, Instant now) {
        return Ends.settleLate(sql, attempt.campaignId(), attempt.youthId(), now)
                .chain(() -> outbox.put(sql, Outbox.CAMPAIGNS_CLOSED, new CampaignClosed(attempt.campaignId(), now)));
    }

    /** A callback that is still open is for the moment for which it was booked. */
    private Uni<NextPlace> promised(Sql sql, Attempt attempt, NextPlace place, AttemptResult result) {
        Instant next = place.next();
        if (place.state() != YouthState.CALLBACK || result == AttemptResult.CALLBACK || next == null) {
            return Uni.createFrom().item(place);
        }
        return callbacks
                .dueAt(sql, attempt.campaignId(), attempt.youthId())
                .map(due -> due != null && due.isAfter(next) ? new NextPlace(place.state(), due) : place);
    }

    /** A number that is refused again and again is asked for less and less often, and so is nobody else's. */
    private Uni<NextPlace> rested(Sql sql, Attempt attempt, NextPlace place, AttemptResult result, Instant now) {
        Instant next = place.next();
        return result != AttemptResult.TECHNICAL || next == null
                ? Uni.createFrom().item(place)
                : attempts.failuresInARow(sql, attempt.phoneId())
                        .map(failures ->
                                new NextPlace(place.state(), now.plus(gap(Duration.between(now, next), failures))));
    }

    /** Twice as long each time, a day at most. */
    static Duration gap(Duration first, long failures) {
        Duration longest = first.compareTo(LONGEST_GAP) > 0 ? first : LONGEST_GAP;
        Duration gap = first.multipliedBy(1L << Math.clamp(failures - 1, 0, 20));
        return gap.compareTo(longest) > 0 ? longest : gap;
    }

    private Uni<Void> book(Sql sql, Attempt attempt, Ending ending, NextPlace place, Instant now) {
        Instant next = place.next();
        if (ending.result() != AttemptResult.CALLBACK || place.state() != YouthState.CALLBACK || next == null) {
            return Nothing.happens();
        }
        Promise promise = ending.promise();
        Long agent = promise == null ? null : promise.agentId();
        return Promises.book(sql, attempt.campaignId(), attempt.youthId(), next, agent, now);
    }

    private NextPlace place(CallingRules.Facts facts, AttemptResult result, @Nullable Instant callbackAt, Instant now) {
        return place(facts, result, callbackAt, now, () -> learnt.next(facts, now));
    }

    /** @param plan says what follows by the campaign's plan of attempts */
    static NextPlace place(
            CallingRules.Facts facts,
            AttemptResult result,
            @Nullable Instant callbackAt,
            Instant now,
            Supplier<Next> plan) {
        YouthState settled = settled(result);
        if (facts.objected()) {
            return new NextPlace(YouthState.OBJECTED, null);
        }
        if (settled != null) {
            return new NextPlace(settled, null);
        }
        if (facts.standing().withdrawn()) {
            return new NextPlace(YouthState.WITHDRAWN, null);
        }
        if (facts.phone() == null) {
            return new NextPlace(facts.deadEnd(), null);
        }
        return switch (plan.get()) {
            case Next.Exhausted exhausted -> new NextPlace(YouthState.UNREACHABLE, null);
            case Next.At at
            when isClosed(facts) ->
                new NextPlace(
                        result == AttemptResult.CALLBACK || facts.callbackAsked()
                                ? YouthState.PROMISED
                                : YouthState.UNREACHABLE,
                        null);
            case Next.At at
            when result == AttemptResult.CALLBACK && callbackAt != null ->
                new NextPlace(YouthState.CALLBACK, callbackAt);
            case Next.At at
            when !result.counts() ->
                waiting(facts, now.plus(facts.campaign().planSettings().after(result)));
            case Next.At at -> waiting(facts, facts.callbackAsked() ? now : at.at());
        };
    }

    private static boolean isClosed(CallingRules.Facts facts) {
        return facts.campaign().state() == Campaign.State.CLOSED;
    }

    private static NextPlace waiting(CallingRules.Facts facts, Instant next) {
        return new NextPlace(facts.callbackAsked() ? YouthState.CALLBACK : YouthState.TO_CALL, next);
    }

    /** The youth's place in the queue, see {@link Priority}. */
    static int priority(CallingRules.Facts facts, boolean asked, Instant now) {
        if (asked && facts.standing().askedByText()) {
            return Priority.ASKED_BY_TEXT;
        }
        return !asked && isOwed(facts)
                ? Priority.OWED
                : Priority.of(
                        asked,
                        facts.birthDate(),
                        facts.standing().listedOn(),
                        now.atZone(PARIS).toLocalDate());
    }

    /** Who answered the last call and found nobody there. */
    static boolean isOwed(CallingRules.Facts facts) {
        return !facts.past().isEmpty() && facts.past().getLast().result() == AttemptResult.ABANDONED;
    }

    /** Calls go on by their plan, as after a talk that broke off, where only an objection had ended them; it was lifted. */
    public Uni<Void> reopen(Sql sql, long youthId, Instant now) {
        return queue.closedByObjection(sql, youthId)
                .chain(ids -> InTurn.each(ids, campaign -> reopen(sql, campaign, youthId, now)));
    }

    private Uni<Void> reopen(Sql sql, long campaignId, long youthId, Instant now) {
        return campaigns
                .byId(sql, campaignId)
                .chain(campaign -> queue.candidate(sql, campaign, youthId, now))
                .chain(candidate -> {
                    NextPlace place = place(candidate.facts(), AttemptResult.INTERRUPTED, null, now);
                    int priority = priority(candidate.facts(), false, now);
                    return queue.put(sql, campaignId, youthId, place.state(), place.next(), priority, now);
                });
    }

    private static @Nullable YouthState settled(AttemptResult result) {
        return switch (result) {
            case IN_SOLUTION -> YouthState.IN_SOLUTION;
            case REFERRAL -> YouthState.REFERRED;
            case NO_REFERRAL -> YouthState.NO_REFERRAL;
            case REFUSED -> YouthState.REFUSED;
            case OBJECTED -> YouthState.OBJECTED;
            case UNDER_16 -> YouthState.UNDER_16;
            case NO_ANSWER,
                    BUSY,
                    VOICEMAIL,
                    ABANDONED,
                    LOST,
                    TECHNICAL,
                    NOT_PLACED,
                    PASSED,
                    INTERRUPTED,
                    THIRD_PARTY,
                    WRONG_NUMBER,
                    CALLBACK -> null;
        };
    }
}
