package fr.raccroche.campaign;

import static fr.raccroche.campaign.DayPart.AFTERNOON;
import static fr.raccroche.campaign.DayPart.EVENING;
import static fr.raccroche.campaign.DayPart.MORNING;
import static fr.raccroche.platform.FrenchCalendar.PARIS;
import static org.assertj.core.api.Assertions.assertThat;

import fr.raccroche.campaign.AttemptPlan.History;
import fr.raccroche.campaign.AttemptPlan.Limit;
import fr.raccroche.campaign.AttemptPlan.Next;
import fr.raccroche.campaign.AttemptPlan.Past;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class AttemptPlanTest {

    private static final AttemptPlan PLAN = plan(PlanSettings.DEFAULT);
    /** Says 50 when asked for a number below 100. */
    private static final RandomGenerator NEVER_EXPLORES = () -> 100L << 32;

    private static AttemptPlan plan(PlanSettings settings) {
        return new AttemptPlan(CallingHours.DEFAULT, 10, settings);
    }

    private static Instant paris(String local) {
        return LocalDateTime.parse(local).atZone(PARIS).toInstant();
    }

    private static Past past(String local, AttemptResult result) {
        return new Past(paris(local), result, 1);
    }

    private static History history(Past... here) {
        return new History(List.of(here), List.of());
    }

    private static Instant next(AttemptPlan plan, History history, Instant now) {
        return ((Next.At) plan.next(history, now, Duration.ZERO, part -> 0, NEVER_EXPLORES)).at();
    }

    private static String local(Instant at) {
        return at.atZone(PARIS).toLocalDateTime().toString();
    }

    /** Ten in a week of working days, any part of the day, so that only the parts matter. */
    private static List<Past> inParts(DayPart... parts) {
        var past = new ArrayList<Past>();
        LocalDate day = LocalDate.of(2026, 11, 2);
        for (DayPart part : parts) {
            LocalTime time = switch (part) {
                case MORNING -> LocalTime.of(11, 0);
                case AFTERNOON -> LocalTime.of(15, 0);
                case EVENING -> LocalTime.of(18, 0);
            };
            past.add(new Past(day.atTime(time).atZone(PARIS).toInstant(), AttemptResult.NO_ANSWER, 1));
            day = day.plusDays(1);
        }
        return past;
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-24T08:00, 2026-11-24T17:00",
        "2026-11-24T18:30, 2026-11-24T18:30",
        "2026-11-24T20:00, 2026-11-25T17:00",
        "2026-11-27T20:00, 2026-11-30T17:00",
        "2026-12-25T08:00, 2026-12-28T17:00"
    })
    void theFirstAttemptIsInTheEvening(String from, String first) {
        assertThat(local(PLAN.first(paris(from)))).isEqualTo(first);
    }

    @Test
    void aCampaignMayBeginAtAnyMoment() {
        assertThat(local(plan(PlanSettings.DEFAULT.withFirst(null)).first(paris("2026-11-24T08:00"))))
                .isEqualTo("2026-11-24T10:00");
    }

    /** The vectors of the algorithm's description: weights evening 2, morning 1, afternoon 1. */
    static Stream<Arguments> equalisation() {
        return Stream.of(
                Arguments.of(inParts(), Set.of(MORNING, AFTERNOON, EVENING)),
                Arguments.of(inParts(EVENING), Set.of(MORNING, AFTERNOON, EVENING)),
                Arguments.of(inParts(EVENING, EVENING), Set.of(MORNING, AFTERNOON)),
                Arguments.of(inParts(EVENING, EVENING, MORNING, AFTERNOON), Set.of(MORNING, AFTERNOON, EVENING)));
    }

    @ParameterizedTest
    @MethodSource("equalisation")
    void partsOfTheDayFillUpByTheirWeights(List<Past> past, Set<DayPart> open) {
        var settings = PlanSettings.DEFAULT
                .with(PlanSetting.WEIGHT_EVENING, 2)
                .with(PlanSetting.WEIGHT_MORNING, 1)
                .with(PlanSetting.WEIGHT_AFTERNOON, 1);
        var tried = past.stream()
                .collect(
                        Collectors.groupingBy(attempt -> settings.partOf(attempt.at()), Collectors.summingInt(a -> 1)));

        assertThat(plan(settings).leastFilled(List.of(DayPart.values()), tried)).isEqualTo(open);
    }

    @Test
    void neverTheSamePartTwiceRunningExceptAfterABusyLine() {
        assertThat(PLAN.allowed(inParts(EVENING))).containsExactlyInAnyOrder(MORNING, AFTERNOON);
        assertThat(PLAN.allowed(List.of(past("2026-11-24T18:00", AttemptResult.BUSY))))
                .containsExactlyInAnyOrder(MORNING, AFTERNOON, EVENING);
    }

    /** Three morning and three afternoon attempts are used up, and the last one was in the evening. */
    @Test
    void whenNoOtherPartIsLeftTheShareOfThePartsIsStronger() {
        var past = inParts(MORNING, AFTERNOON, MORNING, AFTERNOON, MORNING, AFTERNOON, EVENING);

        assertThat(PLAN.allowed(past)).containsExactly(EVENING);
    }

    @Test
    void aPartThatWouldLeaveNoWayForTheRestIsNotTaken() {
        var past = inParts(EVENING, MORNING, AFTERNOON, EVENING, MORNING, AFTERNOON, MORNING);

        assertThat(PLAN.allowed(past))
                .as("one afternoon and two evenings left, in this order only: evening, afternoon, evening")
                .containsExactly(EVENING);
    }

    @Test
    void hoursWithoutAnEveningHaveTwoParts() {
        var mornings = new CallingHours(
                CallingHours.DEFAULT.days(),
                List.of(
                        new CallingHours.Span(LocalTime.of(9, 0), LocalTime.of(12, 0)),
                        new CallingHours.Span(LocalTime.of(14, 0), LocalTime.of(17, 15))));
        var plan = new AttemptPlan(mornings, 10, PlanSettings.DEFAULT);

        assertThat(plan.parts()).containsExactly(MORNING, AFTERNOON);
        assertThat(local(plan.first(paris("2026-11-24T12:30")))).isEqualTo("2026-11-24T14:00");
    }

    @ParameterizedTest
    @CsvSource({
        "BUSY, 2026-11-24T18:30",
        "ABANDONED, 2026-11-24T18:15",
        "NO_ANSWER, 2026-11-25T21:00",
        "VOICEMAIL, 2026-11-26T18:00",
        "LOST, 2026-11-25T21:00",
        "INTERRUPTED, 2026-11-24T21:00",
        "THIRD_PARTY, 2026-11-25T21:00",
        "WRONG_NUMBER, 2026-11-24T21:00"
    })
    void howLongToWaitDependsOnTheResult(AttemptResult result, String earliest) {
        assertThat(local(PLAN.earliest(Limit.DELAY, history(past("2026-11-24T18:00", result)))))
                .isEqualTo(earliest);
    }

    @Test
    void oneAttemptADayTwoWhenTheFirstWasBusy() {
        assertThat(local(PLAN.earliest(Limit.DAY, history(past("2026-11-24T10:00", AttemptResult.NO_ANSWER)))))
                .isEqualTo("2026-11-25T00:00");
        assertThat(PLAN.earliest(Limit.DAY, history(past("2026-11-24T10:00", AttemptResult.BUSY))))
                .isEqualTo(Instant.MIN);
        assertThat(local(PLAN.earliest(
                        Limit.DAY,
                        history(
                                past("2026-11-24T10:00", AttemptResult.BUSY),
                                past("2026-11-24T10:30", AttemptResult.BUSY)))))
                .isEqualTo("2026-11-25T00:00");
    }

    @Test
    void capsCountTheCallsOfOtherCampaigns() {
        var elsewhere = new History(List.of(), List.of(past("2026-11-24T10:00", AttemptResult.NO_ANSWER)));
        var four = new History(
                List.of(past("2026-11-23T18:00", AttemptResult.NO_ANSWER)),
                List.of(
                        past("2026-11-19T10:00", AttemptResult.NO_ANSWER),
                        past("2026-11-20T10:00", AttemptResult.NO_ANSWER),
                        past("2026-11-24T10:00", AttemptResult.NO_ANSWER)));

        assertThat(local(PLAN.earliest(Limit.DAY, elsewhere))).isEqualTo("2026-11-25T00:00");
        assertThat(local(PLAN.earliest(Limit.WEEK, four))).isEqualTo("2026-11-26T00:00");
        assertThat(PLAN.earliest(Limit.MONTH, four)).as("off unless set").isEqualTo(Instant.MIN);
        assertThat(local(plan(PlanSettings.DEFAULT.with(PlanSetting.PER_MONTH, 4))
                        .earliest(Limit.MONTH, four)))
                .isEqualTo("2026-12-19T00:00");
        assertThat(local(
                        plan(PlanSettings.DEFAULT.with(PlanSetting.PER_YEAR, 4)).earliest(Limit.YEAR, four)))
                .isEqualTo("2027-11-19T00:00");
    }

    @Test
    void tenAttemptsAreSpreadOverThreeWeeks() {
        List<Instant> ten = PLAN.example(paris("2026-11-24T08:00"));

        assertThat(ten)
                .extracting(AttemptPlanTest::local)
                .containsExactly(
                        "2026-11-24T17:00",
                        "2026-11-26T10:00",
                        "2026-11-30T14:00",
                        "2026-12-02T10:00",
                        "2026-12-04T14:00",
                        "2026-12-07T17:00",
                        "2026-12-09T10:00",
                        "2026-12-11T17:00",
                        "2026-12-14T14:00",
                        "2026-12-15T17:00");
    }

    @Test
    void theBestChanceAmongTheAllowedPartsIsTaken() {
        var tried = history(past("2026-11-24T18:00", AttemptResult.NO_ANSWER));

        Next next = PLAN.next(
                tried, paris("2026-11-24T18:01"), Duration.ZERO, part -> part == AFTERNOON ? 0.4 : 0.1, NEVER_EXPLORES);

        assertThat(next).isEqualTo(new Next.At(paris("2026-11-26T14:00")));
    }

    @Test
    void aShareOfTheAttemptsExplores() {
        var tried = history(past("2026-11-24T18:00", AttemptResult.NO_ANSWER));
        var random = new Random(1);
        ToDoubleFunction<DayPart> mornings = part -> part == MORNING ? 0.9 : 0.1;

        long elsewhere = IntStream.range(0, 10_000)
                .mapToObj(i -> PLAN.next(tried, paris("2026-11-24T18:01"), Duration.ZERO, mornings, random))
                .filter(next -> !next.equals(new Next.At(paris("2026-11-26T10:00"))))
                .count();

        assertThat(elsewhere)
                .as("half of the tenth that explores lands in the other part")
                .isBetween(400L, 600L);
    }

    /** The whole life of a youth in a campaign, whatever happens on each call, however the campaign is set. */
    @Property
    void aWholeCampaignKeepsItsPromises(
            @ForAll("results") List<AttemptResult> results,
            @ForAll("settings") PlanSettings settings,
            @ForAll @IntRange(min = 1, max = 10) int max,
            @ForAll @IntRange(max = 100_000) int startMinute,
            @ForAll long seed) {
        var plan = new AttemptPlan(CallingHours.DEFAULT, max, settings);
        var random = new Random(seed);
        var past = new ArrayList<Past>();
        Instant now = paris("2026-11-02T00:00").plus(Duration.ofMinutes(startMinute));
        while (plan.next(new History(past, List.of()), now, Duration.ZERO, part -> random.nextDouble(), random)
                instanceof Next.At next) {
            assertThat(past).hasSizeLessThan(max);
            assertThat(next.at()).isAfterOrEqualTo(now);
            assertThat(CallingHours.DEFAULT.isOpen(next.at(), Duration.ZERO)).isTrue();
            if (!past.isEmpty()) {
                Past last = past.getLast();
                assertThat(next.at()).isAfterOrEqualTo(last.at().plus(settings.after(last.result())));
                assertRotates(plan, past, next.at());
            }
            past.add(new Past(next.at(), results.get(past.size()), 1));
            now = next.at();
        }
        assertThat(past).hasSize(max);
        assertCapsHold(settings, past);
        assertThat(ChronoUnit.DAYS.between(day(past.getFirst()), day(past.getLast())))
                .isGreaterThanOrEqualTo(max == 1 ? 0 : settings.get(PlanSetting.SPAN));
    }

    /** Equalisation always; the same part twice running only after a busy line or when no other part is left. */
    private static void assertRotates(AttemptPlan plan, List<Past> past, Instant next) {
        PlanSettings settings = plan.settings();
        var tried = past.stream()
                .collect(
                        Collectors.groupingBy(attempt -> settings.partOf(attempt.at()), Collectors.summingInt(a -> 1)));
        DayPart part = settings.partOf(next);
        assertThat(plan.leastFilled(plan.parts(), tried)).contains(part);
        boolean onlyBefore = past.stream().noneMatch(attempt -> attempt.result().invitesRetry());
        if (onlyBefore && plan.parts().size() > 1) {
            assertThat(part).isNotEqualTo(settings.partOf(past.getLast().at()));
        }
    }

    private static void assertCapsHold(PlanSettings settings, List<Past> past) {
        for (int i = 0; i < past.size(); i++) {
            Past attempt = past.get(i);
            LocalDate day = day(attempt);
            List<Past> before = past.subList(0, i + 1);
            List<Past> sameDay =
                    before.stream().filter(other -> day(other).equals(day)).toList();
            boolean busy = sameDay.getFirst().result().invitesRetry();
            assertThat(sameDay)
                    .hasSizeLessThanOrEqualTo(
                            settings.get(busy ? PlanSetting.PER_DAY_AFTER_BUSY : PlanSetting.PER_DAY));
            assertThat(within(before, day, 7)).isLessThanOrEqualTo(settings.get(PlanSetting.PER_WEEK));
            int month = settings.get(PlanSetting.PER_MONTH);
            assertThat(within(before, day, 30)).isLessThanOrEqualTo(month == 0 ? Integer.MAX_VALUE : month);
        }
    }

    private static long within(List<Past> past, LocalDate day, int days) {
        return past.stream()
                .filter(attempt -> day(attempt).isAfter(day.minusDays(days)))
                .count();
    }

    private static LocalDate day(Past attempt) {
        return attempt.at().atZone(PARIS).toLocalDate();
    }

    /** Calls that youths asked for come at any moment; afterwards the shares of the parts are still made up for. */
    @Property
    void rotationHoldsOnRandomHistories(
            @ForAll("histories") List<Past> past, @ForAll("settings") PlanSettings settings) {
        AttemptPlan plan = plan(settings);
        Set<DayPart> allowed = plan.allowed(past);
        var tried = past.stream()
                .collect(
                        Collectors.groupingBy(attempt -> settings.partOf(attempt.at()), Collectors.summingInt(a -> 1)));
        Set<DayPart> open = plan.leastFilled(plan.parts(), tried);

        assertThat(allowed).isNotEmpty().isSubsetOf(open);
        for (DayPart part : allowed) {
            int level = level(settings, part, tried.getOrDefault(part, 0));
            assertThat(plan.parts()).allMatch(other -> level(settings, other, tried.getOrDefault(other, 0)) >= level);
        }
        if (!past.isEmpty() && !past.getLast().result().invitesRetry() && open.size() > 1) {
            assertThat(allowed).doesNotContain(settings.partOf(past.getLast().at()));
        }
    }

    private static int level(PlanSettings settings, DayPart part, int tried) {
        return tried / settings.weight(part);
    }

    @Provide
    Arbitrary<List<AttemptResult>> results() {
        return Arbitraries.of(Arrays.stream(AttemptResult.values())
                        .filter(AttemptResult::counts)
                        .toList())
                .list()
                .ofSize(10);
    }

    @Provide
    Arbitrary<List<Past>> histories() {
        return Combinators.combine(
                        Arbitraries.longs().between(0, 60L * 24 * 60),
                        Arbitraries.of(AttemptResult.class).filter(AttemptResult::counts))
                .as((minute, result) -> new Past(paris("2026-10-01T00:00").plus(Duration.ofMinutes(minute)), result, 1))
                .list()
                .ofMaxSize(9)
                .map(list ->
                        list.stream().sorted(Comparator.comparing(Past::at)).toList());
    }

    /** What a supervisor may set: no part outweighs the others together. */
    @Provide
    Arbitrary<PlanSettings> settings() {
        var weights = Arbitraries.integers()
                .between(1, 5)
                .list()
                .ofSize(3)
                .filter(w -> w.stream().allMatch(one -> 2 * one <= w.get(0) + w.get(1) + w.get(2)));
        return Combinators.combine(
                        weights,
                        Arbitraries.integers().between(0, 40),
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.integers().between(1, 10),
                        Arbitraries.integers().between(0, 10),
                        Arbitraries.integers().between(0, 50),
                        Arbitraries.of(DayPart.class).injectNull(0.3))
                .as((w, span, day, week, month, explore, first) -> PlanSettings.DEFAULT
                        .with(PlanSetting.WEIGHT_MORNING, w.get(0))
                        .with(PlanSetting.WEIGHT_AFTERNOON, w.get(1))
                        .with(PlanSetting.WEIGHT_EVENING, w.get(2))
                        .with(PlanSetting.SPAN, span)
                        .with(PlanSetting.PER_DAY, day)
                        .with(PlanSetting.PER_DAY_AFTER_BUSY, Math.max(day, 2))
                        .with(PlanSetting.PER_WEEK, week)
                        .with(PlanSetting.PER_MONTH, month)
                        .with(PlanSetting.EXPLORATION, explore)
                        .withFirst(first));
    }
}
