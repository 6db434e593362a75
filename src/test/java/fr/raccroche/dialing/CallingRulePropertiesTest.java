package fr.raccroche.dialing;

import static fr.raccroche.dialing.TestingFacts.MOBILE;
import static fr.raccroche.dialing.TestingFacts.MOTHER;
import static fr.raccroche.dialing.TestingFacts.callable;
import static fr.raccroche.dialing.TestingFacts.forbidden;
import static fr.raccroche.dialing.TestingFacts.in;
import static fr.raccroche.dialing.TestingFacts.inUse;
import static fr.raccroche.dialing.TestingFacts.paris;
import static fr.raccroche.dialing.TestingFacts.past;
import static fr.raccroche.dialing.TestingFacts.rangForOthers;
import static fr.raccroche.dialing.TestingFacts.resting;
import static org.assertj.core.api.Assertions.assertThat;

import fr.raccroche.campaign.AttemptPlan.Next;
import fr.raccroche.campaign.AttemptPlan.Past;
import fr.raccroche.campaign.AttemptResult;
import fr.raccroche.campaign.CallingHours;
import fr.raccroche.campaign.Campaign;
import fr.raccroche.campaign.PlanSetting;
import fr.raccroche.campaign.PlanSettings;
import fr.raccroche.dialing.CallingRules.Facts;
import fr.raccroche.dialing.CallingRules.Moment;
import fr.raccroche.dialing.CallingRules.Rule;
import fr.raccroche.dialing.CallingRules.Verdict;
import fr.raccroche.platform.FrenchCalendar;
import fr.raccroche.queue.YouthState;
import fr.raccroche.youth.NumberState;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Month;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;

/** What holds for anybody at any moment, whatever stands in the way of the call. */
class CallingRulePropertiesTest {

    private static final Duration MARGIN = Duration.ofMinutes(2);
    private static final CallingRules RULES = new CallingRules(MARGIN);
    private static final Phone BUSY = inUse(MOBILE);

    private static final PlanSettings MONTHLY = new PlanSettings(
            Map.of(PlanSetting.PER_MONTH, 4),
            PlanSettings.DEFAULT.afternoonFrom(),
            PlanSettings.DEFAULT.eveningFrom(),
            null);

    /** Rules that wait for something that no clock brings. */
    private static final Set<Rule> EVENTS = EnumSet.of(
            Rule.CAMPAIGN_NOT_OPEN,
            Rule.CAMPAIGN_PAUSED,
            Rule.IN_HAND,
            Rule.NUMBER_RESTS,
            Rule.NUMBER_IN_USE,
            Rule.REPLY_TO_READ);

    @Property(tries = 2000)
    void anAllowedCallBreaksNoPromise(@ForAll("anybody") TestingFacts anybody, @ForAll("moments") Instant now) {
        var facts = anybody.facts();
        if (RULES.decide(facts, now) instanceof Verdict.Call call) {
            assertThat(facts.campaign().hours().isOpen(now, MARGIN)).isTrue();
            assertThat(facts.campaign().covers(now)).isTrue();
            assertThat(facts.campaign().state()).isEqualTo(Campaign.State.RUNNING);
            assertThat(facts.objected()).isFalse();
            assertThat(facts.past()).hasSizeLessThan(facts.campaign().maxAttempts());
            assertThat(facts.phones()).contains(call.phone());
            assertThat(call.phone().isUsable()).isTrue();
            assertThat(call.phone().inUse()).isFalse();
            assertThat(call.phone().telephone().restsAt(now)).isFalse();
            assertCapsHold(facts, now);
        }
    }

    private static void assertCapsHold(Facts facts, Instant now) {
        var everywhere = Stream.concat(facts.past().stream(), facts.history().elsewhere().stream())
                .toList();
        assertThat(within(everywhere, now, 365)).isLessThan(15);
        if (!facts.callbackAsked()) {
            assertThat(within(everywhere, now, 7)).isLessThan(4);
            assertThat(within(everywhere, now, 1)).isLessThan(2);
        }
    }

    private static long within(List<Past> past, Instant now, int days) {
        LocalDate since = day(now).minusDays(days);
        return past.stream().filter(attempt -> day(attempt.at()).isAfter(since)).count();
    }

    private static LocalDate day(Instant at) {
        return at.atZone(ZoneId.of("Europe/Paris")).toLocalDate();
    }

    /** Whatever zone the machine believes to be in; summer time is computed here from its rule, not from a library. */
    @Property(tries = 3000)
    void nobodyIsCalledOutsideHoursInAnyZone(
            @ForAll("zones") ZoneId zone, @ForAll("openings") CallingHours hours, @ForAll("years") Instant now) {
        TimeZone before = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        try {
            var facts = callable()
                    .hours(hours)
                    .from(LocalDate.of(2026, 1, 1), LocalDate.of(2029, 12, 31))
                    .facts();
            assertThat(RULES.decide(facts, now) instanceof Verdict.Call).isEqualTo(opensByHand(hours, now));
            if (RULES.nextCallable(facts, now) instanceof Moment.At next) {
                assertThat(opensByHand(hours, next.at())).isTrue();
            }
        } finally {
            TimeZone.setDefault(before);
        }
    }

    private static boolean opensByHand(CallingHours hours, Instant now) {
        OffsetDateTime from = now.atOffset(parisOffset(now));
        OffsetDateTime to = from.plus(MARGIN);
        return hours.days().contains(from.getDayOfWeek())
                && !FrenchCalendar.isPublicHoliday(from.toLocalDate())
                && hours.spans().stream()
                        .anyMatch(span -> !from.toLocalTime().isBefore(span.opens())
                                && to.toLocalDate().equals(from.toLocalDate())
                                && to.toLocalTime().isBefore(span.closes()));
    }

    /** One hour ahead of UTC; two from the last Sunday of March, one in the morning UTC, to the last one of October. */
    private static ZoneOffset parisOffset(Instant now) {
        int year = now.atOffset(ZoneOffset.UTC).getYear();
        boolean summer = !now.isBefore(lastSunday(year, Month.MARCH)) && now.isBefore(lastSunday(year, Month.OCTOBER));
        return ZoneOffset.ofHours(summer ? 2 : 1);
    }

    private static Instant lastSunday(int year, Month month) {
        return LocalDate.of(year, month, 1)
                .with(TemporalAdjusters.lastInMonth(DayOfWeek.SUNDAY))
                .atTime(1, 0)
                .toInstant(ZoneOffset.UTC);
    }

    @Property(tries = 3000)
    void theNextCallableMomentIsCallableAndNoneBeforeIs(
            @ForAll("anybody") TestingFacts anybody,
            @ForAll("moments") Instant now,
            @ForAll @DoubleRange(min = 0, max = 1) double between) {
        var facts = anybody.facts();
        switch (RULES.nextCallable(facts, now)) {
            case Moment.At next -> {
                assertThat(RULES.decide(facts, next.at())).isInstanceOf(Verdict.Call.class);
                assertNotCallableBetween(facts, now, next.at(), between);
            }
            case Moment.After after -> {
                assertThat(EVENTS).containsAll(after.rules());
                assertThat(RULES.refusals(facts, after.at()).map(Verdict.Refused::rule))
                        .containsExactlyElementsOf(after.rules());
                assertNotCallableBetween(facts, now, after.at(), between);
            }
            case Moment.Over never -> {
                assertThat(never.rules()).isNotEmpty();
                assertNotCallableBetween(facts, now, now.plus(Duration.ofDays(500)), between);
            }
        }
    }

    private static void assertNotCallableBetween(Facts facts, Instant from, Instant to, double between) {
        long millis = Duration.between(from, to).toMillis();
        if (millis > 0) {
            Stream.of(from, to.minusMillis(1), from.plusMillis((long) (between * (millis - 1))))
                    .forEach(moment -> assertThat(RULES.decide(facts, moment))
                            .as("at %s", moment)
                            .isInstanceOf(Verdict.Refused.class));
        }
    }

    /** What the plan proposes is what the rules allow. */
    @Property(tries = 2000)
    void whatIsPlannedIsCallable(@ForAll("anybody") TestingFacts anybody, @ForAll("moments") Instant now) {
        var facts = anybody.youth(YouthState.TO_CALL).facts();
        var next = facts.campaign().plan().next(facts.history(), now, MARGIN, part -> 0, () -> 100L << 32);
        if (next instanceof Next.At at) {
            Set<Rule> planned = EnumSet.range(Rule.BLOCKED_DAY, Rule.DAY_PART);
            assertThat(RULES.checks(facts, at.at()).stream()
                            .filter(check -> planned.contains(check.rule()) && !check.passes()))
                    .isEmpty();
        }
    }

    @Property
    void aRefusalThatWaitsWaitsForLater(@ForAll("anybody") TestingFacts anybody, @ForAll("moments") Instant now) {
        assertThat(RULES.refusals(anybody.facts(), now))
                .allSatisfy(refused -> assertThat(
                                refused.until() == null || refused.until().isAfter(now))
                        .isTrue());
    }

    /** Mostly callable people, each with a few things in the way. */
    @Provide
    Arbitrary<TestingFacts> anybody() {
        var obstacle = Arbitraries.integers().between(0, 16);
        var results = Combinators.combine(
                        Arbitraries.of(Arrays.stream(AttemptResult.values())
                                .filter(AttemptResult::counts)
                                .toList()),
                        Arbitraries.integers().between(0, 70 * 24 * 60),
                        Arbitraries.of(MOBILE, MOTHER))
                .as((result, minute, phone) ->
                        new Past(paris("2026-09-20T00:00").plus(Duration.ofMinutes(minute)), result, phone.id()))
                .list()
                .ofMaxSize(11)
                .map(list ->
                        list.stream().sorted(Comparator.comparing(Past::at)).toList());
        var phones = Arbitraries.of(
                        MOBILE,
                        MOTHER,
                        BUSY,
                        in(MOTHER, NumberState.WRONG),
                        forbidden(MOTHER),
                        resting(MOBILE, null),
                        resting(MOTHER, paris("2026-11-24T16:30")),
                        rangForOthers(MOTHER, paris("2026-11-24T09:10"), paris("2026-11-24T13:20")))
                .list()
                .ofMaxSize(3);
        return Combinators.combine(
                        obstacle.set().ofMaxSize(2),
                        Arbitraries.of(Campaign.State.class),
                        Arbitraries.of(YouthState.class),
                        results,
                        results,
                        phones,
                        Arbitraries.integers().between(0, 60 * 24 * 60))
                .as((obstacles, state, youth, here, elsewhere, numbers, minute) -> {
                    Instant moment = paris("2026-11-20T00:00").plus(Duration.ofMinutes(minute));
                    TestingFacts facts = callable();
                    for (int each : obstacles) {
                        facts = switch (each) {
                            case 0 -> facts.state(state);
                            case 1 -> facts.youth(youth);
                            case 2 -> facts.past(here);
                            case 3 -> facts.elsewhere(elsewhere);
                            case 4 -> facts.phones(numbers.toArray(Phone[]::new));
                            case 5 -> facts.callbackAsked();
                            case 6 -> facts.objected();
                            case 7 -> facts.inHand();
                            case 8 -> facts.plannedFor(moment);
                            case 9 -> facts.textWaiting(moment);
                            case 10 -> facts.replyUnread();
                            case 11 -> facts.blocked(day(moment), day(moment).plusDays(1));
                            case 12 -> facts.past(here).plan(MONTHLY);
                            case 14 -> facts.refused(moment.minus(Duration.ofDays(50)));
                            case 15 -> facts.toldNotBefore(moment);
                            case 13 -> facts.past(here).callbackAsked();
                            default -> facts.past(here).elsewhere(elsewhere);
                        };
                    }
                    return facts;
                });
    }

    /** Around the end of a campaign's first day, and over the whole winter. */
    @Provide
    Arbitrary<Instant> moments() {
        return Arbitraries.oneOf(
                Arbitraries.longs().between(0, 36 * 3600).map(paris("2026-11-24T06:00")::plusSeconds),
                Arbitraries.longs().between(0, 120L * 24 * 3600).map(paris("2026-10-20T00:00")::plusSeconds));
    }

    @Provide
    Arbitrary<ZoneId> zones() {
        return Arbitraries.of(
                        "UTC",
                        "Europe/Paris",
                        "Pacific/Kiritimati",
                        "Pacific/Pago_Pago",
                        "America/New_York",
                        "Asia/Kathmandu")
                .map(ZoneId::of);
    }

    /** Any weekdays, two spans of half an hour or more, after four in the morning: nobody is called while clocks change. */
    @Provide
    Arbitrary<CallingHours> openings() {
        var days = Arbitraries.of(DayOfWeek.class).set().ofMinSize(1);
        var halves = Arbitraries.integers().between(9, 47).set().ofSize(4);
        return Combinators.combine(days, halves).as((week, four) -> {
            List<LocalTime> times = four.stream()
                    .sorted()
                    .map(half -> LocalTime.ofSecondOfDay(half * 1800L))
                    .collect(Collectors.toList());
            return new CallingHours(
                    week,
                    List.of(
                            new CallingHours.Span(times.get(0), times.get(1)),
                            new CallingHours.Span(times.get(2), times.get(3))));
        });
    }

    /** Three years, the days on which clocks change more often. */
    @Provide
    Arbitrary<Instant> years() {
        long year = 365L * 24 * 3600;
        return Arbitraries.oneOf(
                Arbitraries.longs().between(0, 3 * year).map(Instant.parse("2026-01-02T00:00:00Z")::plusSeconds),
                Arbitraries.longs().between(0, 48 * 3600).map(Instant.parse("2027-03-27T12:00:00Z")::plusSeconds),
                Arbitraries.longs().between(0, 48 * 3600).map(Instant.parse("2027-10-30T12:00:00Z")::plusSeconds));
    }
}
