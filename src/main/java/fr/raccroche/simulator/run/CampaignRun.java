package fr.raccroche.simulator.run;

import com.fasterxml.jackson.databind.JsonNode;
import fr.raccroche.simulator.Simulator;
import fr.raccroche.simulator.people.LegalHours;
import fr.raccroche.simulator.people.Population;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A whole campaign, or two that share youths, from the list to the last youth, through the product's own HTTP interface: a
 * supervisor loads and starts it, agents work it off, and business time jumps over every hour in which nothing is due.
 */
public final class CampaignRun {

    private static final Logger LOG = Logger.getLogger(CampaignRun.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration STALL = Duration.ofSeconds(60);
    private static final Duration LAST_OUTBOX = Duration.ofSeconds(20);
    private static final Set<String> OPEN_STATES = Set.of("TO_CALL", "IN_CALL", "CALLBACK");
    private static final Set<String> BUSY_PRESENCES = Set.of("PREVIEW", "DIALING", "IN_CALL", "WRAP_UP");

    /** With two campaigns, the share of the list at which the second one begins, and the first one ends. */
    private static final double SHARED_FROM = 1 / 3.0;

    private static final double SHARED_TO = 2 / 3.0;

    private final RunPlan plan;
    private final Simulator simulator;
    private final Population population;
    private final Clock clock;
    private final LegalHours hours = new LegalHours();
    private final AtomicBoolean over = new AtomicBoolean();
    private final List<SimulatedAgent> agents = new ArrayList<>();

    /** The population must be the one the simulator was built with. */
    public CampaignRun(RunPlan plan, Simulator simulator, Population population, Clock clock) {
        this.plan = plan;
        this.simulator = simulator;
        this.population = population;
        this.clock = clock;
    }

    /** Runs to the end of the campaign, or until nothing has moved for a minute. */
    public RunResult run() throws InterruptedException {
        HttpClient http = ProductClient.newHttp();
        try {
            var supervisor = new Supervisor(client(http, plan.supervisor()));
            List<Long> campaigns = start(supervisor);
            for (int i = 0; i < plan.agents().size(); i++) {
                hire(client(http, plan.agents().get(i)), campaigns.get(i % campaigns.size()));
            }
            Optional<String> stalled = conduct(supervisor, campaigns);
            return stalled.isPresent() ? result(states(supervisor, campaigns), stalled) : finish(supervisor, campaigns);
        } finally {
            over.set(true);
            http.shutdownNow();
        }
    }

    private ProductClient client(HttpClient http, Credentials account) {
        return new ProductClient(http, plan.product(), account, this::goesOn);
    }

    private boolean goesOn() {
        return !over.get();
    }

    private List<Long> start(Supervisor supervisor) {
        return plan.campaigns() == 1
                ? List.of(start(supervisor, "", population))
                : List.of(
                        start(supervisor, ", première", population.part(0, SHARED_TO)),
                        start(supervisor, ", seconde", population.part(SHARED_FROM, 1)));
    }

    private long start(Supervisor supervisor, String which, Population people) {
        LocalDate today = clock.instant().atZone(LegalHours.PARIS).toLocalDate();
        long list = supervisor.uploadList("Liste simulée du " + today + which, today, people.csv());
        LOG.infof("List %d loaded, %d rows.", list, people.personas().size());
        return supervisor.startCampaign(
                "Campagne simulée du " + today + which,
                list,
                today,
                new Supervisor.Choice(plan.callerNumber(), true, plan.target(), plan.attempts()));
    }

    private static List<JsonNode> states(Supervisor supervisor, List<Long> campaigns) {
        return campaigns.stream().map(supervisor::state).toList();
    }

    private void hire(ProductClient client, long campaign) {
        var agent = new SimulatedAgent(client, simulator, clock, campaign, this::goesOn);
        agents.add(agent);
        Thread.ofVirtual().name("agent-" + agents.size()).start(agent::work);
    }

    /** Returns what it waited for if nothing moved any more. */
    private Optional<String> conduct(Supervisor supervisor, List<Long> campaigns) throws InterruptedException {
        String progress = "";
        // looks, not time: a machine that was suspended meanwhile has not stalled
        long looks = 0;
        boolean wasIdle = false;
        while (true) {
            List<JsonNode> states = states(supervisor, campaigns);
            if (states.stream().allMatch(CampaignRun::isFinished)) {
                return Optional.empty();
            }
            String current = states.stream()
                    .map(state -> state.path("states") + " " + state.path("attempts") + " ")
                    .collect(Collectors.joining(
                            "", "", String.valueOf(simulator.ledger().ringCount())));
            if (!current.equals(progress)) {
                progress = current;
                looks = 0;
            } else if (++looks > STALL.dividedBy(POLL)) {
                return Optional.of(waitingFor(states, supervisor));
            }
            boolean idle = states.stream().allMatch(this::isIdle);
            if (idle && wasIdle && !supervisor.readTexts() && !supervisor.decideNumbers()) {
                jump(supervisor, states);
            }
            wasIdle = idle;
            Thread.sleep(POLL);
        }
    }

    private static boolean isFinished(JsonNode state) {
        return state.path("youths").asInt() > 0
                && OPEN_STATES.stream()
                        .allMatch(open -> state.path("states").path(open).asInt(0) == 0)
                && state.path("inFlight").asInt() == 0;
    }

    /** Nothing rings, nobody talks, nothing waits to be sent, and nothing is due or may be dialled now. */
    private boolean isIdle(JsonNode state) {
        boolean agentsFree = true;
        for (JsonNode agent : state.path("agents")) {
            agentsFree &= !BUSY_PRESENCES.contains(agent.path("presence").asText());
        }
        return agentsFree
                && state.path("inFlight").asInt() == 0
                && (state.path("dueNow").asInt() == 0 || !hours.allow(clock.instant()))
                && state.path("outboxPending").asInt() == 0
                && simulator.isQuiet();
    }

    /** To the next thing that happens on either side, if it is not there already. */
    private void jump(Supervisor supervisor, List<JsonNode> states) {
        Optional<Instant> next = states.stream()
                .map(state -> state.path("nextDueAt"))
                .filter(JsonNode::isTextual)
                .map(due -> Instant.parse(due.asText()))
                .min(Comparator.naturalOrder());
        if (next.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        Instant due = next.get();
        Instant callable = hours.nextOpening(due.isAfter(now) ? due : now);
        Instant to =
                simulator.nextEvent().filter(event -> event.isBefore(callable)).orElse(callable);
        if (to.isAfter(now)) {
            supervisor.setClock(to);
        }
    }

    private RunResult finish(Supervisor supervisor, List<Long> campaigns) throws InterruptedException {
        var handedOff = new HashSet<String>();
        for (long campaign : campaigns) {
            awaitEmptyOutbox(supervisor, campaign);
            handedOff.addAll(supervisor.handedOff(campaign));
        }
        simulator.ledger().compareHandoffs(handedOff);
        for (long campaign : campaigns) {
            supervisor.close(campaign);
            awaitEmptyOutbox(supervisor, campaign);
        }
        return result(states(supervisor, campaigns), Optional.empty());
    }

    private static void awaitEmptyOutbox(Supervisor supervisor, long campaign) throws InterruptedException {
        long deadline = System.nanoTime() + LAST_OUTBOX.toNanos();
        while (supervisor.state(campaign).path("outboxPending").asInt() > 0 && System.nanoTime() < deadline) {
            Thread.sleep(POLL);
        }
    }

    private RunResult result(List<JsonNode> campaigns, Optional<String> stalled) {
        var states = new TreeMap<String, Integer>();
        campaigns.forEach(state -> state.path("states")
                .properties()
                .forEach(entry -> states.merge(entry.getKey(), entry.getValue().asInt(), Integer::sum)));
        var figures = new LinkedHashMap<String, @Nullable Object>();
        figures.put("youths", sum(campaigns, "youths"));
        figures.put("states", states);
        figures.put("attempts", sum(campaigns, "attempts"));
        figures.putAll(simulator.ledger().figures().asJson());
        if (!simulator.knobs().injected().isEmpty()) {
            figures.put("faults", new TreeMap<>(simulator.knobs().injected()));
            figures.put("forgeries_believed", simulator.forgeriesBelieved());
        }
        return new RunResult(states, figures, stalled);
    }

    private static int sum(List<JsonNode> campaigns, String figure) {
        return campaigns.stream().mapToInt(state -> state.path(figure).asInt()).sum();
    }

    private String waitingFor(List<JsonNode> states, Supervisor supervisor) {
        var report = new StringBuilder("Nothing has moved for " + STALL.toSeconds() + " s.\n");
        report.append("business time: ").append(clock.instant()).append('\n');
        report.append("product: ").append(states).append('\n');
        report.append("phones quiet: ").append(simulator.isQuiet());
        report.append(", next event: ").append(simulator.nextEvent()).append('\n');
        report.append("supervisor's last trouble: ")
                .append(supervisor.trouble())
                .append('\n');
        agents.forEach(agent -> report.append("agent: ").append(agent.doing()).append('\n'));
        return report.toString();
    }
}
