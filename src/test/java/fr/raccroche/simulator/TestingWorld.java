package fr.raccroche.simulator;

import com.twilio.http.NetworkHttpClient;
import com.twilio.http.Request;
import com.twilio.http.Response;
import com.twilio.http.TwilioRestClient;
import com.twilio.jwt.accesstoken.AccessToken;
import com.twilio.jwt.accesstoken.VoiceGrant;
import fr.raccroche.simulator.people.Persona;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.awaitility.Awaitility;

/** A simulator with a few people, a product that records webhooks, a clock, and Twilio's own client. */
public final class TestingWorld implements AutoCloseable {

    public static final String ACCOUNT = "AC00000000000000000000000000000001";
    public static final String AUTH_TOKEN = "0123456789abcdef0123456789abcdef";
    public static final String API_KEY = "SK00000000000000000000000000000001";
    public static final String API_SECRET = "a-secret-of-at-least-thirty-two-characters";
    public static final String OUR_NUMBER = "+33199000001";
    /** A Tuesday, 11:00 in Paris. */
    static final Instant TUESDAY_ELEVEN = Instant.parse("2026-11-24T10:00:00Z");

    final TestingClock clock = new TestingClock(TUESDAY_ELEVEN);
    final TestingProduct product;
    final Simulator simulator;
    final TwilioRestClient twilio;

    TestingWorld(Persona... people) throws IOException {
        this(Optional.empty(), people);
    }

    /** One in which people may ring our number; {@code path} is asked what to do, {@code /over} told of the end. */
    static TestingWorld answering(String path, Persona... people) throws IOException {
        return new TestingWorld(Optional.of(path), people);
    }

    private TestingWorld(Optional<String> inbound, Persona... people) throws IOException {
        product = new TestingProduct(AUTH_TOKEN);
        var account = SimulatorSettings.account(
                ACCOUNT,
                AUTH_TOKEN,
                API_KEY,
                API_SECRET,
                List.of(OUR_NUMBER),
                product.url("/agent"),
                product.url("/sms"));
        var settings = inbound.map(path -> account.answeringWith(product.url(path), Optional.of(product.url("/over"))))
                .orElse(account);
        simulator = new Simulator(settings, clock, new Random(1), List.of(people), 1);
        simulator.start();
        twilio = client(ACCOUNT, AUTH_TOKEN);
    }

    TwilioRestClient client(String user, String password) {
        return new TwilioRestClient.Builder(user, password)
                .accountSid(ACCOUNT)
                .httpClient(new LoopbackClient(simulator.baseUrl().toString()))
                .build();
    }

    /** An access token as the product issues it. */
    public static String token(String identity) {
        return token(identity, API_SECRET);
    }

    public static String token(String identity, String secret) {
        return new AccessToken.Builder(ACCOUNT, API_KEY, secret.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .identity(identity)
                .grant(new VoiceGrant().setOutgoingApplicationSid("AP00000000000000000000000000000001"))
                .build()
                .toJwt();
    }

    /** Lets business time run, in small steps, until something is so. */
    void passTimeUntil(BooleanSupplier condition) {
        passTimeUntil(Duration.ofMillis(500), condition);
    }

    void passTimeUntil(Duration step, BooleanSupplier condition) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> {
                    clock.advance(step);
                    return condition.getAsBoolean();
                });
    }

    /** Waits in real time only. */
    static void eventually(BooleanSupplier condition) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(5))
                .until(condition::getAsBoolean);
    }

    @Override
    public void close() {
        simulator.close();
        product.close();
    }

    /** Twilio's client with another base URL. */
    private static final class LoopbackClient extends NetworkHttpClient {

        private final String base;

        LoopbackClient(String base) {
            super(HttpClientBuilder.create().disableAutomaticRetries());
            this.base = base;
        }

        @Override
        public Response makeRequest(Request from) {
            // path and query both, so that the next page of a list is another page
            var request =
                    new Request(from.getMethod(), base + from.constructURL().getFile());
            request.setAuth(from.getUsername(), from.getPassword());
            from.getPostParams().forEach((name, values) -> values.forEach(value -> request.addPostParam(name, value)));
            request.setContentType(from.getContentType());
            return super.makeRequest(request);
        }

        @Override
        public Response reliableRequest(Request request) {
            return makeRequest(request);
        }
    }
}
