package fr.raccroche;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.raccroche.platform.BusinessClock;
import fr.raccroche.simulator.run.Credentials;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The packaged application as whoever installs it has it: a process of its own on a data directory, with accounts and a
 * fast business clock. It may be killed and started again on the same data.
 */
final class TestingInstallation implements AutoCloseable {

    static final String ACCOUNT_SID = "AC" + "0".repeat(32);
    static final String AUTH_TOKEN = "1".repeat(32);
    static final String API_KEY_SID = "SK" + "2".repeat(32);
    static final String API_KEY_SECRET = "3".repeat(32);
    static final List<String> NUMBERS = List.of("+33199000100", "+33639989900");

    /** A Tuesday at ten in Paris. */
    static final Instant OPENING = Instant.parse("2026-11-24T09:00:00Z");

    private static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar");
    private static final Duration START = Duration.ofSeconds(90);
    private static final Duration STOP = Duration.ofSeconds(60);
    private static final int AGENTS = 5;
    private static final String PASSWORD = "essai-de-reprise-42";

    private final Path data;
    private final int port;
    private final Path clockFile;
    private final BusinessClock clock;
    private final Map<String, String> environment = new HashMap<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> expected = new ArrayList<>();
    private @Nullable Process process;
    private String cookie = "";

    /** Nothing runs before {@link #start}. */
    TestingInstallation(Path data, int speed) throws IOException {
        this.data = data;
        this.port = TestingPorts.free();
        this.clockFile = data.resolve("clock");
        this.clock = BusinessClock.open(clockFile, Clock.systemUTC());
        clock.reset(OPENING, speed);
        environment.put("RACCROCHE_PUBLIC_URL", url().toString());
        environment.put("RACCROCHE_TWILIO_CPS", "0");
        environment.put("TWILIO_ACCOUNT_SID", ACCOUNT_SID);
        environment.put("TWILIO_AUTH_TOKEN", AUTH_TOKEN);
        environment.put("TWILIO_API_KEY_SID", API_KEY_SID);
        environment.put("TWILIO_API_KEY_SECRET", API_KEY_SECRET);
        environment.put("TWILIO_APPLICATION_SID", "AP" + "4".repeat(32));
        environment.put("TWILIO_NUMBERS", String.join(",", NUMBERS));
    }

    private TestingInstallation(Path data, TestingInstallation first) throws IOException {
        this.data = data;
        this.port = TestingPorts.free();
        this.clockFile = first.clockFile;
        this.clock = first.clock;
        environment.putAll(first.environment);
        environment.put("RACCROCHE_PUBLIC_URL", url().toString());
    }

    /** A second node on the same database and telephone account, not started, with a directory of its own. */
    TestingInstallation another(Path itsData) throws IOException {
        return new TestingInstallation(itsData, this);
    }

    TestingInstallation with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Errors in the log that contain {@code words} are provoked; any other one fails the test. */
    TestingInstallation expecting(String words) {
        expected.add(words);
        return this;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    BusinessClock clock() {
        return clock;
    }

    Credentials supervisor() {
        return new Credentials("superviseur@essai.example", PASSWORD);
    }

    List<Credentials> agents() {
        return IntStream.rangeClosed(1, AGENTS)
                .mapToObj(i -> new Credentials("agent" + i + "@essai.example", PASSWORD))
                .toList();
    }

    void start() throws IOException {
        process = launch(port, log());
    }

    /** A second start on the same data, on another port. */
    Process startAgain(Path output) throws IOException {
        return launch(TestingPorts.free(), output);
    }

    private Process launch(int onPort, Path output) throws IOException {
        assertThat(JAR).as("made by mvn package").exists();
        var command = new ArrayList<String>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:TieredStopAtLevel=1",
                "-Duser.timezone=Pacific/Auckland",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager"));
        properties().forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(List.of("-jar", JAR.toString(), "--data", data.toString(), "--port", String.valueOf(onPort)));
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("TWILIO_") || name.startsWith("RACCROCHE_"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    private Map<String, String> properties() {
        var accounts = new ArrayList<String>();
        accounts.add("SUPERVISOR " + supervisor().email() + " " + PASSWORD + " Sacha Bernard");
        agents().forEach(agent -> accounts.add("AGENT " + agent.email() + " " + PASSWORD + " Alex Martin"));
        return Map.ofEntries(
                Map.entry("quarkus.http.host", "127.0.0.1"),
                Map.entry("raccroche.clock-file", clockFile.toString()),
                Map.entry("raccroche.demo", "true"),
                Map.entry("raccroche.security.demo-accounts", String.join(",", accounts)),
                Map.entry("raccroche.dialing.margin", "8m"),
                Map.entry("raccroche.dialing.sweep", "1s"),
                Map.entry("raccroche.dialing.lease", "3s"),
                Map.entry("raccroche.dialing.silence", "4s"),
                Map.entry("raccroche.dialing.grace", "6s"),
                Map.entry("raccroche.dialing.probe", "1s"),
                Map.entry("raccroche.outbox.lease", "3s"));
    }

    Process process() {
        if (process == null) {
            throw new IllegalStateException("Not started");
        }
        return process;
    }

    /** Until the node says it is ready. */
    void awaitReady() {
        await().atMost(START).pollInterval(Duration.ofMillis(100)).until(() -> {
            assertThat(process().isAlive())
                    .as("the node runs; its log:%n%s", tail())
                    .isTrue();
            return readiness() == 200;
        });
    }

    /** Status of the readiness page, or 0 when nobody answers. */
    int readiness() {
        return status(HttpRequest.newBuilder(url().resolve("/q/health/ready")));
    }

    /** Status of a page as the supervisor gets it, or 0 when nobody answers. */
    int page(String path) {
        return status(asSupervisor(path));
    }

    /** A JSON answer as the supervisor gets it. */
    String json(String path) throws IOException {
        HttpResponse<String> response = send(asSupervisor(path));
        assertThat(response.statusCode()).as(path).isEqualTo(200);
        return response.body();
    }

    void signIn() throws IOException {
        String form = "email=" + supervisor().email().replace("@", "%40") + "&password=" + PASSWORD;
        HttpResponse<String> response = send(HttpRequest.newBuilder(url().resolve("/login"))
                .header("Origin", url().toString())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
        assertThat(response.statusCode()).isEqualTo(303);
        cookie = response.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
    }

    /** Sends a form as the supervisor; answers the status. */
    int post(String path, Map<String, String> form) throws IOException {
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(asSupervisor(path)
                        .setHeader("Accept", "*/*")
                        .header("Origin", url().toString())
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body)))
                .statusCode();
    }

    /** Sends a form with a file as the supervisor; answers the path that it leads to. */
    String upload(String path, Map<String, String> form, String fileName, String file) throws IOException {
        String boundary = "----raccroche";
        var body = new StringBuilder();
        form.forEach((name, value) -> body.append(
                "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n".formatted(boundary, name, value)));
        body.append(
                "--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\nContent-Type: text/csv\r\n\r\n"
                        .formatted(boundary, fileName));
        body.append(file).append("\r\n--").append(boundary).append("--\r\n");
        HttpResponse<String> response = send(asSupervisor(path)
                .setHeader("Accept", "*/*")
                .header("Origin", url().toString())
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(303);
        return URI.create(response.headers().firstValue("Location").orElseThrow())
                .getPath();
    }

    private HttpRequest.Builder asSupervisor(String path) {
        return HttpRequest.newBuilder(url().resolve(path))
                .header("Accept", "application/json")
                .header("Cookie", cookie);
    }

    private int status(HttpRequest.Builder request) {
        try {
            return send(request).statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        try {
            return http.send(request.timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** {@code kill -9}, of the Java process alone. */
    void kill() throws InterruptedException {
        process().destroyForcibly();
        assertThat(process().waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    /** {@code kill}; answers the exit code. */
    int terminate(Duration limit) throws InterruptedException {
        process().destroy();
        assertThat(process().waitFor(limit.toMillis(), TimeUnit.MILLISECONDS))
                .as("ends within %s; its log:%n%s", limit, tail())
                .isTrue();
        return process().exitValue();
    }

    /** The embedded server, if one is up or was left behind. */
    Optional<ProcessHandle> postgres() throws IOException {
        List<String> lines = postmaster();
        return lines.isEmpty()
                ? Optional.empty()
                : ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
                        .filter(server -> server.info().command().orElse("").contains("postgres"));
    }

    /** An orphan that has ended stays visible until the system's first process has taken note. */
    void awaitEndOf(ProcessHandle server) {
        await().atMost(Duration.ofSeconds(5)).until(() -> !server.isAlive());
    }

    /** JDBC URL of the embedded server. */
    String jdbc() throws IOException {
        return "jdbc:postgresql://127.0.0.1:" + postmaster().get(3).strip()
                + "/postgres?user=postgres&password=postgres";
    }

    private List<String> postmaster() throws IOException {
        Path file = postmasterFile();
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    /** Removed by the server as the last thing it does. */
    private Path postmasterFile() {
        return data.resolve("postgres/postmaster.pid");
    }

    Path log() {
        return data.resolve("raccroche.log");
    }

    private String tail() {
        try (var lines = Files.lines(log())) {
            List<String> all = lines.toList();
            return String.join("\n", all.subList(Math.max(0, all.size() - 60), all.size()));
        } catch (IOException e) {
            return String.valueOf(e);
        }
    }

    /** Ends everything that was started here, and returns when nothing writes to the data directory any more. */
    @Override
    public void close() throws IOException {
        http.close();
        if (process != null && process.isAlive()) {
            process.destroyForcibly().onExit().join();
        }
        Optional<ProcessHandle> server = postgres();
        if (server.isPresent()) {
            server.get().destroy();
            await().atMost(STOP).until(() -> !Files.exists(postmasterFile()));
        }
        assertThat(errors())
                .as("errors in the log that no test provoked, of %s", log())
                .isEmpty();
    }

    private List<String> errors() throws IOException {
        return Files.readAllLines(log()).stream()
                .filter(line -> line.matches("[0-9:]{8} (ERROR|FATAL) .*"))
                .filter(line -> !line.contains("[Error Occurred After Shutdown]"))
                .filter(line -> expected.stream().noneMatch(line::contains))
                .toList();
    }
}
