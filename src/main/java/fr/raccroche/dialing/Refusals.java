package fr.raccroche.dialing;

import static fr.raccroche.platform.FrenchCalendar.PARIS;

import fr.raccroche.dialing.CallingRules.Moment;
import fr.raccroche.platform.InTurn;
import fr.raccroche.platform.Sql;
import fr.raccroche.queue.Places;
import fr.raccroche.queue.YouthState;
import fr.raccroche.youth.Age;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Puts youths whom the rules refuse where they belong: back into the queue for the next moment, or out of it. */
@ApplicationScoped
class Refusals {

    /** Something has to happen before this youth may be called: a sibling's call has to end, for example. */
    private static final Duration AFTER_EVENT = Duration.ofMinutes(10);

    private final Queue queue;
    private final CallingRules rules;

    Refusals(Queue queue, CallingRules rules) {
        this.queue = queue;
        this.rules = rules;
    }

    /** Sets them all aside, in the transaction in which they were drawn. */
    Uni<Void> setAside(Sql sql, List<Candidate> refusals, Instant now) {
        return InTurn.each(refusals, refusal -> setAside(sql, refusal, now));
    }

    /** A refused youth waits for the first moment that the rules allow, or leaves the queue when there is none. */
    private Uni<Void> setAside(Sql sql, Candidate candidate, Instant now) {
        CallingRules.Facts facts = candidate.facts();
        YouthState waiting = facts.callbackAsked() ? YouthState.CALLBACK : YouthState.TO_CALL;
        return switch (rules.nextCallable(facts, now)) {
            case Moment.At at -> put(sql, candidate, waiting, at.at(), now);
            case Moment.After after -> put(sql, candidate, waiting, lookAgain(after, now), now);
            case Moment.Over never ->
                put(
                        sql,
                        candidate,
                        finalState(facts, never.rules().getFirst(), now).orElse(waiting),
                        now,
                        now);
        };
    }

    private static Instant lookAgain(Moment.After after, Instant now) {
        boolean decides = after.rules().contains(CallingRules.Rule.NUMBER_RESTS);
        Instant decided = now.plus(Places.WAITS_FOR_DECISION);
        return decides && after.at().isBefore(decided) ? decided : after.at();
    }

    /** The final state of a youth whom {@code rule} refuses for good; empty when it speaks about the campaign only. */
    private static Optional<YouthState> finalState(CallingRules.Facts facts, CallingRules.Rule rule, Instant now) {
        return switch (rule) {
            case OBJECTION -> Optional.of(YouthState.OBJECTED);
            case WITHDRAWN -> Optional.of(YouthState.WITHDRAWN);
            case CAMPAIGN_DATES -> isUnder16(facts, now) ? Optional.of(YouthState.UNDER_16) : Optional.empty();
            case ATTEMPTS_USED -> Optional.of(YouthState.UNREACHABLE);
            case NO_NUMBER, PREFIX -> Optional.of(facts.deadEnd());
            case SETTLED,
                    LEFT_ALONE,
                    CAMPAIGN_NOT_OPEN,
                    CAMPAIGN_PAUSED,
                    UNDER_16,
                    IN_HAND,
                    BLOCKED_DAY,
                    HOLIDAY,
                    HOURS,
                    LOCAL_HOURS,
                    YEAR_CAP,
                    MONTH_CAP,
                    WEEK_CAP,
                    DAY_CAP,
                    DELAY,
                    SPREAD,
                    DAY_PART,
                    PLANNED,
                    NAMED_TIME,
                    NUMBER_RESTS,
                    NUMBER_DAY_CAP,
                    NUMBER_GAP,
                    NUMBER_IN_USE,
                    REPLY_TO_READ,
                    CHANNEL_PENDING -> Optional.empty();
        };
    }

    /** Whoever turns sixteen after the campaign's last day is called all the same if that day moves; see {@link Birthdays}. */
    private static boolean isUnder16(CallingRules.Facts facts, Instant now) {
        return Age.at(facts.birthDate(), now.atZone(PARIS).toLocalDate()).under16();
    }

    /** What waits for an event, or was refused a moment ago, is looked at again after a while. */
    private Uni<Void> put(Sql sql, Candidate candidate, YouthState state, Instant at, Instant now) {
        Instant soon = now.plus(AFTER_EVENT);
        CallingRules.Facts facts = candidate.facts();
        return queue.put(
                sql,
                facts.campaign().id(),
                candidate.youthId(),
                state,
                state.isFinal() ? null : at.isAfter(now) ? at : soon,
                Settlement.priority(facts, facts.callbackAsked(), now),
                now);
    }
}
