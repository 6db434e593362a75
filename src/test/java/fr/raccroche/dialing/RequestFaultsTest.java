package fr.raccroche.dialing;

import static fr.raccroche.Blocking.answer;
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
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Tokens;
import fr.raccroche.security.Role;
import fr.raccroche.simulator.Fault;
import fr.raccroche.simulator.Moment;
import fr.raccroche.simulator.people.Scenario;
import fr.raccroche.telephony.Calls;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults of our requests for a call, and of the clock by which they are made: F3, F4, F5, F23. */
@ApplicationTest
class RequestFaultsTest {

    @Inject
    Database database;

    @Inject
    TestingAccounts accounts;

    @Inject
    Tokens tokens;

    @Inject
    Agents agents;

    @Inject
    Sweeper sweeper;

    @Inject
    Calls calls;

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

    @ParameterizedTest
    @EnumSource(names = {"INTERNAL_ERROR", "UNAVAILABLE"})
    void f3AnErrorBeforeTheCallExistsIsAnAttemptWithoutARing(Fault fault) {
        floor.knobs().failNext(1, fault, Moment.BEFORE_CREATION);
        floor.agentAtWork(campaign);

        youth.awaitFirst("state", "UNKNOWN");
        youth.anHourOfSilence(sweeper);

        assertThat(youth.first())
                .containsEntry("state", "LOST")
                .containsEntry("result", "LOST")
                .containsEntry("n", "1");
        assertThat(youth.requests()).isEqualTo(1);
        assertThat(youth.rings()).isEmpty();
        assertThat(youth.place()).isEqualTo("TO_CALL");
    }

    @ParameterizedTest
    @CsvSource({"INTERNAL_ERROR, 0", "UNAVAILABLE, 0", "INTERNAL_ERROR, 100", "UNAVAILABLE, 100"})
    void f3AnErrorAfterTheCallExistsIsThatCall(Fault fault, int callbacksLost) {
        floor.knobs().script(youth.number(), Scenario.BUSY);
        floor.knobs().failNext(1, fault, Moment.AFTER_CREATION);
        floor.knobs().dropCallbacks(callbacksLost);
        floor.agentAtWork(campaign);

        if (callbacksLost == 0) {
            youth.awaitFirst("result", "BUSY");
        } else {
            youth.awaitFirst("state", "UNKNOWN");
            await().atMost(PATIENCE).until(() -> floor.simulator().isQuiet());
            youth.anHourOfSilence(sweeper);
        }

        assertThat(youth.first())
                .containsEntry("result", "BUSY")
                .containsEntry("n", "1")
                .containsEntry("bound", "true");
        assertThat(youth.requests()).isEqualTo(1);
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
        floor.knobs().script(youth.number(), Scenario.BUSY);
        floor.knobs().failNext(1, fault, moment);
        floor.agentAtWork(campaign);
        await().atMost(PATIENCE).until(() -> youth.requests() == 1);
        long asked = System.nanoTime();

        if (moment == Moment.BEFORE_CREATION) {
            youth.awaitFirst("state", "UNKNOWN");
            assertThat(Duration.ofNanos(System.nanoTime() - asked))
                    .as("no thread waits longer than the limit")
                    .isLessThan(TestingNode.TWILIO_TIMEOUT.plusSeconds(4));
            youth.anHourOfSilence(sweeper);
        }
        youth.awaitFirst("result", result);

        assertThat(youth.first()).containsEntry("n", "1");
        assertThat(youth.requests()).isEqualTo(1);
        assertThat(youth.used()).isEqualTo(1);
    }

    @Test
    void f5TooManyRequestsUsesNoAttemptUpAndLosesNobody() {
        floor.knobs().script(youth.number(), Scenario.BUSY);
        floor.knobs().failUntil(Instant.MAX, Fault.TOO_MANY_REQUESTS);
        floor.agentAtWork(campaign);

        youth.awaitFirst("result", "NOT_PLACED");
        floor.knobs().failUntil(Instant.MIN, Fault.TOO_MANY_REQUESTS);
        await().atMost(PATIENCE).until(() -> youth.attempts().getLast().get("result"), "BUSY"::equals);

        assertThat(youth.attempts())
                .extracting(attempt -> attempt.get("result") + " " + attempt.get("n"))
                .endsWith("BUSY 1")
                .filteredOn(attempt -> !attempt.startsWith("BUSY"))
                .containsOnly("NOT_PLACED null");
        assertThat(youth.requests()).as("asked rarely, not again and again").isLessThanOrEqualTo(5);
        assertThat(youth.used()).isEqualTo(1);
    }

    /** With reports, and with none: then the sweeper asks. */
    @ParameterizedTest
    @ValueSource(ints = {0, 100})
    void aCallThatIsTakenBackBeforeItsTurnAtTwilioUsesNoAttemptUp(int reportsLost) {
        floor.knobs().paceCalls(Duration.ofMinutes(4));
        floor.knobs().script(youth.number(), Scenario.RINGS_OUT);
        floor.agentAtWork(campaign);
        youth.awaitFirst("bound", "true");
        youth = new TestingYouth(floor, campaign);
        floor.agentAtWork(campaign);
        youth.awaitFirst("bound", "true");
        floor.knobs().dropCallbacks(reportsLost);

        String sid = campaign.ask(
                "select call_sid from call_attempt where youth_id = :youth",
                Map.of("youth", youth.id()),
                row -> row.text("call_sid"));
        campaign.run("update campaign set state = 'PAUSED' where id = :id", Map.of("id", campaign.id()));
        answer(calls.cancel(sid));
        if (reportsLost == 100) {
            youth.anHourOfSilence(sweeper);
        }

        youth.awaitFirst("result", "NOT_PLACED");
        assertThat(youth.first()).containsEntry("state", "CANCELED").containsEntry("n", "null");
        assertThat(youth.used()).isZero();
        assertThat(youth.rings()).isEmpty();
        assertThat(campaign.<String>ask(
                        "select state from phone_number where id = :id",
                        Map.of("id", youth.phone()),
                        row -> row.text("state")))
                .isEqualTo("UNTRIED");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1})
    void f23AnHourMoreOrLessOnTheClockEndsNothing(int hours) {
        var ringing = youth.callAtTwilio(tokens);
        Person agent = accounts.signedIn(Role.AGENT);
        answer(database.inTransaction(sql -> agents.set(
                sql,
                agent.account().id(),
                campaign.id(),
                Agents.State.PAUSED,
                floor.clock().instant())));
        Map<String, String> before = youth.first();
        Instant now = floor.clock().instant();

        floor.clock().reset(now.plus(Duration.ofHours(hours)), 1);
        answer(sweeper.sweep());

        assertThat(youth.first()).isEqualTo(before).containsEntry("state", "DIALING");
        assertThat(floor.state(agent.account().id())).isEqualTo(Agents.State.PAUSED);
        assertThat(given().baseUri(TestingNode.PRODUCT)
                        .cookie(TestingAccounts.COOKIE, agent.session())
                        .get("/desk/state")
                        .statusCode())
                .isEqualTo(200);
        assertThat(campaign.count(
                        "select count(*) as n from outbox where parked_at is not null or tries > 3", Map.of()))
                .isZero();
        assertThat(ringing.report("ringing", 1)).isEqualTo(204);
        youth.awaitFirst("state", "RINGING");
        floor.clock().reset(now.plus(Duration.ofHours(1)), 1);
    }
}
