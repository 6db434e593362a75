package fr.raccroche.inbound;

import static fr.raccroche.TestingFloor.PATIENCE;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.raccroche.ApplicationTest;
import fr.raccroche.TestingAccounts;
import fr.raccroche.TestingAccounts.Person;
import fr.raccroche.TestingFloor;
import fr.raccroche.TestingMorning;
import fr.raccroche.TestingNode;
import fr.raccroche.TestingQueue;
import fr.raccroche.security.Role;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** People ring the number that was shown to them, through the simulated network. */
@ApplicationTest
class InboundTest {

    private static final int SPEED = 20;

    @Inject
    TestingAccounts accounts;

    @Inject
    TestingFloor floor;

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
    void aYouthWhoRingsIsPutThroughAndTheirFileOpens() {
        long youth = campaign.youth("TO_CALL");
        String number = reception.numberOf(youth);
        Person agent = reception.agentAtWork();

        floor.simulator().receiveCall(number, reception.shown());

        JsonPath state = TestingDesk.awaitState(agent, "call");
        assertThat(state.getLong("call.youth.id")).isEqualTo(youth);
        assertThat(state.getBoolean("call.inbound")).isTrue();
        assertThat(state.getString("presence")).isEqualTo("IN_CALL");
        await().atMost(PATIENCE).until(() -> floor.headsets().getFirst().talk().isPresent());
        assertThat(reception.place(youth)).containsEntry("state", "IN_CALL").containsEntry("attempts", "0");

        assertThat(TestingDesk.note(agent, state, "NO_REFERRAL")).isEqualTo(204);
        assertThat(reception.place(youth)).containsEntry("state", "NO_REFERRAL").containsEntry("attempts", "0");
        assertThat(campaign.count(
                        "select count(*) as n from call_attempt where youth_id = :youth and inbound and n is null",
                        Map.of("youth", youth)))
                .isEqualTo(1);
        await().atMost(PATIENCE).until(() -> reception.calls("ended_at is not null") == 1);
        assertThat(TestingDesk.presence(agent)).isEqualTo("PAUSED");
    }

    @Test
    void withNoAgentInTheirCampaignACallerIsOfferedToEveryOtherThatShowsTheNumber() {
        long youth = campaign.youth("TO_CALL");
        String number = reception.numberOf(youth);
        TestingQueue other = floor.campaign(floor.clock().instant().plus(Duration.ofDays(30)));
        other.run(
                "update campaign set caller_number = :shown where id = :id",
                Map.of("shown", reception.shown(), "id", other.id()));
        Person agent = accounts.signedIn(Role.AGENT);
        floor.putToWork(other, agent.account().id());

        floor.simulator().receiveCall(number, reception.shown());

        JsonPath state = TestingDesk.awaitState(agent, "call");
        assertThat(state.getLong("call.youth.id")).isEqualTo(youth);
        assertThat(TestingDesk.note(agent, state, "NO_REFERRAL")).isEqualTo(204);
        assertThat(reception.place(youth)).containsEntry("state", "NO_REFERRAL");
    }

    @Test
    void theAgentWhoLastTriedAnswersBeforeThoseWhoWaitLonger() {
        long youth = campaign.youth("TO_CALL");
        Person first = reception.agentAtWork();
        Person tried = reception.agentAtWork();
        long attempt = campaign.attempt(youth, 1, floor.clock().instant().minusSeconds(86_400));
        campaign.run(
                "update call_attempt set agent_id = :agent where id = :id",
                Map.of("agent", tried.account().id(), "id", attempt));
        String number = campaign.ask(
                "select e164 from call_attempt where id = :id", Map.of("id", attempt), row -> row.text("e164"));

        floor.simulator().receiveCall(number, reception.shown());

        assertThat(TestingDesk.awaitState(tried, "call").getLong("call.youth.id"))
                .isEqualTo(youth);
        assertThat(TestingDesk.presence(first)).isEqualTo("READY");
    }

    @Test
    void theAgentChoosesAmongBrothersAndSisters() {
        long sister = campaign.youth("TO_CALL");
        long brother = campaign.youth("TO_CALL");
        String number = reception.numberOf(sister);
        campaign.run("""
                insert into phone_number (youth_id, e164, owner, rank, mobile, source)
                values (:youth, :e164, 'GUARDIAN1', 1, true, 'essai')""", Map.of("youth", brother, "e164", number));
        Person agent = reception.agentAtWork();

        floor.simulator().receiveCall(number, reception.shown());

        JsonPath state = TestingDesk.awaitState(agent, "caller");
        assertThat(state.getList("caller.files.youthId", Long.class)).containsExactlyInAnyOrder(sister, brother);
        assertThat(state.getString("presence")).isEqualTo("IN_CALL");
        var who = new HashMap<String, Object>(Map.of(
                "caller", state.getLong("caller.id"), "campaign", campaign.id(), "youth", brother, "self", "no"));
        assertThat(TestingDesk.post(reception.agentAtWork(), "/desk/caller/identify", who))
                .isEqualTo(409);
        assertThat(TestingDesk.post(agent, "/desk/caller/identify", who)).isEqualTo(204);
        assertThat(TestingDesk.post(agent, "/desk/caller/identify", who))
                .as("said twice")
                .isEqualTo(204);

        JsonPath known = TestingDesk.awaitState(agent, "call");
        assertThat(known.getLong("call.youth.id")).isEqualTo(brother);
        assertThat(known.getString("call.numberOwner")).isEqualTo("GUARDIAN1");
        assertThat(reception.attempts(sister)).isZero();
        assertThat(reception.attempts(brother)).isEqualTo(1);
        assertThat(TestingDesk.note(agent, known, "THIRD_PARTY")).isEqualTo(204);
        assertThat(reception.place(brother)).containsEntry("state", "TO_CALL");
    }

    @Test
    void aNumberNobodyKnowsIsLookedUpByNameAndBirthAndKept() {
        long youth = campaign.youth("TO_CALL");
        campaign.number(youth, "YOUTH");
        campaign.run(
                "update youth set last_name = 'Quenouille', name_key = 'quenouille|lina' where id = :id",
                Map.of("id", youth));
        Person agent = reception.agentAtWork();

        floor.simulator().receiveCall("+33639984321", reception.shown());

        JsonPath state = TestingDesk.awaitState(agent, "caller");
        assertThat(state.getList("caller.files")).isEmpty();
        long caller = state.getLong("caller.id");
        assertThat(search(agent, caller, "Quenouille", "2009-03-14")).contains("Quenouille");
        assertThat(search(agent, caller, "quen", "2009-03-14")).contains("Quenouille");
        assertThat(search(agent, caller, "Quenouille", "2009-03-15")).doesNotContain("Quenouille");
        assertThat(search(agent, caller, "x", "2009-03-14")).contains("Écrivez le nom");
        assertThat(search(agent, caller, "Quenouille", "")).contains("date de naissance");

        assertThat(TestingDesk.post(
                        agent,
                        "/desk/caller/identify",
                        Map.of("caller", caller, "campaign", campaign.id(), "youth", youth, "self", "yes")))
                .isEqualTo(204);
        assertThat(TestingDesk.awaitState(agent, "call").getString("call.number"))
                .isEqualTo("+33639984321");
        assertThat(campaign.count("""
                select count(*) as n from phone_number where youth_id = :youth and e164 = '+33639984321'
                   and owner = 'YOUTH' and rank = 2""", Map.of("youth", youth))).isEqualTo(1);
    }

    private String search(Person agent, long caller, String name, String birth) {
        return given().baseUri(TestingNode.PRODUCT)
                .cookie(TestingAccounts.COOKIE, agent.session())
                .header("Origin", TestingNode.PRODUCT)
                .formParams(Map.of("caller", caller, "name", name, "birthDate", birth))
                .post("/desk/caller/search")
                .asString();
    }

    @Test
    void aHiddenNumberIsAnsweredAndTeachesNothing() {
        long youth = campaign.youth("TO_CALL");
        long phone = campaign.number(youth, "YOUTH");
        Person agent = reception.agentAtWork();

        floor.simulator().receiveCall("anonymous", reception.shown());

        JsonPath state = TestingDesk.awaitState(agent, "caller");
        assertThat(state.getString("caller.number")).isNull();
        assertThat(TestingDesk.post(
                        agent,
                        "/desk/caller/identify",
                        Map.of(
                                "caller",
                                state.getLong("caller.id"),
                                "campaign",
                                campaign.id(),
                                "youth",
                                youth,
                                "self",
                                "yes")))
                .isEqualTo(204);
        JsonPath known = TestingDesk.awaitState(agent, "call");
        assertThat(known.getBoolean("call.hidden")).isTrue();
        assertThat(TestingDesk.note(agent, known, "WRONG_NUMBER")).isEqualTo(204);
        assertThat(campaign.<String>ask(
                        "select state from phone_number where id = :id", Map.of("id", phone), row -> row.text("state")))
                .isEqualTo("UNTRIED");
    }

    @Test
    void somebodyWhoIsNobodysIsLetGo() {
        Person agent = reception.agentAtWork();
        floor.simulator().receiveCall("+33639984322", reception.shown());
        long caller = TestingDesk.awaitState(agent, "caller").getLong("caller.id");

        assertThat(TestingDesk.post(agent, "/desk/caller/dismiss", Map.of("caller", caller)))
                .isEqualTo(204);

        TestingDesk.awaitPresence(agent, "READY");
        assertThat(TestingDesk.state(agent).<Object>get("caller")).isNull();
        await().atMost(PATIENCE).until(() -> reception.calls("ended_at is not null and released_at is not null") == 1);
    }

    @Test
    void outsideTheHoursACallbackIsBookedForTheOpening() {
        floor.clock().start(floor.next(LocalTime.of(21, 0)), SPEED);
        long youth = campaign.youth("TO_CALL");
        String number = reception.numberOf(youth);
        floor.knobs().pressKeys(number, "1");

        floor.simulator().receiveCall(number, reception.shown());

        await().atMost(PATIENCE).until(() -> reception.calls("state = 'CALLBACK' and ended_at is not null") == 1);
        assertThat(reception.place(youth))
                .containsEntry("state", "CALLBACK")
                .containsEntry("asked", "1")
                .containsEntry("next", floor.next(LocalTime.of(10, 0)).toString());
        assertThat(reception.attempts(youth)).isZero();
    }

    @Test
    void whoObjectedIsAnsweredAndNeverPromisedACall() {
        long youth = campaign.youth("OBJECTED");
        campaign.objection(youth);
        String number = reception.numberOf(youth);
        Person agent = reception.agentAtWork();

        floor.simulator().receiveCall(number, reception.shown());
        JsonPath state = TestingDesk.awaitState(agent, "call");
        assertThat(TestingDesk.note(agent, state, "INTERRUPTED")).isEqualTo(204);
        assertThat(reception.place(youth)).containsEntry("state", "OBJECTED");

        floor.knobs().pressKeys(number, "1");
        await().atMost(PATIENCE).until(() -> reception.calls("ended_at is not null") == 1);
        floor.simulator().receiveCall(number, reception.shown());
        await().atMost(PATIENCE).until(() -> reception.calls("state = 'MESSAGE' and ended_at is not null") == 1);
        assertThat(reception.place(youth)).containsEntry("state", "OBJECTED").containsEntry("asked", "0");
    }

    @Test
    void whoeverHasAnswerBeforeKeepsItWhenTheyRingAndSayNothingNew() {
        long youth = campaign.youth("REFERRED");
        String number = reception.numberOf(youth);
        Person agent = reception.agentAtWork();

        floor.simulator().receiveCall(number, reception.shown());
        assertThat(TestingDesk.note(agent, TestingDesk.awaitState(agent, "call"), "INTERRUPTED"))
                .isEqualTo(204);

        assertThat(reception.place(youth)).containsEntry("state", "REFERRED").containsEntry("next", "null");
    }

    @Test
    void aPromiseStandsWhenTheCallThatCameBeforeItSettledNothing() {
        long youth = campaign.youth("TO_CALL");
        String number = reception.numberOf(youth);
        Instant promised = floor.next(LocalTime.of(17, 0)).plus(Duration.ofDays(7));
        campaign.run(
                """
                insert into callback (campaign_id, youth_id, due_at, reason, created_at)
                values (:campaign, :youth, :due, 'ASKED', :now)""",
                Map.of(
                        "campaign",
                        campaign.id(),
                        "youth",
                        youth,
                        "due",
                        promised,
                        "now",
                        floor.clock().instant()));
        campaign.run(
                "update campaign_youth set state = 'CALLBACK', next_attempt_at = :due where youth_id = :youth",
                Map.of("due", promised, "youth", youth));
        Person agent = reception.agentAtWork();

        floor.simulator().receiveCall(number, reception.shown());
        assertThat(TestingDesk.note(agent, TestingDesk.awaitState(agent, "call"), "INTERRUPTED"))
                .isEqualTo(204);

        assertThat(reception.place(youth))
                .containsEntry("state", "CALLBACK")
                .containsEntry("asked", "1")
                .containsEntry("next", promised.toString());
    }

    @Test
    void whoFindsNobodyWaitsAndThenLeavesAMessage() {
        long youth = campaign.youth("TO_CALL");
        String number = reception.numberOf(youth);
        floor.knobs().pressKeys(number, "2");

        floor.simulator().receiveCall(number, reception.shown());
        await().atMost(PATIENCE).until(() -> reception.calls("state = 'WAITING'") == 1);

        await().atMost(PATIENCE).until(() -> reception.calls("state = 'MESSAGE' and recording_sid like 'RE%'") == 1);
        await().atMost(PATIENCE).until(() -> reception.calls("ended_at is not null") == 1);
        assertThat(reception.attempts(youth)).isZero();
        long message = campaign.count(
                "select id as n from inbound_call where shown = :shown", Map.of("shown", reception.shown()));
        Person supervisor = accounts.signedIn(Role.SUPERVISOR);
        String handled = "/messages/" + message + "/handled";
        assertThat(messages(supervisor)).contains(handled).contains("Lina Benali");
        assertThat(TestingDesk.post(supervisor, handled, Map.of())).isEqualTo(303);
        assertThat(messages(supervisor)).doesNotContain(handled);
        assertThat(TestingDesk.post(supervisor, "/messages/0/handled", Map.of()))
                .isEqualTo(404);
    }

    private String messages(Person supervisor) {
        return given().baseUri(TestingNode.PRODUCT)
                .cookie(TestingAccounts.COOKIE, supervisor.session())
                .get("/messages")
                .asString();
    }

    /** The queue is full of people who are due: the caller comes first. */
    @Test
    void whoWaitsOnTheLineGetsTheNextAgentBeforeTheQueue() {
        floor.clock().start(floor.clock().instant(), 4);
        long youth = campaign.youth("TO_CALL");
        String number = reception.numberOf(youth);
        for (int i = 0; i < 3; i++) {
            long due = campaign.youth("TO_CALL");
            campaign.number(due, "YOUTH");
            campaign.run(
                    "update campaign_youth set next_attempt_at = :at where youth_id = :youth",
                    Map.of("at", floor.clock().instant().minusSeconds(60), "youth", due));
        }
        campaign.run("update campaign set mode = 'PREVIEW' where id = :id", Map.of("id", campaign.id()));
        floor.simulator().receiveCall(number, reception.shown());
        await().atMost(PATIENCE).until(() -> reception.calls("state = 'WAITING'") == 1);

        Person agent = reception.agentAtWork();

        assertThat(TestingDesk.awaitState(agent, "call").getLong("call.youth.id"))
                .isEqualTo(youth);
        assertThat(TestingDesk.post(agent, "/desk/presence", Map.of("state", "READY", "campaign", campaign.id())))
                .isEqualTo(204);
    }

    /** The caller's file is with one agent; the others have the queue to call. */
    @Test
    void whoseFileAnAgentHasKeepsNoOtherAgentFromTheQueue() {
        floor.clock().start(floor.clock().instant(), 1);
        long youth = campaign.youth("TO_CALL");
        String number = reception.numberOf(youth);
        campaign.run("""
                insert into phone_number (youth_id, e164, owner, rank, mobile, source)
                values (:youth, '+33639984328', 'GUARDIAN1', 2, true, 'essai')""", Map.of("youth", youth));
        Person first = reception.agentAtWork();
        floor.simulator().receiveCall(number, reception.shown());
        TestingDesk.awaitState(first, "call");
        floor.simulator().receiveCall("+33639984328", reception.shown());
        await().atMost(PATIENCE).until(() -> reception.calls("state = 'WAITING' and not for_any_agent") == 1);
        long due = campaign.youth("TO_CALL");
        campaign.number(due, "YOUTH");
        campaign.run("update campaign set mode = 'PREVIEW' where id = :id", Map.of("id", campaign.id()));
        campaign.run(
                "update campaign_youth set next_attempt_at = :at where youth_id = :youth",
                Map.of("at", floor.clock().instant().minusSeconds(60), "youth", due));

        Person second = reception.agentAtWork();

        assertThat(TestingDesk.awaitState(second, "call").getLong("call.youth.id"))
                .isEqualTo(due);
        assertThat(reception.calls("state = 'WAITING' and ended_at is null")).isEqualTo(1);
    }
}
