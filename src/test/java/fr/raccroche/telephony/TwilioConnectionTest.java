package fr.raccroche.telephony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.twilio.exception.TwilioException;
import com.twilio.rest.api.v2010.account.Call;
import com.twilio.rest.api.v2010.account.Message;
import com.twilio.type.PhoneNumber;
import fr.raccroche.TestingPorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** However the other side fails, a call or a text is asked for once. */
class TwilioConnectionTest {

    private static final Duration PATIENCE = Duration.ofMillis(400);
    private static final PhoneNumber YOUTH = new PhoneNumber("+33639980001");
    private static final PhoneNumber OURS = new PhoneNumber("+33199000100");

    /** How a request is answered. */
    enum Manner {
        INTERNAL_ERROR,
        UNAVAILABLE,
        TOO_MANY_REQUESTS,
        HANG,
        CLOSE
    }

    private final AtomicInteger requests = new AtomicInteger();
    private final CountDownLatch done = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile Manner manner = Manner.INTERNAL_ERROR;
    private HttpServer server = newServer();

    private static HttpServer newServer() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeEach
    void open() {
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void close() {
        done.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        exchange.getRequestBody().readAllBytes();
        switch (manner) {
            case INTERNAL_ERROR -> send(exchange, 500, 20500);
            case UNAVAILABLE -> send(exchange, 503, 20503);
            case TOO_MANY_REQUESTS -> send(exchange, 429, 20429);
            case HANG -> awaitEnd(exchange);
            case CLOSE -> exchange.close();
        }
    }

    private void awaitEnd(HttpExchange exchange) {
        try {
            done.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        exchange.close();
    }

    private static void send(HttpExchange exchange, int status, int code) throws IOException {
        byte[] body = """
                {"code": %d, "message": "made up", "status": %d}""".formatted(code, status).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private TwilioConnection connection() {
        return new TwilioConnection(new TestingTwilio(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()), PATIENCE));
    }

    private static TwilioException refusal(TwilioConnection connection) {
        return catchThrowableOfType(
                TwilioException.class,
                () -> Call.creator(YOUTH, OURS, URI.create("http://127.0.0.1/answer"))
                        .create(connection.client()));
    }

    @ParameterizedTest
    @EnumSource
    void aCallIsAskedForOnce(Manner failing) {
        manner = failing;

        assertThat(refusal(connection())).isNotNull();

        assertThat(requests).hasValue(1);
    }

    @ParameterizedTest
    @EnumSource
    void aTextIsAskedForOnce(Manner failing) {
        manner = failing;

        var refusal = catchThrowableOfType(
                TwilioException.class,
                () -> Message.creator(YOUTH, OURS, "Bonjour")
                        .create(connection().client()));

        assertThat(refusal).isNotNull();
        assertThat(requests).hasValue(1);
    }

    @Test
    void aCallIsAskedForOnceOnAConnectionThatWasUsedBefore() {
        TwilioConnection connection = connection();
        assertThat(refusal(connection)).isNotNull();
        manner = Manner.CLOSE;

        assertThat(Calls.failure(refusal(connection))).isInstanceOf(Placement.InDoubt.class);

        assertThat(requests).hasValue(2);
    }

    @ParameterizedTest
    @CsvSource({"INTERNAL_ERROR", "UNAVAILABLE", "HANG", "CLOSE"})
    void aFailureThatMayHaveCreatedTheCallLeavesItInDoubt(Manner failing) {
        manner = failing;

        assertThat(Calls.failure(refusal(connection()))).isInstanceOf(Placement.InDoubt.class);
    }

    @Test
    void aRefusalOverLimitsIsOurs() {
        manner = Manner.TOO_MANY_REQUESTS;

        assertThat(Calls.failure(refusal(connection())))
                .isEqualTo(new Placement.NotPlaced(20429, 429))
                .isInstanceOfSatisfying(
                        Placement.NotPlaced.class,
                        refused -> assertThat(refused.isOurs()).isTrue());
    }

    @Test
    void aCallThatReachedNobodyWasNotPlaced() {
        var connection = new TwilioConnection(
                new TestingTwilio(URI.create("http://127.0.0.1:" + TestingPorts.free()), PATIENCE));

        assertThat(Calls.failure(refusal(connection))).isEqualTo(new Placement.NotPlaced(null, 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://api.twilio.com", "http://127.0.0.1:8089", "http://localhost:8089", "http://[::1]:8089"})
    void secretsTravelEncryptedOrNotAtAll(String address) {
        assertThat(TwilioConnection.isSafe(URI.create(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://192.0.2.1", "http://192.0.2.1:8089", "ftp://127.0.0.1", "ws://127.0.0.1"})
    void secretsDoNotTravelInTheOpen(String address) {
        URI uri = URI.create(address);

        assertThat(TwilioConnection.isSafe(uri)).isFalse();
        assertThatIllegalStateException()
                .isThrownBy(() -> new TwilioConnection(new TestingTwilio(uri, PATIENCE)))
                .withMessageContaining("https");
    }
}
