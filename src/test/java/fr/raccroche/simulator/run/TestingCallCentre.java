package fr.raccroche.simulator.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import fr.raccroche.simulator.Form;
import fr.raccroche.simulator.TestingWorld;
import fr.raccroche.simulator.people.LegalHours;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The smallest call centre that keeps the product's HTTP contract: one campaign, everything in memory, one dialler
 * thread. It can be told to misbehave, so that a test sees the ledger notice.
 */
final class TestingCallCentre implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A youth on the list. */
    private static final class Youth {
        final String ine;
        final List<String> numbers = new ArrayList<>();
        String state = "TO_CALL";
        Instant due = Instant.MIN;
        int attempts;

        Youth(String ine) {
            this.ine = ine;
        }
    }

    /** An agent at the desk. */
    private static final class Agent {
        final String identity;
        volatile String presence = "OFFLINE";

        @Nullable
        Attempt attempt;

        Agent(String identity) {
            this.identity = identity;
        }
    }

    private record Attempt(long id, Youth youth, String number, Agent agent) {}

    private final TestingFastClock clock;
    private final LegalHours hours = new LegalHours();
    private final HttpServer server;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, Agent> agents = new TreeMap<>();
    private final List<Map<String, String>> lists = new CopyOnWriteArrayList<>();
    private final List<Youth> youths = new ArrayList<>();
    private final Map<Long, Attempt> attempts = new HashMap<>();
    private final Map<Long, String> sids = new HashMap<>();
    private final Map<String, String> handoffs = new LinkedHashMap<>();
    private String session = "1";
    private URI telephony = URI.create("http://127.0.0.1:1");
    private boolean started;
    private volatile boolean closed;
    private volatile boolean down;
    private volatile boolean forgetsHandoffs;
    private volatile boolean callsAtNight;

    TestingCallCentre(TestingFastClock clock) throws IOException {
        this.clock = clock;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    void use(URI simulator) {
        telephony = simulator;
        Thread.ofPlatform().daemon().start(this::dial);
    }

    void forgetHandoffs() {
        forgetsHandoffs = true;
    }

    void callAtNight() {
        callsAtNight = true;
    }

    /** Answers people with nothing but 503, and has forgotten every session when it is back. */
    void outage(Duration length) throws InterruptedException {
        down = true;
        Thread.sleep(length);
        synchronized (this) {
            session = session + "1";
        }
        down = false;
    }

    synchronized int attemptCount() {
        return attempts.size();
    }

    @Override
    public void close() {
        closed = true;
        server.stop(0);
        http.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            String path = exchange.getRequestURI().getPath();
            String cookie = Stream.ofNullable(exchange.getRequestHeaders().getFirst("Cookie"))
                    .findFirst()
                    .orElse("");
            if (path.startsWith("/webhooks/")) {
                respond(exchange, 200, webhook(path, Form.parse(body)));
            } else if (down) {
                respond(exchange, 503, "");
            } else if (path.equals("/login")) {
                String email = Form.parse(body).get("email").orElse("");
                exchange.getResponseHeaders().set("Set-Cookie", "s=" + session + "-" + email + "; HttpOnly");
                redirect(exchange, "/desk");
            } else if (!cookie.startsWith("s=" + session + "-")) {
                respond(exchange, 401, "");
            } else {
                page(exchange, path, body, cookie.substring(cookie.indexOf('-') + 1));
            }
        }
    }

    private void page(HttpExchange exchange, String path, String body, String email) throws IOException {
        Form form = Form.parse(body);
        switch (path) {
            case "/lists" -> {
                load(body);
                redirect(exchange, "/lists/loads/1");
            }
            case "/lists/loads/1.json" ->
                respond(exchange, 200, JSON.writeValueAsString(Map.of("state", "DONE", "list", 1)));
            case "/campaigns" -> redirect(exchange, "/campaigns/1");
            case "/campaigns/1/texts" -> redirect(exchange, "/campaigns/1/texts");
            case "/campaigns/1/start" -> {
                start();
                redirect(exchange, "/campaigns/1");
            }
            case "/campaigns/1/close" -> redirect(exchange, "/campaigns/1");
            case "/lists.json" -> respond(exchange, 200, JSON.writeValueAsString(lists));
            case "/supervision/state" -> respond(exchange, 200, JSON.writeValueAsString(supervision()));
            case "/simulation/clock" -> {
                clock.jumpTo(Instant.parse(form.get("to").orElseThrow()));
                respond(exchange, 204, "");
            }
            case "/messages/texts.json" -> respond(exchange, 200, "[]");
            case "/telephones.json" -> respond(exchange, 200, "[]");
            case "/handoffs.json" -> respond(exchange, 200, JSON.writeValueAsString(handoffs()));
            case "/desk/state" -> respond(exchange, 200, JSON.writeValueAsString(desk(email)));
            case "/desk/events" -> stream(exchange, email);
            case "/desk/presence" -> {
                ready(email);
                respond(exchange, 204, "");
            }
            case "/desk/voice-token" ->
                respond(exchange, 200, JSON.writeValueAsString(Map.of("token", TestingWorld.token(identity(email)))));
            case "/desk/hangup" -> {
                hangUp(email);
                respond(exchange, 204, "");
            }
            case "/desk/outcome" -> respond(exchange, outcome(email, form), "");
            default -> respond(exchange, 404, "");
        }
    }

    private void stream(HttpExchange exchange, String email) throws IOException {
        Agent agent = agent(email);
        exchange.sendResponseHeaders(200, 0);
        String told = "";
        while (!closed && !down) {
            String presence = agent.presence;
            if (!presence.equals(told)) {
                exchange.getResponseBody().write("data: changed\n\n".getBytes(UTF_8));
                exchange.getResponseBody().flush();
                told = presence;
            }
            LockSupport.parkNanos(2_000_000);
        }
    }

    /** Names of the lists loaded so far. */
    List<String> listNames() {
        return lists.stream().map(list -> list.getOrDefault("name", "")).toList();
    }

    private synchronized void load(String upload) {
        Matcher name = Pattern.compile("name=\"name\"\\s+(.+?)\\r\\n").matcher(upload);
        lists.add(Map.of("name", name.find() ? name.group(1) : ""));
        upload.lines()
                .filter(line -> line.matches("\\d{9}[A-Z]{2};.*"))
                .map(line -> line.split(";", -1))
                .forEach(cells -> {
                    var youth = new Youth(cells[0]);
                    for (int column : new int[] {12, 13, 17, 21}) {
                        if (!cells[column].isEmpty()) {
                            youth.numbers.add(
                                    "+33" + cells[column].replace(" ", "").substring(1));
                        }
                    }
                    youths.add(youth);
                });
    }

    private synchronized void start() {
        started = true;
        youths.forEach(youth -> youth.due = clock.instant());
    }

    private synchronized Map<String, @Nullable Object> supervision() {
        var states = new TreeMap<String, Integer>();
        youths.forEach(youth -> states.merge(youth.state, 1, Integer::sum));
        Instant now = clock.instant();
        List<Youth> open = youths.stream()
                .filter(youth -> youth.state.equals("TO_CALL") || youth.state.equals("CALLBACK"))
                .toList();
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("youths", youths.size());
        json.put("states", states);
        json.put(
                "dueNow",
                mayCall(now)
                        ? open.stream().filter(youth -> !youth.due.isAfter(now)).count()
                        : 0);
        json.put("inFlight", states.getOrDefault("IN_CALL", 0));
        json.put(
                "nextDueAt",
                open.stream()
                        .map(youth -> nextOpening(youth.due.isAfter(now) ? youth.due : now))
                        .min(Instant::compareTo)
                        .map(Instant::toString)
                        .orElse(null));
        json.put("attempts", attempts.size());
        json.put("outboxPending", 0);
        json.put(
                "agents",
                agents.values().stream()
                        .map(agent -> Map.of("presence", agent.presence))
                        .toList());
        return json;
    }

    private synchronized List<Map<String, String>> handoffs() {
        return handoffs.keySet().stream().map(ine -> Map.of("ine", ine)).toList();
    }

    private synchronized Map<String, @Nullable Object> desk(String email) {
        Agent agent = agent(email);
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("presence", agent.presence);
        Attempt attempt = agent.attempt;
        json.put(
                "call",
                attempt == null
                        ? null
                        : Map.of(
                                "attemptId",
                                attempt.id,
                                "actionId",
                                "action-" + attempt.id,
                                "number",
                                attempt.number,
                                "youth",
                                Map.of("ine", attempt.youth.ine)));
        return json;
    }

    private synchronized void ready(String email) {
        Agent agent = agent(email);
        if (agent.attempt == null) {
            agent.presence = "READY";
        }
    }

    private synchronized int outcome(String email, Form form) {
        Agent agent = agent(email);
        Attempt attempt = agent.attempt;
        if (attempt == null || !form.get("attemptId").orElse("").equals(String.valueOf(attempt.id))) {
            return 404;
        }
        Youth youth = attempt.youth;
        switch (form.get("outcome").orElseThrow()) {
            case "IN_SOLUTION" -> youth.state = "IN_SOLUTION";
            case "REFERRAL" -> {
                youth.state = "REFERRED";
                if (!forgetsHandoffs) {
                    handoffs.put(youth.ine, form.get("structureKind").orElseThrow());
                }
            }
            case "NO_REFERRAL", "REFUSED", "OBJECTED", "UNDER_16" ->
                youth.state = form.get("outcome").orElseThrow();
            case "WRONG_NUMBER" -> {
                youth.numbers.remove(attempt.number);
                again(youth);
            }
            default -> again(youth);
        }
        agent.attempt = null;
        agent.presence = "READY";
        return 204;
    }

    private void again(Youth youth) {
        youth.state = youth.numbers.isEmpty() ? "WRONG_NUMBER" : youth.attempts >= 10 ? "UNREACHABLE" : "TO_CALL";
        youth.due = clock.instant().plus(Duration.ofHours(3));
    }

    private synchronized String webhook(String path, Form form) {
        String last = path.substring(path.lastIndexOf('/') + 1);
        if (last.equals("agent")) {
            return room(form.get("From").orElseThrow().substring("client:".length()));
        }
        if (last.equals("sms")) {
            return "<Response/>";
        }
        Attempt attempt = attempts.get(Long.parseLong(last));
        if (attempt == null || !attempt.equals(attempt.agent.attempt)) {
            return "<Response><Hangup/></Response>";
        }
        if (path.contains("/answer/")) {
            sids.put(attempt.id, form.get("CallSid").orElseThrow());
            attempt.agent.presence = "IN_CALL";
            return room(attempt.agent.identity);
        }
        over(attempt, form.get("CallStatus").orElse(""));
        return "";
    }

    private void over(Attempt attempt, String status) {
        Agent agent = attempt.agent;
        if (status.equals("completed") && agent.presence.equals("IN_CALL")) {
            agent.presence = "WRAP_UP";
        } else if (Set.of("completed", "busy", "no-answer", "failed", "canceled")
                        .contains(status)
                && agent.presence.equals("DIALING")) {
            if (status.equals("failed")) {
                attempt.youth.numbers.remove(attempt.number);
            }
            again(attempt.youth);
            agent.attempt = null;
            agent.presence = "READY";
        }
    }

    private void dial() {
        while (!closed) {
            try {
                List<Attempt> chosen = down ? List.of() : choose();
                chosen.forEach(this::place);
                Thread.sleep(2);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private synchronized List<Attempt> choose() {
        Instant now = clock.instant();
        var chosen = new ArrayList<Attempt>();
        if (!started || !mayCall(now)) {
            return chosen;
        }
        for (Agent agent : agents.values()) {
            if (agent.presence.equals("READY")) {
                youths.stream()
                        .filter(youth -> youth.state.equals("TO_CALL") && !youth.due.isAfter(now))
                        .filter(youth -> !numberInUse(youth))
                        .findFirst()
                        .ifPresent(youth -> chosen.add(attempt(youth, agent)));
            }
        }
        return chosen;
    }

    private boolean numberInUse(Youth youth) {
        return agents.values().stream()
                .map(agent -> agent.attempt)
                .anyMatch(attempt -> attempt != null && youth.numbers.contains(attempt.number));
    }

    private Attempt attempt(Youth youth, Agent agent) {
        String number = youth.numbers.get(youth.attempts % youth.numbers.size());
        var attempt = new Attempt(attempts.size() + 1L, youth, number, agent);
        attempts.put(attempt.id, attempt);
        youth.attempts++;
        youth.state = "IN_CALL";
        agent.attempt = attempt;
        agent.presence = "DIALING";
        return attempt;
    }

    private void place(Attempt attempt) {
        var form = new LinkedHashMap<String, String>();
        form.put("To", attempt.number);
        form.put("From", TestingWorld.OUR_NUMBER);
        form.put("Url", url() + "/webhooks/answer/" + attempt.id);
        form.put("StatusCallback", url() + "/webhooks/call/" + attempt.id + "#rc=5&rp=all");
        form.put("Timeout", "25");
        HttpResponse<String> response = post("/Calls.json", form);
        if (response.statusCode() != 201) {
            throw new IllegalStateException(response.body());
        }
    }

    private HttpResponse<String> post(String resource, Map<String, String> form) {
        String basic = Base64.getEncoder()
                .encodeToString((TestingWorld.ACCOUNT + ":" + TestingWorld.AUTH_TOKEN).getBytes(UTF_8));
        HttpRequest request = HttpRequest.newBuilder(
                        telephony.resolve("/2010-04-01/Accounts/" + TestingWorld.ACCOUNT + resource))
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(Form.encode(form)))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void hangUp(String email) {
        String sid = sidOfCall(email);
        if (!sid.isEmpty()
                && post("/Calls/" + sid + ".json", Map.of("Status", "completed"))
                                .statusCode()
                        != 200) {
            throw new IllegalStateException("The call cannot be ended");
        }
    }

    private synchronized String sidOfCall(String email) {
        Attempt attempt = agent(email).attempt;
        return attempt == null ? "" : sids.getOrDefault(attempt.id, "");
    }

    /** Five minutes before the hour, so that no call rings after it. */
    private boolean mayCall(Instant now) {
        return callsAtNight || (hours.allow(now) && hours.allow(now.plus(Duration.ofMinutes(5))));
    }

    private Instant nextOpening(Instant from) {
        Instant at = from;
        while (!mayCall(at)) {
            at = at.plus(Duration.ofMinutes(5));
        }
        return at;
    }

    private synchronized Agent agent(String email) {
        return agents.computeIfAbsent(email, key -> new Agent(identity(key)));
    }

    private static String identity(String email) {
        return email.replace("@exemple.fr", "");
    }

    private static String room(String identity) {
        return "<Response><Dial><Conference endConferenceOnExit='false'>agent-" + identity
                + "</Conference></Dial></Response>";
    }

    private static void redirect(HttpExchange exchange, String location) throws IOException {
        exchange.getResponseHeaders().set("Location", location);
        exchange.sendResponseHeaders(303, -1);
    }

    private static void respond(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
