package fr.raccroche.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.raccroche.simulator.Simulator;
import fr.raccroche.simulator.SimulatorSettings;
import fr.raccroche.simulator.TestingWorld;
import fr.raccroche.simulator.people.Population;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class CampaignRunTest {

    private static final int YOUTHS = 100;
    private static final long SEED = 6;
    private static final Credentials SUPERVISOR = new Credentials("superviseur@exemple.fr", "secret");

    private final TestingFastClock clock = new TestingFastClock(Instant.parse("2026-11-24T08:00:00Z"), 600);
    private final Population population = Population.generate(SEED, YOUTHS, LocalDate.of(2026, 11, 24));
    private TestingCallCentre centre;
    private Simulator simulator;

    @BeforeEach
    void open() throws IOException {
        centre = new TestingCallCentre(clock);
        var settings = SimulatorSettings.account(
                        TestingWorld.ACCOUNT,
                        TestingWorld.AUTH_TOKEN,
                        TestingWorld.API_KEY,
                        TestingWorld.API_SECRET,
                        List.of(TestingWorld.OUR_NUMBER),
                        centre.url() + "/webhooks/agent",
                        centre.url() + "/webhooks/sms")
                .withSilencePatience(Duration.ofHours(2));
        simulator = new Simulator(settings, clock, new Random(2), population.personas(), SEED);
        simulator.start();
        centre.use(simulator.baseUrl());
    }

    @AfterEach
    void close() {
        simulator.close();
        centre.close();
    }

    @Test
    void anOrderlyProductEndsWithEveryYouthInAFinalStateAndNoFault() throws Exception {
        RunResult result = run();
        assertThat(result.stalled()).isEmpty();
        JsonNode figures = new ObjectMapper().readTree(result.json());
        assertThat(figures.path("youths").asInt()).isEqualTo(YOUTHS);
        assertThat(result.states().values().stream().mapToInt(Integer::intValue).sum())
                .isEqualTo(YOUTHS);
        assertThat(result.states()).doesNotContainKeys("TO_CALL", "IN_CALL", "CALLBACK");
        assertThat(figures.path("attempts").asInt())
                .isGreaterThanOrEqualTo(figures.path("calls_rung").asInt());
        assertThat(figures.path("calls_rung").asInt()).isGreaterThan(YOUTHS);
        assertThat(figures.path("max_rings_per_youth").asInt()).isBetween(1, 10);
        assertThat(figures.path("rings_outside_hours").asInt()).isZero();
        assertThat(figures.path("simultaneous_rings").asInt()).isZero();
        assertThat(figures.path("rings_after_objection").asInt()).isZero();
        assertThat(figures.path("agreements_without_handoff").asInt()).isZero();
        assertThat(simulator.ledger().agreements()).isNotEmpty();
        assertThat(simulator.ledger().objections()).isNotEmpty();
        assertThat((double) result.states().getOrDefault("IN_SOLUTION", 0) / YOUTHS)
                .isBetween(0.38, 0.62);
        assertThat((double) result.states().getOrDefault("UNREACHABLE", 0) / YOUTHS)
                .isBetween(0.20, 0.44);
    }

    @Test
    void theRunSurvivesAProductThatGoesAwayAndForgetsItsSessions() throws Exception {
        Thread outages = Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    Thread.sleep(2_000);
                    centre.outage(Duration.ofMillis(700));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        RunResult result = run();
        outages.interrupt();
        assertThat(result.stalled()).isEmpty();
        assertThat(result.figures())
                .containsEntry("agreements_without_handoff", 0L)
                .containsEntry("youths", YOUTHS);
    }

    @Test
    void aProductThatForgetsHandoffsOrCallsAtNightIsFoundOut() throws Exception {
        centre.forgetHandoffs();
        centre.callAtNight();
        RunResult result = run();
        assertThat(simulator.ledger().agreements()).isNotEmpty();
        assertThat(result.figures()).containsEntry("agreements_without_handoff", (long)
                simulator.ledger().agreements().size());
        assertThat(simulator.ledger().figures().ringsOutsideHours()).isPositive();
    }

    private RunResult run() throws InterruptedException {
        List<Credentials> agents = IntStream.range(0, 16)
                .mapToObj(i -> new Credentials("agent" + i + "@exemple.fr", "secret"))
                .toList();
        var plan = new RunPlan(centre.url(), SUPERVISOR, agents, TestingWorld.OUR_NUMBER);
        return new CampaignRun(plan, simulator, population, clock).run();
    }
}
