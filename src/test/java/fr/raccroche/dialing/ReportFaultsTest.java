package fr.raccroche.dialing;

import static fr.raccroche.Blocking.answer;
import static fr.raccroche.TestingFloor.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.raccroche.ApplicationTest;
import fr.raccroche.TestingFloor;
import fr.raccroche.TestingMorning;
import fr.raccroche.TestingQueue;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Tokens;
import fr.raccroche.simulator.Fault;
import fr.raccroche.simulator.people.Question;
import fr.raccroche.simulator.people.Scenario;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Faults of what Twilio reports of a call: too often, too early, never, too late, forged. F6 to F11. */
@ApplicationTest
class ReportFaultsTest {

    @Inject
    Database database;

    @Inject
    Tokens tokens;

    @Inject
    Agents agents;

    @Inject
    Sweeper sweeper;

    @Inject
    TestingRounds rounds;

    @Inject
    TestingFloor floor;

    private TestingQueue campaign;
    private TestingYouth youth;

    @BeforeEach
    void youthToCall() {
        rounds.awaitTwilio();
        floor.open(floor.next(TestingMorning.BEGINS), TestingYouth.SPEED);
        campaign = floor.campaign(floor.clock().instant());
        youth = new TestingYouth(floor, campaign);
    }

    @AfterEach
    void goodLine() {
        floor.close();
    }

    @Test
    void f6ACallbackThatComesManyTimesChangesOneThing() throws InterruptedException, ExecutionException {
        var call = youth.callAtTwilio(tokens);
        for (int i = 0; i < 3; i++) {
            call.report("initiated", 0);
            call.report("ringing", 1);
        }
        assertThat(TestingFloor.atOnce(20, () -> call.report("no-answer", 2))).containsOnly(204);
        youth.awaitFirst("result", "NO_ANSWER");
        Map<String, String> once = youth.first();
        for (int i = 0; i < 3; i++) {
            call.report("ringing", 1);
            call.report("no-answer", 2);
        }
        youth.awaitEventsRead();

        assertThat(youth.first()).isEqualTo(once);
        assertThat(youth.used()).isEqualTo(1);
        assertThat(campaign.count(
                        "select count(*) as n from call_event where token = :token", Map.of("token", call.token())))
                .isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource(names = {"BUSY", "RINGS_OUT", "NOT_IN_SERVICE"})
    void f8AllCallbacksMayComeBeforeTheAnswerToOurRequest(Scenario scenario) {
        floor.knobs().script(youth.number(), scenario);
        floor.knobs().delayAnswers(Duration.ofSeconds(3));
        floor.agentAtWork(campaign);

        String result = result(scenario);
        youth.awaitFirst("result", result);
        Map<String, String> before = youth.first();
        awaitAnswer();

        assertThat(before).containsEntry("bound", "true");
        assertThat(youth.first()).isEqualTo(before);
        assertThat(youth.attempts()).hasSize(1);
        assertThat(youth.requests()).isEqualTo(1);
    }

    /** Until the request for the call has its answer, and the answer was noted. */
    private void awaitAnswer() {
        await().atMost(PATIENCE).until(() -> campaign.count("""
                        select count(*) as n from outbox where channel = 'calls-to-place'
                        and cast(payload ->> 'attemptId' as bigint) in (select id from call_attempt where youth_id = :youth)""", Map.of("youth", youth.id())) == 0);
    }

    private static String result(Scenario scenario) {
        return switch (scenario) {
            case BUSY -> "BUSY";
            case RINGS_OUT -> "NO_ANSWER";
            case NOT_IN_SERVICE -> "TECHNICAL";
            case PICKS_UP, VOICEMAIL -> "OPEN";
        };
    }

    @ParameterizedTest
    @EnumSource(names = {"BUSY", "RINGS_OUT", "NOT_IN_SERVICE", "PICKS_UP"})
    void f9WithoutAnyCallbackTheSweeperBringsEveryCallToItsEnd(Scenario scenario) {
        floor.knobs().dropCallbacks(100);
        floor.knobs().script(youth.number(), scenario);
        long agent = floor.agentAtWork(campaign);
        youth.awaitFirst("bound", "true");
        if (scenario == Scenario.PICKS_UP) {
            await().atMost(PATIENCE)
                    .until(() -> floor.headsets().getFirst().talk().isPresent());
            floor.headsets().getFirst().talk().orElseThrow().ask(Question.GOODBYE);
        }
        await().atMost(PATIENCE).until(() -> floor.simulator().isQuiet());

        youth.anHourOfSilence(sweeper);

        assertThat(youth.first()).containsEntry("result", result(scenario)).doesNotContainEntry("ended_at", "null");
        assertThat(floor.state(agent))
                .isEqualTo(scenario == Scenario.PICKS_UP ? Agents.State.WRAP_UP : Agents.State.READY);
        assertThat(youth.used()).isEqualTo(scenario == Scenario.NOT_IN_SERVICE ? 0 : 1);
    }

    @Test
    void f9ABrokenLineOfAnAgentIsFoundOutWithoutACallback() {
        long agent = youth.talk();
        floor.knobs().dropCallbacks(100);
        floor.headsets().getFirst().disconnect();

        answer(sweeper.checkLines());

        assertThat(floor.hasLine(agent)).isFalse();
        await().atMost(PATIENCE).until(() -> floor.simulator().isQuiet());
        youth.anHourOfSilence(sweeper);
        assertThat(youth.first()).containsEntry("state", "COMPLETED");
    }

    @Test
    void f9AYouthWhomNobodyCouldTakeLeaveOfIsTakenLeaveOfLater() {
        long agent = youth.talk();
        youth.awaitBridged();
        long failed = failedRequests();
        floor.knobs().failUntil(floor.clock().instant().plus(Duration.ofDays(1)), Fault.INTERNAL_ERROR);
        floor.headsets().getFirst().disconnect();
        await().atMost(PATIENCE).until(() -> !floor.hasLine(agent));
        await("nobody could take leave").atMost(PATIENCE).until(() -> failedRequests() > failed);
        assertThat(floor.simulator().isQuiet())
                .as("the youth is alone on the line")
                .isFalse();
        floor.knobs().reset();

        youth.anHourOfSilence(sweeper);

        await().atMost(PATIENCE).until(() -> floor.simulator().isQuiet());
        youth.awaitFirst("state", "COMPLETED");
    }

    private long failedRequests() {
        return floor.knobs().injected().getOrDefault("failed_requests", 0L);
    }

    @Test
    void f10ACallbackThatIsADayLateTouchesItsOwnAttemptOnly() {
        floor.knobs().script(youth.number(), Scenario.BUSY, Scenario.PICKS_UP);
        floor.knobs().holdCallbacks();
        long agent = floor.agentAtWork(campaign);
        youth.awaitFirst("bound", "true");
        await().atMost(PATIENCE).until(() -> floor.simulator().nextEvent().isEmpty());
        youth.anHourOfSilence(sweeper);
        Map<String, String> yesterday = youth.first();
        assertThat(yesterday).containsEntry("result", "BUSY");

        answer(database.inTransaction(sql -> agents.set(
                sql, agent, campaign.id(), Agents.State.OFFLINE, floor.clock().instant())));
        floor.clock().start(floor.next(TestingMorning.BEGINS), TestingYouth.SPEED);
        floor.agentAtWork(campaign);
        await().atMost(PATIENCE).until(() -> floor.headsets().getLast().talk().isPresent());
        assertThat(youth.attempts().getLast())
                .containsEntry("state", "ANSWERED")
                .containsEntry("n", "2");
        floor.knobs().releaseCallbacks();
        await().atMost(PATIENCE).until(() -> campaign.count("""
                                select count(*) as n from call_event e join call_attempt a on a.token = e.token
                                where a.youth_id = :youth and a.n = 1""", Map.of("youth", youth.id())) > 0);
        youth.awaitEventsRead();

        assertThat(youth.attempts()).hasSize(2).startsWith(yesterday);
        assertThat(youth.attempts().getLast())
                .containsEntry("state", "ANSWERED")
                .containsEntry("result", "OPEN");
        assertThat(youth.used()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(names = {"RINGS_OUT", "PICKS_UP"})
    void f11ForgedCallbacksAreRefusedAndChangeNothing(Scenario scenario) {
        int believed = floor.simulator().forgeriesBelieved();
        floor.knobs().forgeCallbacks(100);
        floor.knobs().script(youth.number(), scenario);
        floor.agentAtWork(campaign);

        if (scenario == Scenario.PICKS_UP) {
            await().atMost(PATIENCE)
                    .until(() -> floor.headsets().getFirst().talk().isPresent());
            youth.awaitEventsRead();
            assertThat(youth.first()).containsEntry("state", "ANSWERED").containsEntry("ended_at", "null");
        } else {
            youth.awaitFirst("result", "NO_ANSWER");
        }
        assertThat(campaign.count(
                        "select count(*) as n from call_event e join call_attempt a on a.token = e.token where a.youth_id = :youth and e.sequence = 99",
                        Map.of("youth", youth.id())))
                .isZero();
        assertThat(floor.knobs().injected()).containsKey("forged_callbacks");
        assertThat(floor.simulator().forgeriesBelieved()).isEqualTo(believed);
    }

    @Test
    void f11AGenuineCallbackThatIsPlayedAgainChangesNothing() {
        var call = youth.callAtTwilio(tokens);
        call.report("ringing", 1);
        call.report("busy", 2);
        youth.awaitFirst("result", "BUSY");
        Map<String, String> before = youth.first();

        assertThat(call.report("busy", 2)).isEqualTo(204);
        assertThat(call.report("ringing", 1)).isEqualTo(204);
        youth.awaitEventsRead();

        assertThat(youth.first()).isEqualTo(before);
        assertThat(youth.used()).isEqualTo(1);
    }
}
