package fr.raccroche.dialing;

import static fr.raccroche.platform.FrenchCalendar.PARIS;

import fr.raccroche.campaign.AttemptPlan.Next;
import fr.raccroche.campaign.AttemptResult;
import fr.raccroche.campaign.Campaign;
import fr.raccroche.campaign.Campaigns;
import fr.raccroche.campaign.PlanSettings;
import fr.raccroche.campaign.PlanSettings.Setting;
import fr.raccroche.campaign.Priority;
import fr.raccroche.dialing.Attempts.Attempt;
import fr.raccroche.platform.Sql;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What follows from the result of an attempt, in one transaction: the attempt is closed, its number learns, the youth
 * goes back to the queue or to a final state, the agent is free, the text that follows is planned.
 */
@ApplicationScoped
public class Settlement {

    private static final int FAILURES_OF_A_DEAD_NUMBER = 3;

    private final Attempts attempts;
    private final Agents agents;
    private final Campaigns campaigns;
    private final Texting texting;
    private final DialingConfig config;
    private final Experience experience;
    private final RandomGenerator random;

    Settlement(
            Attempts attempts,
            Agents agents,
            Campaigns campaigns,
            Texting texting,
            DialingConfig config,
            Experience experience,
            RandomGenerator random) {
        this.attempts = attempts;
        this.agents = agents;
        this.campaigns = campaigns;
        this.texting = texting;
        this.config = config;
        this.experience = experience;
        this.random = random;
    }

    /**
     * A call that the youth asked for.
     *
     * @param agentId who promised it in person; null for anybody
     */
    public record Promise(Instant at, @Nullable Long agentId) {}

    /** Settles {@code attempt}, which must be open; a callback is for whoever is free then. */
    public Uni<Void> settle(
            Sql sql,
            Attempt attempt,
            AttemptResult result,
            @Nullable Instant callbackAt,
            @Nullable Integer errorCode,
            Instant now) {
        return settle(sql, attempt, result, callbackAt == null ? null : new Promise(callbackAt, null), now, errorCode);
    }

    /**
     * Settles {@code attempt}, which must be open.
     *
     * @param promise when the youth wants to be called, with {@link AttemptResult#CALLBACK}
     * @param errorCode Twilio's code, for {@link AttemptResult#TECHNICAL}
     */
    public Uni<Void> settle(
            Sql sql,
            Attempt attempt,
            AttemptResult result,
            @Nullable Promise promise,
            Instant now,
            @Nullable Integer errorCode) {
        return attempts.close(sql, attempt, result, errorCode, now)
                .chain(() -> learn(sql, attempt, result, errorCode))
                .chain(() -> endCallback(sql, attempt, result, now))
                .chain(() -> follow(sql, attempt, result, promise, now))
                .chain(() -> agents.release(sql, attempt.agentId(), now));
    }

    /**
     * A call that was not placed keeps the promise open, and so does one from the youth that settled nothing; a text that
     * came during the call opens a new one.
     */
    private Uni<Void> endCallback(Sql sql, Attempt attempt, AttemptResult result, Instant now) {
        if (!result.counts() || isTalkByTheWay(attempt, result)) {
            return Uni.createFrom().voidItem();
        }
        if (result.isSilent()) {
            return campaigns
                    .byId(sql, attempt.campaignId())
                    .map(Campaign::planSettings)
                    .chain(plan -> missed(sql, attempt, result, plan, now));
        }
        Instant asked = settled(result) == null ? attempt.plannedAt() : now;
        return attempts.endCallback(sql, attempt.campaignId(), attempt.youthId(), asked, now);
    }

    /** Nobody answered when a call was promised: it is tried again a little later, some times. Without an agent it was ours. */
    private Uni<Void> missed(Sql sql, Attempt attempt, AttemptResult result, PlanSettings plan, Instant now) {
        boolean ours = result == AttemptResult.ABANDONED;
        return attempts.missCallback(
                sql,
                attempt,
                ours ? Integer.MAX_VALUE : plan.get(Setting.CALLBACK_TRIES),
                now.plus(ours ? plan.after(result) : plan.afterMissedCallback()),
                now);
    }

    /** The youth rang us, and what they said changes nothing. */
    private static boolean isTalkByTheWay(Attempt attempt, AttemptResult result) {
        return attempt.inbound() && settled(result) == null && result != AttemptResult.CALLBACK;
    }

    private Uni<Void> learn(Sql sql, Attempt attempt, AttemptResult result, @Nullable Integer errorCode) {
        return switch (result) {
            case WRONG_NUMBER -> learn(sql, attempt, Phone.State.WRONG);
            case TECHNICAL ->
                attempts.technicalFailures(sql, attempt.phoneId())
                        .chain(failures -> isDead(errorCode) || failures >= FAILURES_OF_A_DEAD_NUMBER
                                ? attempts.setNumber(sql, attempt.phoneId(), Phone.State.NOT_IN_SERVICE)
                                : Uni.createFrom().voidItem());
            case IN_SOLUTION, REFERRAL, NO_REFERRAL, CALLBACK, REFUSED, THIRD_PARTY, INTERRUPTED, OBJECTED, UNDER_16 ->
                learn(sql, attempt, Phone.State.VALID);
            case NO_ANSWER, BUSY, VOICEMAIL, ABANDONED, LOST, NOT_PLACED, PASSED ->
                Uni.createFrom().voidItem();
        };
    }

    private Uni<Void> learn(Sql sql, Attempt attempt, Phone.State state) {
        return attempt.inbound()
                ? attempts.setNumberRung(sql, attempt, state)
                : attempts.setNumber(sql, attempt.phoneId(), state);
    }

    /** SIP and Twilio codes of numbers that do not exist, are premium, or lie where we may not call. */
    static boolean isDead(@Nullable Integer code) {
        return code != null
                && Set.of(404, 410, 484, 604, 13224, 13225, 13226, 13227, 21201, 21202, 21211, 21215, 21217)
                        .contains(code);
    }

    private Uni<Void> follow(Sql sql, Attempt attempt, AttemptResult result, @Nullable Promise promise, Instant now) {
        Instant callbackAt = promise == null ? null : promise.at();
        return campaigns
                .byId(sql, attempt.campaignId())
                .chain(campaign -> attempts.candidate(sql, campaign, attempt.youthId()))
                .chain(candidate -> isTalkByTheWay(attempt, result)
                                && candidate.facts().standing().state().isFinal()
                        ? Uni.createFrom().voidItem()
                        : promised(sql, attempt, place(candidate.facts(), result, callbackAt, now), result)
                                .chain(place -> follow(sql, attempt, candidate, result, place, promise, now)));
    }

    private Uni<Void> follow(
            Sql sql,
            Attempt attempt,
            Attempts.Candidate candidate,
            AttemptResult result,
            Place place,
            @Nullable Promise promise,
            Instant now) {
        boolean asked = place.state() == YouthState.CALLBACK;
        return attempts.put(
                        sql,
                        attempt.campaignId(),
                        attempt.youthId(),
                        place.state(),
                        place.next(),
                        priority(candidate.facts(), asked, now),
                        now)
                .chain(() -> book(sql, attempt, result, place, promise, now))
                .chain(() -> attempt.inbound() && !asked
                        ? Uni.createFrom().voidItem()
                        : texting.plan(sql, candidate, result, place, now));
    }

    /** A callback that is still open is for the moment for which it was booked. */
    private Uni<Place> promised(Sql sql, Attempt attempt, Place place, AttemptResult result) {
        Instant next = place.next();
        if (place.state() != YouthState.CALLBACK || result == AttemptResult.CALLBACK || next == null) {
            return Uni.createFrom().item(place);
        }
        return attempts.callbackDue(sql, attempt.campaignId(), attempt.youthId())
                .map(due -> due != null && due.isAfter(next) ? new Place(place.state(), due) : place);
    }

    private Uni<Void> book(
            Sql sql, Attempt attempt, AttemptResult result, Place place, @Nullable Promise promise, Instant now) {
        return result == AttemptResult.CALLBACK && place.state() == YouthState.CALLBACK && place.next() != null
                ? attempts.bookCallback(
                        sql,
                        attempt.campaignId(),
                        attempt.youthId(),
                        place.next(),
                        "ASKED",
                        promise == null ? null : promise.agentId(),
                        now)
                : Uni.createFrom().voidItem();
    }

    /** Where the youth goes from here. */
    record Place(YouthState state, @Nullable Instant next) {}

    private Place place(CallingRules.Facts facts, AttemptResult result, @Nullable Instant callbackAt, Instant now) {
        return place(facts, result, callbackAt, now, () -> planned(facts, now));
    }

    private Next planned(CallingRules.Facts facts, Instant now) {
        Campaign campaign = facts.campaign();
        Phone phone = facts.phone();
        var chance = experience
                .rates()
                .chance(campaign.planSettings(), facts.past().size() + 1, phone != null && phone.mobile());
        return campaign.plan().next(facts.history(), now, config.margin(), chance, random);
    }

    /** @param plan says what follows by the campaign's plan of attempts */
    static Place place(
            CallingRules.Facts facts,
            AttemptResult result,
            @Nullable Instant callbackAt,
            Instant now,
            Supplier<Next> plan) {
        YouthState settled = settled(result);
        if (facts.objected()) {
            return new Place(YouthState.OBJECTED, null);
        }
        if (settled != null) {
            return new Place(settled, null);
        }
        if (facts.standing().withdrawn()) {
            return new Place(YouthState.WITHDRAWN, null);
        }
        if (facts.phone() == null) {
            return new Place(YouthState.WRONG_NUMBER, null);
        }
        return switch (plan.get()) {
            case Next.Exhausted exhausted -> new Place(YouthState.UNREACHABLE, null);
            case Next.At at
            when facts.campaign().state() == Campaign.State.CLOSED -> new Place(YouthState.UNREACHABLE, null);
            case Next.At at
            when result == AttemptResult.CALLBACK && callbackAt != null -> new Place(YouthState.CALLBACK, callbackAt);
            case Next.At at
            when !result.counts() ->
                waiting(facts, now.plus(facts.campaign().planSettings().after(result)));
            case Next.At at -> waiting(facts, facts.callbackAsked() ? now : at.at());
        };
    }

    private static Place waiting(CallingRules.Facts facts, Instant next) {
        return new Place(facts.callbackAsked() ? YouthState.CALLBACK : YouthState.TO_CALL, next);
    }

    /** The youth's place in the queue, see {@link Priority}. */
    static int priority(CallingRules.Facts facts, boolean asked, Instant now) {
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
        return attempts.closedByObjection(sql, youthId).chain(ids -> {
            Uni<Void> all = Uni.createFrom().voidItem();
            for (long id : ids) {
                all = all.chain(() -> campaigns.byId(sql, id))
                        .chain(campaign -> attempts.candidate(sql, campaign, youthId))
                        .chain(candidate -> {
                            Place place = place(candidate.facts(), AttemptResult.INTERRUPTED, null, now);
                            int priority = priority(candidate.facts(), false, now);
                            return attempts.put(sql, id, youthId, place.state(), place.next(), priority, now);
                        });
            }
            return all;
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
