package fr.raccroche.dialing;

import static fr.raccroche.dialing.TestingFacts.MOBILE;
import static fr.raccroche.dialing.TestingFacts.MOTHER;
import static fr.raccroche.dialing.TestingFacts.NOW;
import static fr.raccroche.dialing.TestingFacts.callable;
import static fr.raccroche.dialing.TestingFacts.in;
import static fr.raccroche.dialing.TestingFacts.paris;
import static fr.raccroche.dialing.TestingFacts.past;
import static org.assertj.core.api.Assertions.assertThat;

import fr.raccroche.campaign.Campaign;
import fr.raccroche.dialing.CallingRules.Rule;
import fr.raccroche.dialing.CallingRules.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CallingRulesTest {

    private static final Duration MARGIN = Duration.ofMinutes(2);
    private static final CallingRules RULES = new CallingRules(MARGIN);
    private static final List<AttemptPlan.Past> TEN =
            Collections.nCopies(10, past("2026-11-20T11:00", AttemptResult.NO_ANSWER, MOBILE));
    private static final Phone BUSY = new Phone(1, MOBILE.e164(), Phone.Owner.YOUTH, true, Phone.State.VALID, true);

    @Test
    void whenNoRuleSpeaksAgainstItTheFirstNumberRings() {
        assertThat(RULES.decide(callable().facts(), NOW)).isEqualTo(new Verdict.Call(MOBILE));
        assertThat(RULES.refusals(callable().facts(), NOW)).isEmpty();
    }

    static Stream<Arguments> oneRuleEach() {
        LocalDate today = LocalDate.of(2026, 11, 24);
        return Stream.of(
                refused(callable().objected(), NOW, Rule.OBJECTION, null),
                refused(callable().born(today.minusYears(16).plusDays(1)), NOW, Rule.UNDER_16, null),
                refused(callable().state(Campaign.State.DRAFT), NOW, Rule.CAMPAIGN_NOT_RUNNING, null),
                refused(callable().state(Campaign.State.PAUSED), NOW, Rule.CAMPAIGN_NOT_RUNNING, null),
                refused(callable().state(Campaign.State.CLOSED), NOW, Rule.CAMPAIGN_NOT_RUNNING, null),
                refused(
                        callable().from(today.plusDays(1), today.plusDays(30)),
                        NOW,
                        Rule.CAMPAIGN_DATES,
                        paris("2026-11-25T00:00")),
                refused(callable().from(today.minusDays(30), today.minusDays(1)), NOW, Rule.CAMPAIGN_DATES, null),
                refused(callable(), paris("2026-11-24T13:30"), Rule.HOURS, paris("2026-11-24T14:00")),
                refused(callable(), paris("2026-11-24T19:59"), Rule.HOURS, paris("2026-11-25T10:00")),
                refused(callable(), paris("2026-12-25T11:00"), Rule.HOURS, paris("2026-12-28T10:00")),
                refused(callable().past(TEN), NOW, Rule.ATTEMPTS_USED, null),
                refused(callable().past(TEN.subList(0, 3)).atMost(3), NOW, Rule.ATTEMPTS_USED, null),
                refused(callable().phones(in(MOBILE, Phone.State.WRONG)), NOW, Rule.NO_NUMBER, null),
                refused(callable().phones(), NOW, Rule.NO_NUMBER, null),
                refused(
                        callable().past(past("2026-11-24T10:05", AttemptResult.NO_ANSWER, MOBILE)),
                        paris("2026-11-24T18:00"),
                        Rule.ONE_A_DAY,
                        paris("2026-11-25T10:00")),
                refused(callable().phones(BUSY), NOW, Rule.NUMBER_IN_USE, NOW.plus(Duration.ofMinutes(10))));
    }

    private static Arguments refused(TestingFacts facts, Instant now, Rule rule, @Nullable Instant until) {
        return Arguments.of(facts, now, rule, until);
    }

    @ParameterizedTest
    @MethodSource("oneRuleEach")
    void eachRuleAloneRefusesAndSaysItsName(TestingFacts facts, Instant now, Rule rule, @Nullable Instant until) {
        assertThat(RULES.refusals(facts.facts(), now)).containsExactly(new Verdict.Refused(rule, until));
        assertThat(RULES.decide(facts.facts(), now)).isEqualTo(new Verdict.Refused(rule, until));
    }

    @Test
    void rulesSpeakInTheOrderOfTheirNames() {
        var everything = callable()
                .objected()
                .born(LocalDate.of(2015, 1, 1))
                .state(Campaign.State.PAUSED)
                .from(LocalDate.of(2026, 12, 1), LocalDate.of(2026, 12, 24))
                .phones(in(MOBILE, Phone.State.WRONG))
                .past(Collections.nCopies(10, past("2026-11-24T08:00", AttemptResult.NO_ANSWER, MOBILE)));

        assertThat(RULES.refusals(everything.facts(), paris("2026-11-24T21:00")).map(Verdict.Refused::rule))
                .containsExactly(
                        Rule.OBJECTION,
                        Rule.UNDER_16,
                        Rule.CAMPAIGN_NOT_RUNNING,
                        Rule.CAMPAIGN_DATES,
                        Rule.HOURS,
                        Rule.ATTEMPTS_USED,
                        Rule.NO_NUMBER,
                        Rule.ONE_A_DAY);
    }

    @Test
    void aYouthMayBeCalledFromTheSixteenthBirthdayOn() {
        var sixteenToday = callable().born(LocalDate.of(2010, 11, 24));

        assertThat(RULES.decide(sixteenToday.facts(), NOW)).isInstanceOf(Verdict.Call.class);
    }

    @Test
    void aBusyLineMayBeTriedAgainOnTheSameDay() {
        var busy = callable().past(past("2026-11-24T10:05", AttemptResult.BUSY, MOBILE));

        assertThat(RULES.decide(busy.facts(), paris("2026-11-24T10:40"))).isEqualTo(new Verdict.Call(MOBILE));
    }

    @Test
    void whoAskedToBeCalledAgainTodayIsCalledToday() {
        var asked = callable().callbackAsked().past(past("2026-11-24T10:05", AttemptResult.CALLBACK, MOBILE));

        assertThat(RULES.decide(asked.facts(), paris("2026-11-24T18:00"))).isEqualTo(new Verdict.Call(MOBILE));
    }

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
        }
    }

    @Property
    void aRefusalThatWaitsWaitsForLater(@ForAll("anybody") TestingFacts anybody, @ForAll("moments") Instant now) {
        assertThat(RULES.refusals(anybody.facts(), now))
                .allSatisfy(refused -> assertThat(
                                refused.until() == null || refused.until().isAfter(now))
                        .isTrue());
    }

    @Provide
    Arbitrary<TestingFacts> anybody() {
        var flags = Arbitraries.integers().between(0, 7);
        var states = Arbitraries.of(Campaign.State.class);
        var results = Arbitraries.of(AttemptResult.class)
                .filter(AttemptResult::counts)
                .list()
                .ofMaxSize(11);
        var phones = Arbitraries.of(MOBILE, MOTHER, BUSY, in(MOTHER, Phone.State.WRONG))
                .list()
                .ofMaxSize(3);
        return Combinators.combine(flags, states, results, phones).as((flag, state, ended, numbers) -> {
            var facts = callable()
                    .state(flag % 4 == 0 ? state : Campaign.State.RUNNING)
                    .phones(numbers.toArray(Phone[]::new))
                    .past(ended.stream()
                            .map(result -> past("2026-11-24T10:05", result, MOBILE))
                            .toList());
            return flag == 1 ? facts.objected() : flag == 2 ? facts.callbackAsked() : facts;
        });
    }

    /** Around the end of a campaign's first day, and over the whole winter. */
    @Provide
    Arbitrary<Instant> moments() {
        return Arbitraries.oneOf(
                Arbitraries.longs().between(0, 36 * 3600).map(paris("2026-11-24T06:00")::plusSeconds),
                Arbitraries.longs().between(0, 120L * 24 * 3600).map(paris("2026-10-20T00:00")::plusSeconds));
    }
}
