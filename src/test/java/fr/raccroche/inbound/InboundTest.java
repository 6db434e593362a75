package fr.raccroche.inbound;

import static fr.raccroche.Blocking.await;
import static fr.raccroche.platform.FrenchCalendar.PARIS;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.raccroche.ApplicationTest;
import fr.raccroche.TestingAccounts;
import fr.raccroche.TestingAccounts.Person;
import fr.raccroche.TestingNode;
import fr.raccroche.TestingWebhook;
import fr.raccroche.dialing.Agents;
import fr.raccroche.dialing.CallTracker;
import fr.raccroche.dialing.Dialer;
import fr.raccroche.handoff.TestingCampaign;
import fr.raccroche.platform.BusinessClock;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.FrenchCalendar;
import fr.raccroche.platform.Tokens;
import fr.raccroche.security.Role;
import fr.raccroche.simulator.Headset;
import fr.raccroche.simulator.HeardSentence;
import fr.raccroche.simulator.Simulator;
import fr.raccroche.simulator.run.SimulatorLifecycle;
import fr.raccroche.telephony.VoiceTokens;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** People ring the number that was shown to them, through the simulated network. */
@ApplicationTest
class InboundTest {

    private static final AtomicInteger NUMBERS = new AtomicInteger(200);
    private static final int SPEED = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final LocalTime MORNING = LocalTime.of(10, 30);

    @Inject
    Database database;

    @Inject
    TestingAccounts accounts;

    @Inject
    Tokens tokens;

    @Inject
    VoiceTokens voices;

    @Inject
    Agents agents;

    @Inject
    Dialer dialer;

    @Inject
    InboundSweeper sweeper;

    @Inject
    CallTracker tracker;

    @Inject
    SimulatorLifecycle network;

    @Inject
    Clock injected;

    private BusinessClock clock;
    private Simulator simulator;
    private TestingCampaign campaign;
    private String shown = "";
    private final List<Headset> headsets = new ArrayList<>();

    /** Nobody of the campaign is due: what happens comes from those who ring. */
    @BeforeEach
    void campaign() {
        clock = (BusinessClock) injected;
        clock.start(morning(), SPEED);
        simulator = network.simulator().orElseThrow();
        simulator.hangUpAll();
        campaign = new TestingCampaign(database, clock.instant().plus(Duration.ofDays(300)));
        shown = "+3319900%04d".formatted(NUMBERS.incrementAndGet());
        campaign.run("""
                update campaign set caller_number = :shown, starts_on = '2026-09-01', ends_on = '2029-12-31'
                where id = :id""", Map.of("shown", shown, "id", campaign.id()));
    }

    @AfterEach
    void hangUp() {
        campaign.run("update campaign set state = 'CLOSED' where id = :id", Map.of("id", campaign.id()));
        campaign.run(
                "update agent_presence set state = 'OFFLINE', wanted = 'OFFLINE' where campaign_id = :campaign",
                Map.of("campaign", campaign.id()));
        headsets.forEach(Headset::disconnect);
        simulator.hangUpAll();
        simulator.knobs().reset();
        clock.start(morning(), 1);
    }

    /** Now, if it is one; else the next. */
    private Instant morning() {
        ZonedDateTime now = clock.instant().atZone(PARIS);
        boolean is = FrenchCalendar.isWorkingDay(now.toLocalDate())
                && !now.toLocalTime().isBefore(LocalTime.of(10, 5))
                && now.toLocalTime().isBefore(LocalTime.of(12, 30));
        return is ? now.toInstant() : next(MORNING);
    }

    private Instant next(LocalTime time) {
        ZonedDateTime day = clock.instant().atZone(PARIS).with(time);
        while (day.toInstant().isBefore(clock.instant()) || !FrenchCalendar.isWorkingDay(day.toLocalDate())) {
            day = day.plusDays(1).with(time);
        }
        return day.toInstant();
    }

    private Person agentAtWork() {
        Person agent = accounts.signedIn(Role.AGENT);
        long id = agent.account().id();
        headsets.add(simulator.connect(voices.issue(VoiceTokens.identity(id))));
        await().atMost(PATIENCE)
                .until(() -> count(
                                "select count(*) as n from agent_presence where account_id = :agent"
                                        + " and audio_sid is not null",
                                Map.of("agent", id))
                        == 1);
        ready(id);
        return agent;
    }

    private void ready(long agent) {
        await(database.inTransaction(
                sql -> agents.set(sql, agent, campaign.id(), Agents.State.READY, clock.instant())));
        dialer.nudge();
    }

    private long count(String question, Map<String, Object> parameters) {
        return campaign.ask(question, parameters, row -> row.id("n"));
    }

    private String numberOf(long youth) {
        long phone = campaign.number(youth, "YOUTH");
        return campaign.ask(
                "select e164 from phone_number where id = :id", Map.of("id", phone), row -> row.text("e164"));
    }

    private JsonPath desk(Person agent) {
        return given().baseUri(TestingNode.PRODUCT)
                .cookie(TestingAccounts.COOKIE, agent.session())
                .get("/desk/state")
                .jsonPath();
    }

    private JsonPath awaitDesk(Person agent, String path) {
        return await().atMost(PATIENCE).until(() -> desk(agent), state -> state.get(path) != null);
    }

    private int post(Person agent, String path, Map<String, Object> fields) {
        return given().baseUri(TestingNode.PRODUCT)
                .redirects()
                .follow(false)
                .cookie(TestingAccounts.COOKIE, agent.session())
                .header("Origin", TestingNode.PRODUCT)
                .header("Accept", "application/json")
                .formParams(fields)
                .post(path)
                .statusCode();
    }

    private int note(Person agent, JsonPath state, String outcome) {
        return post(
                agent,
                "/desk/outcome",
                Map.of(
                        "attemptId",
                        state.getLong("call.attemptId"),
                        "actionId",
                        state.getString("call.actionId"),
                        "outcome",
                        outcome,
                        "next",
                        "PAUSED"));
    }

    private String presence(Person agent) {
        return desk(agent).getString("presence");
    }

    private void awaitPresence(Person agent, String presence) {
        await().atMost(PATIENCE).until(() -> presence(agent), presence::equals);
    }

    private Map<String, String> place(long youth) {
        return campaign.ask("""
                select state, attempts, next_attempt_at, (select count(*) from callback b where b.youth_id = y.youth_id
                           and b.done_at is null) as asked
                from campaign_youth y where campaign_id = :campaign and youth_id = :youth""", Map.of("campaign", campaign.id(), "youth", youth), row -> {
            var place = new HashMap<String, String>();
            for (String column : List.of("state", "attempts", "asked")) {
                place.put(column, row.text(column));
            }
            place.put("next", String.valueOf(row.instantOrNull("next_attempt_at")));
            return place;
        });
    }

    private long inbound(String where) {
        return count(
                "select count(*) as n from inbound_call where shown = :shown and " + where, Map.of("shown", shown));
    }

    private long attempts(long youth) {
        return count("select count(*) as n from call_attempt where youth_id = :youth", Map.of("youth", youth));
    }

    @Test
    void aYouthWhoRingsIsPutThroughAndTheirFileOpens() {
        long youth = campaign.youth("TO_CALL");
        String number = numberOf(youth);
        Person agent = agentAtWork();

        simulator.receiveCall(number, shown);

        JsonPath state = awaitDesk(agent, "call");
        assertThat(state.getLong("call.youth.id")).isEqualTo(youth);
        assertThat(state.getBoolean("call.inbound")).isTrue();
        assertThat(state.getString("presence")).isEqualTo("IN_CALL");
        await().atMost(PATIENCE).until(() -> headsets.getFirst().talk().isPresent());
        assertThat(place(youth)).containsEntry("state", "IN_CALL").containsEntry("attempts", "0");

        assertThat(note(agent, state, "NO_REFERRAL")).isEqualTo(204);
        assertThat(place(youth)).containsEntry("state", "NO_REFERRAL").containsEntry("attempts", "0");
        assertThat(count(
                        "select count(*) as n from call_attempt where youth_id = :youth and inbound and n is null",
                        Map.of("youth", youth)))
                .isEqualTo(1);
        await().atMost(PATIENCE).until(() -> inbound("ended_at is not null") == 1);
        assertThat(presence(agent)).isEqualTo("PAUSED");
    }

    @Test
    void theAgentWhoLastTriedAnswersBeforeThoseWhoWaitLonger() {
        long youth = campaign.youth("TO_CALL");
        Person first = agentAtWork();
        Person tried = agentAtWork();
        long attempt = campaign.attempt(youth, 1, clock.instant().minusSeconds(86_400));
        campaign.run(
                "update call_attempt set agent_id = :agent where id = :id",
                Map.of("agent", tried.account().id(), "id", attempt));
        String number = campaign.ask(
                "select e164 from call_attempt where id = :id", Map.of("id", attempt), row -> row.text("e164"));

        simulator.receiveCall(number, shown);

        assertThat(awaitDesk(tried, "call").getLong("call.youth.id")).isEqualTo(youth);
        assertThat(presence(first)).isEqualTo("READY");
    }

    @Test
    void theAgentChoosesAmongBrothersAndSisters() {
        long sister = campaign.youth("TO_CALL");
        long brother = campaign.youth("TO_CALL");
        String number = numberOf(sister);
        campaign.run("""
                insert into phone_number (youth_id, e164, owner, rank, mobile, source)
                values (:youth, :e164, 'GUARDIAN1', 1, true, 'essai')""", Map.of("youth", brother, "e164", number));
        Person agent = agentAtWork();

        simulator.receiveCall(number, shown);

        JsonPath state = awaitDesk(agent, "caller");
        assertThat(state.getList("caller.files.youthId", Long.class)).containsExactlyInAnyOrder(sister, brother);
        assertThat(state.getString("presence")).isEqualTo("IN_CALL");
        var who = new HashMap<String, Object>(Map.of(
                "caller", state.getLong("caller.id"), "campaign", campaign.id(), "youth", brother, "self", "no"));
        assertThat(post(agentAtWork(), "/desk/caller/identify", who)).isEqualTo(409);
        assertThat(post(agent, "/desk/caller/identify", who)).isEqualTo(204);
        assertThat(post(agent, "/desk/caller/identify", who)).as("said twice").isEqualTo(204);

        JsonPath known = awaitDesk(agent, "call");
        assertThat(known.getLong("call.youth.id")).isEqualTo(brother);
        assertThat(known.getString("call.numberOwner")).isEqualTo("GUARDIAN1");
        assertThat(attempts(sister)).isZero();
        assertThat(attempts(brother)).isEqualTo(1);
        assertThat(note(agent, known, "THIRD_PARTY")).isEqualTo(204);
        assertThat(place(brother)).containsEntry("state", "TO_CALL");
    }

    @Test
    void aNumberNobodyKnowsIsLookedUpByNameAndBirthAndKept() {
        long youth = campaign.youth("TO_CALL");
        campaign.number(youth, "YOUTH");
        campaign.run(
                "update youth set last_name = 'Quenouille', name_key = 'quenouille|lina' where id = :id",
                Map.of("id", youth));
        Person agent = agentAtWork();

        simulator.receiveCall("+33639984321", shown);

        JsonPath state = awaitDesk(agent, "caller");
        assertThat(state.getList("caller.files")).isEmpty();
        long caller = state.getLong("caller.id");
        assertThat(search(agent, caller, "Quenouille", "2009-03-14")).contains("Quenouille");
        assertThat(search(agent, caller, "quen", "2009-03-14")).contains("Quenouille");
        assertThat(search(agent, caller, "Quenouille", "2009-03-15")).doesNotContain("Quenouille");
        assertThat(search(agent, caller, "x", "2009-03-14")).contains("Écrivez le nom");
        assertThat(search(agent, caller, "Quenouille", "")).contains("date de naissance");

        assertThat(post(
                        agent,
                        "/desk/caller/identify",
                        Map.of("caller", caller, "campaign", campaign.id(), "youth", youth, "self", "yes")))
                .isEqualTo(204);
        assertThat(awaitDesk(agent, "call").getString("call.number")).isEqualTo("+33639984321");
        assertThat(count("""
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
        Person agent = agentAtWork();

        simulator.receiveCall("anonymous", shown);

        JsonPath state = awaitDesk(agent, "caller");
        assertThat(state.getString("caller.number")).isNull();
        assertThat(post(
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
        JsonPath known = awaitDesk(agent, "call");
        assertThat(known.getBoolean("call.hidden")).isTrue();
        assertThat(note(agent, known, "WRONG_NUMBER")).isEqualTo(204);
        assertThat(campaign.<String>ask(
                        "select state from phone_number where id = :id", Map.of("id", phone), row -> row.text("state")))
                .isEqualTo("UNTRIED");
    }

    @Test
    void somebodyWhoIsNobodysIsLetGo() {
        Person agent = agentAtWork();
        simulator.receiveCall("+33639984322", shown);
        long caller = awaitDesk(agent, "caller").getLong("caller.id");

        assertThat(post(agent, "/desk/caller/dismiss", Map.of("caller", caller)))
                .isEqualTo(204);

        awaitPresence(agent, "READY");
        assertThat(desk(agent).<Object>get("caller")).isNull();
        await().atMost(PATIENCE).until(() -> inbound("ended_at is not null and released_at is not null") == 1);
    }

    @Test
    void outsideTheHoursACallbackIsBookedForTheOpening() {
        clock.start(next(LocalTime.of(21, 0)), SPEED);
        long youth = campaign.youth("TO_CALL");
        String number = numberOf(youth);
        simulator.knobs().pressKeys(number, "1");

        simulator.receiveCall(number, shown);

        await().atMost(PATIENCE).until(() -> inbound("state = 'CALLBACK' and ended_at is not null") == 1);
        assertThat(place(youth))
                .containsEntry("state", "CALLBACK")
                .containsEntry("asked", "1")
                .containsEntry("next", next(LocalTime.of(10, 0)).toString());
        assertThat(attempts(youth)).isZero();
    }

    @Test
    void whoObjectedIsAnsweredAndNeverPromisedACall() {
        long youth = campaign.youth("OBJECTED");
        campaign.objection(youth);
        String number = numberOf(youth);
        Person agent = agentAtWork();

        simulator.receiveCall(number, shown);
        JsonPath state = awaitDesk(agent, "call");
        assertThat(note(agent, state, "INTERRUPTED")).isEqualTo(204);
        assertThat(place(youth)).containsEntry("state", "OBJECTED");

        simulator.knobs().pressKeys(number, "1");
        await().atMost(PATIENCE).until(() -> inbound("ended_at is not null") == 1);
        simulator.receiveCall(number, shown);
        await().atMost(PATIENCE).until(() -> inbound("state = 'MESSAGE' and ended_at is not null") == 1);
        assertThat(place(youth)).containsEntry("state", "OBJECTED").containsEntry("asked", "0");
    }

    @Test
    void whoeverHasAnswerBeforeKeepsItWhenTheyRingAndSayNothingNew() {
        long youth = campaign.youth("REFERRED");
        String number = numberOf(youth);
        Person agent = agentAtWork();

        simulator.receiveCall(number, shown);
        assertThat(note(agent, awaitDesk(agent, "call"), "INTERRUPTED")).isEqualTo(204);

        assertThat(place(youth)).containsEntry("state", "REFERRED").containsEntry("next", "null");
    }

    @Test
    void aPromiseStandsWhenTheCallThatCameBeforeItSettledNothing() {
        long youth = campaign.youth("TO_CALL");
        String number = numberOf(youth);
        Instant promised = next(LocalTime.of(17, 0)).plus(Duration.ofDays(7));
        campaign.run("""
                insert into callback (campaign_id, youth_id, due_at, reason, created_at)
                values (:campaign, :youth, :due, 'ASKED', :now)""", Map.of("campaign", campaign.id(), "youth", youth, "due", promised, "now", clock.instant()));
        campaign.run(
                "update campaign_youth set state = 'CALLBACK', next_attempt_at = :due where youth_id = :youth",
                Map.of("due", promised, "youth", youth));
        Person agent = agentAtWork();

        simulator.receiveCall(number, shown);
        assertThat(note(agent, awaitDesk(agent, "call"), "INTERRUPTED")).isEqualTo(204);

        assertThat(place(youth))
                .containsEntry("state", "CALLBACK")
                .containsEntry("asked", "1")
                .containsEntry("next", promised.toString());
    }

    @Test
    void whoFindsNobodyWaitsAndThenLeavesAMessage() {
        long youth = campaign.youth("TO_CALL");
        String number = numberOf(youth);
        simulator.knobs().pressKeys(number, "2");

        simulator.receiveCall(number, shown);
        await().atMost(PATIENCE).until(() -> inbound("state = 'WAITING'") == 1);

        await().atMost(PATIENCE).until(() -> inbound("state = 'MESSAGE' and recording_sid like 'RE%'") == 1);
        await().atMost(PATIENCE).until(() -> inbound("ended_at is not null") == 1);
        assertThat(attempts(youth)).isZero();
        long message = count("select id as n from inbound_call where shown = :shown", Map.of("shown", shown));
        Person supervisor = accounts.signedIn(Role.SUPERVISOR);
        String handled = "/messages/" + message + "/handled";
        assertThat(messages(supervisor)).contains(handled).contains("Lina Benali");
        assertThat(post(supervisor, handled, Map.of())).isEqualTo(303);
        assertThat(messages(supervisor)).doesNotContain(handled);
        assertThat(post(supervisor, "/messages/0/handled", Map.of())).isEqualTo(404);
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
        clock.start(clock.instant(), 4);
        long youth = campaign.youth("TO_CALL");
        String number = numberOf(youth);
        for (int i = 0; i < 3; i++) {
            long due = campaign.youth("TO_CALL");
            campaign.number(due, "YOUTH");
            campaign.run(
                    "update campaign_youth set next_attempt_at = :at where youth_id = :youth",
                    Map.of("at", clock.instant().minusSeconds(60), "youth", due));
        }
        campaign.run("update campaign set mode = 'PREVIEW' where id = :id", Map.of("id", campaign.id()));
        simulator.receiveCall(number, shown);
        await().atMost(PATIENCE).until(() -> inbound("state = 'WAITING'") == 1);

        Person agent = agentAtWork();

        assertThat(awaitDesk(agent, "call").getLong("call.youth.id")).isEqualTo(youth);
        assertThat(post(agent, "/desk/presence", Map.of("state", "READY", "campaign", campaign.id())))
                .isEqualTo(204);
    }

    /** The caller's file is with one agent; the others have the queue to call. */
    @Test
    void whoseFileAnAgentHasKeepsNoOtherAgentFromTheQueue() {
        clock.start(clock.instant(), 1);
        long youth = campaign.youth("TO_CALL");
        String number = numberOf(youth);
        campaign.run("""
                insert into phone_number (youth_id, e164, owner, rank, mobile, source)
                values (:youth, '+33639984328', 'GUARDIAN1', 2, true, 'essai')""", Map.of("youth", youth));
        Person first = agentAtWork();
        simulator.receiveCall(number, shown);
        awaitDesk(first, "call");
        simulator.receiveCall("+33639984328", shown);
        await().atMost(PATIENCE).until(() -> inbound("state = 'WAITING' and not for_any_agent") == 1);
        long due = campaign.youth("TO_CALL");
        campaign.number(due, "YOUTH");
        campaign.run("update campaign set mode = 'PREVIEW' where id = :id", Map.of("id", campaign.id()));
        campaign.run(
                "update campaign_youth set next_attempt_at = :at where youth_id = :youth",
                Map.of("at", clock.instant().minusSeconds(60), "youth", due));

        Person second = agentAtWork();

        assertThat(awaitDesk(second, "call").getLong("call.youth.id")).isEqualTo(due);
        assertThat(inbound("state = 'WAITING' and ended_at is null")).isEqualTo(1);
    }

    @Test
    void aCallIsOneCallHoweverOftenItIsTold() throws InterruptedException, ExecutionException {
        long youth = campaign.youth("TO_CALL");
        String number = numberOf(youth);
        agentAtWork();
        agentAtWork();
        Map<String, String> call = call(number);

        var answers = new ArrayList<String>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var posts = new ArrayList<Future<String>>();
            for (int i = 0; i < 8; i++) {
                posts.add(threads.submit(() ->
                        TestingWebhook.genuine("/webhooks/twilio/inbound", call).body()));
            }
            for (Future<String> post : posts) {
                answers.add(post.get());
            }
        }

        awaitConnected(call);
        assertThat(answers)
                .allMatch(answer -> answer.contains("<Conference") || answer.contains("<Redirect"))
                .filteredOn(answer -> answer.contains("<Conference"))
                .satisfies(joined -> assertThat(Set.copyOf(joined)).hasSizeLessThanOrEqualTo(1));
        assertThat(attempts(youth)).isEqualTo(1);
        assertThat(inbound("true")).isEqualTo(1);
        assertThat(count(
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
        return Map.of("CallSid", "CA" + tokens.next(), "From", number, "To", shown, "CallStatus", "ringing");
    }

    /** Killed after the agent was taken and before Twilio heard of it: Twilio does not know the call any more. */
    @Test
    void anAgentWhoseCallerNeverCameIsFoundOutAndFree() {
        long youth = campaign.youth("TO_CALL");
        String number = numberOf(youth);
        Person agent = agentAtWork();
        awaitConnected(call(number));
        assertThat(presence(agent)).isEqualTo("IN_CALL");
        Person other = agentAtWork();
        awaitConnected(call("anonymous"));
        assertThat(presence(other)).isEqualTo("IN_CALL");

        campaign.run(
                "update inbound_call set heard_at = now() - interval '1 hour' where shown = :shown",
                Map.of("shown", shown));
        await(sweeper.sweep());

        assertThat(presence(agent)).isEqualTo("WRAP_UP");
        assertThat(presence(other)).isEqualTo("WRAP_UP");
        assertThat(note(agent, desk(agent), "INTERRUPTED")).isEqualTo(204);
        assertThat(place(youth)).containsEntry("state", "TO_CALL").containsEntry("attempts", "0");
        assertThat(inbound("ended_at is null")).isZero();

        campaign.run(
                "update inbound_call set heard_at = now() - interval '1 hour' where shown = :shown",
                Map.of("shown", shown));
        campaign.run(
                "update agent_presence set seen_at = now() - interval '1 hour' where account_id = :agent",
                Map.of("agent", other.account().id()));
        await(sweeper.sweep());
        assertThat(presence(other)).isEqualTo("OFFLINE");
    }

    @Test
    void whoHangsUpWhileWaitingHoldsNobodyBack() {
        long youth = campaign.youth("TO_CALL");
        Map<String, String> call = call(numberOf(youth));
        assertThat(TestingWebhook.genuine("/webhooks/twilio/inbound", call).body())
                .contains("<Redirect");
        assertThat(inbound("state = 'WAITING' and ended_at is null")).isEqualTo(1);

        var over = new HashMap<>(call);
        over.put("CallStatus", "completed");
        assertThat(TestingWebhook.genuine("/webhooks/twilio/inbound/status", over)
                        .statusCode())
                .isEqualTo(200);
        assertThat(TestingWebhook.genuine("/webhooks/twilio/inbound/status", over)
                        .statusCode())
                .isEqualTo(200);

        assertThat(inbound("state = 'WAITING' and ended_at is not null")).isEqualTo(1);
        assertThat(TestingWebhook.genuine("/webhooks/twilio/inbound", call).body())
                .contains("<Hangup");
        long due = campaign.youth("TO_CALL");
        campaign.number(due, "YOUTH");
        campaign.run("update campaign set mode = 'PREVIEW' where id = :id", Map.of("id", campaign.id()));
        campaign.run(
                "update campaign_youth set next_attempt_at = :at where youth_id = :youth",
                Map.of("at", clock.instant().minusSeconds(60), "youth", due));
        assertThat(awaitDesk(agentAtWork(), "call").getLong("call.youth.id")).isEqualTo(due);
    }

    @Test
    void anAgentWhoseLineBreaksLeavesNobodyInSilence() {
        Person agent = agentAtWork();
        simulator.receiveCall("+33639984323", shown);
        awaitDesk(agent, "caller");
        await().atMost(PATIENCE).until(() -> headsets.getFirst().talk().isPresent());

        headsets.getFirst().disconnect();

        await().atMost(PATIENCE).until(() -> inbound("ended_at is not null") == 1);
        awaitPresence(agent, "WRAP_UP");
    }

    @ParameterizedTest
    @CsvSource({"TO_CALL, false, 1, nous vous rappellerons", "OBJECTED, true, 0, Merci de nous rappeler"})
    void whoIsPutThroughToALineThatDiedUnnoticedHearsASentenceAndIsCalledBackIfTheyMay(
            String state, boolean objected, String asked, String words) {
        long youth = campaign.youth(state);
        if (objected) {
            campaign.objection(youth);
        }
        String number = numberOf(youth);
        long agent = agentWithADeadLine();

        simulator.receiveCall(number, shown);

        await().atMost(PATIENCE).until(() -> inbound("ended_at is not null") == 1);
        assertThat(heard(number)).last().asString().contains(words);
        assertThat(count(
                        "select count(*) as n from call_attempt where youth_id = :youth and result = 'ABANDONED' and n is null",
                        Map.of("youth", youth)))
                .isEqualTo(1);
        assertThat(place(youth))
                .containsEntry("state", objected ? "OBJECTED" : "CALLBACK")
                .containsEntry("asked", asked);
        assertThat(count(
                        "select count(*) as n from agent_presence where account_id = :agent and audio_sid is null",
                        Map.of("agent", agent)))
                .isEqualTo(1);
    }

    @Test
    void whoNobodyKnowsHearsASentenceTooWhenTheAgentsLineIsDead() {
        agentWithADeadLine();

        simulator.receiveCall("+33639984326", shown);

        await().atMost(PATIENCE).until(() -> inbound("ended_at is not null") == 1);
        assertThat(heard("+33639984326")).last().asString().contains("Merci de nous rappeler");
    }

    /** The node that waited for the agent to come back is gone. */
    @Test
    void whoWasLeftAloneByAnAgentAndByThisNodeHearsASentenceLater() {
        clock.start(clock.instant(), 1);
        Person agent = agentAtWork();
        simulator.receiveCall("+33639984327", shown);
        awaitDesk(agent, "caller");
        await().atMost(PATIENCE).until(() -> headsets.getFirst().talk().isPresent());
        await(database.inTransaction(sql -> agents.disconnect(
                sql, agent.account().id(), headsets.getFirst().callSid().orElseThrow())));
        campaign.run(
                "update inbound_call set heard_at = now() - interval '1 hour' where shown = :shown",
                Map.of("shown", shown));

        await(sweeper.sweep());

        await().atMost(PATIENCE).until(() -> inbound("ended_at is not null") == 1);
        assertThat(heard("+33639984327")).last().asString().contains("Merci de nous rappeler");
    }

    private long agentWithADeadLine() {
        long agent = campaign.account(Role.AGENT, null).id();
        await(database.inTransaction(sql -> agents.connect(sql, agent, "CA" + tokens.next(), clock.instant())));
        ready(agent);
        return agent;
    }

    private List<String> heard(String number) {
        return simulator.ledger().heard().stream()
                .filter(said -> said.number().equals(number))
                .map(HeardSentence::text)
                .toList();
    }

    @Test
    void aTalkThatBreaksOffStillHasAnOutcomeToBeNoted() {
        long youth = campaign.youth("TO_CALL");
        String number = numberOf(youth);
        Person agent = agentAtWork();
        simulator.receiveCall(number, shown);
        JsonPath state = awaitDesk(agent, "call");
        await().atMost(PATIENCE).until(() -> headsets.getFirst().talk().isPresent());
        await().atMost(PATIENCE)
                .until(() -> count(
                                "select count(*) as n from call_attempt where youth_id = :youth and bridged_at is not null",
                                Map.of("youth", youth))
                        == 1);

        headsets.getFirst().disconnect();

        await().atMost(PATIENCE).until(() -> inbound("ended_at is not null") == 1);
        awaitPresence(agent, "WRAP_UP");
        assertThat(count(
                        "select count(*) as n from call_attempt where youth_id = :youth and closed_at is null",
                        Map.of("youth", youth)))
                .as("neither settled nor called abandoned")
                .isEqualTo(1);
        assertThat(note(agent, state, "INTERRUPTED")).isEqualTo(204);
    }
}
