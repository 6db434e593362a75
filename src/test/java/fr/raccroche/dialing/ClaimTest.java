package fr.raccroche.dialing;

import static fr.raccroche.Blocking.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.raccroche.TestingNode;
import fr.raccroche.campaign.AttemptResult;
import fr.raccroche.dialing.Attempts.Attempt;
import fr.raccroche.handoff.TestingCampaign;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Sql;
import fr.raccroche.platform.Tokens;
import fr.raccroche.security.Role;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who gets whom, and how often: the database has the last word, whatever runs at once. */
@QuarkusTest
@QuarkusTestResource(TestingNode.class)
class ClaimTest {

    private static final int AGENTS = 8;
    private static final int YOUTHS = 40;
    private static final Instant NOW = TestingNode.OPENING.plusSeconds(300);

    @Inject
    Database database;

    @Inject
    Dialer dialer;

    @Inject
    Agents agents;

    @Inject
    Attempts attempts;

    @Inject
    Settlement settlement;

    @Inject
    Tokens tokens;

    private TestingCampaign campaign;

    @BeforeEach
    void campaign() {
        campaign = new TestingCampaign(database, NOW);
    }

    @Test
    void agentsWhoClaimAtOnceNeverShareAYouth() throws InterruptedException, ExecutionException {
        campaign.run("update campaign set mode = 'PREVIEW' where id = :id", Map.of("id", campaign.id()));
        var youths = new ArrayList<Long>();
        for (int i = 0; i < YOUTHS; i++) {
            long youth = campaign.youth("TO_CALL");
            campaign.number(youth, "YOUTH");
            youths.add(youth);
        }

        var claimed = new ArrayList<Long>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var shifts = new ArrayList<Future<List<Long>>>();
            for (int i = 0; i < AGENTS; i++) {
                long agent = campaign.account(Role.AGENT, null).id();
                shifts.add(threads.submit(() -> claimAll(agent)));
            }
            for (Future<List<Long>> shift : shifts) {
                claimed.addAll(shift.get());
            }
        }

        assertThat(claimed).containsExactlyInAnyOrderElementsOf(youths);
    }

    /** Claims and passes until nobody is left; between two claims nobody else sees the agent waiting. */
    private List<Long> claimAll(long agent) {
        var youths = new ArrayList<Long>();
        Attempt attempt = await(database.inTransaction(sql -> claim(sql, agent)));
        while (attempt != null) {
            youths.add(attempt.youthId());
            Attempt done = attempt;
            await(database.inTransaction(sql -> settlement
                    .settle(sql, done, AttemptResult.PASSED, null, null, NOW)
                    .chain(() -> leave(sql, agent))));
            attempt = await(database.inTransaction(sql -> claim(sql, agent)));
        }
        return youths;
    }

    private Uni<@Nullable Attempt> claim(Sql sql, long agent) {
        return agents.set(sql, agent, campaign.id(), Agents.State.READY, NOW)
                .chain(() -> agents.connect(sql, agent, "CA" + agent, NOW))
                .chain(() -> dialer.claim(sql, agent, NOW))
                .call(attempt ->
                        attempt == null ? leave(sql, agent) : Uni.createFrom().voidItem());
    }

    private Uni<Void> leave(Sql sql, long agent) {
        return agents.set(sql, agent, campaign.id(), Agents.State.OFFLINE, NOW);
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
        var facts = TestingFacts.callable().facts();
        long agent = campaign.agent().id();

        assertThatThrownBy(() -> await(database.inTransaction(sql -> attempts.open(
                        sql,
                        new Attempts.Candidate(
                                youth,
                                new CallingRules.Facts(
                                        stored(facts),
                                        facts.birthDate(),
                                        facts.standing(),
                                        List.of(),
                                        facts.history())),
                        agent,
                        TestingFacts.phone(phone, "+33536490000", Phone.Owner.YOUTH),
                        Attempts.State.INTENT,
                        NOW))))
                .hasMessageContaining("call_attempt_n_check");
    }

    private fr.raccroche.campaign.Campaign stored(CallingRules.Facts facts) {
        var made = facts.campaign();
        return new fr.raccroche.campaign.Campaign(
                campaign.id(),
                made.name(),
                made.listId(),
                made.state(),
                made.mode(),
                made.startsOn(),
                made.endsOn(),
                made.maxAttempts(),
                made.hours(),
                made.callerNumber(),
                made.smsSender(),
                made.script(),
                made.smsText(),
                made.planSettings());
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
