package fr.raccroche.dialing;

import static fr.raccroche.Blocking.answer;
import static fr.raccroche.TestingFloor.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.raccroche.ApplicationTest;
import fr.raccroche.TestingFloor;
import fr.raccroche.TestingQueue;
import fr.raccroche.campaign.Abandonments;
import fr.raccroche.campaign.Campaigns;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Tokens;
import fr.raccroche.queue.Priority;
import fr.raccroche.simulator.HeardSentence;
import fr.raccroche.simulator.people.Scenario;
import fr.raccroche.telephony.CallStatus;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A few lines more than agents, where a campaign accepts it and enough is known. */
@ApplicationTest
class BurstTest {

    @Inject
    Database database;

    @Inject
    Tokens tokens;

    @Inject
    Campaigns campaigns;

    @Inject
    Claims claims;

    @Inject
    TestingRounds rounds;

    @Inject
    CallTracker tracker;

    @Inject
    TestingFloor floor;

    private TestingQueue campaign;

    @BeforeEach
    void morning() {
        rounds.awaitTwilio();
        floor.openInTheMorning(1);
        campaign = floor.campaign(floor.clock().instant());
        campaign.run(
                "update campaign set mode = 'BURST', abandonment_permille = 30 where id = :id",
                Map.of("id", campaign.id()));
    }

    @AfterEach
    void evening() {
        floor.close();
    }

    /** Calls of yesterday, at this time of day. */
    private void rang(int calls, int answered) {
        campaign.rang(calls, answered, floor.clock().instant().minus(Duration.ofDays(1)));
    }

    private long youth(Scenario scenario) {
        long youth = campaign.youth("TO_CALL");
        long phone = campaign.number(youth, "YOUTH");
        floor.knobs().script(campaign.e164(phone), scenario);
        return youth;
    }

    private void youths(int number, Scenario scenario) {
        IntStream.range(0, number).forEach(i -> youth(scenario));
    }

    private long count(String condition) {
        return campaign.count(
                "select count(*) as n from call_attempt where campaign_id = :id and token not like 'rang-%' and "
                        + condition,
                Map.of("id", campaign.id()));
    }

    private Set<String> numbers() {
        return Set.of(campaign.ask(
                        "select string_agg(p.e164, ' ') as numbers from campaign_youth y join phone_number p on p.youth_id = y.youth_id where y.campaign_id = :id and y.state = 'TO_CALL'",
                        Map.of("id", campaign.id()),
                        row -> row.text("numbers"))
                .split(" "));
    }

    /** What the campaign allows for so many agents now. */
    private int lines(int agents) {
        return answer(database.inTransaction(sql -> campaigns
                        .byId(sql, campaign.id())
                        .chain(found ->
                                Abandonments.bound(sql, found, floor.clock().instant()))))
                .lines(agents);
    }

    @Test
    void whileLittleIsKnownEachAgentHasOneLine() {
        rang(99, 10);
        youths(6, Scenario.RINGS_OUT);

        floor.agentsAtWork(campaign, 3);

        await().atMost(PATIENCE).until(() -> count("live and state = 'RINGING'") == 3);
        assertThat(count("agent_id is null")).isZero();
    }

    @Test
    void moreLinesThanAgentsRingButNeverMoreThanWasComputed() {
        rang(200, 40);
        int most = lines(3);
        assertThat(most).isBetween(4, 7);
        youths(20, Scenario.RINGS_OUT);

        List<Long> all = floor.agentsAtWork(campaign, 3);
        await().atMost(PATIENCE).until(() -> count("live and state = 'RINGING'") == most);
        rounds.look();

        assertThat(count("live")).isEqualTo(most);
        assertThat(count("live and agent_id is null and n = 1")).isEqualTo(most);
        assertThat(all).allSatisfy(agent -> assertThat(floor.state(agent)).isEqualTo(Agents.State.READY));
    }

    @Test
    void dialersThatLookAtOnceStartNoMoreThanOneWould() throws ExecutionException, InterruptedException {
        rang(200, 40);
        int most = lines(3);
        youths(40, Scenario.RINGS_OUT);
        campaign.run("update campaign set state = 'PAUSED' where id = :id", Map.of("id", campaign.id()));
        List<Long> all = floor.agentsAtWork(campaign, 3);
        campaign.run("update campaign set state = 'RUNNING' where id = :id", Map.of("id", campaign.id()));

        List<CompletableFuture<?>> dialers = IntStream.range(0, 8)
                .<CompletableFuture<?>>mapToObj(i ->
                        CompletableFuture.runAsync(() -> answer(database.inTransaction(sql -> claims.claim(
                                sql, campaign.id(), all, floor.clock().instant())))))
                .toList();
        for (CompletableFuture<?> each : dialers) {
            each.get();
        }

        assertThat(count("closed_at is null")).isEqualTo(most);
    }

    @Test
    void whoAnswersIsWithWhoeverWaitedLongest() {
        rang(200, 40);
        long answering = youth(Scenario.PICKS_UP);
        youths(9, Scenario.RINGS_OUT);

        List<Long> all = floor.agentsAtWork(campaign, 3);

        await().atMost(PATIENCE).until(() -> count("bridged_at is not null") == 1);
        assertThat(campaign.<Long>ask(
                        "select agent_id from call_attempt where youth_id = :youth and campaign_id = :campaign",
                        Map.of("youth", answering, "campaign", campaign.id()),
                        row -> row.id("agent_id")))
                .isEqualTo(all.getFirst());
        assertThat(floor.state(all.getFirst())).isEqualTo(Agents.State.IN_CALL);
        assertThat(floor.headsets().getFirst().talk()).isPresent();
        assertThat(floor.state(all.getLast())).isEqualTo(Agents.State.READY);
    }

    @Test
    void whoAnswersOneTooManyHearsASentenceAndIsCalledNextWithAnAgent() {
        rang(200, 8);
        int most = lines(2);
        assertThat(most).isGreaterThan(3);
        youths(most, Scenario.PICKS_UP);
        Set<String> youths = numbers();

        floor.agentsAtWork(campaign, 2);

        await().atMost(PATIENCE).until(() -> count("result = 'ABANDONED'") == most - 2);
        assertThat(count("bridged_at is not null and agent_id is not null")).isEqualTo(2);
        assertThat(count("result = 'ABANDONED' and agent_id is null and n = 1")).isEqualTo(most - 2);
        assertThat(campaign.count(
                        "select count(*) as n from campaign_youth where campaign_id = :id and priority = :owed",
                        Map.of("id", campaign.id(), "owed", (short) Priority.OWED)))
                .isEqualTo(most - 2);
        String sentence = answer(database.inTransaction(sql -> campaigns.byId(sql, campaign.id())))
                .nobodyText();
        await().atMost(PATIENCE).until(() -> count("result = 'ABANDONED' and ended_at is not null") == most - 2);
        assertThat(floor.simulator().ledger().heard().stream().filter(said -> youths.contains(said.number())))
                .extracting(HeardSentence::text)
                .hasSize(most - 2)
                .containsOnly(sentence);
        assertThat(lines(5)).as("it happened too often: back to one each").isEqualTo(5);
    }

    @Test
    void aCallThatIsOwedHasItsAgentFromTheStart() {
        rang(200, 40);
        long owed = youth(Scenario.RINGS_OUT);
        long before = campaign.attempt(owed, 1, floor.clock().instant().minus(Duration.ofDays(2)));
        campaign.run("update call_attempt set result = 'ABANDONED' where id = :id", Map.of("id", before));
        campaign.run(
                "update campaign_youth set attempts = 1, priority = :owed where youth_id = :youth",
                Map.of("owed", (short) Priority.OWED, "youth", owed));
        youths(9, Scenario.RINGS_OUT);
        assertThat(lines(3)).isGreaterThan(3);

        List<Long> all = floor.agentsAtWork(campaign, 3);

        await().atMost(PATIENCE).until(() -> count("live and agent_id is not null") == 1);
        await().atMost(PATIENCE).until(() -> count("live") == 1 + lines(2));
        assertThat(campaign.<Long>ask(
                        "select agent_id from call_attempt where youth_id = :youth and closed_at is null",
                        Map.of("youth", owed),
                        row -> row.id("agent_id")))
                .isEqualTo(all.getFirst());
    }

    @Test
    void whoHangsUpBeforeAnAgentWasThereWasAbandoned() {
        long youth = campaign.youth("TO_CALL");
        long phone = campaign.number(youth, "YOUTH");
        var call = TestingCall.open(
                campaign,
                tokens,
                youth,
                phone,
                campaign.agent().id(),
                1,
                floor.clock().instant());
        campaign.run("update call_attempt set agent_id = null where id = :id", Map.of("id", call.id()));

        for (CallStatus status : List.of(CallStatus.IN_PROGRESS, CallStatus.COMPLETED)) {
            answer(database.inTransaction(sql -> tracker.apply(
                    sql,
                    new CallReport(call.token(), "CA" + "b".repeat(32), status, null),
                    floor.clock().instant())));
        }

        assertThat(count("result = 'ABANDONED' and n = 1 and ended_at is not null"))
                .isEqualTo(1);
        assertThat(campaign.place(youth)).isEqualTo("TO_CALL");
    }
}
