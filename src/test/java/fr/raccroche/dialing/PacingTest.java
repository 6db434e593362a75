package fr.raccroche.dialing;

import static fr.raccroche.Blocking.answer;
import static fr.raccroche.TestingFloor.PATIENCE;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.raccroche.ApplicationTest;
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
import fr.raccroche.telephony.TestingTwilio;
import io.quarkus.test.junit.QuarkusMock;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An account that may begin four calls per second, and a simulated Twilio that queues what comes faster. */
@ApplicationTest
class PacingTest {

    private static final Duration GAP = Duration.ofMillis(250);

    @Inject
    Database database;

    @Inject
    Tokens tokens;

    @Inject
    TestingRounds rounds;

    @Inject
    TestingFloor floor;

    private TestingQueue campaign;

    @BeforeEach
    void morning() {
        floor.open(floor.next(TestingMorning.BEGINS), 1);
        campaign = floor.campaign(floor.clock().instant());
        turnsAreFree();
        QuarkusMock.installMockForType(
                new CallTurns(new TestingTwilio(URI.create(TestingNode.PRODUCT), PATIENCE, 4), floor.clock()),
                CallTurns.class);
    }

    /** For the tests that follow, too. */
    private void turnsAreFree() {
        campaign.run("update call_pace set next_at = '2000-01-01', gap_millis = 0", Map.of());
    }

    @AfterEach
    void evening() {
        floor.close();
        turnsAreFree();
    }

    /** A youth whose line is always busy. */
    private long youth() {
        long youth = campaign.youth("TO_CALL");
        long phone = campaign.number(youth, "YOUTH");
        floor.knobs().script(campaign.e164(phone), Scenario.BUSY);
        return youth;
    }

    private long count(String condition) {
        return campaign.count(
                "select count(*) as n from call_attempt where campaign_id = :id and " + condition,
                Map.of("id", campaign.id()));
    }

    /** Milliseconds that each call of this campaign waited in Twilio's own queue. */
    private List<Integer> queued() {
        List<String> sids = new ArrayList<>();
        answer(database.inTransaction(
                sql -> sql.query("select call_sid from call_attempt where campaign_id = :id and call_sid is not null")
                        .set("id", campaign.id())
                        .list(row -> sids.add(row.text("call_sid")))));
        return sids.stream()
                .map(sid -> given().baseUri("http://127.0.0.1:" + TestingNode.SIMULATOR_PORT)
                        .auth()
                        .preemptive()
                        .basic("AC" + "0".repeat(32), "1".repeat(32))
                        .get("/2010-04-01/Accounts/AC" + "0".repeat(32) + "/Calls/" + sid + ".json")
                        .jsonPath()
                        .getInt("queue_time"))
                .toList();
    }

    @Test
    void callsWaitHereAndNotAtTwilio() {
        floor.knobs().paceCalls(GAP);
        IntStream.range(0, 12).forEach(i -> youth());
        Instant start = floor.clock().instant();
        floor.agentsAtWork(campaign, 6);

        await().atMost(PATIENCE).until(() -> count("result = 'BUSY'") == 12);

        assertThat(Duration.between(start, floor.clock().instant()))
                .as("time for twelve calls")
                .isGreaterThan(GAP.multipliedBy(11));
        assertThat(queued())
                .hasSize(12)
                .allSatisfy(millis -> assertThat(millis)
                        .as("less than one turn: what two requests differ by on their way")
                        .isLessThan((int) GAP.toMillis()));
        assertThat(count("result = 'NOT_PLACED'"))
                .as("nobody was claimed in vain")
                .isZero();
    }

    @Test
    void noMoreYouthsAreClaimedThanHaveATurnSoon() {
        IntStream.range(0, 5).forEach(i -> youth());
        turnIn(Duration.ofSeconds(40));
        floor.agentsAtWork(campaign, 5);

        rounds.look();
        assertThat(count("true"))
                .as("they wait in the queue, their agents stay ready")
                .isZero();

        turnIn(Duration.ZERO);
        await().atMost(PATIENCE).until(() -> count("result = 'BUSY'") == 5);
    }

    private void turnIn(Duration wait) {
        campaign.run(
                "update call_pace set next_at = :at, gap_millis = 250",
                Map.of("at", floor.clock().instant().plus(wait)));
    }

    @Test
    void whatWouldRingAfterTheHoursIsGivenBack() {
        floor.clock().start(floor.next(LocalTime.of(12, 57, 30)), 1);
        turnIn(Duration.ofSeconds(45));
        long youth = youth();

        intent(youth);

        await().atMost(PATIENCE).until(() -> count("result = 'NOT_PLACED' and n is null and call_sid is null") == 1);
    }

    @Test
    void whatWaitedTooLongForItsAgentIsGivenBack() {
        turnIn(Duration.ofSeconds(45));
        long youth = youth();

        long attempt = intent(youth);
        await("it waits")
                .during(Duration.ofSeconds(1))
                .atMost(PATIENCE)
                .until(() -> count("state = 'INTENT' and closed_at is null") == 1);
        campaign.run(
                "update call_attempt set lease_until = now() - interval '1 minute' where id = :id",
                Map.of("id", attempt));

        await().atMost(PATIENCE).until(() -> count("result = 'NOT_PLACED' and n is null and call_sid is null") == 1);
        String place = campaign.place(youth);
        assertThat(place).isEqualTo("TO_CALL");
    }

    /** An attempt on its way, whatever there is room for. */
    private long intent(long youth) {
        long phone = campaign.ask(
                "select id from phone_number where youth_id = :youth", Map.of("youth", youth), row -> row.id("id"));
        var call = TestingCall.open(
                campaign,
                tokens,
                youth,
                phone,
                campaign.account(Role.AGENT, null).id(),
                1,
                floor.clock().instant());
        campaign.run(
                "update call_attempt set state = 'INTENT', lease_until = now() where id = :id",
                Map.of("id", call.id()));
        campaign.run(
                "insert into outbox (channel, payload) values ('calls-to-place', cast(cast(:payload as text) as jsonb))",
                Map.of("payload", "{\"attemptId\":" + call.id() + "}"));
        return call.id();
    }

    @Test
    void aRefusalSlowsDownAndPasses() {
        floor.clock().start(floor.clock().instant(), 20);
        floor.knobs().failNext(2, Fault.TOO_MANY_REQUESTS, Moment.BEFORE_CREATION);
        IntStream.range(0, 6).forEach(i -> youth());
        floor.agentsAtWork(campaign, 3);

        await().atMost(PATIENCE).until(() -> count("result = 'NOT_PLACED'") == 2);
        assertThat(gap()).isGreaterThanOrEqualTo(1_000);
        await().atMost(PATIENCE).until(() -> count("result = 'BUSY'") == 6);

        assertThat(count("result = 'NOT_PLACED'")).as("and no more").isEqualTo(2);
        assertThat(count("n is not null and result <> 'BUSY'")).isZero();
        assertThat(gap()).isLessThan(1_500);
    }

    @Test
    void whoFindsNobodyToCallTakesNoTurn() {
        TestingQueue done = floor.campaign(floor.clock().instant());
        floor.agentsAtWork(done, 3);
        youth();
        campaign.run("update call_pace set gap_millis = 60000", Map.of());

        floor.agentsAtWork(campaign, 1);

        await().atMost(PATIENCE).until(() -> count("result = 'BUSY'") == 1);
    }

    private long gap() {
        return campaign.count("select cast(gap_millis as bigint) as n from call_pace", Map.of());
    }
}
