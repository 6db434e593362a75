package fr.raccroche.dialing;

import static fr.raccroche.Blocking.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.raccroche.ApplicationTest;
import fr.raccroche.TestingFloor;
import fr.raccroche.TestingNode;
import fr.raccroche.TestingQueue;
import fr.raccroche.campaign.AttemptResult;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Sql;
import fr.raccroche.platform.Tokens;
import fr.raccroche.queue.Priority;
import fr.raccroche.queue.YouthState;
import fr.raccroche.security.Role;
import fr.raccroche.youth.NumberOwner;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who gets whom, and how often: the database has the last word, whatever runs at once. */
@ApplicationTest
class ClaimTest {

    private static final int AGENTS = 8;
    private static final int YOUTHS = 40;
    private static final Instant NOW = TestingNode.OPENING.plusSeconds(300);

    @Inject
    Database database;

    @Inject
    Dialer dialer;

    @Inject
    Claims claims;

    @Inject
    Agents agents;

    @Inject
    Attempts attempts;

    @Inject
    Queue queue;

    @Inject
    Settlement settlement;

    @Inject
    Tokens tokens;

    private TestingQueue campaign;

    @BeforeEach
    void campaign() {
        campaign = new TestingQueue(database, NOW);
    }

    @Test
    void agentsWhoClaimAtOnceNeverShareAYouth() throws InterruptedException, ExecutionException {
        List<Long> youths = callable(YOUTHS);

        var claimed = new ArrayList<Long>();
        var shifts = new ArrayList<Callable<List<Long>>>();
        for (int i = 0; i < AGENTS; i++) {
            long agent = campaign.account(Role.AGENT, null).id();
            shifts.add(() -> claimAll(agent));
        }
        TestingFloor.atOnce(shifts).forEach(claimed::addAll);

        assertThat(claimed).containsExactlyInAnyOrderElementsOf(youths);
    }

    /** Claims and passes until nobody is left; between two claims nobody else sees the agent waiting. */
    private List<Long> claimAll(long agent) {
        var youths = new ArrayList<Long>();
        Attempt attempt = answer(database.inTransaction(sql -> claim(sql, agent)));
        while (attempt != null) {
            youths.add(attempt.youthId());
            Attempt done = attempt;
            answer(database.inTransaction(sql -> settlement
                    .settle(sql, done, Ending.of(AttemptResult.PASSED), NOW)
                    .chain(() -> leave(sql, agent))));
            attempt = answer(database.inTransaction(sql -> claim(sql, agent)));
        }
        return youths;
    }

    private Uni<@Nullable Attempt> claim(Sql sql, long agent) {
        return agents.set(sql, agent, campaign.id(), Agents.State.READY, NOW)
                .chain(() -> agents.connect(sql, agent, "CA" + agent, NOW))
                .chain(() -> claims.claim(sql, campaign.id(), List.of(agent), NOW))
                .map(taken -> taken.isEmpty() ? null : taken.getFirst())
                .call(attempt ->
                        attempt == null ? leave(sql, agent) : Uni.createFrom().voidItem());
    }

    private Uni<Void> leave(Sql sql, long agent) {
        return agents.set(sql, agent, campaign.id(), Agents.State.OFFLINE, NOW);
    }

    @Test
    void whoeverComesBackBeforeTheMarkIsCalledAtTheNextClaim() {
        List<Long> youths = callable(3);
        assertThat(claimed(1)).containsExactly(youths.getFirst());
        long sentBack = youths.getFirst();

        answer(database.inTransaction(sql -> attempts.heldBy(sql, lastAgent)
                .chain(attempt -> settlement.settle(sql, attempt, Ending.of(AttemptResult.NOT_PLACED), NOW))
                .chain(() -> leave(sql, lastAgent))
                .chain(() ->
                        queue.put(sql, campaign.id(), sentBack, YouthState.TO_CALL, NOW.minusSeconds(3600), 0, NOW))));
        assertThat(claimed(1)).containsExactly(sentBack);

        long asked = youths.getLast();
        answer(database.inTransaction(
                sql -> queue.put(sql, campaign.id(), asked, YouthState.CALLBACK, NOW, Priority.CALLBACK, NOW)));
        assertThat(claimed(1)).containsExactly(asked);
    }

    /** Another node, or a list that was loaded late, tells nobody. */
    @Test
    void whoeverIsPutBeforeTheMarkBehindOurBackWaitsForASecondOrTwo() {
        List<Long> youths = callable(60);
        assertThat(claimed(1)).containsExactly(youths.getFirst());
        long late = callable(1).getFirst();
        campaign.run(
                "update campaign_youth set next_attempt_at = :at where campaign_id = :campaign and youth_id = :youth",
                Map.of("at", NOW.minusSeconds(7200), "campaign", campaign.id(), "youth", late));

        Awaitility.await().atMost(LowWater.FRESH.multipliedBy(3)).until(() -> claimed(1), List.of(late)::equals);
    }

    @Test
    void manyAgentsAreServedAtOnceInTheOrderOfTheQueue() {
        List<Long> youths = callable(12);
        long objecting = youths.get(2);
        campaign.objection(objecting);
        long brother = youths.get(5);
        long sister = youths.get(6);
        campaign.run("""
                update phone_number p set e164 = b.e164 from phone_number b
                where p.youth_id = :sister and b.youth_id = :brother""", Map.of("sister", sister, "brother", brother));

        List<Long> called = claimed(8);

        var expected = new ArrayList<>(youths.subList(0, 10));
        expected.remove(objecting);
        expected.remove(sister);
        assertThat(called).containsExactlyElementsOf(expected);
        assertThat(campaign.place(objecting)).isEqualTo("OBJECTED");
        assertThat(campaign.place(sister)).isEqualTo("TO_CALL");
        assertThat(states()).containsOnly(Map.entry("PREVIEW", 8L));
    }

    /** Undone before any relay sees it: nobody is called. */
    @Test
    void whoIsToBeDialledAtOnceIsAnnouncedInTheSameTransaction() {
        List<Long> youths = callable(3);
        dialAtOnce();
        long agent = campaign.agent().id();
        var announced = new AtomicReference<@Nullable Row>();

        assertThatThrownBy(() -> answer(database.inTransaction(sql -> ready(sql, agent)
                        .chain(() -> claims.claim(sql, campaign.id(), List.of(agent), NOW))
                        .chain(() -> announced(sql))
                        .invoke(announced::set)
                        .chain(() -> Uni.createFrom().failure(new IllegalStateException("undone"))))))
                .hasMessage("undone");

        assertThat(announced.get()).isEqualTo(new Row(youths.getFirst(), "INTENT", 1, 1, "calls-to-place", "DIALING"));
        assertThat(count("select count(*) as n from call_attempt where campaign_id = :campaign"))
                .isZero();
    }

    private void dialAtOnce() {
        campaign.run("update campaign set mode = 'PROGRESSIVE' where id = :id", Map.of("id", campaign.id()));
    }

    private record Row(long youth, String state, int n, int attempts, String channel, String agent) {}

    private Uni<Row> announced(Sql sql) {
        return sql.query("""
                        select a.youth_id, a.state, a.n, y.attempts, o.channel, p.state as agent
                        from call_attempt a join agent_presence p on p.account_id = a.agent_id
                        join campaign_youth y on y.campaign_id = a.campaign_id and y.youth_id = a.youth_id
                        join outbox o on o.payload = jsonb_build_object('attemptId', a.id)
                        where a.campaign_id = :campaign""")
                .set("campaign", campaign.id())
                .one(row -> new Row(
                        row.id("youth_id"),
                        row.text("state"),
                        row.integer("n"),
                        row.integer("attempts"),
                        row.text("channel"),
                        row.text("agent")));
    }

    @Test
    void moreAgentsThanYouthsGoOnWaiting() {
        List<Long> youths = callable(2);

        assertThat(claimed(5)).containsExactlyElementsOf(youths);

        assertThat(states()).containsOnly(Map.entry("PREVIEW", 2L), Map.entry("READY", 3L));
    }

    @Test
    void aChangedCampaignIsKnownAtOnce() {
        callable(3);
        assertThat(claimed(1)).hasSize(1);

        campaign.run(
                "update campaign set closes_1 = '10:01', opens_2 = '19:00' where id = :id",
                Map.of("id", campaign.id()));
        assertThat(claimed(1)).isEmpty();

        campaign.run("update campaign set closes_1 = '13:00' where id = :id", Map.of("id", campaign.id()));
        assertThat(claimed(1)).hasSize(1);

        campaign.run("update campaign set state = 'PAUSED' where id = :id", Map.of("id", campaign.id()));
        assertThat(claimed(1)).isEmpty();
    }

    @Test
    void anAgentWhoComesWhenSomebodyIsDueIsServedAtOnce() {
        long youth = callable(1).getFirst();
        long agent = agentWithLine();

        assertThat(answer(dialer.ready(agent, campaign.id()))).isEqualTo(Arrival.SERVED);

        Attempt attempt = held(agent);
        assertThat(attempt.youthId()).isEqualTo(youth);
        assertThat(answer(dialer.ready(agent, campaign.id()))).isEqualTo(Arrival.BUSY);
        assertThat(answer(dialer.ready(agentWithLine(), campaign.id()))).isEqualTo(Arrival.WAITING);
    }

    @Test
    void anAgentWithoutALineWaits() {
        callable(1);
        long agent = campaign.account(Role.AGENT, null).id();

        assertThat(answer(dialer.ready(agent, campaign.id()))).isEqualTo(Arrival.WAITING);

        assertThat(count("select count(*) as n from call_attempt where campaign_id = :campaign"))
                .isZero();
        assertThat(count("select count(*) as n from agent_presence where campaign_id = :campaign and state = 'READY'"))
                .isEqualTo(1);
    }

    @Test
    void noAgentComesToACampaignThatIsNotOpen() {
        callable(1);
        campaign.run("update campaign set state = 'CLOSED' where id = :id", Map.of("id", campaign.id()));
        long agent = agentWithLine();

        assertThat(answer(dialer.ready(agent, campaign.id()))).isEqualTo(Arrival.NOT_OPEN);
        assertThat(answer(dialer.ready(agent, -1))).isEqualTo(Arrival.NOT_OPEN);

        assertThat(count("select count(*) as n from agent_presence where campaign_id = :campaign"))
                .isZero();
    }

    /** The brother's call is not committed yet when the sister is chosen. */
    @Test
    void anAgentWhoLosesARaceForANumberIsReadyAllTheSame() {
        List<Long> youths = callable(2);
        campaign.run(
                "update phone_number p set e164 = b.e164 from phone_number b where p.youth_id = :a and b.youth_id = :b",
                Map.of("a", youths.getFirst(), "b", youths.getLast()));
        dialAtOnce();
        long agent = agentWithLine();
        var racing = new CompletableFuture<Arrival>();

        answer(database.inTransaction(sql -> callByHand(sql, youths.getFirst())
                .invoke(() -> dialer.ready(agent, campaign.id())
                        .subscribe()
                        .with(racing::complete, racing::completeExceptionally))
                .chain(() ->
                        sql.query("select cast(pg_sleep(1) as text) as slept").one(row -> row.text("slept")))));

        assertThat(racing.orTimeout(20, TimeUnit.SECONDS).join()).isEqualTo(Arrival.WAITING);
        assertThat(count("select count(*) as n from call_attempt where campaign_id = :campaign"))
                .isEqualTo(1);
        assertThat(states()).containsOnly(Map.entry("READY", 1L));
    }

    private Uni<Void> callByHand(Sql sql, long youth) {
        return sql.update("""
                        with taken as (update campaign_youth set state = 'IN_CALL', next_attempt_at = null
                                        where campaign_id = :campaign and youth_id = :youth)
                        insert into call_attempt (campaign_id, youth_id, agent_id, phone_id, e164, state, token, action_id,
                            planned_at, lease_until)
                        select :campaign, :youth, :agent, p.id, p.e164, 'DIALING', :token, :token, :now,
                               now() + interval '1 hour'
                        from phone_number p where p.youth_id = :youth""")
                .set("campaign", campaign.id())
                .set("youth", youth)
                .set("agent", campaign.agent().id())
                .set("token", tokens.next())
                .set("now", NOW)
                .run();
    }

    /** In preview nothing is dialled behind the test's back. */
    private List<Long> callable(int youths) {
        campaign.run("update campaign set mode = 'PREVIEW' where id = :id", Map.of("id", campaign.id()));
        return IntStream.range(0, youths)
                .mapToObj(i -> {
                    long youth = campaign.youth("TO_CALL");
                    campaign.number(youth, "YOUTH");
                    campaign.run(
                            "update campaign_youth set next_attempt_at = :at where youth_id = :youth",
                            Map.of("at", TestingNode.OPENING, "youth", youth));
                    return youth;
                })
                .toList();
    }

    private long lastAgent;

    /** Youths taken in one transaction for new agents who wait; nobody else sees them waiting before. */
    private List<Long> claimed(int count) {
        List<Long> waiting = IntStream.range(0, count)
                .mapToObj(i -> campaign.account(Role.AGENT, null).id())
                .toList();
        lastAgent = waiting.getLast();
        return answer(database.inTransaction(sql -> {
                    Uni<Void> all = Uni.createFrom().voidItem();
                    for (long agent : waiting) {
                        all = all.chain(() -> ready(sql, agent));
                    }
                    return all.chain(() -> claims.claim(sql, campaign.id(), waiting, NOW));
                }))
                .stream()
                .map(Attempt::youthId)
                .toList();
    }

    private Uni<Void> ready(Sql sql, long agent) {
        return agents.set(sql, agent, campaign.id(), Agents.State.READY, NOW)
                .chain(() -> agents.connect(sql, agent, "CA" + agent, NOW))
                .replaceWithVoid();
    }

    private long agentWithLine() {
        long agent = campaign.account(Role.AGENT, null).id();
        answer(database.inTransaction(sql -> agents.connect(sql, agent, "CA" + agent, NOW)));
        return agent;
    }

    private Attempt held(long agent) {
        return answer(database.inTransaction(sql -> attempts.peekHeldBy(sql, agent)));
    }

    /** What the agents of the campaign do. */
    private Map<String, Long> states() {
        return answer(database.inTransaction(sql -> sql.query(
                                "select state, count(*) as n from agent_presence where campaign_id = :campaign group by state")
                        .set("campaign", campaign.id())
                        .list(row -> Map.entry(row.text("state"), row.id("n")))))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private long count(String question) {
        return campaign.count(question, Map.of("campaign", campaign.id()));
    }

    @Test
    void theDatabaseRefusesAnEleventhAttempt() {
        long youth = campaign.youth("TO_CALL");
        long phone = campaign.number(youth, "YOUTH");

        assertThatThrownBy(() -> call(youth, phone, 11)).hasMessageContaining("call_attempt_n_check");
    }

    @Test
    void theLedgerItselfCannotOpenAnEleventhAttempt() {
        long youth = campaign.youth("TO_CALL");
        long phone = campaign.number(youth, "YOUTH");
        campaign.run(
                "update campaign_youth set attempts = 10 where campaign_id = :campaign and youth_id = :youth",
                Map.of("campaign", campaign.id(), "youth", youth));
        long agent = campaign.agent().id();
        var opening = new Opening(youth, agent, TestingFacts.phone(phone, "+33536490000", NumberOwner.YOUTH));

        assertThatThrownBy(() -> answer(database.inTransaction(
                        sql -> attempts.open(sql, campaign.id(), AttemptState.INTENT, List.of(opening), false, NOW))))
                .hasMessageContaining("call_attempt_n_check");
    }

    @Test
    void theSameAttemptIsNotCountedTwice() {
        long youth = campaign.youth("TO_CALL");
        campaign.attempt(youth, 4, NOW.minus(Duration.ofDays(1)));
        long phone = campaign.number(youth, "YOUTH");

        assertThatThrownBy(() -> call(youth, phone, 4)).hasMessageContaining("call_attempt_campaign_id_youth_id_n_key");
    }

    @Test
    void aYouthIsInOneOpenAttemptOnly() {
        long youth = campaign.youth("TO_CALL");
        call(youth, campaign.number(youth, "YOUTH"), 1);
        long second = campaign.number(youth, "GUARDIAN1");

        assertThatThrownBy(() -> call(youth, second, 2)).hasMessageContaining("call_attempt_open_by_youth");
    }

    @Test
    void aNumberRingsForOneCallOnly() {
        long youth = campaign.youth("TO_CALL");
        long phone = campaign.number(youth, "YOUTH");
        call(youth, phone, 1);
        long sibling = campaign.youth("TO_CALL");

        assertThatThrownBy(() -> call(sibling, phone, 1)).hasMessageContaining("call_attempt_live_by_number");
    }

    private TestingCall call(long youth, long phone, int n) {
        long agent = campaign.account(Role.AGENT, null).id();
        return TestingCall.open(campaign, tokens, youth, phone, agent, n, NOW);
    }
}
