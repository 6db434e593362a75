package fr.raccroche.dialing;

import static fr.raccroche.platform.FrenchCalendar.PARIS;

import fr.raccroche.campaign.Campaign;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** May this youth be called now, and at which number? Rules in order; the first refusal wins and says its name. */
public final class CallingRules {

    /**
     * What the rules look at.
     *
     * @param callbackAsked whether the youth asked to be called at this time
     * @param past the attempts of this campaign that counted, oldest first
     */
    public record Facts(
            Campaign campaign,
            LocalDate birthDate,
            boolean objected,
            boolean callbackAsked,
            List<Phone> phones,
            List<AttemptPlan.Past> past) {

        public Facts {
            phones = List.copyOf(phones);
            past = List.copyOf(past);
        }
    }

    /** Why not. */
    public enum Rule {
        OBJECTION,
        UNDER_16,
        CAMPAIGN_NOT_RUNNING,
        CAMPAIGN_DATES,
        HOURS,
        ATTEMPTS_USED,
        NO_NUMBER,
        ONE_A_DAY,
        NUMBER_IN_USE
    }

    /** The answer. */
    public sealed interface Verdict {

        /** Ring this number. */
        record Call(Phone phone) implements Verdict {}

        /**
         * Do not ring.
         *
         * @param until when the rule alone would let the call pass; null when time does not change it
         */
        record Refused(Rule rule, @Nullable Instant until) implements Verdict {}
    }

    private static final Duration SIBLING_PAUSE = Duration.ofMinutes(10);

    private final Duration margin;
    private final List<BiFunction<Facts, Instant, Optional<Verdict.Refused>>> rules = List.of(
            this::objection,
            this::underSixteen,
            this::campaignState,
            this::campaignDates,
            this::hours,
            this::attemptsUsed,
            this::noNumber,
            this::oneADay,
            this::numberInUse);

    /** Rules for calls that must end ringing {@code margin} after they were decided, before the hours close. */
    public CallingRules(Duration margin) {
        this.margin = margin;
    }

    /** Decides for {@code now}; the database still has the last word on the number of attempts. */
    public Verdict decide(Facts facts, Instant now) {
        return refusals(facts, now).findFirst().<Verdict>map(refused -> refused).orElseGet(() -> call(facts));
    }

    /** Every rule that speaks against a call now, in order. */
    public Stream<Verdict.Refused> refusals(Facts facts, Instant now) {
        return rules.stream().flatMap(rule -> rule.apply(facts, now).stream());
    }

    private static Verdict call(Facts facts) {
        Phone phone = AttemptPlan.number(facts.phones(), facts.past());
        return phone == null ? new Verdict.Refused(Rule.NO_NUMBER, null) : new Verdict.Call(phone);
    }

    private Optional<Verdict.Refused> objection(Facts facts, Instant now) {
        return refuse(facts.objected(), Rule.OBJECTION, null);
    }

    /** R18: under sixteen the school side is in charge, and a guardian must be on the line. */
    private Optional<Verdict.Refused> underSixteen(Facts facts, Instant now) {
        LocalDate sixteen = facts.birthDate().plusYears(16);
        return refuse(now.atZone(PARIS).toLocalDate().isBefore(sixteen), Rule.UNDER_16, null);
    }

    private Optional<Verdict.Refused> campaignState(Facts facts, Instant now) {
        return refuse(facts.campaign().state() != Campaign.State.RUNNING, Rule.CAMPAIGN_NOT_RUNNING, null);
    }

    private Optional<Verdict.Refused> campaignDates(Facts facts, Instant now) {
        Instant start = facts.campaign().startsOn().atStartOfDay(PARIS).toInstant();
        return refuse(!facts.campaign().covers(now), Rule.CAMPAIGN_DATES, now.isBefore(start) ? start : null);
    }

    private Optional<Verdict.Refused> hours(Facts facts, Instant now) {
        if (facts.campaign().hours().isOpen(now, margin)) {
            return Optional.empty();
        }
        return refuse(true, Rule.HOURS, facts.campaign().hours().nextOpening(now, margin));
    }

    private Optional<Verdict.Refused> attemptsUsed(Facts facts, Instant now) {
        return refuse(facts.past().size() >= facts.campaign().maxAttempts(), Rule.ATTEMPTS_USED, null);
    }

    private Optional<Verdict.Refused> noNumber(Facts facts, Instant now) {
        return refuse(facts.phones().stream().noneMatch(Phone::isUsable), Rule.NO_NUMBER, null);
    }

    private Optional<Verdict.Refused> oneADay(Facts facts, Instant now) {
        if (facts.past().isEmpty() || facts.callbackAsked()) {
            return Optional.empty();
        }
        AttemptPlan.Past last = facts.past().getLast();
        LocalDate day = last.at().atZone(PARIS).toLocalDate();
        boolean sameDay = day.equals(now.atZone(PARIS).toLocalDate());
        return sameDay && last.result() != AttemptResult.BUSY
                ? refuse(
                        true,
                        Rule.ONE_A_DAY,
                        facts.campaign()
                                .hours()
                                .nextOpening(day.plusDays(1).atStartOfDay(PARIS).toInstant(), margin))
                : Optional.empty();
    }

    private Optional<Verdict.Refused> numberInUse(Facts facts, Instant now) {
        Phone phone = AttemptPlan.number(facts.phones(), facts.past());
        return refuse(phone != null && phone.inUse(), Rule.NUMBER_IN_USE, now.plus(SIBLING_PAUSE));
    }

    private static Optional<Verdict.Refused> refuse(boolean refused, Rule rule, @Nullable Instant until) {
        return refused ? Optional.of(new Verdict.Refused(rule, until)) : Optional.empty();
    }
}
