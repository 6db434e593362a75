package fr.raccroche.dialing;

import static fr.raccroche.dialing.TestingFacts.MOBILE;
import static fr.raccroche.dialing.TestingFacts.NOW;
import static fr.raccroche.dialing.TestingFacts.callable;
import static fr.raccroche.dialing.TestingFacts.past;
import static fr.raccroche.dialing.TestingFacts.phone;
import static org.assertj.core.api.Assertions.assertThat;

import fr.raccroche.campaign.AttemptResult;
import fr.raccroche.campaign.BurstBound;
import fr.raccroche.dialing.CallingRules.Verdict;
import fr.raccroche.youth.NumberOwner;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who gets a line, in draws of all kinds: agents who wait, youths with shared numbers, promises, debts and objections. */
class LineupTest {

    private static final CallingRules RULES = new CallingRules(Duration.ofMinutes(2));

    /** One call in twenty is answered, as thousands of them told: more lines than agents from two agents on. */
    private static final BurstBound GENEROUS = new BurstBound(0.03, 0, new BurstBound.Calls(10_000, 500));

    /** Agents are 1, 2, 3 …, and wait in this order. */
    private static List<Long> agents(int waiting) {
        return LongStream.rangeClosed(1, waiting).boxed().toList();
    }

    private static Candidate youth(long id, TestingFacts facts, @Nullable Long promisedBy) {
        return new Candidate(id, facts.facts(), promisedBy);
    }

    private static Candidate youth(long id) {
        return youth(id, callable().phones(number(id)), null);
    }

    private static Phone number(long n) {
        return phone(n, "+3363998%04d".formatted(n), NumberOwner.YOUTH);
    }

    private static BurstLines lines(BurstBound bound, int ringing, int answered) {
        return new BurstLines(bound, new SharedLines(ringing, answered));
    }

    /** Nine numbers for up to twenty youths, so that brothers and sisters meet. */
    @Provide
    static Arbitrary<List<Candidate>> draws() {
        Arbitrary<TestingFacts> facts = Arbitraries.of(
                callable(),
                callable().callbackAsked(),
                callable().past(past("2026-11-20T18:00", AttemptResult.ABANDONED, MOBILE)),
                callable().objected(),
                callable().inHand());
        Arbitrary<Long> promisedBy = Arbitraries.longs().between(1, 6).injectNull(0.8);
        return Combinators.combine(facts, Arbitraries.longs().between(1, 9), promisedBy)
                .as((fact, number, agent) -> youth(0, fact.phones(number(number)), agent))
                .list()
                .ofMaxSize(20)
                .map(LineupTest::numbered);
    }

    private static List<Candidate> numbered(List<Candidate> youths) {
        return LongStream.range(0, youths.size())
                .mapToObj(at -> new Candidate(
                        at + 1,
                        youths.get((int) at).facts(),
                        youths.get((int) at).promisedBy()))
                .toList();
    }

    @Property
    void noAgentHasTwoLinesAndNoNumberRingsTwice(
            @ForAll("draws") List<Candidate> youths,
            @ForAll @IntRange(max = 6) int waiting,
            @ForAll boolean bursts,
            @ForAll @IntRange(max = 4) int ringing,
            @ForAll @IntRange(max = 2) int answered) {
        BurstBound bound = bursts ? GENEROUS : BurstBound.ONE_EACH;

        List<Opening> called = Lineup.of(agents(waiting), youths, lines(bound, ringing, answered), RULES, NOW)
                .called();

        assertThat(called).extracting(opening -> opening.phone().e164()).doesNotHaveDuplicates();
        assertThat(called).extracting(Opening::youthId).doesNotHaveDuplicates();
        assertThat(called)
                .extracting(Opening::agentId)
                .filteredOn(agent -> agent != Attempts.NOBODY)
                .doesNotHaveDuplicates()
                .isSubsetOf(agents(waiting));
    }

    @Property
    void neverMoreRingThanTheBoundAllowsThoseWhoStillWait(
            @ForAll("draws") List<Candidate> youths,
            @ForAll @IntRange(max = 6) int waiting,
            @ForAll @IntRange(max = 4) int ringing,
            @ForAll @IntRange(max = 2) int answered) {
        List<Opening> called = Lineup.of(agents(waiting), youths, lines(GENEROUS, ringing, answered), RULES, NOW)
                .called();

        long shared = called.stream()
                .filter(opening -> opening.agentId() == Attempts.NOBODY)
                .count();
        long free = waiting - (called.size() - shared) - answered;
        if (!called.isEmpty()) {
            assertThat(ringing + shared).isLessThanOrEqualTo(GENEROUS.lines((int) Math.max(0, free)));
        }
    }

    @Property
    void withoutBurstsEachCallHasItsAgent(
            @ForAll("draws") List<Candidate> youths, @ForAll @IntRange(max = 6) int waiting) {
        List<Opening> called = Lineup.of(agents(waiting), youths, BurstLines.ONE_EACH, RULES, NOW)
                .called();

        assertThat(called)
                .hasSizeLessThanOrEqualTo(waiting)
                .extracting(Opening::agentId)
                .doesNotContain(Attempts.NOBODY);
    }

    @Property
    void onlyTheRulesRefuseAndWhoIsCalledWasDueFirst(
            @ForAll("draws") List<Candidate> youths, @ForAll @IntRange(max = 6) int waiting, @ForAll boolean bursts) {
        var lineup =
                Lineup.of(agents(waiting), youths, lines(bursts ? GENEROUS : BurstBound.ONE_EACH, 0, 0), RULES, NOW);

        assertThat(lineup.refused())
                .allMatch(youth -> RULES.decide(youth.facts(), NOW) instanceof Verdict.Refused)
                .isSubsetOf(youths);
        assertThat(lineup.called()).extracting(Opening::youthId).isSorted();
        assertThat(lineup.called())
                .allMatch(opening ->
                        RULES.decide(youths.get((int) opening.youthId() - 1).facts(), NOW) instanceof Verdict.Call);
        assertThat(lineup.refused().size()).isLessThanOrEqualTo(lineup.passedOver());
    }

    @Test
    void whoPromisedTheCallHasIt() {
        var lineup = Lineup.of(
                agents(3),
                List.of(youth(1, callable().phones(number(1)), 2L), youth(2), youth(3)),
                BurstLines.ONE_EACH,
                RULES,
                NOW);

        assertThat(lineup.called()).extracting(Opening::agentId).containsExactly(2L, 1L, 3L);
    }

    @Test
    void aBurstIsNobodysUntilSomebodyAnswersButAPromisedCallHasItsAgent() {
        var lineup = Lineup.of(
                agents(3),
                List.of(youth(1, callable().callbackAsked().phones(number(1)), null), youth(2), youth(3), youth(4)),
                lines(GENEROUS, 0, 0),
                RULES,
                NOW);

        assertThat(lineup.called())
                .extracting(Opening::agentId)
                .containsExactly(1L, Attempts.NOBODY, Attempts.NOBODY, Attempts.NOBODY);
    }

    @Test
    void whereTheLinesEndTheNextLookBegins() {
        var lineup = Lineup.of(
                agents(1),
                List.of(youth(1), youth(2), youth(3, callable().objected(), null)),
                BurstLines.ONE_EACH,
                RULES,
                NOW);

        assertThat(lineup.called()).extracting(Opening::youthId).containsExactly(1L);
        assertThat(lineup.refused()).isEmpty();
        assertThat(lineup.passedOver()).isZero();
    }
}
