package fr.raccroche;

import static fr.raccroche.Blocking.answer;
import static fr.raccroche.platform.FrenchCalendar.PARIS;
import static org.awaitility.Awaitility.await;

import fr.raccroche.dialing.Agents;
import fr.raccroche.dialing.Dialer;
import fr.raccroche.platform.BusinessClock;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.FrenchCalendar;
import fr.raccroche.platform.Sql;
import fr.raccroche.security.Role;
import fr.raccroche.simulator.Headset;
import fr.raccroche.simulator.HeardSentence;
import fr.raccroche.simulator.Knobs;
import fr.raccroche.simulator.Simulator;
import fr.raccroche.simulator.run.SimulatorLifecycle;
import fr.raccroche.telephony.VoiceTokens;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * The call centre of a test on the running application: campaigns whose calls go to the simulated network, and agents
 * with headsets on. A test opens it, and closes it when it ends.
 */
@ApplicationScoped
public class TestingFloor {

    /** How long a test waits for what must happen. */
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    /** The number that campaigns show. */
    public static final String SHOWN = "+33199000100";

    private final Database database;
    private final VoiceTokens voices;
    private final Agents agents;
    private final Dialer dialer;
    private final SimulatorLifecycle network;
    private final BusinessClock clock;
    private final List<TestingQueue> campaigns = new ArrayList<>();
    private final List<Headset> headsets = new ArrayList<>();

    TestingFloor(
            Database database,
            VoiceTokens voices,
            Agents agents,
            Dialer dialer,
            SimulatorLifecycle network,
            Clock clock) {
        this.database = database;
        this.voices = voices;
        this.agents = agents;
        this.dialer = dialer;
        this.network = network;
        this.clock = (BusinessClock) clock;
    }

    /** A quiet network, at this time and from there on at this speed. */
    public void open(Instant at, double speed) {
        campaigns.clear();
        headsets.clear();
        clock.start(at, speed);
        simulator().hangUpAll();
        answer(database.inTransaction(TestingFloor::quieten));
    }

    /** Texts of other tests would take the faults that a test plans. */
    private static Uni<Void> quieten(Sql sql) {
        return sql.update("update campaign set state = 'PAUSED' where state = 'RUNNING'")
                .run();
    }

    /** A quiet network in the morning: this one, or the next. */
    public void openInTheMorning(double speed) {
        open(TestingMorning.begin(clock, speed), speed);
    }

    /** Nobody waits for a call any more, and the network works. */
    public void close() {
        campaigns.forEach(campaign -> {
            campaign.run("update campaign set state = 'CLOSED' where id = :id", Map.of("id", campaign.id()));
            campaign.run(
                    "update agent_presence set state = 'OFFLINE', wanted = 'OFFLINE' where campaign_id = :campaign",
                    Map.of("campaign", campaign.id()));
        });
        headsets.forEach(Headset::disconnect);
        simulator().hangUpAll();
        knobs().reset();
        clock.start(clock.instant(), 1);
    }

    /** A campaign that runs for years, whose youths are due from {@code due} on; it is closed with the floor. */
    public TestingQueue campaign(Instant due) {
        var made = new TestingQueue(database, due);
        made.run("""
                update campaign set caller_number = :shown, starts_on = '2026-09-01', ends_on = '2029-12-31'
                where id = :id""", Map.of("shown", SHOWN, "id", made.id()));
        campaigns.add(made);
        return made;
    }

    public BusinessClock clock() {
        return clock;
    }

    public Simulator simulator() {
        return network.simulator().orElseThrow();
    }

    public Knobs knobs() {
        return simulator().knobs();
    }

    /** Those put on since the floor was opened, in this order. */
    public List<Headset> headsets() {
        return List.copyOf(headsets);
    }

    /** The next working day on which it is not yet so late in Paris, at this time. */
    public Instant next(LocalTime time) {
        ZonedDateTime day = clock.instant().atZone(PARIS).with(time);
        while (day.toInstant().isBefore(clock.instant()) || !FrenchCalendar.isWorkingDay(day.toLocalDate())) {
            day = day.plusDays(1).with(time);
        }
        return day.toInstant();
    }

    /** A new agent with a headset on, waiting for a call of this campaign. */
    public long agentAtWork(TestingQueue campaign) {
        long agent = campaign.account(Role.AGENT, null).id();
        putToWork(campaign, agent);
        return agent;
    }

    /** Gives the agent a headset; from then on they wait for a call of this campaign. */
    public void putToWork(TestingQueue campaign, long agent) {
        putHeadsetOn(agent);
        await().atMost(PATIENCE).until(() -> hasLine(agent));
        ready(campaign, agent);
    }

    /** New agents with headsets on who begin to wait in one moment; the first of them is the first to be served. */
    public List<Long> agentsAtWork(TestingQueue campaign, int number) {
        List<Long> all = IntStream.range(0, number)
                .mapToObj(i -> campaign.account(Role.AGENT, null).id())
                .toList();
        all.forEach(this::putHeadsetOn);
        await().atMost(PATIENCE).until(() -> all.stream().allMatch(this::hasLine));
        campaign.run(
                """
                update agent_presence set campaign_id = :campaign, state = 'READY',
                       since = cast(:now as timestamptz) + account_id * interval '1 millisecond'
                where account_id = any(:agents)""", Map.of("campaign", campaign.id(), "now", clock.instant(), "agents", all.toArray(Long[]::new)));
        dialer.nudge();
        return all;
    }

    /** Connects one more headset of this agent. */
    public void putHeadsetOn(long agent) {
        headsets.add(simulator().connect(voices.issue(VoiceTokens.identity(agent))));
    }

    /** Lets the agent wait for a call, whatever became of their line. */
    public void ready(TestingQueue campaign, long agent) {
        answer(database.inTransaction(
                sql -> agents.set(sql, agent, campaign.id(), Agents.State.READY, clock.instant())));
        dialer.nudge();
    }

    /** Whether the application believes that the agent has a headset on. */
    public boolean hasLine(long agent) {
        var presence = answer(database.inTransaction(sql -> agents.peek(sql, agent)));
        return presence != null && presence.audio();
    }

    /** What the agent does; the agent was at work before. */
    public Agents.State state(long agent) {
        return answer(database.inTransaction(sql -> agents.peek(sql, agent))).state();
    }

    /** What whoever has this number heard to its last word, oldest first. */
    public List<String> heard(String number) {
        return simulator().ledger().heard().stream()
                .filter(said -> said.number().equals(number))
                .map(HeardSentence::text)
                .toList();
    }

    /** The results of the same work, done so many times side by side. */
    public static <T> List<T> atOnce(int times, Callable<T> work) throws InterruptedException, ExecutionException {
        return atOnce(Collections.nCopies(times, work));
    }

    /** The results of work that is done side by side, in the order of the work. */
    public static <T> List<T> atOnce(List<Callable<T>> work) throws InterruptedException, ExecutionException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = new ArrayList<T>();
            for (Future<T> result : threads.invokeAll(work)) {
                results.add(result.get());
            }
            return results;
        }
    }
}
