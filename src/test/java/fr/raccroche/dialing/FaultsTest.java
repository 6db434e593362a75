package fr.raccroche.dialing;

import static fr.raccroche.Blocking.await;
import static fr.raccroche.platform.FrenchCalendar.PARIS;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.raccroche.ApplicationTest;
import fr.raccroche.TestingAccounts;
import fr.raccroche.TestingAccounts.Person;
import fr.raccroche.TestingLog;
import fr.raccroche.TestingNode;
import fr.raccroche.TestingWebhook;
import fr.raccroche.campaign.AttemptResult;
import fr.raccroche.campaign.Campaigns;
import fr.raccroche.handoff.TestingCampaign;
import fr.raccroche.inbound.CallsIn;
import fr.raccroche.platform.BusinessClock;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.FrenchCalendar;
import fr.raccroche.platform.Sql;
import fr.raccroche.platform.Tokens;
import fr.raccroche.security.Role;
import fr.raccroche.simulator.Fault;
import fr.raccroche.simulator.Headset;
import fr.raccroche.simulator.HeardSentence;
import fr.raccroche.simulator.Knobs;
import fr.raccroche.simulator.Moment;
import fr.raccroche.simulator.Ring;
import fr.raccroche.simulator.Simulator;
import fr.raccroche.simulator.people.Question;
import fr.raccroche.simulator.people.Scenario;
import fr.raccroche.simulator.run.SimulatorLifecycle;
import fr.raccroche.telephony.Calls;
import fr.raccroche.telephony.VoiceTokens;
import fr.raccroche.youth.YouthMessages;
import io.smallrye.mutiny.Uni;
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
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The faults of the network, each played by the simulated one against the running application. What the phones did is
 * read from the simulator's ledger, what became of the attempt from the database.
 *
 * <pre>
 * F1   killed before the POST               KillIT
 * F2   killed before the SID was stored     KillIT
 * F3   500, 503, before and after           here
 * F4   time-out, closed, unreadable 201     here; one POST whatever happens: TwilioConnectionTest
 * F5   429 for a while                      here
 * F6   every callback several times         here; WebhookTest
 * F7   callbacks in every order             CallTrackerTest
 * F8   callbacks before our 201             here
 * F9   no callback at all                   here
 * F10  a callback a day late                here
 * F11  forged and replayed callbacks        here; WebhookTest
 * F12  the database is away                 OutageIT; what who answers meanwhile hears: here
 * F13  the answer to COMMIT is lost         FaultIT
 * F16  double click                         here; DeskTest
 * F17  two agents, one youth                here; ClaimTest; FaultIT with two nodes
 * F18  the agent is gone when somebody answers   here
 * F22  clock changes                        CallingHoursTest, DeadlineTest; KillIT and OutageIT run in Auckland's zone
 * F23  the clock jumps                      here
 * F30  STOP before our own news of a text   here; StopTest
 * F31  unknown and shared numbers           here
 * </pre>
 */
@ApplicationTest
class FaultsTest {

    private static final String SHOWN = "+33199000100";
    private static final String TEXTING = "+33639989900";
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
    YouthMessages words;

    @Inject
    Agents agents;

    @Inject
    Dialer dialer;

    @Inject
    Claims claims;

    @Inject
    Attempts attempts;

    @Inject
    Queue queue;

    @Inject
    CallsIn inbound;

    @Inject
    Settlement settlement;

    @Inject
    Campaigns campaigns;

    @Inject
    Sweeper sweeper;

    @Inject
    TestingRounds rounds;

    @Inject
    TwilioWatch watch;

    @Inject
    Calls calls;

    @Inject
    SimulatorLifecycle network;

    @Inject
    Clock injected;

    private BusinessClock clock;
    private Simulator simulator;
    private Knobs knobs;
    private TestingCampaign campaign;
    private long youth;
    private String number = "";
    private final List<Headset> headsets = new ArrayList<>();

    @BeforeEach
    void youthToCall() {
        await().atMost(PATIENCE).until(() -> watch.isUp());
        clock = (BusinessClock) injected;
        clock.start(nextMorning(), SPEED);
        simulator = network.simulator().orElseThrow();
        simulator.hangUpAll();
        knobs = simulator.knobs();
        campaign = campaign();
        youth = campaign.youth("TO_CALL");
        number = numberOf(campaign.number(youth, "YOUTH"));
    }

    /** Nobody waits for a call any more, and the network works. */
    @AfterEach
    void goodLine() {
        campaign.run("update campaign set state = 'CLOSED' where id = :id", Map.of("id", campaign.id()));
        campaign.run(
                "update agent_presence set state = 'OFFLINE', wanted = 'OFFLINE' where campaign_id = :campaign",
                Map.of("campaign", campaign.id()));
        headsets.forEach(Headset::disconnect);
        simulator.hangUpAll();
        knobs.reset();
        clock.start(clock.instant(), 1);
    }

    private Instant nextMorning() {
        ZonedDateTime day = clock.instant().atZone(PARIS).with(MORNING);
        while (day.toInstant().isBefore(clock.instant()) || !FrenchCalendar.isWorkingDay(day.toLocalDate())) {
            day = day.plusDays(1).with(MORNING);
        }
        return day.toInstant();
    }

    private TestingCampaign campaign() {
        var made = new TestingCampaign(database, clock.instant());
        made.run("""
                update campaign set caller_number = :shown, sms_sender = :texting, starts_on = '2026-09-01',
                       ends_on = '2029-12-31' where id = :id""", Map.of("shown", SHOWN, "texting", TEXTING, "id", made.id()));
        return made;
    }

    private String numberOf(long phone) {
        return campaign.ask(
                "select e164 from phone_number where id = :id", Map.of("id", phone), row -> row.text("e164"));
    }

    /** An agent with a headset on, waiting for a call of this campaign. */
    private long agentAtWork() {
        long agent = campaign.account(Role.AGENT, null).id();
        headsets.add(simulator.connect(voices.issue(VoiceTokens.identity(agent))));
        await().atMost(PATIENCE).until(() -> hasLine(agent));
        await(database.inTransaction(
                sql -> agents.set(sql, agent, campaign.id(), Agents.State.READY, clock.instant())));
        dialer.nudge();
        return agent;
    }

    /** The attempts of the youth, oldest first. */
    private List<Map<String, String>> attempts() {
        return rows("""
                select id, state, coalesce(result, 'OPEN') as result, n, call_sid is not null as bound, rang_at, answered_at,
                       ended_at, closed_at
                from call_attempt where youth_id = :youth order by id""", Map.of("youth", youth));
    }

    private List<Map<String, String>> rows(String question, Map<String, Object> parameters) {
        return await(database.inTransaction(sql -> {
            var query = sql.query(question);
            parameters.forEach(query::set);
            return query.list(row -> {
                var all = new HashMap<String, String>();
                for (String column : List.of(
                        "id", "state", "result", "n", "bound", "rang_at", "answered_at", "ended_at", "closed_at")) {
                    all.put(column, String.valueOf(row.get(column)));
                }
                return all;
            });
        }));
    }

    private Map<String, String> first() {
        List<Map<String, String>> all = attempts();
        return all.isEmpty() ? Map.of() : all.getFirst();
    }

    private void awaitFirst(String column, String value) {
        await().atMost(PATIENCE).until(() -> first().getOrDefault(column, ""), value::equals);
    }

    private long count(String question, Map<String, Object> parameters) {
        return campaign.ask(question, parameters, row -> row.id("n"));
    }

    private long used() {
        return count(
                "select attempts as n from campaign_youth where campaign_id = :campaign and youth_id = :youth",
                Map.of("campaign", campaign.id(), "youth", youth));
    }

    private String place() {
        return campaign.ask(
                "select state from campaign_youth where campaign_id = :campaign and youth_id = :youth",
                Map.of("campaign", campaign.id(), "youth", youth),
                row -> row.text("state"));
    }

    private List<Ring> rings() {
        return simulator.ledger().rings().stream()
                .filter(ring -> ring.number().equals(number))
                .toList();
    }

    private int requests() {
        return simulator.ledger().requestsFor(number);
    }

    /** As if nothing had been heard for an hour; a lease that ran out is so long ago that even the grace time is over. */
    private void anHourOfSilence() {
        campaign.run("""
                update call_attempt set changed_at = now() - interval '1 hour', lease_until = now() - interval '1 hour'
                where youth_id = :youth and ended_at is null""", Map.of("youth", youth));
        await(sweeper.sweep());
    }

    @ParameterizedTest
    @EnumSource(names = {"INTERNAL_ERROR", "UNAVAILABLE"})
    void f3AnErrorBeforeTheCallExistsIsAnAttemptWithoutARing(Fault fault) {
        knobs.failNext(1, fault, Moment.BEFORE_CREATION);
        agentAtWork();

        awaitFirst("state", "UNKNOWN");
        anHourOfSilence();

        assertThat(first())
                .containsEntry("state", "LOST")
                .containsEntry("result", "LOST")
                .containsEntry("n", "1");
        assertThat(requests()).isEqualTo(1);
        assertThat(rings()).isEmpty();
        assertThat(place()).isEqualTo("TO_CALL");
    }

    @ParameterizedTest
    @CsvSource({"INTERNAL_ERROR, 0", "UNAVAILABLE, 0", "INTERNAL_ERROR, 100", "UNAVAILABLE, 100"})
    void f3AnErrorAfterTheCallExistsIsThatCall(Fault fault, int callbacksLost) {
        knobs.script(number, Scenario.BUSY);
        knobs.failNext(1, fault, Moment.AFTER_CREATION);
        knobs.dropCallbacks(callbacksLost);
        agentAtWork();

        if (callbacksLost == 0) {
            awaitFirst("result", "BUSY");
        } else {
            awaitFirst("state", "UNKNOWN");
            await().atMost(PATIENCE).until(() -> simulator.isQuiet());
            anHourOfSilence();
        }

        assertThat(first())
                .containsEntry("result", "BUSY")
                .containsEntry("n", "1")
                .containsEntry("bound", "true");
        assertThat(requests()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "HANG, AFTER_CREATION, BUSY",
        "HANG, BEFORE_CREATION, LOST",
        "CLOSE, AFTER_CREATION, BUSY",
        "CLOSE, BEFORE_CREATION, LOST",
        "GARBAGE, AFTER_CREATION, BUSY"
    })
    void f4AnAnswerThatNeverComesOrCannotBeReadLeavesOneRequest(Fault fault, Moment moment, String result) {
        knobs.script(number, Scenario.BUSY);
        knobs.failNext(1, fault, moment);
        agentAtWork();
        await().atMost(PATIENCE).until(() -> requests() == 1);
        long asked = System.nanoTime();

        if (moment == Moment.BEFORE_CREATION) {
            awaitFirst("state", "UNKNOWN");
            assertThat(Duration.ofNanos(System.nanoTime() - asked))
                    .as("no thread waits longer than the limit")
                    .isLessThan(TestingNode.TWILIO_TIMEOUT.plusSeconds(4));
            anHourOfSilence();
        }
        awaitFirst("result", result);

        assertThat(first()).containsEntry("n", "1");
        assertThat(requests()).isEqualTo(1);
        assertThat(used()).isEqualTo(1);
    }

    @Test
    void f5TooManyRequestsUsesNoAttemptUpAndLosesNobody() {
        knobs.script(number, Scenario.BUSY);
        knobs.failUntil(Instant.MAX, Fault.TOO_MANY_REQUESTS);
        agentAtWork();

        awaitFirst("result", "NOT_PLACED");
        knobs.failUntil(Instant.MIN, Fault.TOO_MANY_REQUESTS);
        await().atMost(PATIENCE).until(() -> attempts().getLast().get("result"), "BUSY"::equals);

        assertThat(attempts())
                .extracting(attempt -> attempt.get("result") + " " + attempt.get("n"))
                .endsWith("BUSY 1")
                .filteredOn(attempt -> !attempt.startsWith("BUSY"))
                .containsOnly("NOT_PLACED null");
        assertThat(requests()).as("asked rarely, not again and again").isLessThanOrEqualTo(5);
        assertThat(used()).isEqualTo(1);
    }

    @Test
    void f6ACallbackThatComesManyTimesChangesOneThing() throws InterruptedException, ExecutionException {
        var call = callAtTwilio();
        for (int i = 0; i < 3; i++) {
            report(call, "initiated", 0);
            report(call, "ringing", 1);
        }
        var posts = new ArrayList<Callable<Integer>>();
        IntStream.range(0, 20).forEach(i -> posts.add(() -> report(call, "no-answer", 2)));
        assertThat(atOnce(posts)).containsOnly(204);
        awaitFirst("result", "NO_ANSWER");
        Map<String, String> once = first();
        for (int i = 0; i < 3; i++) {
            report(call, "ringing", 1);
            report(call, "no-answer", 2);
        }
        awaitEventsRead();

        assertThat(first()).isEqualTo(once);
        assertThat(used()).isEqualTo(1);
        assertThat(count("select count(*) as n from call_event where token = :token", Map.of("token", call.token())))
                .isEqualTo(3);
    }

    private TestingCall callAtTwilio() {
        long agent = campaign.account(Role.AGENT, null).id();
        long phone = count("select id as n from phone_number where youth_id = :youth", Map.of("youth", youth));
        return TestingCall.open(campaign, tokens, youth, phone, agent, 1, clock.instant());
    }

    private static int report(TestingCall call, String status, int sequence) {
        return TestingWebhook.genuine(
                        "/webhooks/twilio/call/" + call.token(),
                        Map.of(
                                "CallSid",
                                "CA" + call.token(),
                                "CallStatus",
                                status,
                                "SequenceNumber",
                                String.valueOf(sequence)))
                .statusCode();
    }

    /** Until every report that was stored has been applied. */
    private void awaitEventsRead() {
        await().atMost(PATIENCE)
                .until(() -> count("select count(*) as n from outbox where channel = 'call-events'", Map.of()) == 0);
    }

    private static <T> List<T> atOnce(List<Callable<T>> work) throws InterruptedException, ExecutionException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = new ArrayList<T>();
            for (Future<T> result : threads.invokeAll(work)) {
                results.add(result.get());
            }
            return results;
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BUSY", "RINGS_OUT", "NOT_IN_SERVICE"})
    void f8AllCallbacksMayComeBeforeTheAnswerToOurRequest(Scenario scenario) {
        knobs.script(number, scenario);
        knobs.delayAnswers(Duration.ofSeconds(3));
        agentAtWork();

        String result = result(scenario);
        awaitFirst("result", result);
        Map<String, String> before = first();
        awaitAnswer();

        assertThat(before).containsEntry("bound", "true");
        assertThat(first()).isEqualTo(before);
        assertThat(attempts()).hasSize(1);
        assertThat(requests()).isEqualTo(1);
    }

    /** Until the request for the call has its answer, and the answer was noted. */
    private void awaitAnswer() {
        await().atMost(PATIENCE).until(() -> count("""
                        select count(*) as n from outbox where channel = 'calls-to-place'
                        and cast(payload ->> 'attemptId' as bigint) in (select id from call_attempt where youth_id = :youth)""", Map.of("youth", youth)) == 0);
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
        knobs.dropCallbacks(100);
        knobs.script(number, scenario);
        long agent = agentAtWork();
        awaitFirst("bound", "true");
        if (scenario == Scenario.PICKS_UP) {
            await().atMost(PATIENCE).until(() -> headsets.getFirst().talk().isPresent());
            headsets.getFirst().talk().orElseThrow().ask(Question.GOODBYE);
        }
        await().atMost(PATIENCE).until(() -> simulator.isQuiet());

        anHourOfSilence();

        assertThat(first()).containsEntry("result", result(scenario)).doesNotContainEntry("ended_at", "null");
        assertThat(await(database.inTransaction(sql -> agents.peek(sql, agent))).state())
                .isEqualTo(scenario == Scenario.PICKS_UP ? Agents.State.WRAP_UP : Agents.State.READY);
        assertThat(used()).isEqualTo(scenario == Scenario.NOT_IN_SERVICE ? 0 : 1);
    }

    @Test
    void f9ABrokenLineOfAnAgentIsFoundOutWithoutACallback() {
        long agent = talk();
        knobs.dropCallbacks(100);
        headsets.getFirst().disconnect();

        await(sweeper.checkLines());

        assertThat(hasLine(agent)).isFalse();
        await().atMost(PATIENCE).until(() -> simulator.isQuiet());
        anHourOfSilence();
        assertThat(first()).containsEntry("state", "COMPLETED");
    }

    @Test
    void f9AYouthWhomNobodyCouldTakeLeaveOfIsTakenLeaveOfLater() {
        long agent = talk();
        awaitBridged();
        long failed = failedRequests();
        knobs.failUntil(clock.instant().plus(Duration.ofDays(1)), Fault.INTERNAL_ERROR);
        headsets.getFirst().disconnect();
        await().atMost(PATIENCE).until(() -> !hasLine(agent));
        await("nobody could take leave").atMost(PATIENCE).until(() -> failedRequests() > failed);
        assertThat(simulator.isQuiet()).as("the youth is alone on the line").isFalse();
        knobs.reset();

        anHourOfSilence();

        await().atMost(PATIENCE).until(() -> simulator.isQuiet());
        awaitFirst("state", "COMPLETED");
    }

    private long failedRequests() {
        return knobs.injected().getOrDefault("failed_requests", 0L);
    }

    /** The youth answered and talks with the agent. */
    private long talk() {
        knobs.script(number, Scenario.PICKS_UP);
        long agent = agentAtWork();
        await().atMost(PATIENCE).until(() -> headsets.getFirst().talk().isPresent());
        awaitFirst("state", "ANSWERED");
        return agent;
    }

    private boolean hasLine(long agent) {
        var presence = await(database.inTransaction(sql -> agents.peek(sql, agent)));
        return presence != null && presence.audio();
    }

    @Test
    void f10ACallbackThatIsADayLateTouchesItsOwnAttemptOnly() {
        knobs.script(number, Scenario.BUSY, Scenario.PICKS_UP);
        knobs.holdCallbacks();
        long agent = agentAtWork();
        awaitFirst("bound", "true");
        await().atMost(PATIENCE).until(() -> simulator.nextEvent().isEmpty());
        anHourOfSilence();
        Map<String, String> yesterday = first();
        assertThat(yesterday).containsEntry("result", "BUSY");

        await(database.inTransaction(
                sql -> agents.set(sql, agent, campaign.id(), Agents.State.OFFLINE, clock.instant())));
        clock.start(nextMorning(), SPEED);
        agentAtWork();
        await().atMost(PATIENCE).until(() -> headsets.getLast().talk().isPresent());
        assertThat(attempts().getLast()).containsEntry("state", "ANSWERED").containsEntry("n", "2");
        knobs.releaseCallbacks();
        await().atMost(PATIENCE).until(() -> count("""
                                select count(*) as n from call_event e join call_attempt a on a.token = e.token
                                where a.youth_id = :youth and a.n = 1""", Map.of("youth", youth)) > 0);
        awaitEventsRead();

        assertThat(attempts()).hasSize(2).startsWith(yesterday);
        assertThat(attempts().getLast()).containsEntry("state", "ANSWERED").containsEntry("result", "OPEN");
        assertThat(used()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(names = {"RINGS_OUT", "PICKS_UP"})
    void f11ForgedCallbacksAreRefusedAndChangeNothing(Scenario scenario) {
        int believed = simulator.forgeriesBelieved();
        knobs.forgeCallbacks(100);
        knobs.script(number, scenario);
        agentAtWork();

        if (scenario == Scenario.PICKS_UP) {
            await().atMost(PATIENCE).until(() -> headsets.getFirst().talk().isPresent());
            awaitEventsRead();
            assertThat(first()).containsEntry("state", "ANSWERED").containsEntry("ended_at", "null");
        } else {
            awaitFirst("result", "NO_ANSWER");
        }
        assertThat(count(
                        "select count(*) as n from call_event e join call_attempt a on a.token = e.token where a.youth_id = :youth and e.sequence = 99",
                        Map.of("youth", youth)))
                .isZero();
        assertThat(knobs.injected()).containsKey("forged_callbacks");
        assertThat(simulator.forgeriesBelieved()).isEqualTo(believed);
    }

    @Test
    void f11AGenuineCallbackThatIsPlayedAgainChangesNothing() {
        var call = callAtTwilio();
        report(call, "ringing", 1);
        report(call, "busy", 2);
        awaitFirst("result", "BUSY");
        Map<String, String> before = first();

        assertThat(report(call, "busy", 2)).isEqualTo(204);
        assertThat(report(call, "ringing", 1)).isEqualTo(204);
        awaitEventsRead();

        assertThat(first()).isEqualTo(before);
        assertThat(used()).isEqualTo(1);
    }

    /** As with the database away: what the gate has to write cannot be written. */
    @Test
    void f12WhoAnswersWhenNothingCanBeWrittenHearsASentenceAndIsOwedTheCall() {
        TestingLog.expects("ERROR: away");
        clock.start(clock.instant(), 1);
        knobs.script(number, Scenario.PICKS_UP);
        campaign.run(
                "create function away() returns trigger language plpgsql as 'begin raise exception ''away''; end'",
                Map.of());
        campaign.run(
                "create trigger away before update on call_attempt for each row when (new.state = 'ANSWERED' and new.youth_id = "
                        + youth + ") execute function away()",
                Map.of());
        long agent;
        try {
            agent = agentAtWork();
            await().atMost(PATIENCE).until(this::heard, said -> said.equals(List.of(words.sorry())));
        } finally {
            campaign.run("drop function away cascade", Map.of());
        }
        await().atMost(PATIENCE).until(() -> simulator.isQuiet());
        anHourOfSilence();

        assertThat(first())
                .containsEntry("state", "COMPLETED")
                .containsEntry("result", "ABANDONED")
                .containsEntry("n", "1")
                .doesNotContainEntry("answered_at", "null");
        assertThat(place()).isEqualTo("TO_CALL");
        assertThat(await(database.inTransaction(sql -> agents.peek(sql, agent))).state())
                .as("no outcome of a talk that nobody had")
                .isEqualTo(Agents.State.READY);
        assertThat(count(
                        "select count(*) as n from campaign_youth where youth_id = :youth and priority = 9",
                        Map.of("youth", youth)))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"outbound-api, nous vous rappellerons", "inbound, Merci de nous rappeler"})
    void f12TheApologyPromisesOnlyWhatIsKept(String direction, String words) {
        var answer =
                TestingWebhook.genuine("/webhooks/twilio/apology", Map.of("CallSid", "CA1", "Direction", direction));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("<Say", words, "<Hangup/>");
        assertThat(given().baseUri(TestingNode.PRODUCT)
                        .formParam("CallSid", "CA1")
                        .post("/webhooks/twilio/apology")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void f16TwentyClicksAreOneOutcome() throws InterruptedException, ExecutionException {
        Person agent = accounts.signedIn(Role.AGENT);
        long phone = count("select id as n from phone_number where youth_id = :youth", Map.of("youth", youth));
        var call =
                TestingCall.open(campaign, tokens, youth, phone, agent.account().id(), 1, clock.instant());
        call.talked(campaign, clock.instant());
        var clicks = new ArrayList<Callable<Integer>>();
        IntStream.range(0, 20).forEach(i -> clicks.add(() -> record(agent, call)));

        assertThat(atOnce(clicks)).containsOnly(204);
        assertThat(record(agent, call)).as("back, and sent again").isEqualTo(204);

        assertThat(count("select count(*) as n from outcome where attempt_id = :id", Map.of("id", call.id())))
                .isEqualTo(1);
        assertThat(first()).containsEntry("result", "REFUSED").containsEntry("n", "1");
        assertThat(used()).isEqualTo(1);
    }

    private static int record(Person agent, TestingCall call) {
        return given().baseUri(TestingNode.PRODUCT)
                .header("Origin", TestingNode.PRODUCT)
                .cookie(TestingAccounts.COOKIE, agent.session())
                .formParam("attemptId", call.id())
                .formParam("actionId", call.actionId())
                .formParam("outcome", "REFUSED")
                .formParam("next", "PAUSED")
                .post("/desk/outcome")
                .statusCode();
    }

    /** Eight agents want the same youth whenever the plan has an attempt, until the ten attempts are used. */
    @Test
    void f17OneYouthIsNeverCalledTwiceAtOnceNorAnEleventhTime() throws InterruptedException, ExecutionException {
        List<Long> all = IntStream.range(0, 8)
                .mapToObj(i -> campaign.account(Role.AGENT, null).id())
                .toList();
        var winners = new ArrayList<Attempt>();
        Instant day = nextMorning();
        for (int i = 0; i < 14; i++) {
            Instant now = day;
            var claims = new ArrayList<Callable<List<Attempt>>>();
            all.forEach(agent -> claims.add(() -> claim(agent, now)));
            List<Attempt> won = atOnce(claims).stream().flatMap(List::stream).toList();
            assertThat(won).as("attempt %d", i + 1).hasSize(i < 10 ? 1 : 0);
            won.forEach(attempt -> await(database.inTransaction(
                    sql -> settlement.settle(sql, attempt, Ending.of(AttemptResult.NO_ANSWER), now.plusSeconds(30)))));
            winners.addAll(won);
            day = planned(day);
        }
        assertThat(winners).extracting(Attempt::id).doesNotHaveDuplicates().hasSize(10);
        assertThat(attempts())
                .extracting(attempt -> attempt.get("n"))
                .containsExactly("1", "2", "3", "4", "5", "6", "7", "8", "9", "10");
        assertThat(place()).isEqualTo("UNREACHABLE");
    }

    /** When the plan has the next attempt; a day later when it has none. */
    private Instant planned(Instant day) {
        return campaign.ask(
                "select coalesce(next_attempt_at, :later) as at from campaign_youth where youth_id = :youth",
                Map.of("later", day.plus(Duration.ofDays(1)), "youth", youth),
                row -> row.instant("at"));
    }

    /** Takes a youth without letting anybody dial. */
    private List<Attempt> claim(long agent, Instant now) {
        return await(database.inTransaction(sql -> agents.set(sql, agent, campaign.id(), Agents.State.READY, now)
                .chain(() -> agents.connect(sql, agent, "CA" + agent, now))
                .chain(() -> claims.claim(sql, campaign.id(), List.of(agent), now))
                .call(taken -> taken.isEmpty()
                        ? agents.set(sql, agent, campaign.id(), Agents.State.OFFLINE, now)
                        : sql.update("delete from outbox where cast(payload ->> 'attemptId' as bigint) = :id")
                                .set("id", taken.getFirst().id())
                                .run())));
    }

    @Test
    void f18WhoAnswersToALineThatDiedUnnoticedHearsASentenceWithinSeconds() {
        clock.start(clock.instant(), 1);
        knobs.script(number, Scenario.PICKS_UP);
        long agent = campaign.account(Role.AGENT, null).id();
        await(database.inTransaction(sql -> agents.connect(sql, agent, "CA" + tokens.next(), clock.instant())
                .chain(() -> agents.set(sql, agent, campaign.id(), Agents.State.READY, clock.instant()))));
        dialer.nudge();

        awaitFirst("result", "ABANDONED");
        await().atMost(PATIENCE).until(() -> simulator.isQuiet());

        assertThat(first()).containsEntry("state", "COMPLETED").containsEntry("n", "1");
        assertThat(heard()).containsExactly(sentence());
        long waited = count("""
                select cast(extract(epoch from changed_at - admitted_at) * 1000 as bigint) as n
                from call_attempt where youth_id = :youth and bridged_at is null""", Map.of("youth", youth));
        assertThat(waited).as("milliseconds alone, the sentence included").isBetween(2_000L, 20_000L);
        assertThat(rings())
                .singleElement()
                .satisfies(ring -> assertThat(ring.answered()).isPresent());
        assertThat(hasLine(agent)).isFalse();
        assertThat(place()).isEqualTo("TO_CALL");
        assertThat(count("""
                        select cast(priority as bigint) as n from campaign_youth
                        where youth_id = :youth and next_attempt_at <= cast(:soon as timestamptz)""", Map.of("youth", youth, "soon", clock.instant().plus(Duration.ofMinutes(16)))))
                .as("called next, with an agent waiting")
                .isEqualTo(9);
    }

    @Test
    void f18APhoneStopsRingingWhenItsAgentLeaves() {
        clock.start(clock.instant(), 1);
        knobs.script(number, Scenario.RINGS_OUT);
        agentAtWork();
        awaitFirst("state", "RINGING");
        headsets.getFirst().disconnect();

        awaitFirst("result", "NO_ANSWER");
        await().atMost(PATIENCE).until(() -> simulator.isQuiet());

        assertThat(first()).containsEntry("state", "CANCELED").containsEntry("n", "1");
        assertThat(rings())
                .singleElement()
                .satisfies(ring -> assertThat(
                                Duration.between(ring.start(), ring.end().orElseThrow()))
                        .isLessThan(Duration.ofSeconds(10)));
    }

    /** With reports, and with none: then the sweeper asks. */
    @ParameterizedTest
    @ValueSource(ints = {0, 100})
    void aCallThatIsTakenBackBeforeItsTurnAtTwilioUsesNoAttemptUp(int reportsLost) {
        knobs.paceCalls(Duration.ofMinutes(4));
        knobs.script(number, Scenario.RINGS_OUT);
        agentAtWork();
        awaitFirst("bound", "true");
        youth = campaign.youth("TO_CALL");
        long phone = campaign.number(youth, "YOUTH");
        number = numberOf(phone);
        agentAtWork();
        awaitFirst("bound", "true");
        knobs.dropCallbacks(reportsLost);

        String sid = campaign.ask(
                "select call_sid from call_attempt where youth_id = :youth",
                Map.of("youth", youth),
                row -> row.text("call_sid"));
        campaign.run("update campaign set state = 'PAUSED' where id = :id", Map.of("id", campaign.id()));
        await(calls.cancel(sid));
        if (reportsLost == 100) {
            anHourOfSilence();
        }

        awaitFirst("result", "NOT_PLACED");
        assertThat(first()).containsEntry("state", "CANCELED").containsEntry("n", "null");
        assertThat(used()).isZero();
        assertThat(rings()).isEmpty();
        assertThat(campaign.<String>ask(
                        "select state from phone_number where id = :id", Map.of("id", phone), row -> row.text("state")))
                .isEqualTo("UNTRIED");
    }

    @Test
    void f18AnAgentWhoLeavesWhileItRingsIsNoSilenceForWhoAnswers() {
        clock.start(clock.instant(), 1);
        knobs.script(number, Scenario.PICKS_UP);
        long agent = agentAtWork();
        awaitFirst("state", "RINGING");
        knobs.failUntil(Instant.MAX, Fault.INTERNAL_ERROR);
        headsets.getFirst().disconnect();
        await().atMost(PATIENCE).until(() -> !hasLine(agent));

        awaitFirst("result", "ABANDONED");
        await().atMost(PATIENCE).until(() -> simulator.isQuiet());

        assertThat(rings())
                .singleElement()
                .satisfies(ring -> assertThat(ring.answered()).isPresent());
        assertThat(heard()).containsExactly(sentence());
        assertThat(used()).isEqualTo(1);
    }

    @Test
    void f18ATalkGoesOnWhenTheAgentReadsThePageAgain() {
        clock.start(clock.instant(), 1);
        long agent = talk();
        awaitBridged();
        String first = headsets.getFirst().callSid().orElseThrow();

        headsets.getFirst().disconnect();
        await().atMost(PATIENCE).until(() -> !hasLine(agent));
        rounds.sweep();
        assertThat(headsets.getFirst().talk()).isEmpty();
        assertThat(simulator.isQuiet()).as("the youth waits").isFalse();
        headsets.add(simulator.connect(voices.issue(VoiceTokens.identity(agent))));
        await("longer than anybody would have waited for the agent")
                .during(TestingNode.REJOIN.plusSeconds(1))
                .atMost(PATIENCE)
                .until(() -> headsets.getLast().talk().isPresent());

        assertThat(headsets.getLast().callSid()).isPresent().get().isNotEqualTo(first);
        assertThat(headsets.getLast().talk()).isPresent();
        assertThat(first()).containsEntry("state", "ANSWERED").containsEntry("result", "OPEN");
        assertThat(heard()).isEmpty();
    }

    @Test
    void f18WhoWaitsInVainForTheAgentToComeBackHearsASentence() {
        clock.start(clock.instant(), 1);
        long agent = talk();
        awaitBridged();
        headsets.getFirst().disconnect();

        await().atMost(PATIENCE.multipliedBy(2)).until(() -> simulator.isQuiet());
        awaitFirst("state", "COMPLETED");

        assertThat(heard()).containsExactly(sentence());
        assertThat(first()).containsEntry("result", "OPEN");
        assertThat(await(database.inTransaction(sql -> agents.peek(sql, agent))).state())
                .as("the talk has an outcome")
                .isEqualTo(Agents.State.WRAP_UP);
    }

    private void awaitBridged() {
        await().atMost(PATIENCE)
                .until(() -> count(
                                "select count(bridged_at) as n from call_attempt where youth_id = :youth",
                                Map.of("youth", youth))
                        == 1);
    }

    @Test
    void f18WhoWasToHearASentenceStillHearsItWhenTwilioAsksAgain() {
        var call = callAtTwilio();
        await(database.inTransaction(sql -> agents.disconnect(sql, call.agent(), "none")));

        assertThat(answer(call)).contains(sentence());
        assertThat(answer(call)).as("our answer was lost").contains(sentence());
        assertThat(first()).containsEntry("result", "ABANDONED").containsEntry("n", "1");
        assertThat(used()).isEqualTo(1);

        campaign.run(
                "update call_attempt set message_until = now() - interval '1 second' where id = :id",
                Map.of("id", call.id()));
        assertThat(answer(call)).doesNotContain("Say");
    }

    private String answer(TestingCall call) {
        return TestingWebhook.genuine("/webhooks/twilio/answer/" + call.token(), Map.of("CallSid", "CA" + call.token()))
                .body();
    }

    /** What whoever answers without an agent is to hear. */
    private String sentence() {
        return await(database.inTransaction(sql -> campaigns.byId(sql, campaign.id())))
                .nobodyText();
    }

    /** What the youth heard to its last word. */
    private List<String> heard() {
        return simulator.ledger().heard().stream()
                .filter(said -> said.number().equals(number))
                .map(HeardSentence::text)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100})
    void f18WhoTalksWithAnAgentIsNeverInterrupted(int reportsLost) {
        clock.start(clock.instant(), 1);
        knobs.dropCallbacks(reportsLost);
        knobs.script(number, Scenario.PICKS_UP);
        agentAtWork();
        await().atMost(PATIENCE).until(() -> headsets.getFirst().talk().isPresent());

        await().atMost(PATIENCE).until(() -> count("""
                        select count(*) as n from call_attempt
                        where youth_id = :youth and bridged_at < admitted_at + interval '2 seconds'""", Map.of("youth", youth)) == 1);
        assertThat(headsets.getFirst().talk()).isPresent();
        assertThat(first()).containsEntry("state", "ANSWERED").containsEntry("result", "OPEN");
    }

    /** The outcome is recorded, and the hang-up did not get through. */
    @ParameterizedTest
    @ValueSource(strings = {"ended_at = now()", "message_until = now() + interval '1 minute'"})
    void nobodyJoinsAnAgentsRoomWhileTheLastCallIsStillInIt(String over) {
        long agent = campaign.account(Role.AGENT, null).id();
        long last = campaign.attempt(
                campaign.youth("NO_REFERRAL"), 1, clock.instant().minusSeconds(60));
        campaign.run("""
                update call_attempt set agent_id = :agent, call_sid = 'CA' || token, ended_at = null,
                       changed_at = now() + interval '1 hour' where id = :id""", Map.of("agent", agent, "id", last));

        assertThat(claim(agent, clock.instant())).isEmpty();
        assertThat(taken(agent)).isZero();
        assertThat(arrives(agent)).isFalse();

        campaign.run("update call_attempt set " + over + " where id = :id", Map.of("id", last));
        assertThat(taken(agent)).isEqualTo(3);
        assertThat(arrives(agent)).isTrue();
        assertThat(claim(agent, clock.instant())).hasSize(1);
    }

    /** By how many of those who ring us, answer a shared line, or are due the waiting agent would be met. */
    private int taken(long agent) {
        Instant now = clock.instant();
        return await(database.inTransaction(sql -> ready(sql, agent, now)
                .chain(() -> agents.ready(sql))
                .map(ready -> (int) ready.stream()
                        .filter(waiting -> waiting.agentId() == agent)
                        .count())
                .chain(due -> agents.takeAnswered(sql, campaign.id(), now).map(taken -> taken == null ? due : due + 1))
                .chain(count -> ready(sql, agent, now)
                        .chain(() -> agents.takeForCaller(sql, campaign.id(), List.of(agent), now))
                        .map(taken -> taken == null ? count : count + 1))
                .call(() -> agents.set(sql, agent, campaign.id(), Agents.State.OFFLINE, now))));
    }

    private Uni<String> ready(Sql sql, long agent, Instant now) {
        return agents.set(sql, agent, campaign.id(), Agents.State.READY, now)
                .chain(() -> agents.connect(sql, agent, "CA" + agent, now));
    }

    /** Whether an agent who comes now may be given somebody. */
    private boolean arrives(long agent) {
        return !await(database.inTransaction(
                        sql -> queue.drawOnArrival(sql, campaign.id(), agent, false, clock.instant())))
                .agents()
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1})
    void f23AnHourMoreOrLessOnTheClockEndsNothing(int hours) {
        var ringing = callAtTwilio();
        Person agent = accounts.signedIn(Role.AGENT);
        await(database.inTransaction(
                sql -> agents.set(sql, agent.account().id(), campaign.id(), Agents.State.PAUSED, clock.instant())));
        Map<String, String> before = first();
        Instant now = clock.instant();

        clock.reset(now.plus(Duration.ofHours(hours)), 1);
        await(sweeper.sweep());

        assertThat(first()).isEqualTo(before).containsEntry("state", "DIALING");
        assertThat(await(database.inTransaction(
                                sql -> agents.peek(sql, agent.account().id())))
                        .state())
                .isEqualTo(Agents.State.PAUSED);
        assertThat(given().baseUri(TestingNode.PRODUCT)
                        .cookie(TestingAccounts.COOKIE, agent.session())
                        .get("/desk/state")
                        .statusCode())
                .isEqualTo(200);
        assertThat(count("select count(*) as n from outbox where parked_at is not null or tries > 3", Map.of()))
                .isZero();
        assertThat(report(ringing, "ringing", 1)).isEqualTo(204);
        awaitFirst("state", "RINGING");
        clock.reset(now.plus(Duration.ofHours(1)), 1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void f30AStopBeforeOurOwnNewsOfTheTextIsFinal(boolean beforeTheAnswer) {
        var elsewhere = campaign();
        elsewhere.run(
                "insert into campaign_youth (campaign_id, youth_id, state, next_attempt_at) values (:campaign, :youth, 'TO_CALL', :at)",
                Map.of(
                        "campaign",
                        elsewhere.id(),
                        "youth",
                        youth,
                        "at",
                        clock.instant().plus(Duration.ofDays(1))));
        if (beforeTheAnswer) {
            knobs.delayAnswers(Duration.ofSeconds(2));
        }
        knobs.holdCallbacks();
        long sent = text(campaign, "TO_SEND");
        campaign.run(
                "insert into outbox (channel, payload) values ('sms-to-send', cast(cast(:payload as text) as jsonb))",
                Map.of("payload", "{\"messageId\":" + sent + "}"));
        await().atMost(PATIENCE)
                .until(() -> simulator.ledger().texts().stream()
                        .anyMatch(text -> text.number().equals(number)));
        long waiting = text(elsewhere, "TO_SEND");

        assertThat(receive(number, "STOP")).isEqualTo(200);
        knobs.releaseCallbacks();
        agentAtWork();

        await().atMost(PATIENCE).until(() -> messageState(sent), "DELIVERED"::equals);
        await().atMost(PATIENCE).until(this::place, "OBJECTED"::equals);
        assertThat(messageState(waiting)).isEqualTo("CANCELED");
        assertThat(objections(youth)).isEqualTo(1);
        assertThat(count(
                        "select count(*) as n from campaign_youth where youth_id = :youth and state = 'OBJECTED'",
                        Map.of("youth", youth)))
                .as("in every campaign")
                .isEqualTo(2);
        assertThat(requests()).isZero();
        assertThat(simulator.ledger().texts().stream()
                        .filter(text -> text.number().equals(number)))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void f30AnObjectionEndsTheRinging(boolean byText) {
        clock.start(clock.instant(), 1);
        knobs.script(number, Scenario.RINGS_OUT);
        agentAtWork();
        awaitFirst("state", "RINGING");

        if (byText) {
            assertThat(receive(number, "STOP")).isEqualTo(200);
        } else {
            campaign.objection(youth);
            await(sweeper.sweep());
        }

        await().atMost(PATIENCE).until(() -> !"OPEN".equals(first().get("result")));
        assertThat(first()).containsEntry("answered_at", "null");
        assertThat(place()).isEqualTo("OBJECTED");
        assertThat(rings())
                .singleElement()
                .satisfies(ring -> assertThat(
                                Duration.between(ring.start(), ring.end().orElseThrow()))
                        .as("not until nobody answers")
                        .isLessThan(Duration.ofSeconds(15)));
    }

    private long text(TestingCampaign where, String state) {
        return where.ask(
                """
                insert into sms_message (direction, campaign_id, youth_id, e164, body, token, state, created_at)
                values ('OUT', :campaign, :youth, :e164, 'Bonjour', :token, :state, :at) returning id""",
                Map.of(
                        "campaign",
                        where.id(),
                        "youth",
                        youth,
                        "e164",
                        number,
                        "token",
                        tokens.next(),
                        "state",
                        state,
                        "at",
                        clock.instant()),
                row -> row.id("id"));
    }

    private String messageState(long id) {
        return campaign.ask("select state from sms_message where id = :id", Map.of("id", id), row -> row.text("state"));
    }

    private long objections(long of) {
        return count(
                "select count(*) as n from objection where youth_id = :youth and lifted_at is null",
                Map.of("youth", of));
    }

    private int receive(String from, String body) {
        return TestingWebhook.genuine(
                        "/webhooks/twilio/sms",
                        Map.of("From", from, "To", TEXTING, "Body", body, "MessageSid", "SM" + tokens.next()))
                .statusCode();
    }

    @Test
    void f31ATextFromAnUnknownNumberIsKept() {
        String stranger = "+33639989" + (900 + tokens.next().charAt(0) % 90);
        String body = "STOP " + tokens.next();

        assertThat(receive(stranger, body)).isEqualTo(200);

        assertThat(count(
                        "select count(*) as n from sms_message where body = :body and direction = 'IN' and youth_id is null",
                        Map.of("body", body)))
                .isEqualTo(1);
        assertThat(count(
                        "select count(*) as n from outbox where channel = 'sms-received' and last_error is not null",
                        Map.of()))
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({"STOP, OBJECTED, 1", "Rappelez-moi ce soir, CALLBACK, 0"})
    void f31ATextFromASharedNumberIsAboutAllWhoShareIt(String body, String state, long objections) {
        long sibling = campaign.youth("TO_CALL");
        campaign.run("""
                insert into phone_number (youth_id, e164, owner, rank, mobile, source)
                values (:youth, :e164, 'YOUTH', 1, true, 'essai')""", Map.of("youth", sibling, "e164", number));

        assertThat(receive(number, body)).isEqualTo(200);

        await().atMost(PATIENCE)
                .until(() -> count(
                                "select count(*) as n from campaign_youth where campaign_id = :campaign and state = :state",
                                Map.of("campaign", campaign.id(), "state", state))
                        == 2);
        assertThat(objections(youth)).isEqualTo(objections);
        assertThat(objections(sibling)).isEqualTo(objections);
    }
}
