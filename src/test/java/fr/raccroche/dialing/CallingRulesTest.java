package fr.raccroche.dialing;

import static fr.raccroche.dialing.TestingFacts.MOBILE;
import static fr.raccroche.dialing.TestingFacts.MOTHER;
import static fr.raccroche.dialing.TestingFacts.NOW;
import static fr.raccroche.dialing.TestingFacts.callable;
import static fr.raccroche.dialing.TestingFacts.forbidden;
import static fr.raccroche.dialing.TestingFacts.in;
import static fr.raccroche.dialing.TestingFacts.inUse;
import static fr.raccroche.dialing.TestingFacts.paris;
import static fr.raccroche.dialing.TestingFacts.past;
import static fr.raccroche.dialing.TestingFacts.rangForOthers;
import static fr.raccroche.dialing.TestingFacts.resting;
import static org.assertj.core.api.Assertions.assertThat;

import fr.raccroche.campaign.AttemptPlan.Past;
import fr.raccroche.campaign.AttemptResult;
import fr.raccroche.campaign.CallingHours;
import fr.raccroche.campaign.Campaign;
import fr.raccroche.campaign.PlanSetting;
import fr.raccroche.campaign.PlanSettings;
import fr.raccroche.dialing.CallingRules.Answer;
import fr.raccroche.dialing.CallingRules.Check;
import fr.raccroche.dialing.CallingRules.Moment;
import fr.raccroche.dialing.CallingRules.Rule;
import fr.raccroche.dialing.CallingRules.Verdict;
import fr.raccroche.queue.YouthState;
import fr.raccroche.youth.NumberOwner;
import fr.raccroche.youth.NumberState;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class CallingRulesTest {

    private static final Duration MARGIN = Duration.ofMinutes(2);
    private static final CallingRules RULES = new CallingRules(MARGIN);
    private static final Phone BUSY = inUse(MOBILE);

    private static final PlanSettings MONTHLY = new PlanSettings(
            Map.of(PlanSetting.PER_MONTH, 4),
            PlanSettings.DEFAULT.afternoonFrom(),
            PlanSettings.DEFAULT.eveningFrom(),
            null);

    /** Three mornings, three afternoons, four evenings. */
    private static final List<Past> TEN = Stream.of(
                    "2026-10-01T18:00",
                    "2026-10-03T11:00",
                    "2026-10-05T15:00",
                    "2026-10-07T18:00",
                    "2026-10-09T11:00",
                    "2026-10-12T15:00",
                    "2026-10-14T18:00",
                    "2026-10-16T11:00",
                    "2026-10-19T15:00",
                    "2026-10-22T18:00")
            .map(CallingRulesTest::silent)
            .toList();

    private static Past silent(String local) {
        return past(local, AttemptResult.NO_ANSWER, MOBILE);
    }

    @Test
    void whenNoRuleSpeaksAgainstItTheFirstNumberRings() {
        assertThat(RULES.decide(callable().facts(), NOW)).isEqualTo(new Verdict.Call(MOBILE));
        assertThat(RULES.refusals(callable().facts(), NOW)).isEmpty();
        assertThat(RULES.nextCallable(callable().facts(), NOW)).isEqualTo(new Moment.At(NOW));
    }

    @Test
    void everyRuleIsAskedInTheOrderOfItsName() {
        assertThat(RULES.checks(callable().facts(), NOW))
                .extracting(Check::rule)
                .containsExactly(Rule.values());
        assertThat(RULES.checks(callable().facts(), NOW)).allMatch(Check::passes);
    }

    static Stream<Arguments> oneRuleEach() {
        LocalDate today = LocalDate.of(2026, 11, 24);
        return Stream.of(
                never(callable().objected(), Rule.OBJECTION),
                never(callable().youth(YouthState.REFERRED), Rule.SETTLED),
                never(callable().withdrawn(), Rule.WITHDRAWN),
                until(
                        callable().born(today.minusYears(16).plusDays(1)),
                        "2026-11-24T10:00",
                        Rule.UNDER_16,
                        "2026-11-25T00:00"),
                event(callable().state(Campaign.State.DRAFT), Rule.CAMPAIGN_NOT_OPEN),
                never(callable().state(Campaign.State.CLOSED), Rule.CAMPAIGN_NOT_OPEN),
                event(callable().state(Campaign.State.PAUSED), Rule.CAMPAIGN_PAUSED),
                until(
                        callable().from(today.plusDays(1), today.plusDays(30)),
                        "2026-11-24T10:00",
                        Rule.CAMPAIGN_DATES,
                        "2026-11-25T00:00"),
                never(callable().from(today.minusDays(30), today.minusDays(1)), Rule.CAMPAIGN_DATES),
                event(callable().inHand(), Rule.IN_HAND),
                until(
                        callable().blocked(today, today.plusDays(1)),
                        "2026-11-24T10:00",
                        Rule.BLOCKED_DAY,
                        "2026-11-26T00:00"),
                until(callable(), "2026-12-25T11:00", Rule.HOLIDAY, "2026-12-26T00:00"),
                until(callable(), "2026-11-24T13:30", Rule.HOURS, "2026-11-24T14:00"),
                until(callable(), "2026-11-24T19:59", Rule.HOURS, "2026-11-25T10:00"),
                until(callable(), "2026-11-28T11:00", Rule.HOURS, "2026-11-30T10:00"),
                until(
                        callable().phones(overseas("+596000000001")),
                        "2026-11-24T11:00",
                        Rule.LOCAL_HOURS,
                        "2026-11-24T14:00"),
                until(
                        callable().phones(overseas("+262000000001")),
                        "2026-11-24T17:30",
                        Rule.LOCAL_HOURS,
                        "2026-11-25T06:00"),
                until(
                        callable().phones(overseas("+33976000017")),
                        "2026-11-24T17:30",
                        Rule.LOCAL_HOURS,
                        "2026-11-25T06:00"),
                never(callable().past(TEN), Rule.ATTEMPTS_USED),
                never(callable().past(TEN.subList(7, 10)).atMost(3), Rule.ATTEMPTS_USED),
                until(
                        callable().elsewhere(Collections.nCopies(15, silent("2026-06-01T11:00"))),
                        "2026-11-24T10:00",
                        Rule.YEAR_CAP,
                        "2027-06-01T00:00"),
                until(
                        callable()
                                .elsewhere(List.of(
                                        silent("2026-11-19T11:00"),
                                        silent("2026-11-20T11:00"),
                                        silent("2026-11-22T11:00"),
                                        silent("2026-11-23T11:00"))),
                        "2026-11-24T10:00",
                        Rule.WEEK_CAP,
                        "2026-11-26T00:00"),
                until(
                        callable().elsewhere(List.of(silent("2026-11-24T10:05"))),
                        "2026-11-24T18:00",
                        Rule.DAY_CAP,
                        "2026-11-25T00:00"),
                until(
                        callable().past(past("2026-11-24T10:05", AttemptResult.BUSY, MOBILE)),
                        "2026-11-24T10:20",
                        Rule.DELAY,
                        "2026-11-24T10:35"),
                until(callable().past(silent("2026-11-23T10:05")), "2026-11-24T18:00", Rule.SPREAD, "2026-11-25T00:00"),
                until(
                        callable().past(silent("2026-11-20T10:05")),
                        "2026-11-24T10:00",
                        Rule.DAY_PART,
                        "2026-11-24T13:00"),
                until(
                        callable().plannedFor(paris("2026-11-24T17:00")),
                        "2026-11-24T10:00",
                        Rule.PLANNED,
                        "2026-11-24T17:00"),
                never(callable().phones(in(MOBILE, NumberState.WRONG)), Rule.NO_NUMBER),
                never(callable().phones(), Rule.NO_NUMBER),
                never(callable().phones(forbidden(MOBILE)), Rule.PREFIX),
                until(
                        callable().refused(paris("2026-10-01T11:00")),
                        "2026-11-24T10:00",
                        Rule.LEFT_ALONE,
                        "2026-11-30T10:00"),
                event(callable().phones(resting(MOBILE, null)), Rule.NUMBER_RESTS),
                until(
                        callable().phones(resting(MOBILE, paris("2026-11-25T09:30")), resting(MOTHER, null)),
                        "2026-11-24T10:00",
                        Rule.NUMBER_RESTS,
                        "2026-11-25T09:30"),
                until(
                        callable().phones(rangForOthers(MOBILE, paris("2026-11-24T09:30"))),
                        "2026-11-24T10:00",
                        Rule.NUMBER_GAP,
                        "2026-11-24T13:30"),
                until(
                        callable().phones(rangForOthers(MOBILE, paris("2026-11-24T09:05"), paris("2026-11-24T13:30"))),
                        "2026-11-24T18:00",
                        Rule.NUMBER_DAY_CAP,
                        "2026-11-25T00:00"),
                event(callable().phones(BUSY), Rule.NUMBER_IN_USE),
                until(
                        callable().textWaiting(paris("2026-11-24T09:50")),
                        "2026-11-24T10:00",
                        Rule.CHANNEL_PENDING,
                        "2026-11-24T10:50"),
                event(callable().replyUnread(), Rule.REPLY_TO_READ),
                event(callable().replyUnread().callbackAsked(), Rule.REPLY_TO_READ),
                until(
                        callable().toldNotBefore(paris("2026-11-24T17:00")),
                        "2026-11-24T10:00",
                        Rule.NAMED_TIME,
                        "2026-11-24T17:00"),
                until(
                        callable().toldNotBefore(paris("2026-11-24T17:00")).callbackAsked(),
                        "2026-11-24T10:00",
                        Rule.NAMED_TIME,
                        "2026-11-24T17:00"));
    }

    private static Arguments never(TestingFacts facts, Rule rule) {
        return Arguments.of(facts, NOW, rule, new Answer.Never());
    }

    private static Arguments event(TestingFacts facts, Rule rule) {
        return Arguments.of(facts, NOW, rule, new Answer.AfterEvent());
    }

    private static Phone overseas(String e164) {
        return TestingFacts.phone(1, e164, NumberOwner.YOUTH);
    }

    private static Arguments until(TestingFacts facts, String now, Rule rule, String until) {
        return Arguments.of(facts, paris(now), rule, new Answer.NotBefore(paris(until)));
    }

    @ParameterizedTest
    @MethodSource("oneRuleEach")
    void eachRuleAloneRefusesAndSaysItsName(TestingFacts facts, Instant now, Rule rule, Answer answer) {
        assertThat(RULES.checks(facts.facts(), now).stream().filter(check -> !check.passes()))
                .containsExactly(new Check(rule, answer));
        @Nullable Instant until = answer instanceof Answer.NotBefore later ? later.at() : null;
        assertThat(RULES.decide(facts.facts(), now)).isEqualTo(new Verdict.Refused(rule, until));
    }

    @ParameterizedTest
    @MethodSource("oneRuleEach")
    void whenThePhoneIsAboutToRingOnlyTheLastRulesAreAsked(TestingFacts facts, Instant now, Rule rule, Answer answer) {
        assertThat(answer).isNotInstanceOf(Answer.Passes.class);
        Phone phone = facts.facts().phone();
        assertThat(RULES.stillAllows(facts.facts(), phone == null ? MOBILE.id() : phone.id(), now))
                .isEqualTo(!rule.isAskedLast());
    }

    @Test
    void whatIsAskedLastIsTheObjectionTheListTheCampaignAndTheNumber() {
        assertThat(Rule.values())
                .filteredOn(Rule::isAskedLast)
                .containsExactly(
                        Rule.OBJECTION,
                        Rule.LEFT_ALONE,
                        Rule.WITHDRAWN,
                        Rule.CAMPAIGN_NOT_OPEN,
                        Rule.CAMPAIGN_PAUSED,
                        Rule.CAMPAIGN_DATES,
                        Rule.BLOCKED_DAY,
                        Rule.HOLIDAY,
                        Rule.HOURS,
                        Rule.NAMED_TIME,
                        Rule.NO_NUMBER,
                        Rule.PREFIX,
                        Rule.NUMBER_RESTS,
                        Rule.REPLY_TO_READ);
    }

    @Test
    void whoseNightIsTheCampaignsDayIsNotWaitedForForEver() {
        var mornings = new CallingHours(
                CallingHours.DEFAULT.days(),
                List.of(
                        new CallingHours.Span(LocalTime.of(9, 0), LocalTime.of(10, 0)),
                        new CallingHours.Span(LocalTime.of(10, 0), LocalTime.of(11, 0))),
                Set.of());
        var facts = callable().hours(mornings).phones(overseas("+596000000001")).facts();

        assertThat(RULES.nextCallable(facts, NOW)).isInstanceOf(Moment.Over.class);
    }

    @Test
    void everyRuleButTheMonthlyOneWhichIsOffHasItsExample() {
        assertThat(oneRuleEach().map(arguments -> arguments.get()[2]))
                .containsAll(EnumSet.complementOf(EnumSet.of(Rule.MONTH_CAP)));
        var month = callable()
                .plan(MONTHLY)
                .elsewhere(List.of(
                        silent("2026-11-02T11:00"),
                        silent("2026-11-05T11:00"),
                        silent("2026-11-09T11:00"),
                        silent("2026-11-13T11:00")));
        assertThat(RULES.decide(month.facts(), NOW))
                .isEqualTo(new Verdict.Refused(Rule.MONTH_CAP, paris("2026-12-02T00:00")));
    }

    @Test
    void rulesSpeakInTheOrderOfTheirNames() {
        var everything = callable()
                .objected()
                .refused(paris("2026-11-20T10:00"))
                .withdrawn()
                .born(LocalDate.of(2015, 1, 1))
                .state(Campaign.State.PAUSED)
                .from(LocalDate.of(2026, 12, 1), LocalDate.of(2026, 12, 24))
                .phones(in(MOBILE, NumberState.WRONG))
                .past(Collections.nCopies(10, silent("2026-11-24T08:00")));

        assertThat(RULES.refusals(everything.facts(), paris("2026-11-24T21:00")).map(Verdict.Refused::rule))
                .containsExactly(
                        Rule.OBJECTION,
                        Rule.LEFT_ALONE,
                        Rule.WITHDRAWN,
                        Rule.UNDER_16,
                        Rule.CAMPAIGN_PAUSED,
                        Rule.CAMPAIGN_DATES,
                        Rule.HOURS,
                        Rule.ATTEMPTS_USED,
                        Rule.WEEK_CAP,
                        Rule.DAY_CAP,
                        Rule.DELAY,
                        Rule.NO_NUMBER);
    }

    @Test
    void aYouthMayBeCalledFromTheSixteenthBirthdayOn() {
        var sixteenToday = callable().born(LocalDate.of(2010, 11, 24));

        assertThat(RULES.decide(sixteenToday.facts(), NOW)).isInstanceOf(Verdict.Call.class);
    }

    /** Turning sixteen while the campaign runs: the first hour of that day, on leap days too, and only if it still runs. */
    @ParameterizedTest
    @CsvSource({"2010-11-25, 2026-11-25T10:00", "2010-11-28, 2026-11-30T10:00", "2012-02-29, ", "2011-11-24, "})
    void whoTurnsSixteenDuringTheCampaignIsCalledFromThenOn(LocalDate born, @Nullable String first) {
        var young = callable().born(born);

        assertThat(RULES.nextCallable(young.facts(), NOW))
                .isEqualTo(first == null ? new Moment.Over(List.of(Rule.CAMPAIGN_DATES)) : new Moment.At(paris(first)));
    }

    @Test
    void aBusyLineMayBeTriedAgainOnTheSameDay() {
        var busy = callable().past(past("2026-11-24T10:05", AttemptResult.BUSY, MOBILE));

        assertThat(RULES.decide(busy.facts(), paris("2026-11-24T10:40"))).isEqualTo(new Verdict.Call(MOBILE));
    }

    @Test
    void whoAskedToBeCalledAgainTodayIsCalledToday() {
        var asked = callable().callbackAsked().past(past("2026-11-24T10:05", AttemptResult.CALLBACK, MOBILE));

        assertThat(RULES.decide(asked.facts(), paris("2026-11-24T10:40"))).isEqualTo(new Verdict.Call(MOBILE));
    }

    @Test
    void aCallThatWasAskedForIsNotMadeBeforeItsTimeNorAgainstTheHardRules() {
        Instant asked = paris("2026-11-24T18:30");

        assertThat(RULES.nextCallable(
                        callable().callbackAsked().plannedFor(asked).facts(), NOW))
                .isEqualTo(new Moment.At(asked));
        assertThat(RULES.nextCallable(
                        callable()
                                .callbackAsked()
                                .plannedFor(paris("2026-11-24T21:00"))
                                .facts(),
                        NOW))
                .isEqualTo(new Moment.At(paris("2026-11-25T10:00")));
        assertThat(RULES.nextCallable(callable().callbackAsked().objected().facts(), NOW))
                .isEqualTo(new Moment.Over(List.of(Rule.OBJECTION)));
    }

    @Test
    void severalReasonsAtOnceGiveTheMomentThatSuitsThemAll() {
        var facts = callable()
                .past(past("2026-12-21T18:00", AttemptResult.NO_ANSWER, MOBILE))
                .blocked(LocalDate.of(2026, 12, 24), LocalDate.of(2026, 12, 28))
                .facts();

        assertThat(RULES.nextCallable(facts, paris("2026-12-23T20:30")))
                .as("Thursday and Monday blocked, Christmas, a weekend")
                .isEqualTo(new Moment.At(paris("2026-12-29T10:00")));
    }

    @Test
    void anEventIsWaitedForTogetherWithTheClock() {
        var facts =
                callable().phones(BUSY).plannedFor(paris("2026-11-24T17:00")).facts();

        assertThat(RULES.nextCallable(facts, NOW))
                .isEqualTo(new Moment.After(List.of(Rule.NUMBER_IN_USE), paris("2026-11-24T17:00")));
    }

    @ParameterizedTest
    @EnumSource(YouthState.class)
    void onlyWhoIsWaitingOrInHandIsOpen(YouthState state) {
        assertThat(RULES.decide(callable().youth(state).facts(), NOW) instanceof Verdict.Call)
                .isNotEqualTo(state.isFinal());
    }
}
