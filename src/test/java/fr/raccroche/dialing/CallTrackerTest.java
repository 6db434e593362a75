package fr.raccroche.dialing;

import static fr.raccroche.Blocking.answer;
import static fr.raccroche.platform.FrenchCalendar.PARIS;
import static org.assertj.core.api.Assertions.assertThat;

import fr.raccroche.ApplicationTest;
import fr.raccroche.TestingMorning;
import fr.raccroche.TestingQueue;
import fr.raccroche.TestingWebhook;
import fr.raccroche.campaign.AttemptResult;
import fr.raccroche.platform.BusinessClock;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.FrenchCalendar;
import fr.raccroche.platform.Tokens;
import fr.raccroche.security.Role;
import fr.raccroche.telephony.CallStatus;
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
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ApplicationTest
class CallTrackerTest {

    @Inject
    Database database;

    @Inject
    CallTracker tracker;

    @Inject
    Texting texting;

    @Inject
    Tokens tokens;

    @Inject
    Clock clock;

    private TestingQueue campaign;
    private Instant now = Instant.MIN;

    @BeforeEach
    void campaign() {
        now = TestingMorning.begin((BusinessClock) clock, 1);
        campaign = new TestingQueue(database, now);
        campaign.run(
                "update campaign set plan = '{\"EXPLORATION\": 0}', ends_on = '2029-12-31' where id = :id",
                Map.of("id", campaign.id()));
    }

    private TestingCall call() {
        long youth = campaign.youth("TO_CALL");
        return call(youth, campaign.number(youth, "YOUTH"), 1);
    }

    private TestingCall call(long youth, long phone, int n) {
        long agent = campaign.account(Role.AGENT, null).id();
        return TestingCall.open(campaign, tokens, youth, phone, agent, n, now);
    }

    /** A call whose youth is let through as soon as they answer. */
    private TestingCall talk() {
        var call = call();
        campaign.run("update call_attempt set admitted_at = now() where id = :id", Map.of("id", call.id()));
        return call;
    }

    private void report(TestingCall call, CallStatus... statuses) {
        for (CallStatus status : statuses) {
            var report = new CallReport(call.token(), "CA" + call.token(), status, null);
            answer(database.inTransaction(sql -> tracker.apply(sql, report, now)));
        }
    }

    /** Everything that the network decides, the name of the call left out. */
    private Map<String, Object> row(TestingCall call) {
        return campaign.ask("""
                select a.state, a.n, a.rang_at, a.answered_at, a.ended_at, a.closed_at, a.result, a.error_code,
                       a.call_sid = 'CA' || a.token as bound, y.state as youth, y.attempts, y.next_attempt_at, p.state as agent
                from call_attempt a join agent_presence p on p.account_id = a.agent_id
                     join campaign_youth y on y.campaign_id = a.campaign_id and y.youth_id = a.youth_id
                where a.id = :id""", Map.of("id", call.id()), row -> {
            var all = new HashMap<String, Object>();
            for (String column : List.of(
                    "state",
                    "n",
                    "rang_at",
                    "answered_at",
                    "ended_at",
                    "closed_at",
                    "result",
                    "error_code",
                    "bound",
                    "youth",
                    "attempts",
                    "next_attempt_at",
                    "agent")) {
                all.put(column, String.valueOf(row.get(column)));
            }
            return all;
        });
    }

    private static List<List<CallStatus>> orders(List<CallStatus> statuses) {
        if (statuses.isEmpty()) {
            return List.of(List.of());
        }
        var all = new ArrayList<List<CallStatus>>();
        for (CallStatus first : statuses) {
            var rest = new ArrayList<>(statuses);
            rest.remove(first);
            for (List<CallStatus> order : orders(rest)) {
                var whole = new ArrayList<>(List.of(first));
                whole.addAll(order);
                all.add(whole);
            }
        }
        return all;
    }

    /** An event may come twice: the one finds that it waited too long, the other has begun to ask Twilio. */
    @Test
    void aCallThatIsAskedForIsNotTakenBackByTheTwinOfItsEvent() {
        var call = call();

        answer(tracker.notAsked(call.id()));
        assertThat(row(call))
                .containsEntry("state", "DIALING")
                .containsEntry("result", "null")
                .containsEntry("n", "1");

        campaign.run("update call_attempt set state = 'INTENT' where id = :id", Map.of("id", call.id()));
        answer(tracker.notAsked(call.id()));
        assertThat(row(call))
                .containsEntry("state", "FAILED")
                .containsEntry("result", "NOT_PLACED")
                .containsEntry("n", "null");
    }

    @Test
    void whatMachineDetectionSaysIsAHintAndChangesNothingElse() {
        var call = call();
        report(call, CallStatus.RINGING, CallStatus.IN_PROGRESS);
        Map<String, Object> before = row(call);

        detected(call, "CA" + call.token(), "machine_start");
        detected(call, "CA" + call.token(), "machine_start");
        Awaitility.await().until(() -> answeredBy(call), "machine_start"::equals);
        detected(call, "CAother" + call.token(), "human");
        Awaitility.await().until(() -> waiting() == 0);

        assertThat(answeredBy(call)).isEqualTo("machine_start");
        assertThat(row(call)).isEqualTo(before);
    }

    private static void detected(TestingCall call, String sid, String who) {
        var answer = TestingWebhook.genuine(
                "/webhooks/twilio/call/" + call.token() + "/answered-by", Map.of("CallSid", sid, "AnsweredBy", who));
        assertThat(answer.statusCode()).isEqualTo(204);
    }

    private String answeredBy(TestingCall call) {
        return campaign.ask(
                "select coalesce(answered_by, '') as who from call_attempt where id = :id",
                Map.of("id", call.id()),
                row -> row.text("who"));
    }

    private long waiting() {
        return campaign.ask(
                "select count(*) as n from outbox where channel = 'call-events'", Map.of(), row -> row.id("n"));
    }

    @Test
    void reportsOfATalkGiveTheSameAttemptInAllTheirOrders() {
        var expected = talk();
        report(expected, CallStatus.INITIATED, CallStatus.RINGING, CallStatus.IN_PROGRESS, CallStatus.COMPLETED);
        assertThat(row(expected))
                .containsEntry("state", "COMPLETED")
                .containsEntry("agent", "WRAP_UP")
                .containsEntry("youth", "IN_CALL")
                .containsEntry("closed_at", "null");
        var orders =
                orders(List.of(CallStatus.INITIATED, CallStatus.RINGING, CallStatus.IN_PROGRESS, CallStatus.COMPLETED));
        assertThat(orders).hasSize(24);

        for (List<CallStatus> order : orders) {
            var call = talk();
            report(call, order.toArray(CallStatus[]::new));
            assertThat(row(call)).as("%s", order).isEqualTo(row(expected));
        }
    }

    @Test
    void reportsThatComeAgainLaterOrAtOnceChangeNothing() {
        var expected = talk();
        report(expected, CallStatus.INITIATED, CallStatus.RINGING, CallStatus.IN_PROGRESS, CallStatus.COMPLETED);

        for (List<CallStatus> order : orders(
                List.of(CallStatus.INITIATED, CallStatus.RINGING, CallStatus.IN_PROGRESS, CallStatus.COMPLETED))) {
            var call = talk();
            for (CallStatus status : order) {
                report(call, status, status);
            }
            report(call, order.reversed().toArray(CallStatus[]::new));
            assertThat(row(call)).as("%s, twice", order).isEqualTo(row(expected));
        }
    }

    @Test
    void aCallThatEndsBeforeAnybodyWasLetThroughIsOwedInAllOrders() {
        var expected = call();
        report(expected, CallStatus.INITIATED, CallStatus.RINGING, CallStatus.IN_PROGRESS, CallStatus.COMPLETED);
        assertThat(row(expected))
                .containsEntry("state", "COMPLETED")
                .containsEntry("result", "ABANDONED")
                .containsEntry("n", "1")
                .containsEntry("agent", "READY")
                .containsEntry("youth", "TO_CALL")
                .doesNotContainEntry("answered_at", "null");

        for (List<CallStatus> order : orders(
                List.of(CallStatus.INITIATED, CallStatus.RINGING, CallStatus.IN_PROGRESS, CallStatus.COMPLETED))) {
            var call = call();
            report(call, order.toArray(CallStatus[]::new));
            assertThat(row(call)).as("%s", order).isEqualTo(row(expected));
        }
    }

    /** What counts is whether the gate opened before the end was known: nothing else about the order does. */
    @Test
    void theGateAndTheReportsGiveTheSameAttemptInAllTheirOrders() {
        campaign.run("update campaign set state = 'PAUSED' where id = :id", Map.of("id", campaign.id()));
        Instant before = clock.instant();
        ((BusinessClock) clock).start(opening(), 1);
        try {
            for (List<CallStatus> order : orders(
                    List.of(CallStatus.INITIATED, CallStatus.RINGING, CallStatus.IN_PROGRESS, CallStatus.COMPLETED))) {
                for (int gate = 0; gate <= order.size(); gate++) {
                    opensUnlessOver(order, gate);
                }
            }
        } finally {
            ((BusinessClock) clock).reset(before, 1);
        }
    }

    private void opensUnlessOver(List<CallStatus> order, int gate) {
        var call = call();
        campaign.run(
                "update agent_presence set audio_sid = :sid where account_id = :agent",
                Map.of("sid", "CAline" + call.token(), "agent", call.agent()));

        report(call, order.subList(0, gate).toArray(CallStatus[]::new));
        boolean opens = call.gate().contains("<Conference");
        report(call, order.subList(gate, order.size()).toArray(CallStatus[]::new));

        assertThat(opens).isEqualTo(order.indexOf(CallStatus.COMPLETED) >= gate);
        assertThat(row(call))
                .as("%s, the gate after %d", order, gate)
                .containsEntry("state", "COMPLETED")
                .containsEntry("n", "1")
                .containsEntry("result", opens ? "null" : "ABANDONED")
                .containsEntry("agent", opens ? "WRAP_UP" : "READY")
                .containsEntry("youth", opens ? "IN_CALL" : "TO_CALL");
    }

    private Instant opening() {
        ZonedDateTime day = clock.instant().atZone(PARIS).with(LocalTime.of(10, 30));
        while (day.toInstant().isBefore(clock.instant()) || !FrenchCalendar.isWorkingDay(day.toLocalDate())) {
            day = day.plusDays(1);
        }
        return day.toInstant();
    }

    @ParameterizedTest
    @EnumSource(names = {"NO_ANSWER", "BUSY"})
    void reportsOfASilentCallGiveTheSameAttemptInAllTheirOrders(CallStatus end) {
        var expected = call();
        report(expected, CallStatus.INITIATED, CallStatus.RINGING, end);
        assertThat(row(expected)).containsEntry("result", end.name()).containsEntry("attempts", "1");

        for (List<CallStatus> order : orders(List.of(CallStatus.INITIATED, CallStatus.RINGING, end))) {
            var call = call();
            report(call, order.toArray(CallStatus[]::new));
            assertThat(row(call)).as("%s", order).isEqualTo(row(expected));
        }
    }

    @Test
    void aCancelledCallCountsInAllOrdersBecauseItMayHaveRung() {
        for (List<CallStatus> order : orders(List.of(CallStatus.INITIATED, CallStatus.RINGING, CallStatus.CANCELED))) {
            var call = call();
            report(call, order.toArray(CallStatus[]::new));
            assertThat(row(call))
                    .as("%s", order)
                    .containsEntry("result", "NO_ANSWER")
                    .containsEntry("n", "1")
                    .containsEntry("attempts", "1");
        }
    }

    @Test
    void aCallThatNeverLeftTheQueueOfTwilioGivesItsAttemptBackAndTeachesNothingAboutTheNumber() {
        var call = call();

        for (boolean dialled : List.of(false, true)) {
            var report = new CallReport(call.token(), "CA" + call.token(), CallStatus.CANCELED, null, dialled);
            answer(database.inTransaction(sql -> tracker.apply(sql, report, now)));
        }

        assertThat(row(call))
                .containsEntry("result", "NOT_PLACED")
                .containsEntry("n", "null")
                .containsEntry("attempts", "0")
                .containsEntry("youth", "TO_CALL")
                .containsEntry("agent", "READY");
    }

    @Test
    void aCallThatRangCountsWhateverTwilioSaysOfItsQueue() {
        var call = call();
        report(call, CallStatus.RINGING);

        var report = new CallReport(call.token(), "CA" + call.token(), CallStatus.CANCELED, null, false);
        answer(database.inTransaction(sql -> tracker.apply(sql, report, now)));

        assertThat(row(call)).containsEntry("result", "NO_ANSWER").containsEntry("n", "1");
    }

    @Test
    void aCallThatFailedBeforeItRangGivesItsAttemptBack() {
        var call = call();

        report(call, CallStatus.INITIATED, CallStatus.FAILED);

        assertThat(row(call))
                .containsEntry("result", "TECHNICAL")
                .containsEntry("n", "null")
                .containsEntry("attempts", "0")
                .containsEntry("youth", "TO_CALL");
    }

    /** Not allowed, unverified, out of reach …: no outage, no dead number, and not every minute for ever. */
    @ParameterizedTest
    @ValueSource(ints = {21210, 21214, 21216, 21219, 29999})
    void aNumberThatTwilioRefusesRestsLongerEachTime(int code) {
        long youth = campaign.youth("TO_CALL");
        long refused = campaign.number(youth, "YOUTH");
        List<Integer> hours = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            answer(tracker.notPlaced(call(youth, refused, 1).id(), AttemptResult.TECHNICAL, code));
            hours.add(campaign.ask(
                    "select cast(extract(epoch from until - since) / 3600 as integer) as n from telephone where e164 = :e164",
                    Map.of("e164", campaign.e164(refused)),
                    row -> row.integer("n")));
        }

        assertThat(hours).containsExactly(1, 2, 4, 8, 16, 24);
        assertThat(campaign.<String>ask(
                        "select state from phone_number where id = :id",
                        Map.of("id", refused),
                        row -> row.text("state")))
                .isEqualTo("UNTRIED");
        assertThat(campaign.place(youth)).isEqualTo("TO_CALL");
    }

    @Test
    void aReportOnAnotherCallChangesNothing() {
        var call = call();
        report(call, CallStatus.RINGING);
        var before = row(call);

        var foreign = new CallReport(call.token(), "CA" + "f".repeat(32), CallStatus.COMPLETED, null);
        answer(database.inTransaction(sql -> tracker.apply(sql, foreign, now)));

        assertThat(row(call)).isEqualTo(before);
    }

    @Test
    void theFallbackTextIsSentOnceAfterTheThirdSilentAttempt() {
        campaign.run("update campaign set sms_sender = '+33639989900' where id = :id", Map.of("id", campaign.id()));
        long youth = campaign.youth("TO_CALL");
        campaign.attempt(youth, 1, now.minus(Duration.ofDays(4)));
        long phone = campaign.number(youth, "YOUTH");
        report(call(youth, phone, 2), CallStatus.RINGING, CallStatus.NO_ANSWER);
        answer(texting.tick(now));
        assertThat(texts(youth)).isZero();

        report(call(youth, phone, 3), CallStatus.RINGING, CallStatus.NO_ANSWER);
        answer(texting.tick(now));
        assertThat(texts(youth)).isEqualTo(1);

        report(call(youth, phone, 4), CallStatus.RINGING, CallStatus.BUSY);
        answer(texting.tick(now));
        assertThat(texts(youth)).isEqualTo(1);
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> leftTo(youth));
    }

    private boolean leftTo(long youth) {
        return campaign.ask(
                "select count(*) as n from sms_message where youth_id = :youth and sid is not null",
                Map.of("youth", youth),
                row -> row.id("n") == 1);
    }

    private long texts(long youth) {
        return campaign.ask(
                "select count(*) as n from sms_message where youth_id = :youth and direction = 'OUT'",
                Map.of("youth", youth),
                row -> row.id("n"));
    }

    @ParameterizedTest
    @CsvSource({
        "QUEUED, QUEUED",
        "INITIATED, QUEUED",
        "RINGING, RINGING",
        "IN_PROGRESS, ANSWERED",
        "COMPLETED, COMPLETED",
        "BUSY, BUSY",
        "NO_ANSWER, NO_ANSWER",
        "FAILED, FAILED",
        "CANCELED, CANCELED"
    })
    void everyStatusIsAState(CallStatus status, AttemptState state) {
        assertThat(CallTracker.state(status)).isEqualTo(state);
        assertThat(state.isOver()).isEqualTo(status.isFinal());
    }
}
