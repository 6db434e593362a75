package fr.raccroche.simulator.run;

import fr.raccroche.simulator.BadLine;
import fr.raccroche.simulator.Simulator;
import fr.raccroche.simulator.SimulatorSettings;
import fr.raccroche.simulator.people.LegalHours;
import fr.raccroche.simulator.people.Population;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Opens the simulated account with the application, and closes it with it, if it is enabled. */
@ApplicationScoped
public class SimulatorLifecycle {

    private static final Logger LOG = Logger.getLogger(SimulatorLifecycle.class);
    private static final int BEFORE_THE_REST = 100;

    private final SimulatorConfig config;
    private final Clock clock;
    private final RandomGenerator random;
    private @Nullable Simulator simulator;

    SimulatorLifecycle(SimulatorConfig config, Clock clock, RandomGenerator random) {
        this.config = config;
        this.clock = clock;
        this.random = random;
    }

    void start(@Observes @Priority(BEFORE_THE_REST) StartupEvent event) {
        if (!config.enabled()) {
            return;
        }
        Population population = population();
        var opened = new Simulator(settings(), clock, random, population.personas(), config.seed());
        SimulatorConfig.Faults faults = config.faults();
        opened.knobs()
                .badLine(new BadLine(
                        faults.drop(), faults.duplicate(), faults.reorder(), faults.forge(), faults.bursts()));
        opened.knobs().letRingBack(config.ringsBack());
        if (config.callsPerSecond() > 0) {
            opened.knobs().paceCalls(Duration.ofSeconds(1).dividedBy(config.callsPerSecond()));
        }
        opened.start();
        simulator = opened;
        LOG.infof(
                "Simulated telephony at %s with %d youths.",
                opened.baseUrl(), population.personas().size());
        switch (config.task()) {
            case NONE -> {}
            case DEMO -> background("demo-people", () -> demo(population));
            case CAMPAIGN -> background("campaign-run", () -> campaign(opened, population));
        }
    }

    void stop(@Observes ShutdownEvent event) {
        if (simulator != null) {
            simulator.close();
            simulator = null;
        }
    }

    /** The account that was opened, if it is enabled. */
    public Optional<Simulator> simulator() {
        return Optional.ofNullable(simulator);
    }

    private Population population() {
        LocalDate today = clock.instant().atZone(LegalHours.PARIS).toLocalDate();
        return switch (config.task()) {
            case DEMO -> DemoPeople.population(config.seed(), today);
            case NONE, CAMPAIGN -> Population.generate(config.seed(), config.youths(), today);
        };
    }

    private SimulatorSettings settings() {
        SimulatorSettings settings = SimulatorSettings.account(
                        required("account-sid", config.accountSid()),
                        required("auth-token", config.authToken()),
                        required("api-key-sid", config.apiKeySid()),
                        required("api-key-secret", config.apiKeySecret()),
                        required("numbers", config.numbers()),
                        required("voice-url", config.voiceUrl()),
                        required("inbound-sms-url", config.inboundSmsUrl()))
                .onPort(config.port())
                .withSilencePatience(config.silencePatience());
        SimulatorSettings answering = config.inboundVoiceUrl()
                .map(url -> settings.answeringWith(url, config.inboundStatusUrl()))
                .orElse(settings);
        return config.ledgerFile().map(answering::keepingLedgerIn).orElse(answering);
    }

    private void demo(Population population) {
        new DemoPeople(product(), supervisor(), callerNumber(), population, clock).settleIn();
    }

    private void campaign(Simulator opened, Population population) {
        List<Credentials> agents = required("agent-accounts", config.agentAccounts()).stream()
                .map(Credentials::parse)
                .limit(config.agents())
                .toList();
        var plan = new RunPlan(
                product(),
                supervisor(),
                agents,
                callerNumber(),
                config.target(),
                RunPlan.MOST_ATTEMPTS,
                config.campaigns());
        int exitCode = 1;
        try {
            RunResult result = new CampaignRun(plan, opened, population, clock).run();
            System.out.print(result.table());
            result.stalled().ifPresent(System.out::println);
            // at the very end of the program, so that no log line can follow it
            Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println(result.json())));
            exitCode = result.stalled().isPresent() ? 2 : 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            Quarkus.asyncExit(exitCode);
        }
    }

    private static void background(String name, Runnable work) {
        Thread.ofPlatform().daemon().name(name).start(() -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                LOG.errorf(e, "%s gave up.", name);
            }
        });
    }

    private URI product() {
        return URI.create(required("base-url", config.baseUrl()));
    }

    private Credentials supervisor() {
        return new Credentials(
                required("supervisor-email", config.supervisorEmail()),
                required("supervisor-password", config.supervisorPassword()));
    }

    private String callerNumber() {
        return required("numbers", config.numbers()).getFirst();
    }

    private static <T> T required(String name, Optional<T> value) {
        return value.orElseThrow(
                () -> new IllegalStateException("raccroche.simulator." + name + " is needed by the simulator"));
    }
}
