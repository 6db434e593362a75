package fr.raccroche.dialing;

import static fr.raccroche.Blocking.answer;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import fr.raccroche.ApplicationTest;
import fr.raccroche.TestingAccounts;
import fr.raccroche.TestingAccounts.Person;
import fr.raccroche.TestingFloor;
import fr.raccroche.TestingNode;
import fr.raccroche.TestingQueue;
import fr.raccroche.campaign.AttemptResult;
import fr.raccroche.campaign.Campaigns;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Tokens;
import fr.raccroche.queue.Priority;
import fr.raccroche.queue.Promises;
import fr.raccroche.queue.YouthState;
import fr.raccroche.security.Role;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls that were promised: booked once, kept by whoever promised, by anybody when that is too late, and not lost. */
@ApplicationTest
class CallbackTest {

    /** A Tuesday, 10:05 in Paris. */
    private static final Instant NOW = TestingNode.OPENING.plusSeconds(300);

    private static final Instant AT = NOW.plus(Duration.ofHours(2));

    @Inject
    Database database;

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
    Callbacks callbacks;

    @Inject
    Campaigns campaigns;

    @Inject
    TestingAccounts accounts;

    @Inject
    Tokens tokens;

    private TestingQueue campaign;

    @BeforeEach
    void campaign() {
        campaign = new TestingQueue(database, NOW.minusSeconds(60));
        campaign.run("update campaign set mode = 'PREVIEW' where id = :id", Map.of("id", campaign.id()));
    }

    private long callable() {
        long youth = campaign.youth("TO_CALL");
        campaign.number(youth, "YOUTH");
        return youth;
    }

    private long agent() {
        return campaign.account(Role.AGENT, null).id();
    }

    /** Books for {@code at}, with one agent or anybody. */
    private long promised(@Nullable Long agent, Instant at) {
        long youth = callable();
        answer(database.inTransaction(sql -> Promises.book(sql, campaign.id(), youth, at, agent, NOW)
                .chain(() -> queue.put(sql, campaign.id(), youth, YouthState.CALLBACK, at, Priority.CALLBACK, NOW))));
        return youth;
    }

    private List<Attempt> claim(Instant now, Long... who) {
        return answer(database.inTransaction(sql -> {
            var ready = Uni.createFrom().voidItem();
            for (long agent : who) {
                ready = ready.chain(() -> agents.set(sql, agent, campaign.id(), Agents.State.READY, now))
                        .chain(() -> agents.connect(sql, agent, "CA" + agent, now))
                        .replaceWithVoid();
            }
            return ready.chain(() -> claims.claim(sql, campaign.id(), List.of(who), now));
        }));
    }

    private static Map<Long, Long> byAgent(List<Attempt> taken) {
        var map = new HashMap<Long, Long>();
        taken.forEach(attempt -> map.put(attempt.agentId(), attempt.youthId()));
        return map;
    }

    private Map<String, String> callback(long youth) {
        return campaign.ask("""
                select b.due_at, b.until, b.missed, b.done_at is null as open, b.pooled_at is not null as pooled, b.agent_id,
                       y.state, y.next_attempt_at, y.callback_agent
                from callback b join campaign_youth y on y.campaign_id = b.campaign_id and y.youth_id = b.youth_id
                where b.youth_id = :youth order by b.id desc limit 1""", Map.of("youth", youth), row -> {
            var all = new HashMap<String, String>();
            for (String column : List.of("missed", "open", "pooled", "agent_id", "state", "callback_agent")) {
                all.put(column, String.valueOf(row.get(column)));
            }
            all.put("due", String.valueOf(row.instantOrNull("due_at")));
            all.put("until", String.valueOf(row.instantOrNull("until")));
            all.put("next", String.valueOf(row.instantOrNull("next_attempt_at")));
            return all;
        });
    }

    @Test
    void whoPromisedInPersonKeepsItAndNobodyElse() {
        long mine = agent();
        long other = agent();
        long youth = promised(mine, AT);
        long ordinary = callable();

        assertThat(byAgent(claim(AT, other))).containsExactly(Map.entry(other, ordinary));
        assertThat(claim(AT, agent())).as("waits for its agent").isEmpty();
        assertThat(byAgent(claim(AT, mine))).containsExactly(Map.entry(mine, youth));
    }

    @Test
    void servedTogetherEverybodyGetsTheirOwnBeforeTheQueue() {
        long first = agent();
        long second = agent();
        long third = agent();
        long ordinary = callable();
        long ofThird = promised(third, AT.minusSeconds(60));
        long ofSecond = promised(second, AT.minusSeconds(120));
        long alsoOfSecond = promised(second, AT.minusSeconds(30));
        long forAnybody = promised(null, AT);

        var taken = byAgent(claim(AT, first, second, third));

        assertThat(taken)
                .containsOnly(Map.entry(first, forAnybody), Map.entry(second, ofSecond), Map.entry(third, ofThird));
        assertThat(callback(alsoOfSecond)).containsEntry("state", "CALLBACK");
        assertThat(byAgent(claim(AT, agent()))).containsValue(ordinary);
    }

    @Test
    void aPromiseIsNotKeptBeforeItsMoment() {
        long mine = agent();
        promised(mine, AT);

        assertThat(claim(AT.minusSeconds(1), mine)).isEmpty();
    }

    @Test
    void whoIsTooLateLeavesItToEverybody() {
        long mine = agent();
        long other = agent();
        long youth = promised(mine, AT);
        long patient = promised(mine, AT);
        campaign.run(
                "update campaign set plan = '{\"CALLBACK_LATE\": 20}' where id = :id", Map.of("id", campaign.id()));
        campaign.run(
                "update campaign_youth set next_attempt_at = :at where youth_id = :youth",
                Map.of("at", AT.plusSeconds(120), "youth", patient));

        answer(database.inTransaction(sql -> callbacks.pool(sql, AT.plus(Duration.ofMinutes(20)))));
        assertThat(callback(youth)).containsEntry("pooled", "false");
        answer(database.inTransaction(sql -> callbacks.pool(sql, AT.plus(Duration.ofMinutes(21)))));

        assertThat(callback(youth)).containsEntry("pooled", "true").containsEntry("callback_agent", "null");
        assertThat(callback(patient)).containsEntry("pooled", "false");
        assertThat(byAgent(claim(AT.plus(Duration.ofMinutes(21)), other))).containsValue(youth);
    }

    @Test
    void anObjectionAndTheHoursStandAboveAnyPromise() {
        long mine = agent();
        long objecting = promised(mine, AT);
        campaign.objection(objecting);
        assertThat(claim(AT, mine)).isEmpty();
        assertThat(callback(objecting)).containsEntry("state", "OBJECTED").containsEntry("callback_agent", "null");

        Instant noon = Instant.parse("2026-11-24T12:30:00Z");
        long lunch = promised(mine, noon);
        assertThat(claim(noon, mine)).isEmpty();
        assertThat(callback(lunch)).containsEntry("state", "CALLBACK");
        Instant afternoon = Instant.parse("2026-11-24T13:00:00Z");
        assertThat(byAgent(claim(afternoon, mine))).as("still theirs").containsValue(lunch);
    }

    private void silent(long youth, Instant now, AttemptResult result) {
        long agent = campaign.ask(
                "select agent_id from call_attempt where youth_id = :youth and closed_at is null",
                Map.of("youth", youth),
                row -> row.id("agent_id"));
        answer(database.inTransaction(sql -> attempts.heldBy(sql, agent)
                .chain(attempt -> attempts.promote(sql, attempt, now))
                .chain(() -> attempts.heldBy(sql, agent))
                .chain(attempt -> settlement.settle(sql, attempt, Ending.of(result), now))));
    }

    @Test
    void whoAskedAndDoesNotAnswerIsTriedAgainAndThenAsPlanned() {
        long mine = agent();
        long youth = promised(mine, AT);
        claim(AT, mine);
        silent(youth, AT, AttemptResult.NO_ANSWER);

        Instant again = AT.plus(Duration.ofMinutes(30));
        assertThat(callback(youth))
                .containsEntry("state", "CALLBACK")
                .containsEntry("open", "true")
                .containsEntry("missed", "1")
                .containsEntry("due", again.toString())
                .containsEntry("until", again.plus(Duration.ofMinutes(30)).toString())
                .containsEntry("next", again.toString())
                .containsEntry("callback_agent", Long.toString(mine));

        Instant second = Instant.parse("2026-11-24T13:00:00Z");
        assertThat(byAgent(claim(second, mine))).containsValue(youth);
        silent(youth, second, AttemptResult.VOICEMAIL);
        assertThat(callback(youth))
                .containsEntry("state", "TO_CALL")
                .containsEntry("open", "false")
                .containsEntry("missed", "2")
                .containsEntry("callback_agent", "null");
    }

    @Test
    void whomWeLeftWithoutAnAgentDidNotMissAnything() {
        long mine = agent();
        long youth = promised(mine, AT);
        claim(AT, mine);
        silent(youth, AT, AttemptResult.ABANDONED);

        assertThat(callback(youth))
                .containsEntry("state", "CALLBACK")
                .containsEntry("open", "true")
                .containsEntry("next", AT.plus(Duration.ofMinutes(15)).toString());
    }

    @Test
    void aCallbackIsBookedOnceHoweverOftenTheFormIsSent() throws InterruptedException, ExecutionException {
        Person agent = accounts.signedIn(Role.AGENT);
        long youth = campaign.youth("TO_CALL");
        var call = TestingCall.open(
                campaign,
                tokens,
                youth,
                campaign.number(youth, "YOUTH"),
                agent.account().id(),
                1,
                NOW);
        call.talked(campaign, NOW);
        campaign.run("update campaign set ends_on = '2029-12-31' where id = :id", Map.of("id", campaign.id()));
        var form = Map.<String, Object>of(
                "attemptId", call.id(),
                "actionId", call.actionId(),
                "outcome", "CALLBACK",
                "callbackAt", "2029-11-20T17:00",
                "callbackMine", "yes",
                "next", "PAUSED");

        List<Integer> statuses = TestingFloor.atOnce(
                8,
                () -> given().baseUri(TestingNode.PRODUCT)
                        .cookie(TestingAccounts.COOKIE, agent.session())
                        .header("Origin", TestingNode.PRODUCT)
                        .header("Accept", "application/json")
                        .formParams(form)
                        .post("/desk/outcome")
                        .statusCode());

        assertThat(statuses).containsOnly(204);
        assertThat(count("select count(*) as n from callback where youth_id = :youth", youth))
                .isEqualTo(1);
        assertThat(callback(youth))
                .containsEntry("agent_id", Long.toString(agent.account().id()))
                .containsEntry("callback_agent", Long.toString(agent.account().id()))
                .containsEntry("state", "CALLBACK");
    }

    /** The database itself refuses a second promise to one youth, whatever runs at once. */
    @Test
    void eightBookingsAtOnceAreOne() throws InterruptedException, ExecutionException {
        long youth = callable();
        var bookings = TestingFloor.atOnce(
                8,
                () -> answer(database.inTransaction(sql -> Promises.book(sql, campaign.id(), youth, AT, null, NOW))));
        assertThat(bookings).hasSize(8);
        assertThat(count("select count(*) as n from callback where youth_id = :youth", youth))
                .isEqualTo(1);
    }

    private long count(String question, long youth) {
        return campaign.count(question, Map.of("youth", youth));
    }

    @Test
    void theSlotsKnowWhatIsPromisedAndWhoUsuallyWorks() {
        Instant slot = Instant.parse("2026-11-25T16:00:00Z");
        promised(null, slot);
        promised(agent(), slot.plusSeconds(600));
        for (int i = 0; i < 2; i++) {
            long youth = campaign.youth("TO_CALL");
            long attempt = campaign.attempt(youth, 1, Instant.parse("2026-11-23T16:10:00Z"));
            campaign.run(
                    "update call_attempt set agent_id = :agent where id = :id",
                    Map.of("agent", agent(), "id", attempt));
        }

        CallbackSlots slots = answer(database.inTransaction(
                sql -> campaigns.byId(sql, campaign.id()).chain(found -> callbacks.slots(sql, found, NOW))));

        var five = slots.days().get(1).slots().stream()
                .filter(s -> s.at().toLocalTime().equals(LocalTime.of(17, 0)))
                .findFirst()
                .orElseThrow();
        assertThat(five.booked()).isEqualTo(2);
        assertThat(five.capacity()).isEqualTo(2 * CallbackSlots.PER_AGENT);
    }
}
