package fr.raccroche.supervision;

import static fr.raccroche.Blocking.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.raccroche.ApplicationTest;
import fr.raccroche.TestingQueue;
import fr.raccroche.campaign.Campaign;
import fr.raccroche.dialing.Agents;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Problem;
import fr.raccroche.queue.YouthState;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@ApplicationTest
class WallboardTest {

    @Inject
    Database database;

    @Inject
    Wallboard wallboard;

    @Inject
    Clock clock;

    @Inject
    ObjectMapper json;

    private Instant now;
    private TestingQueue campaign;

    @BeforeEach
    void campaign() {
        now = clock.instant();
        campaign = new TestingQueue(database, now);
    }

    @Test
    void theFunnelClosesToTheLastYouthAndNamesEveryState() {
        for (var state : YouthState.values()) {
            campaign.youth(state.name());
        }
        campaign.youth("UNREACHABLE");

        var board = answer(wallboard.board(campaign.id()));

        assertThat(board.state().states()).containsOnlyKeys(YouthState.values());
        assertThat(board.funnel().stream().mapToLong(Board.Step::youths).sum())
                .isEqualTo(board.state().youths())
                .isEqualTo(YouthState.values().length + 1);
        assertThat(board.funnel().stream().mapToDouble(Board.Step::share).sum()).isBetween(0.999, 1.001);
    }

    @Test
    void aCampaignWithoutYouthsHasEveryStateAtZero() {
        var state = answer(wallboard.state(campaign.id()));

        assertThat(state.states().values()).hasSize(YouthState.values().length).containsOnly(0L);
        assertThat(state.nextDueAt()).isNull();
        assertThat(state.contactRate()).isZero();
    }

    @Test
    void onlyARunningCampaignHasYouthsToCallNow() {
        campaign.youth("TO_CALL");
        long later = campaign.youth("TO_CALL");
        campaign.run(
                "update campaign_youth set next_attempt_at = :later where youth_id = :youth",
                Map.of("later", now.plus(Duration.ofDays(1)), "youth", later));

        assertThat(answer(wallboard.state(campaign.id())).dueNow()).isEqualTo(1);

        campaign.run("update campaign set state = 'PAUSED' where id = :id", Map.of("id", campaign.id()));
        var paused = answer(wallboard.state(campaign.id()));
        assertThat(paused.dueNow()).isZero();
        assertThat(paused.nextDueAt()).isNotNull();
        assertThat(paused.campaign().state()).isEqualTo(Campaign.State.PAUSED);
    }

    @Test
    void theContactRateIsOfTheAttemptsThatEndedToday() {
        attempt("REFERRAL", now);
        attempt("VOICEMAIL", now);
        attempt("WRONG_NUMBER", now);
        attempt("NO_ANSWER", now);
        attempt("REFERRAL", now.minus(Duration.ofDays(2)));
        long open = campaign.attempt(campaign.youth("IN_CALL"), 1, now);
        campaign.run("update call_attempt set closed_at = null, ended_at = null where id = :id", Map.of("id", open));

        var board = answer(wallboard.board(campaign.id()));

        assertThat(board.state().attemptsToday()).isEqualTo(5);
        assertThat(board.state().contactRate()).isEqualTo(0.25);
        assertThat(board.state().inFlight()).isEqualTo(1);
        assertThat(board.reachedToday()).isEqualTo(1);
        assertThat(board.hours().stream().mapToLong(Board.Hour::attempts).sum()).isEqualTo(5);
    }

    @Test
    void theDayIsThatOfParis() {
        Day day = Day.of(now);
        attempt("REFERRAL", day.start());
        attempt("REFERRAL", day.start().minusMillis(1));
        attempt("REFERRAL", day.end());

        assertThat(answer(wallboard.state(campaign.id())).attemptsToday()).isEqualTo(1);
    }

    @Test
    void lateHandoffsAndThoseWithoutStructureWaitForAPerson() {
        handoff(16);
        handoff(15);

        var board = answer(wallboard.board(campaign.id()));

        assertThat(board.state().overdueHandoffs()).isEqualTo(1);
        assertThat(board.state().referrals()).isEqualTo(2);
        assertThat(board.waiting().unroutedHandoffs()).isEqualTo(2);
        assertThat(board.nothingToDo()).isFalse();
    }

    @Test
    void anAgentAtWorkIsShownAnAbsentOneIsNot() {
        presence("IN_CALL");
        assertThat(answer(wallboard.state(campaign.id())).agents())
                .extracting(CampaignState.Agent::presence)
                .containsExactly(Agents.State.IN_CALL);

        campaign.run(
                "update agent_presence set state = 'OFFLINE' where campaign_id = :id", Map.of("id", campaign.id()));
        assertThat(answer(wallboard.state(campaign.id())).agents()).isEmpty();
    }

    @Test
    void repliesAndCallbacksAreCounted() {
        long youth = campaign.youth("CALLBACK");
        campaign.run("""
                insert into callback (campaign_id, youth_id, due_at, reason, created_at)
                values (:campaign, :youth, :at, 'SMS_REPLY', :at)""", Map.of("campaign", campaign.id(), "youth", youth, "at", now));

        var board = answer(wallboard.board(campaign.id()));

        assertThat(board.state().openCallbacks()).isEqualTo(1);
        assertThat(board.waiting().smsReplies()).isEqualTo(1);
    }

    @Test
    void programsReadTheFieldsOfTheContract() throws JsonProcessingException {
        campaign.youth("TO_CALL");
        presence("READY");

        var tree = json.valueToTree(answer(wallboard.state(campaign.id())));

        assertThat(tree.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "campaign",
                        "youths",
                        "states",
                        "dueNow",
                        "inFlight",
                        "nextDueAt",
                        "attemptsToday",
                        "contactRate",
                        "referrals",
                        "attempts",
                        "overdueHandoffs",
                        "openCallbacks",
                        "outboxPending",
                        "telephony",
                        "agents");
        assertThat(tree.at("/states/TO_CALL").asInt()).isEqualTo(1);
        assertThat(tree.at("/states/UNREACHABLE").asInt(-1)).isZero();
        assertThat(tree.at("/campaign/state").asText()).isEqualTo("RUNNING");
        assertThat(Instant.parse(tree.at("/nextDueAt").asText())).isBeforeOrEqualTo(now);
        assertThat(tree.at("/telephony").asText()).isIn("UP", "DOWN");
        assertThat(tree.at("/agents/0").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("name", "presence", "since");
    }

    @Test
    void aHintComesWhenTheBoardChanged() {
        var first = wallboard.changes(campaign.id()).select().first(2).collect().asList();
        var both = first.subscribeAsCompletionStage();
        campaign.youth("TO_CALL");
        while (!both.isDone()) {
            campaign.youth("TO_CALL");
        }

        assertThat(both.join()).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void anUnknownCampaignDoesNotExist() {
        assertThatThrownBy(() -> answer(wallboard.state(-1)))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(404));
    }

    private void attempt(String result, Instant at) {
        long attempt = campaign.attempt(campaign.youth("REFUSED"), 1, at);
        campaign.run(
                "update call_attempt set result = :result where id = :id", Map.of("result", result, "id", attempt));
    }

    private void presence(String state) {
        campaign.run("""
                insert into agent_presence (account_id, campaign_id, state, since)
                values (:agent, :campaign, :state, :at)""", Map.of("agent", campaign.agent().id(), "campaign", campaign.id(), "state", state, "at", now));
    }

    private void handoff(int daysAgo) {
        long youth = campaign.youth("REFERRED");
        long attempt = campaign.attempt(youth, 1, now);
        long outcome = campaign.referral(youth, attempt, now);
        campaign.run(
                """
                insert into handoff (campaign_id, youth_id, outcome_id, kind, routed_by, agreed_by, agreed_at, due_on)
                values (:campaign, :youth, :outcome, 'CIO', 'QUEUE', 'YOUTH', :now, :due)""",
                Map.of(
                        "campaign", campaign.id(),
                        "youth", youth,
                        "outcome", outcome,
                        "now", now,
                        "due", Day.of(now).date().plusDays(15 - daysAgo)));
    }
}
