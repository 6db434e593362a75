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
import fr.raccroche.TestingLog;
import fr.raccroche.TestingMorning;
import fr.raccroche.TestingNode;
import fr.raccroche.TestingQueue;
import fr.raccroche.TestingWebhook;
import fr.raccroche.campaign.AttemptResult;
import fr.raccroche.campaign.Campaigns;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Sql;
import fr.raccroche.platform.Tokens;
import fr.raccroche.security.Role;
import fr.raccroche.simulator.Fault;
import fr.raccroche.simulator.people.Scenario;
import fr.raccroche.youth.YouthMessages;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults between who answers and the agent: who clicks twice, wants the same youth, or is gone. F12, F16, F17, F18. */
@ApplicationTest
class AgentFaultsTest {

    @Inject
    Database database;

    @Inject
    TestingAccounts accounts;

    @Inject
    Tokens tokens;

    @Inject
    YouthMessages words;

    @Inject
    Agents agents;

    @Inject
    Dialer dialer;

    @Inject
    Claims claims;

    @Inject
    Queue queue;

    @Inject
    Settlement settlement;

    @Inject
    Campaigns campaigns;

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

    /** As with the database away: what the gate has to write cannot be written. */
    @Test
    void f12WhoAnswersWhenNothingCanBeWrittenHearsASentenceAndIsOwedTheCall() {
        TestingLog.expects("ERROR: away");
        floor.clock().start(floor.clock().instant(), 1);
        floor.knobs().script(youth.number(), Scenario.PICKS_UP);
        campaign.run(
                "create function away() returns trigger language plpgsql as 'begin raise exception ''away''; end'",
                Map.of());
        campaign.run(
                "create trigger away before update on call_attempt for each row when (new.state = 'ANSWERED' and new.youth_id = "
                        + youth.id() + ") execute function away()",
                Map.of());
        long agent;
        try {
            agent = floor.agentAtWork(campaign);
            await().atMost(PATIENCE).until(youth::heard, said -> said.equals(List.of(words.sorry())));
        } finally {
            campaign.run("drop function away cascade", Map.of());
        }
        await().atMost(PATIENCE).until(() -> floor.simulator().isQuiet());
        youth.anHourOfSilence(sweeper);

        assertThat(youth.first())
                .containsEntry("state", "COMPLETED")
                .containsEntry("result", "ABANDONED")
                .containsEntry("n", "1")
                .doesNotContainEntry("answered_at", "null");
        assertThat(youth.place()).isEqualTo("TO_CALL");
        assertThat(floor.state(agent))
                .as("no outcome of a talk that nobody had")
                .isEqualTo(Agents.State.READY);
        assertThat(campaign.count(
                        "select count(*) as n from campaign_youth where youth_id = :youth and priority = 9",
                        Map.of("youth", youth.id())))
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
        long phone = youth.phone();
        var call = TestingCall.open(
                campaign,
                tokens,
                youth.id(),
                phone,
                agent.account().id(),
                1,
                floor.clock().instant());
        call.talked(campaign, floor.clock().instant());

        assertThat(TestingFloor.atOnce(20, () -> record(agent, call))).containsOnly(204);
        assertThat(record(agent, call)).as("back, and sent again").isEqualTo(204);

        assertThat(campaign.count("select count(*) as n from outcome where attempt_id = :id", Map.of("id", call.id())))
                .isEqualTo(1);
        assertThat(youth.first()).containsEntry("result", "REFUSED").containsEntry("n", "1");
        assertThat(youth.used()).isEqualTo(1);
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
        Instant day = floor.next(TestingMorning.BEGINS);
        for (int i = 0; i < 14; i++) {
            Instant now = day;
            var claims = new ArrayList<Callable<List<Attempt>>>();
            all.forEach(agent -> claims.add(() -> claim(agent, now)));
            List<Attempt> won =
                    TestingFloor.atOnce(claims).stream().flatMap(List::stream).toList();
            assertThat(won).as("attempt %d", i + 1).hasSize(i < 10 ? 1 : 0);
            won.forEach(attempt -> answer(database.inTransaction(
                    sql -> settlement.settle(sql, attempt, Ending.of(AttemptResult.NO_ANSWER), now.plusSeconds(30)))));
            winners.addAll(won);
            day = planned(day);
        }
        assertThat(winners).extracting(Attempt::id).doesNotHaveDuplicates().hasSize(10);
        assertThat(youth.attempts())
                .extracting(attempt -> attempt.get("n"))
                .containsExactly("1", "2", "3", "4", "5", "6", "7", "8", "9", "10");
        assertThat(youth.place()).isEqualTo("UNREACHABLE");
    }

    /** When the plan has the next attempt; a day later when it has none. */
    private Instant planned(Instant day) {
        return campaign.ask(
                "select coalesce(next_attempt_at, :later) as at from campaign_youth where youth_id = :youth",
                Map.of("later", day.plus(Duration.ofDays(1)), "youth", youth.id()),
                row -> row.instant("at"));
    }

    /** Takes a youth without letting anybody dial. */
    private List<Attempt> claim(long agent, Instant now) {
        return answer(database.inTransaction(sql -> agents.set(sql, agent, campaign.id(), Agents.State.READY, now)
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
        floor.clock().start(floor.clock().instant(), 1);
        floor.knobs().script(youth.number(), Scenario.PICKS_UP);
        long agent = campaign.account(Role.AGENT, null).id();
        answer(database.inTransaction(sql -> agents.connect(
                        sql, agent, "CA" + tokens.next(), floor.clock().instant())
                .chain(() -> agents.set(
                        sql,
                        agent,
                        campaign.id(),
                        Agents.State.READY,
                        floor.clock().instant()))));
        dialer.nudge();

        youth.awaitFirst("result", "ABANDONED");
        await().atMost(PATIENCE).until(() -> floor.simulator().isQuiet());
        youth.awaitFirst("state", "COMPLETED");

        assertThat(youth.first()).containsEntry("state", "COMPLETED").containsEntry("n", "1");
        assertThat(youth.heard()).containsExactly(sentence());
        long waited = campaign.count("""
                select cast(extract(epoch from changed_at - admitted_at) * 1000 as bigint) as n
                from call_attempt where youth_id = :youth and bridged_at is null""", Map.of("youth", youth.id()));
        assertThat(waited).as("milliseconds alone, the sentence included").isBetween(2_000L, 20_000L);
        assertThat(youth.rings())
                .singleElement()
                .satisfies(ring -> assertThat(ring.answered()).isPresent());
        assertThat(floor.hasLine(agent)).isFalse();
        assertThat(youth.place()).isEqualTo("TO_CALL");
        assertThat(campaign.count(
                        """
                        select cast(priority as bigint) as n from campaign_youth
                        where youth_id = :youth and next_attempt_at <= cast(:soon as timestamptz)""",
                        Map.of(
                                "youth",
                                youth.id(),
                                "soon",
                                floor.clock().instant().plus(Duration.ofMinutes(16)))))
                .as("called next, with an agent waiting")
                .isEqualTo(9);
    }

    @Test
    void f18APhoneStopsRingingWhenItsAgentLeaves() {
        floor.clock().start(floor.clock().instant(), 1);
        floor.knobs().script(youth.number(), Scenario.RINGS_OUT);
        floor.agentAtWork(campaign);
        youth.awaitFirst("state", "RINGING");
        floor.headsets().getFirst().disconnect();

        youth.awaitFirst("result", "NO_ANSWER");
        await().atMost(PATIENCE).until(() -> floor.simulator().isQuiet());

        assertThat(youth.first()).containsEntry("state", "CANCELED").containsEntry("n", "1");
        assertThat(youth.rings())
                .singleElement()
                .satisfies(ring -> assertThat(
                                Duration.between(ring.start(), ring.end().orElseThrow()))
                        .isLessThan(Duration.ofSeconds(10)));
    }

    @Test
    void f18AnAgentWhoLeavesWhileItRingsIsNoSilenceForWhoAnswers() {
        floor.clock().start(floor.clock().instant(), 1);
        floor.knobs().script(youth.number(), Scenario.PICKS_UP);
        long agent = floor.agentAtWork(campaign);
        youth.awaitFirst("state", "RINGING");
        floor.knobs().failUntil(Instant.MAX, Fault.INTERNAL_ERROR);
        floor.headsets().getFirst().disconnect();
        await().atMost(PATIENCE).until(() -> !floor.hasLine(agent));

        youth.awaitFirst("result", "ABANDONED");
        await().atMost(PATIENCE).until(() -> floor.simulator().isQuiet());

        assertThat(youth.rings())
                .singleElement()
                .satisfies(ring -> assertThat(ring.answered()).isPresent());
        assertThat(youth.heard()).containsExactly(sentence());
        assertThat(youth.used()).isEqualTo(1);
    }

    @Test
    void f18ATalkGoesOnWhenTheAgentReadsThePageAgain() {
        floor.clock().start(floor.clock().instant(), 1);
        long agent = youth.talk();
        youth.awaitBridged();
        String first = floor.headsets().getFirst().callSid().orElseThrow();

        floor.headsets().getFirst().disconnect();
        await().atMost(PATIENCE).until(() -> !floor.hasLine(agent));
        rounds.sweep();
        assertThat(floor.headsets().getFirst().talk()).isEmpty();
        assertThat(floor.simulator().isQuiet()).as("the youth waits").isFalse();
        floor.putHeadsetOn(agent);
        await("longer than anybody would have waited for the agent")
                .during(TestingNode.REJOIN.plusSeconds(1))
                .atMost(PATIENCE)
                .until(() -> floor.headsets().getLast().talk().isPresent());

        assertThat(floor.headsets().getLast().callSid()).isPresent().get().isNotEqualTo(first);
        assertThat(floor.headsets().getLast().talk()).isPresent();
        assertThat(youth.first()).containsEntry("state", "ANSWERED").containsEntry("result", "OPEN");
        assertThat(youth.heard()).isEmpty();
    }

    @Test
    void f18WhoWaitsInVainForTheAgentToComeBackHearsASentence() {
        floor.clock().start(floor.clock().instant(), 1);
        long agent = youth.talk();
        youth.awaitBridged();
        floor.headsets().getFirst().disconnect();

        await().atMost(PATIENCE.multipliedBy(2)).until(() -> floor.simulator().isQuiet());
        youth.awaitFirst("state", "COMPLETED");

        assertThat(youth.heard()).containsExactly(sentence());
        assertThat(youth.first()).containsEntry("result", "OPEN");
        assertThat(floor.state(agent)).as("the talk has an outcome").isEqualTo(Agents.State.WRAP_UP);
    }

    @Test
    void f18WhoWasToHearASentenceStillHearsItWhenTwilioAsksAgain() {
        var call = youth.callAtTwilio(tokens);
        answer(database.inTransaction(sql -> agents.disconnect(sql, call.agent(), "none")));

        assertThat(call.gate()).contains(sentence());
        assertThat(call.gate()).as("our answer was lost").contains(sentence());
        assertThat(youth.first()).containsEntry("result", "ABANDONED").containsEntry("n", "1");
        assertThat(youth.used()).isEqualTo(1);

        campaign.run(
                "update call_attempt set message_until = now() - interval '1 second' where id = :id",
                Map.of("id", call.id()));
        assertThat(call.gate()).doesNotContain("Say");
    }

    /** What whoever answers without an agent is to hear. */
    private String sentence() {
        return answer(database.inTransaction(sql -> campaigns.byId(sql, campaign.id())))
                .nobodyText();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100})
    void f18WhoTalksWithAnAgentIsNeverInterrupted(int reportsLost) {
        floor.clock().start(floor.clock().instant(), 1);
        floor.knobs().dropCallbacks(reportsLost);
        floor.knobs().script(youth.number(), Scenario.PICKS_UP);
        floor.agentAtWork(campaign);
        await().atMost(PATIENCE).until(() -> floor.headsets().getFirst().talk().isPresent());

        await().atMost(PATIENCE).until(() -> campaign.count("""
                        select count(*) as n from call_attempt
                        where youth_id = :youth and bridged_at < admitted_at + interval '2 seconds'""", Map.of("youth", youth.id())) == 1);
        assertThat(floor.headsets().getFirst().talk()).isPresent();
        assertThat(youth.first()).containsEntry("state", "ANSWERED").containsEntry("result", "OPEN");
    }

    /** The outcome is recorded, and the hang-up did not get through. */
    @ParameterizedTest
    @ValueSource(strings = {"ended_at = now()", "message_until = now() + interval '1 minute'"})
    void nobodyJoinsAnAgentsRoomWhileTheLastCallIsStillInIt(String over) {
        long agent = campaign.account(Role.AGENT, null).id();
        long last = campaign.attempt(
                campaign.youth("NO_REFERRAL"), 1, floor.clock().instant().minusSeconds(60));
        campaign.run("""
                update call_attempt set agent_id = :agent, call_sid = 'CA' || token, ended_at = null,
                       changed_at = now() + interval '1 hour' where id = :id""", Map.of("agent", agent, "id", last));

        assertThat(claim(agent, floor.clock().instant())).isEmpty();
        assertThat(taken(agent)).isZero();
        assertThat(arrives(agent)).isFalse();

        campaign.run("update call_attempt set " + over + " where id = :id", Map.of("id", last));
        assertThat(taken(agent)).isEqualTo(3);
        assertThat(arrives(agent)).isTrue();
        assertThat(claim(agent, floor.clock().instant())).hasSize(1);
    }

    /** By how many of those who ring us, answer a shared line, or are due the waiting agent would be met. */
    private int taken(long agent) {
        Instant now = floor.clock().instant();
        return answer(database.inTransaction(sql -> ready(sql, agent, now)
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
        return !answer(database.inTransaction(sql -> queue.drawOnArrival(
                        sql, campaign.id(), agent, false, floor.clock().instant())))
                .agents()
                .isEmpty();
    }
}
