package fr.raccroche.simulator;

import fr.raccroche.simulator.people.People;
import fr.raccroche.simulator.people.Persona;
import fr.raccroche.simulator.people.Resources;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A Twilio account on 127.0.0.1 with people at the other end: the REST API, signed webhooks, TwiML, conferences, texts,
 * a softphone, and a ledger of what really rang. Everything happens in business time, which may run fast or jump
 * forward.
 *
 * <pre>{@code
 * try (var simulator = new Simulator(settings, clock, random, personas, seed)) {
 *     simulator.start();
 *     // point the Twilio client at simulator.baseUrl()
 * }
 * }</pre>
 */
public final class Simulator implements AutoCloseable {

    private static final String FRAME_ANCESTORS =
            "frame-ancestors http://localhost:* http://127.0.0.1:* " + "https://localhost:* https://127.0.0.1:*";
    private static final String PAGE_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "connect-src 'self'; base-uri 'none'; form-action 'none'; " + FRAME_ANCESTORS;

    private final Knobs knobs;
    private final ErrorLog errors = new ErrorLog();
    private final Timeline timeline;
    private final Webhooks webhooks;
    private final Ledger ledger;
    private final Switchboard switchboard;
    private final Messaging texts;
    private final TwilioApi twilio;
    private final SoftphoneApi softphone;
    private final HttpFront http;

    /**
     * Opens the port; nothing is answered before {@link #start}.
     *
     * @param clock business time
     * @param seed decides, with the number and the count of rings, how each call turns out
     */
    public Simulator(
            SimulatorSettings settings, Clock clock, RandomGenerator random, List<Persona> personas, long seed) {
        this(settings, clock, random, personas, seed, Clock.systemUTC());
    }

    Simulator(
            SimulatorSettings settings,
            Clock clock,
            RandomGenerator random,
            List<Persona> personas,
            long seed,
            Clock wallClock) {
        timeline = new Timeline(clock);
        knobs = new Knobs(new Random(seed));
        webhooks = new Webhooks(settings.keys().authToken(), knobs, random);
        ledger = Ledger.open(settings.ledgerFile(), personas);
        var exchange = new Exchange(
                settings, timeline, webhooks, knobs, errors, ledger, new People(personas, seed), new Sids(random));
        switchboard = new Switchboard(exchange);
        texts = new Messaging(exchange);
        var orders = new CallOrders(exchange);
        var calls = new CallsApi(exchange, switchboard, orders);
        var conferences = new ConferencesApi(exchange, switchboard, orders);
        twilio = new TwilioApi(exchange, calls, new MessagesApi(exchange, texts), conferences);
        softphone = new SoftphoneApi(new AccessTokens(settings, wallClock), timeline, switchboard);
        http = new HttpFront(settings.port(), this::route, softphone::stream);
    }

    public void start() {
        timeline.start();
        http.start();
    }

    /** Where the REST API and the softphone are served. */
    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + http.port());
    }

    /** Address of the softphone page. */
    public URI softphoneUrl() {
        return baseUrl().resolve("/softphone");
    }

    public Ledger ledger() {
        return ledger;
    }

    public Knobs knobs() {
        return knobs;
    }

    /** How often the error with this code happened, such as 12100 for TwiML that cannot be read. */
    public long errorCount(int code) {
        return errors.counts().getOrDefault(code, 0L);
    }

    /**
     * Connects the headset of the identity in an access token, as the softphone page does.
     *
     * @throws IllegalArgumentException if the token is not genuine or has expired
     */
    public Headset connect(String accessToken) {
        try {
            return softphone.connect(accessToken);
        } catch (ApiError e) {
            throw new IllegalArgumentException("The access token was refused", e);
        }
    }

    /** A person writes to one of the account's numbers. */
    public void receiveText(String from, String to, String body) {
        timeline.run(() -> texts.receive(from, to, body));
    }

    /** A person rings one of the account's numbers. */
    public void receiveCall(String from, String to) {
        timeline.run(() -> switchboard.receive(from, to));
    }

    /** Whoever rings or is on the line hangs up. */
    public void hangUpAll() {
        timeline.run(switchboard::endAll);
    }

    /** Forged callbacks that the product did not refuse with 403. */
    public int forgeriesBelieved() {
        return webhooks.believed();
    }

    /** Whether no phone rings, nobody is on the line and no webhook is under way; agents' own legs do not count. */
    public boolean isQuiet() {
        return timeline.turn(switchboard::liveToPeople) == 0 && webhooks.inFlight() == 0;
    }

    /** When the next planned thing happens, such as a reply to a text. */
    public Optional<Instant> nextEvent() {
        return timeline.next();
    }

    @Override
    public void close() {
        http.close();
        timeline.close();
        webhooks.close();
        ledger.close();
    }

    private HttpReply route(Request request) {
        List<String> path = request.segments();
        return switch (path.isEmpty() ? "" : path.getFirst()) {
            case Exchange.API_VERSION -> twilio.handle(request);
            case "client" -> path.size() == 2 ? softphone.handle(request) : notFound();
            case "simulator" -> path.size() == 2 ? own(path.get(1)) : notFound();
            case "softphone" -> asset("softphone.html", "text/html");
            case "softphone.css" -> asset("softphone.css", "text/css");
            case "softphone.js" -> asset("softphone.js", "text/javascript");
            default -> notFound();
        };
    }

    private HttpReply own(String page) {
        return switch (page) {
            case "ledger" -> HttpReply.json(200, ledgerJson());
            case "errors" -> HttpReply.json(200, errorsJson());
            default -> notFound();
        };
    }

    private Map<String, @Nullable Object> ledgerJson() {
        Figures figures = ledger.figures();
        var json = new LinkedHashMap<String, @Nullable Object>(figures.asJson());
        json.put("rings_to_strangers", figures.ringsToStrangers());
        json.put("objections", ledger.objections().size());
        json.put("agreements", ledger.agreements().size());
        return json;
    }

    private Map<String, @Nullable Object> errorsJson() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("counts", errors.counts());
        json.put(
                "recent",
                errors.recent().stream()
                        .map(entry -> {
                            var line = new LinkedHashMap<String, @Nullable Object>();
                            line.put("code", entry.code());
                            line.put("at", entry.at().toString());
                            line.put("about", entry.about());
                            line.put("url", entry.url());
                            line.put("detail", entry.detail());
                            return line;
                        })
                        .toList());
        return json;
    }

    private static HttpReply asset(String name, String type) {
        return HttpReply.of(200, type + "; charset=utf-8", Resources.text(name))
                .with("Content-Security-Policy", PAGE_POLICY)
                .with("Cache-Control", "no-cache")
                .with("X-Content-Type-Options", "nosniff")
                .with("Referrer-Policy", "no-referrer");
    }

    private static HttpReply notFound() {
        return HttpReply.text(404, "Not found");
    }
}
