package fr.raccroche;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.raccroche.simulator.Figures;
import fr.raccroche.simulator.Knobs;
import fr.raccroche.simulator.Ledger;
import fr.raccroche.simulator.Ring;
import fr.raccroche.simulator.SentText;
import fr.raccroche.simulator.Simulator;
import fr.raccroche.simulator.SimulatorSettings;
import fr.raccroche.simulator.people.Guardian;
import fr.raccroche.simulator.people.Identity;
import fr.raccroche.simulator.people.Line;
import fr.raccroche.simulator.people.Persona;
import fr.raccroche.simulator.people.Population;
import fr.raccroche.simulator.run.CampaignRun;
import fr.raccroche.simulator.run.RunPlan;
import fr.raccroche.simulator.run.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A small campaign in this process, worked by simulated agents against an installation that fails meanwhile. The phones
 * are here too, so that their ledger outlives the product. Everybody on the list is called ZZCANARY.
 */
final class TestingCampaign implements AutoCloseable {

    private static final String CANARY = "zzcanary";
    private static final Duration LONGEST = Duration.ofMinutes(4);

    private final TestingInstallation installation;
    private final int attempts;
    private final Population population;
    private final Simulator simulator;
    private final TestingLine line;
    private CompletableFuture<RunResult> run = new CompletableFuture<>();

    /** Ten attempts per youth. */
    TestingCampaign(TestingInstallation installation, int youths, long seed) throws IOException {
        this(installation, youths, seed, 10);
    }

    TestingCampaign(TestingInstallation installation, int youths, long seed, int attempts) throws IOException {
        this.installation = installation;
        this.attempts = attempts;
        var day = TestingInstallation.OPENING.atZone(ZoneOffset.UTC).toLocalDate();
        population = new Population(Population.generate(seed, youths, day).personas().stream()
                .map(TestingCampaign::canary)
                .toList());
        simulator = new Simulator(
                SimulatorSettings.account(
                                TestingInstallation.ACCOUNT_SID,
                                TestingInstallation.AUTH_TOKEN,
                                TestingInstallation.API_KEY_SID,
                                TestingInstallation.API_KEY_SECRET,
                                TestingInstallation.NUMBERS,
                                installation.url() + "/webhooks/twilio/agent",
                                installation.url() + "/webhooks/twilio/sms")
                        .withSilencePatience(Duration.ofMinutes(30)),
                installation.clock(),
                new Random(seed),
                population.personas(),
                seed);
        simulator.start();
        line = new TestingLine(simulator.baseUrl(), Duration.ofMillis(20));
        var unused = installation.with("TWILIO_BASE_URL", line.url().toString());
    }

    private static Persona canary(Persona persona) {
        Identity who = persona.identity();
        var named = new Identity(
                who.ine(),
                who.sieiNumber(),
                CANARY + " " + who.lastName(),
                CANARY + "-" + who.firstName(),
                who.female(),
                who.birthDate(),
                who.uai(),
                who.training(),
                CANARY + " " + who.address(),
                who.commune(),
                CANARY + who.email(),
                who.guardians().stream()
                        .map(guardian -> new Guardian(
                                CANARY + " " + guardian.lastName(),
                                guardian.firstName(),
                                guardian.female(),
                                guardian.number(),
                                guardian.commune()))
                        .toList());
        return new Persona(
                named,
                persona.lines(),
                persona.stance(),
                persona.solution(),
                persona.talk(),
                persona.callbackAt(),
                persona.texting());
    }

    /** List, campaign and agents, until every youth has a final state. */
    void begin() {
        var plan = new RunPlan(
                        installation.url(),
                        installation.supervisor(),
                        installation.agents(),
                        TestingInstallation.NUMBERS.getFirst())
                .withAttempts(attempts);
        var campaign = new CampaignRun(plan, simulator, population, installation.clock());
        run = CompletableFuture.supplyAsync(() -> {
            try {
                return campaign.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        });
    }

    /** A line of its own for a second node. */
    TestingLine lineOf(TestingInstallation other) throws IOException {
        var its = new TestingLine(simulator.baseUrl(), Duration.ofMillis(20));
        var unused = other.with("TWILIO_BASE_URL", its.url().toString());
        return its;
    }

    TestingLine line() {
        return line;
    }

    Ledger ledger() {
        return simulator.ledger();
    }

    Knobs knobs() {
        return simulator.knobs();
    }

    /** Callbacks of strangers that the installation did not refuse. */
    int forgeriesBelieved() {
        return simulator.forgeriesBelieved();
    }

    boolean isOver() {
        return run.isDone();
    }

    /** Until {@code more} phones rang after those that rang so far, or the campaign is over. */
    void awaitRings(int more) {
        int goal = ledger().ringCount() + more;
        await().atMost(LONGEST)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> isOver() || ledger().ringCount() >= goal);
    }

    RunResult awaitEnd() throws InterruptedException, ExecutionException {
        try {
            return run.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("The campaign does not come to its end: " + ledger().figures(), e);
        }
    }

    /** What must hold whatever failed meanwhile. */
    void check(RunResult result, String jdbc) throws SQLException {
        assertThat(result.stalled()).isEmpty();
        Figures figures = ledger().figures();
        assertThat(figures.maxRingsPerYouth()).isLessThanOrEqualTo(attempts);
        assertThat(figures.ringsOutsideHours()).isZero();
        assertThat(figures.simultaneousRings()).isZero();
        assertThat(figures.ringsAfterObjection()).isZero();
        assertThat(figures.ringsToStrangers()).isZero();
        assertThat(figures.agreementsWithoutHandoff()).hasValue(0);
        try (Connection database = DriverManager.getConnection(jdbc)) {
            compareYouths(database, result);
            compare(database);
        }
    }

    /** Every row of the list is a youth once, or was rejected with a reason, and every youth has a state. */
    private void compareYouths(Connection database, RunResult result) throws SQLException {
        int states =
                result.states().values().stream().mapToInt(Integer::intValue).sum();
        assertThat(texts(database, "select count(*) from list_entry")).containsExactly(String.valueOf(states));
        assertThat(texts(database, """
                        select (select count(*) from list_entry) + (select count(distinct line) from rejected_row)"""))
                .as("rows loaded; rejected: %s", texts(database, "select field || ' ' || reason from rejected_row"))
                .containsExactly(String.valueOf(population.personas().size()));
    }

    private void compare(Connection database) throws SQLException {
        assertThat(texts(database, "show fsync")).containsExactly("on");
        List<String> kept = texts(database, """
                select y.ine || ' ' || o.kind from outcome o join youth y on y.id = o.youth_id""");
        List<String> acknowledged = ledger().noted().stream()
                .map(noted -> noted.ine() + " " + noted.outcome())
                .toList();
        var missing = new ArrayList<>(acknowledged);
        kept.forEach(missing::remove);
        assertThat(acknowledged).isNotEmpty();
        assertThat(missing).as("outcomes acknowledged and lost").isEmpty();
        var unknownRings =
                new ArrayList<>(ledger().rings().stream().map(Ring::callSid).toList());
        unknownRings.removeAll(texts(database, "select call_sid from call_attempt where call_sid is not null"));
        assertThat(unknownRings).as("rings that no attempt knows").isEmpty();
        assertThat(texts(database, """
                        select youth_id || ' ' || occasion from sms_message where direction = 'OUT' and occasion is not null
                        group by campaign_id, youth_id, occasion having count(*) > 1""")).as("two texts for one occasion").isEmpty();
        var carried =
                new ArrayList<>(ledger().texts().stream().map(SentText::number).toList());
        for (String written : texts(database, "select e164 from sms_message where direction = 'OUT'")) {
            carried.remove(written);
        }
        assertThat(carried).as("texts that went out twice").isEmpty();
        assertThat(texts(database, "select id || ' ' || state from call_attempt where closed_at is null"))
                .as("attempts without an end")
                .isEmpty();
        await("delivery of all events")
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(
                                texts(database, "select channel || ' ' || coalesce(last_error, '') from outbox"))
                        .isEmpty());
        assertThat(texts(database, """
                        select o.id || ' ' || count(e.id) from outcome o left join handoff_event e on e.outcome_id = o.id
                        where o.kind = 'REFERRAL' group by o.id having count(e.id) <> 1"""))
                .as("agreements not handed off exactly once")
                .isEmpty();
    }

    static List<String> texts(Connection database, String query) throws SQLException {
        var texts = new ArrayList<String>();
        try (var statement = database.createStatement();
                var rows = statement.executeQuery(query)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    /** Neither a name nor a number of anybody on the list is in {@code log}. */
    void checkSilenceOf(Path log) throws IOException {
        String text = Files.readString(log).toLowerCase(Locale.ROOT);
        assertThat(text).isNotBlank().doesNotContain(CANARY);
        for (Persona persona : population.personas()) {
            assertThat(text).doesNotContain(persona.identity().ine().toLowerCase(Locale.ROOT));
            for (Line phone : persona.lines()) {
                assertThat(text.replaceAll("[ .]", ""))
                        .doesNotContain(phone.number().substring(3));
            }
        }
    }

    @Override
    public void close() throws IOException {
        var unused = run.cancel(true);
        line.close();
        simulator.close();
    }
}
