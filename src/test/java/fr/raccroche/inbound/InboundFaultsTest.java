package fr.raccroche.inbound;

import static fr.raccroche.Blocking.answer;
import static fr.raccroche.TestingFloor.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.raccroche.ApplicationTest;
import fr.raccroche.TestingAccounts;
import fr.raccroche.TestingAccounts.Person;
import fr.raccroche.TestingFloor;
import fr.raccroche.TestingMorning;
import fr.raccroche.TestingQueue;
import fr.raccroche.TestingWebhook;
import fr.raccroche.dialing.Agents;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Tokens;
import fr.raccroche.security.Role;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Callers whose call is told twice, who hang up, or whose agent is gone: nobody stays alone on the line. */
@ApplicationTest
class InboundFaultsTest {

    private static final int SPEED = 20;

    @Inject
    TestingAccounts accounts;

    @Inject
    TestingFloor floor;

    @Inject
    Database database;

    @Inject
    Tokens tokens;

    @Inject
    Agents agents;

    @Inject
    InboundSweeper sweeper;

    private TestingReception reception;
    private TestingQueue campaign;

    @BeforeEach
    void campaign() {
        floor.openInTheMorning(SPEED);
        reception = new TestingReception(floor, accounts);
        campaign = reception.campaign();
    }

    /** Whatever the time was, those who come next find a morning. */
    @AfterEach
    void hangUp() {
        floor.close();
        TestingMorning.begin(floor.clock(), 1);
    }

    @Test
    void aCallIsOneCallHoweverOftenItIsTold() throws InterruptedException, ExecutionException {
        long youth = campaign.youth("TO_CALL");
        String number = reception.numberOf(youth);
        reception.agentAtWork();
        reception.agentAtWork();
        Map<String, String> call = call(number);

        List<String> answers = TestingFloor.atOnce(
                8,
                () -> TestingWebhook.genuine("/webhooks/twilio/inbound", call).body());

        awaitConnected(call);
        assertThat(answers)
                .allMatch(answer -> answer.contains("<Conference") || answer.contains("<Redirect"))
                .filteredOn(answer -> answer.contains("<Conference"))
                .satisfies(joined -> assertThat(Set.copyOf(joined)).hasSizeLessThanOrEqualTo(1));
        assertThat(reception.attempts(youth)).isEqualTo(1);
        assertThat(reception.calls("true")).isEqualTo(1);
        assertThat(campaign.count(
                        "select count(*) as n from agent_presence where campaign_id = :campaign and state = 'IN_CALL'",
                        Map.of("campaign", campaign.id())))
                .isEqualTo(1);
    }

    /** An agent whom the dialer looks at in this moment is taken at the next question. */
    private static void awaitConnected(Map<String, String> call) {
        await().atMost(PATIENCE)
                .until(() -> TestingWebhook.genuine("/webhooks/twilio/inbound", call)
                        .body()
                        .contains("<Conference"));
    }

    private Map<String, String> call(String number) {
        return Map.of(
                "CallSid", "CA" + tokens.next(), "From", number, "To", reception.shown(), "CallStatus", "ringing");
    }

    /** Killed after the agent was taken and before Twilio heard of it: Twilio does not know the call any more. */
    @Test
    void anAgentWhoseCallerNeverCameIsFoundOutAndFree() {
        long youth = campaign.youth("TO_CALL");
        String number = reception.numberOf(youth);
        Person agent = reception.agentAtWork();
        awaitConnected(call(number));
        assertThat(TestingDesk.presence(agent)).isEqualTo("IN_CALL");
        Person other = reception.agentAtWork();
        awaitConnected(call("anonymous"));
        assertThat(TestingDesk.presence(other)).isEqualTo("IN_CALL");

        campaign.run(
                "update inbound_call set heard_at = now() - interval '1 hour' where shown = :shown",
                Map.of("shown", reception.shown()));
        answer(sweeper.sweep());

        assertThat(TestingDesk.presence(agent)).isEqualTo("WRAP_UP");
        assertThat(TestingDesk.presence(other)).isEqualTo("WRAP_UP");
        assertThat(TestingDesk.note(agent, TestingDesk.state(agent), "INTERRUPTED"))
                .isEqualTo(204);
        assertThat(reception.place(youth)).containsEntry("state", "TO_CALL").containsEntry("attempts", "0");
        assertThat(reception.calls("ended_at is null")).isZero();

        campaign.run(
                "update inbound_call set heard_at = now() - interval '1 hour' where shown = :shown",
                Map.of("shown", reception.shown()));
        campaign.run(
                "update agent_presence set seen_at = now() - interval '1 hour' where account_id = :agent",
                Map.of("agent", other.account().id()));
        answer(sweeper.sweep());
        assertThat(TestingDesk.presence(other)).isEqualTo("OFFLINE");
    }

    @Test
    void whoHangsUpWhileWaitingHoldsNobodyBack() {
        long youth = campaign.youth("TO_CALL");
        Map<String, String> call = call(reception.numberOf(youth));
        assertThat(TestingWebhook.genuine("/webhooks/twilio/inbound", call).body())
                .contains("<Redirect");
        assertThat(reception.calls("state = 'WAITING' and ended_at is null")).isEqualTo(1);

        var over = new HashMap<>(call);
        over.put("CallStatus", "completed");
        assertThat(TestingWebhook.genuine("/webhooks/twilio/inbound/status", over)
                        .statusCode())
                .isEqualTo(200);
        assertThat(TestingWebhook.genuine("/webhooks/twilio/inbound/status", over)
                        .statusCode())
                .isEqualTo(200);

        assertThat(reception.calls("state = 'WAITING' and ended_at is not null"))
                .isEqualTo(1);
        assertThat(TestingWebhook.genuine("/webhooks/twilio/inbound", call).body())
                .contains("<Hangup");
        long due = campaign.youth("TO_CALL");
        campaign.number(due, "YOUTH");
        campaign.run("update campaign set mode = 'PREVIEW' where id = :id", Map.of("id", campaign.id()));
        campaign.run(
                "update campaign_youth set next_attempt_at = :at where youth_id = :youth",
                Map.of("at", floor.clock().instant().minusSeconds(60), "youth", due));
        assertThat(TestingDesk.awaitState(reception.agentAtWork(), "call").getLong("call.youth.id"))
                .isEqualTo(due);
    }

    @Test
    void anAgentWhoseLineBreaksLeavesNobodyInSilence() {
        Person agent = reception.agentAtWork();
        floor.simulator().receiveCall("+33639984323", reception.shown());
        TestingDesk.awaitState(agent, "caller");
        await().atMost(PATIENCE).until(() -> floor.headsets().getFirst().talk().isPresent());

        floor.headsets().getFirst().disconnect();

        await().atMost(PATIENCE).until(() -> reception.calls("ended_at is not null") == 1);
        TestingDesk.awaitPresence(agent, "WRAP_UP");
    }

    @ParameterizedTest
    @CsvSource({"TO_CALL, false, 1, nous vous rappellerons", "OBJECTED, true, 0, Merci de nous rappeler"})
    void whoIsPutThroughToALineThatDiedUnnoticedHearsASentenceAndIsCalledBackIfTheyMay(
            String state, boolean objected, String asked, String words) {
        long youth = campaign.youth(state);
        if (objected) {
            campaign.objection(youth);
        }
        String number = reception.numberOf(youth);
        long agent = agentWithADeadLine();

        floor.simulator().receiveCall(number, reception.shown());

        await().atMost(PATIENCE).until(() -> reception.calls("ended_at is not null") == 1);
        assertThat(floor.heard(number)).last().asString().contains(words);
        assertThat(campaign.count(
                        "select count(*) as n from call_attempt where youth_id = :youth and result = 'ABANDONED' and n is null",
                        Map.of("youth", youth)))
                .isEqualTo(1);
        assertThat(reception.place(youth))
                .containsEntry("state", objected ? "OBJECTED" : "CALLBACK")
                .containsEntry("asked", asked);
        assertThat(campaign.count(
                        "select count(*) as n from agent_presence where account_id = :agent and audio_sid is null",
                        Map.of("agent", agent)))
                .isEqualTo(1);
    }

    @Test
    void whoNobodyKnowsHearsASentenceTooWhenTheAgentsLineIsDead() {
        agentWithADeadLine();

        floor.simulator().receiveCall("+33639984326", reception.shown());

        await().atMost(PATIENCE).until(() -> reception.calls("ended_at is not null") == 1);
        assertThat(floor.heard("+33639984326")).last().asString().contains("Merci de nous rappeler");
    }

    /** The node that waited for the agent to come back is gone. */
    @Test
    void whoWasLeftAloneByAnAgentAndByThisNodeHearsASentenceLater() {
        floor.clock().start(floor.clock().instant(), 1);
        Person agent = reception.agentAtWork();
        floor.simulator().receiveCall("+33639984327", reception.shown());
        TestingDesk.awaitState(agent, "caller");
        await().atMost(PATIENCE).until(() -> floor.headsets().getFirst().talk().isPresent());
        answer(database.inTransaction(sql -> agents.disconnect(
                sql, agent.account().id(), floor.headsets().getFirst().callSid().orElseThrow())));
        campaign.run(
                "update inbound_call set heard_at = now() - interval '1 hour' where shown = :shown",
                Map.of("shown", reception.shown()));

        answer(sweeper.sweep());

        await().atMost(PATIENCE).until(() -> reception.calls("ended_at is not null") == 1);
        assertThat(floor.heard("+33639984327")).last().asString().contains("Merci de nous rappeler");
    }

    private long agentWithADeadLine() {
        long agent = campaign.account(Role.AGENT, null).id();
        answer(database.inTransaction(sql ->
                agents.connect(sql, agent, "CA" + tokens.next(), floor.clock().instant())));
        floor.ready(campaign, agent);
        return agent;
    }

    @Test
    void aTalkThatBreaksOffStillHasAnOutcomeToBeNoted() {
        long youth = campaign.youth("TO_CALL");
        String number = reception.numberOf(youth);
        Person agent = reception.agentAtWork();
        floor.simulator().receiveCall(number, reception.shown());
        JsonPath state = TestingDesk.awaitState(agent, "call");
        await().atMost(PATIENCE).until(() -> floor.headsets().getFirst().talk().isPresent());
        await().atMost(PATIENCE)
                .until(() -> campaign.count(
                                "select count(*) as n from call_attempt where youth_id = :youth and bridged_at is not null",
                                Map.of("youth", youth))
                        == 1);

        floor.headsets().getFirst().disconnect();

        await().atMost(PATIENCE).until(() -> reception.calls("ended_at is not null") == 1);
        TestingDesk.awaitPresence(agent, "WRAP_UP");
        assertThat(campaign.count(
                        "select count(*) as n from call_attempt where youth_id = :youth and closed_at is null",
                        Map.of("youth", youth)))
                .as("neither settled nor called abandoned")
                .isEqualTo(1);
        assertThat(TestingDesk.note(agent, state, "INTERRUPTED")).isEqualTo(204);
    }
}
