package fr.raccroche.dialing;

import static fr.raccroche.platform.FrenchCalendar.PARIS;

import fr.raccroche.campaign.AttemptPlan;
import fr.raccroche.campaign.AttemptPlan.History;
import fr.raccroche.campaign.AttemptPlan.Limit;
import fr.raccroche.campaign.AttemptPlan.Past;
import fr.raccroche.campaign.Campaign;
import fr.raccroche.campaign.DayPart;
import fr.raccroche.campaign.PlanSetting;
import fr.raccroche.platform.FrenchCalendar;
import fr.raccroche.queue.Enrolment;
import fr.raccroche.queue.YouthState;
import fr.raccroche.youth.Age;
import fr.raccroche.youth.Telephone;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * May this youth be called now, and at which number? If not, why, and when? One list of rules in order decides and
 * explains: what the dialer does and what a person is told cannot differ.
 */
public final class CallingRules {

    /**
     * What the rules look at.
     *
     * @param standing where the youth stands in the campaign
     * @param phones in the order of the list
     * @param history the attempts that counted
     */
    public record Facts(
            Campaign campaign, LocalDate birthDate, Standing standing, List<Phone> phones, History history) {

        public Facts {
            phones = List.copyOf(phones);
        }

        /** The attempts of this campaign. */
        public List<Past> past() {
            return history.here();
        }

        public boolean objected() {
            return standing.objected();
        }

        public boolean callbackAsked() {
            return standing.callbackAsked();
        }

        /** The same with no other number than this. */
        Facts calling(long phoneId) {
            return new Facts(
                    campaign,
                    birthDate,
                    standing,
                    phones.stream().filter(phone -> phone.id() == phoneId).toList(),
                    history);
        }

        /** The number whose turn it is; null when none is usable. */
        public @Nullable Phone phone() {
            return Phone.toCall(phones, past(), campaign.planSettings().get(PlanSetting.TRIES_PER_NUMBER));
        }

        /** The end of a youth none of whose numbers may be called: some may work where this installation does not call. */
        YouthState deadEnd() {
            return phones.stream().anyMatch(phone -> phone.isAlive() && phone.isAbroad())
                    ? YouthState.FOREIGN_NUMBER
                    : YouthState.WRONG_NUMBER;
        }
    }

    /**
     * Where a youth stands in a campaign.
     *
     * @param objected whether an objection stands, in whatever campaign it was made
     * @param refusedAt when they last refused to talk, in whatever campaign; null when they never did
     * @param withdrawn whether the list no longer has them
     * @param inHand whether another attempt at them is open, in any campaign
     * @param callbackAsked whether they asked to be called
     * @param askedByText whether it was a text that asked, and no hour was promised
     * @param notBefore for when the plan or the youth's wish has their next call; null when nothing is planned
     * @param textWaiting since when a text to them waits to be sent; null when none does
     * @param replyUnread whether a text from one of their numbers waits for a person to read it
     * @param toldNotBefore the moment before which, by the words of a text, no phone rings; null when none names one
     * @param listedOn when the list that last brought them was loaded; null when nobody knows
     */
    public record Standing(
            YouthState state,
            boolean objected,
            @Nullable Instant refusedAt,
            boolean withdrawn,
            boolean inHand,
            boolean callbackAsked,
            boolean askedByText,
            @Nullable Instant notBefore,
            @Nullable Instant textWaiting,
            boolean replyUnread,
            @Nullable Instant toldNotBefore,
            @Nullable LocalDate listedOn) {

        /** The same for somebody who asks for a call at this moment. */
        Standing asking() {
            return new Standing(
                    YouthState.CALLBACK,
                    objected,
                    refusedAt,
                    withdrawn,
                    false,
                    true,
                    false,
                    null,
                    textWaiting,
                    replyUnread,
                    null,
                    listedOn);
        }
    }

    /** Why not, in the order in which the rules are asked. */
    public enum Rule {
        OBJECTION,
        /** The campaign is done with this youth. */
        SETTLED,
        /** They refused to talk in another campaign not long ago. */
        LEFT_ALONE,
        WITHDRAWN,
        /** R18: under sixteen the school side is in charge, and a guardian must be on the line. From the birthday on they are called. */
        UNDER_16,
        CAMPAIGN_NOT_OPEN,
        CAMPAIGN_PAUSED,
        CAMPAIGN_DATES,
        /** Another agent has them. */
        IN_HAND,
        BLOCKED_DAY,
        HOLIDAY,
        HOURS,
        /** It is early, late or night where the number is at home. */
        LOCAL_HOURS,
        /** R02: ten at most; the database has the last word. */
        ATTEMPTS_USED,
        YEAR_CAP,
        MONTH_CAP,
        WEEK_CAP,
        DAY_CAP,
        DELAY,
        SPREAD,
        DAY_PART,
        /** The moment that the plan chose among those that the rules allow, or that the youth asked for. */
        PLANNED,
        /** The hour that they named in a text; nobody decided otherwise since. */
        NAMED_TIME,
        NO_NUMBER,
        PREFIX,
        /** Somebody on this telephone said no, or it is somebody else's: left alone, whoever is listed under it. */
        NUMBER_RESTS,
        /** It rang often enough today, for whoever is listed under it. */
        NUMBER_DAY_CAP,
        /** It rang a short while ago for somebody else who is listed under it. */
        NUMBER_GAP,
        NUMBER_IN_USE,
        /** A text of theirs may be a no: a person reads it first. */
        REPLY_TO_READ,
        /** A text is on its way to them. */
        CHANNEL_PENDING;

        /** Whether the rule is asked once more when the phone is about to ring: what it looks at may have changed. */
        public boolean isAskedLast() {
            return switch (this) {
                case OBJECTION,
                        LEFT_ALONE,
                        WITHDRAWN,
                        CAMPAIGN_NOT_OPEN,
                        CAMPAIGN_PAUSED,
                        CAMPAIGN_DATES,
                        BLOCKED_DAY,
                        HOLIDAY,
                        HOURS,
                        NAMED_TIME,
                        NO_NUMBER,
                        PREFIX,
                        NUMBER_RESTS,
                        REPLY_TO_READ -> true;
                case SETTLED,
                        UNDER_16,
                        IN_HAND,
                        LOCAL_HOURS,
                        ATTEMPTS_USED,
                        YEAR_CAP,
                        MONTH_CAP,
                        WEEK_CAP,
                        DAY_CAP,
                        DELAY,
                        SPREAD,
                        DAY_PART,
                        PLANNED,
                        NUMBER_DAY_CAP,
                        NUMBER_GAP,
                        NUMBER_IN_USE,
                        CHANNEL_PENDING -> false;
            };
        }
    }

    /** What one rule says. */
    public sealed interface Answer {

        /** Nothing against a call. */
        record Passes() implements Answer {}

        /** Not before {@code at}; from then on this rule has nothing against it. */
        record NotBefore(Instant at) implements Answer {}

        /** Not before something else happens: a call ends, somebody resumes the campaign. */
        record AfterEvent() implements Answer {}

        /** Not any more. */
        record Never() implements Answer {}
    }

    /** A rule and its answer. */
    public record Check(Rule rule, Answer answer) {

        public boolean passes() {
            return answer instanceof Answer.Passes;
        }

        /** When the rule alone would let the call pass; null when it does already, or time does not change it. */
        public @Nullable Instant until() {
            return answer instanceof Answer.NotBefore later ? later.at() : null;
        }
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

    /** When a youth can be called, if nothing happens before. */
    public sealed interface Moment {

        /** From {@code at} on, now perhaps; not a moment earlier. */
        record At(Instant at) implements Moment {}

        /** When what {@code rules} wait for has happened, and not before {@code at}. */
        record After(List<Rule> rules, Instant at) implements Moment {}

        /** Not any more, because of {@code rules}. */
        record Over(List<Rule> rules) implements Moment {}
    }

    private interface Question {
        Answer ask(Facts facts, Instant now);
    }

    private record Named(Rule rule, Question question) {}

    /** A text that could not be sent for so long holds no call back. */
    private static final Duration TEXT_PATIENCE = Duration.ofHours(1);

    /** The campaign's own first and last hour, where the number is at home. */
    private static final LocalTime LOCAL_MORNING = LocalTime.of(9, 0);

    private static final LocalTime LOCAL_EVENING = LocalTime.of(20, 0);

    /** Two rules that never pass together would otherwise be asked for ever. */
    private static final int MOST_LEAPS = 400;

    private static final Answer PASSES = new Answer.Passes();
    private static final Answer AFTER_EVENT = new Answer.AfterEvent();
    private static final Answer NEVER = new Answer.Never();

    private final Duration margin;
    private final List<Named> rules = List.of(
            new Named(Rule.OBJECTION, never(facts -> facts.standing().objected())),
            new Named(Rule.SETTLED, never(facts -> facts.standing().state().isFinal())),
            new Named(Rule.LEFT_ALONE, CallingRules::leftAlone),
            new Named(Rule.WITHDRAWN, never(facts -> facts.standing().withdrawn())),
            new Named(Rule.UNDER_16, CallingRules::underSixteen),
            new Named(Rule.CAMPAIGN_NOT_OPEN, CallingRules::campaignState),
            new Named(Rule.CAMPAIGN_PAUSED, waits(facts -> facts.campaign().state() == Campaign.State.PAUSED)),
            new Named(Rule.CAMPAIGN_DATES, CallingRules::campaignDates),
            new Named(Rule.IN_HAND, waits(facts -> facts.standing().inHand())),
            new Named(
                    Rule.BLOCKED_DAY,
                    notOnDays((facts, day) -> facts.campaign().hours().isBlocked(day))),
            new Named(Rule.HOLIDAY, notOnDays((facts, day) -> FrenchCalendar.isPublicHoliday(day))),
            new Named(Rule.HOURS, this::hours),
            new Named(Rule.LOCAL_HOURS, this::localHours),
            new Named(
                    Rule.ATTEMPTS_USED,
                    never(facts -> facts.past().size() >= facts.campaign().maxAttempts())),
            new Named(Rule.YEAR_CAP, (facts, now) -> limit(Limit.YEAR, facts, now)),
            new Named(Rule.MONTH_CAP, unasked(Limit.MONTH)),
            new Named(Rule.WEEK_CAP, unasked(Limit.WEEK)),
            new Named(Rule.DAY_CAP, unasked(Limit.DAY)),
            new Named(Rule.DELAY, unasked(Limit.DELAY)),
            new Named(Rule.SPREAD, unasked(Limit.SPREAD)),
            new Named(Rule.DAY_PART, CallingRules::dayPart),
            new Named(Rule.PLANNED, (facts, now) -> notBefore(facts.standing().notBefore(), now)),
            new Named(
                    Rule.NAMED_TIME, (facts, now) -> notBefore(facts.standing().toldNotBefore(), now)),
            new Named(Rule.NO_NUMBER, never(facts -> facts.phones().stream().noneMatch(Phone::isAlive))),
            new Named(
                    Rule.PREFIX,
                    never(facts ->
                            facts.phone() == null && facts.phones().stream().anyMatch(Phone::isAlive))),
            new Named(Rule.NUMBER_RESTS, CallingRules::numberRests),
            new Named(Rule.NUMBER_DAY_CAP, CallingRules::numberDayCap),
            new Named(Rule.NUMBER_GAP, CallingRules::numberGap),
            new Named(Rule.NUMBER_IN_USE, waits(CallingRules::numberInUse)),
            new Named(Rule.REPLY_TO_READ, waits(facts -> facts.standing().replyUnread())),
            new Named(Rule.CHANNEL_PENDING, CallingRules::channelPending));

    /** Rules for calls that must end ringing {@code margin} after they were decided, before the hours close. */
    public CallingRules(Duration margin) {
        this.margin = margin;
    }

    /** Decides for {@code now}: the first rule that refuses wins. */
    public Verdict decide(Facts facts, Instant now) {
        Optional<Verdict> refused = refusals(facts, now).<Verdict>map(r -> r).findFirst();
        Phone phone = facts.phone();
        return refused.isPresent() || phone == null
                ? refused.orElseGet(() -> new Verdict.Refused(Rule.NO_NUMBER, null))
                : new Verdict.Call(phone);
    }

    /** Whether the rules that are asked last let a call that was decided earlier ring now, on the number of then. */
    boolean stillAllows(Facts facts, long phoneId, Instant now) {
        Facts called = facts.calling(phoneId);
        return rules.stream()
                .filter(named -> named.rule().isAskedLast())
                .allMatch(named -> named.question().ask(called, now) instanceof Answer.Passes);
    }

    /** Whether any call of the campaign may ring now. */
    boolean mayRing(Campaign campaign, Instant now) {
        return campaign.state() == Campaign.State.RUNNING && campaign.isOpenAt(now, margin);
    }

    /** Every rule that speaks against a call now, in order; asked one by one as they are looked at. */
    public Stream<Verdict.Refused> refusals(Facts facts, Instant now) {
        return stream(facts, now)
                .filter(check -> !check.passes())
                .map(check -> new Verdict.Refused(check.rule(), check.until()));
    }

    /** What every rule says to a call now, in order. */
    public List<Check> checks(Facts facts, Instant now) {
        return stream(facts, now).toList();
    }

    private Stream<Check> stream(Facts facts, Instant now) {
        return rules.stream()
                .map(named -> new Check(named.rule(), named.question().ask(facts, now)));
    }

    /**
     * The first moment from {@code now} on at which every rule lets the call pass, if nothing happens before. Each rule
     * refuses without a gap until the moment it names, so that no moment before the answer would do. A campaign that is
     * only open while it is night where the number is at home will never call it.
     */
    public Moment nextCallable(Facts facts, Instant now) {
        Instant at = now;
        for (int leaps = 0; ; leaps++) {
            List<Check> against =
                    stream(facts, at).filter(check -> !check.passes()).toList();
            List<Rule> forever = against.stream()
                    .filter(check -> check.answer() instanceof Answer.Never)
                    .map(Check::rule)
                    .toList();
            if (!forever.isEmpty()) {
                return new Moment.Over(forever);
            }
            if (leaps > MOST_LEAPS) {
                return new Moment.Over(against.stream().map(Check::rule).toList());
            }
            Optional<Instant> later = against.stream()
                    .map(Check::until)
                    .flatMap(Stream::ofNullable)
                    .max(Comparator.naturalOrder());
            if (later.isEmpty()) {
                return against.isEmpty()
                        ? new Moment.At(at)
                        : new Moment.After(against.stream().map(Check::rule).toList(), at);
            }
            at = later.get();
        }
    }

    /**
     * When a youth who asks for it could be called; null when never. That the campaign is done with them is no hindrance: it
     * is they who ask. An objection is one, and so are the ten.
     */
    public @Nullable Instant callbackAt(Facts facts, Instant now) {
        var asked = new Facts(
                facts.campaign(), facts.birthDate(), facts.standing().asking(), facts.phones(), facts.history());
        return switch (nextCallable(asked, now)) {
            case Moment.At at -> at.at();
            case Moment.After after -> after.at();
            case Moment.Over never -> null;
        };
    }

    private static Question never(Predicate<Facts> refused) {
        return (facts, now) -> refused.test(facts) ? NEVER : PASSES;
    }

    private static Question waits(Predicate<Facts> refused) {
        return (facts, now) -> refused.test(facts) ? AFTER_EVENT : PASSES;
    }

    private static Answer notBefore(@Nullable Instant at, Instant now) {
        return at != null && now.isBefore(at) ? new Answer.NotBefore(at) : PASSES;
    }

    /** Whoever asks for a call is called. */
    private static Answer leftAlone(Facts facts, Instant now) {
        Instant refused = facts.standing().refusedAt();
        return refused == null || facts.callbackAsked()
                ? PASSES
                : notBefore(refused.plus(Duration.ofDays(Enrolment.DAYS_AFTER_REFUSAL)), now);
    }

    private static Answer underSixteen(Facts facts, Instant now) {
        LocalDate sixteen = facts.birthDate().plusYears(16);
        return notBefore(start(Age.at(facts.birthDate(), sixteen).under16() ? sixteen.plusDays(1) : sixteen), now);
    }

    private static Answer campaignState(Facts facts, Instant now) {
        return switch (facts.campaign().state()) {
            case DRAFT -> AFTER_EVENT;
            case CLOSED -> NEVER;
            case RUNNING, PAUSED -> PASSES;
        };
    }

    private static Answer campaignDates(Facts facts, Instant now) {
        return day(now).isAfter(facts.campaign().endsOn())
                ? NEVER
                : notBefore(start(facts.campaign().startsOn()), now);
    }

    private interface DayQuestion {
        boolean ask(Facts facts, LocalDate day);
    }

    private static Question notOnDays(DayQuestion refused) {
        return (facts, now) -> {
            LocalDate day = day(now);
            while (refused.ask(facts, day)) {
                day = day.plusDays(1);
            }
            return notBefore(start(day), now);
        };
    }

    private Answer hours(Facts facts, Instant now) {
        return facts.campaign()
                .hours()
                .nextOpeningByClock(now, margin)
                .map(opening -> notBefore(opening, now))
                .orElse(NEVER);
    }

    /** A number overseas keeps its own time as well; whoever asked for a call chose the hour. */
    private Answer localHours(Facts facts, Instant now) {
        ZoneId zone = zone(facts);
        if (zone == null || facts.callbackAsked()) {
            return PASSES;
        }
        ZonedDateTime local = now.atZone(zone);
        if (local.toLocalTime().isBefore(LOCAL_MORNING)) {
            return new Answer.NotBefore(local.with(LOCAL_MORNING).toInstant());
        }
        return local.plus(margin).isAfter(local.with(LOCAL_EVENING))
                ? new Answer.NotBefore(local.plusDays(1).with(LOCAL_MORNING).toInstant())
                : PASSES;
    }

    private static @Nullable ZoneId zone(Facts facts) {
        Phone phone = facts.phone();
        return phone == null ? null : phone.zone();
    }

    private static Answer limit(Limit limit, Facts facts, Instant now) {
        return notBefore(facts.campaign().plan().earliest(limit, facts.history()), now);
    }

    /** A limit on calls that nobody asked for. */
    private static Question unasked(Limit limit) {
        return (facts, now) -> facts.callbackAsked() ? PASSES : limit(limit, facts, now);
    }

    private static Answer dayPart(Facts facts, Instant now) {
        AttemptPlan plan = facts.campaign().plan();
        Set<DayPart> allowed = plan.allowed(facts.past());
        if (facts.callbackAsked()
                || zone(facts) != null
                || allowed.isEmpty()
                || allowed.contains(plan.settings().partOf(now))) {
            return PASSES;
        }
        LocalDate today = day(now);
        return Stream.of(today, today.plusDays(1))
                .flatMap(day -> allowed.stream().map(plan.settings()::startOf).map(time -> at(day, time)))
                .filter(start -> start.isAfter(now))
                .min(Comparator.naturalOrder())
                .<Answer>map(Answer.NotBefore::new)
                .orElse(NEVER);
    }

    private static Answer numberRests(Facts facts, Instant now) {
        Phone phone = facts.phone();
        Telephone telephone = phone == null ? Telephone.USABLE : phone.telephone();
        return telephone.waitsForDecision() ? AFTER_EVENT : notBefore(telephone.until(), now);
    }

    /** A number that rang for this youth only has the limits of the youth. */
    private static Answer numberDayCap(Facts facts, Instant now) {
        Phone phone = facts.phone();
        if (phone == null || phone.otherRings().isEmpty() || facts.callbackAsked()) {
            return PASSES;
        }
        LocalDate today = day(now);
        Stream<Instant> own = Stream.concat(facts.past().stream(), facts.history().elsewhere().stream())
                .filter(attempt -> attempt.phoneId() == phone.id())
                .map(Past::at);
        long rings = Stream.concat(own, phone.otherRings().stream())
                .filter(at -> day(at).equals(today))
                .count();
        return rings >= facts.campaign().planSettings().get(PlanSetting.NUMBER_PER_DAY)
                ? new Answer.NotBefore(start(today.plusDays(1)))
                : PASSES;
    }

    private static Answer numberGap(Facts facts, Instant now) {
        Phone phone = facts.phone();
        if (phone == null || facts.callbackAsked()) {
            return PASSES;
        }
        Duration gap = Duration.ofMinutes(facts.campaign().planSettings().get(PlanSetting.NUMBER_GAP));
        return notBefore(
                phone.otherRings().stream()
                        .max(Comparator.naturalOrder())
                        .map(last -> last.plus(gap))
                        .orElse(null),
                now);
    }

    private static boolean numberInUse(Facts facts) {
        Phone phone = facts.phone();
        return phone != null && phone.inUse();
    }

    private static Answer channelPending(Facts facts, Instant now) {
        Instant waiting = facts.standing().textWaiting();
        return notBefore(waiting == null ? null : waiting.plus(TEXT_PATIENCE), now);
    }

    private static LocalDate day(Instant instant) {
        return instant.atZone(PARIS).toLocalDate();
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(PARIS).toInstant();
    }

    private static Instant at(LocalDate day, LocalTime time) {
        return day.atTime(time).atZone(PARIS).toInstant();
    }
}
