package fr.raccroche.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.twilio.security.RequestValidator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** Receives webhooks, checks their signature with the SDK, and answers with prepared TwiML. */
final class TestingProduct implements AutoCloseable {

    /** A webhook as it came in. */
    record Received(String path, Map<String, String> fields, Map<String, String> headers, boolean genuine) {
        String field(String name) {
            return fields.getOrDefault(name, "");
        }
    }

    private final HttpServer server;
    private final RequestValidator validator;
    private final Map<String, String> documents = new ConcurrentHashMap<>();
    private final Map<String, List<Integer>> statuses = new ConcurrentHashMap<>();
    private final List<Received> received = new CopyOnWriteArrayList<>();

    TestingProduct(String authToken) throws IOException {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        validator = new RequestValidator(authToken);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::receive);
        server.start();
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** Answers requests for {@code path} with this document. */
    void answer(String path, String twiml) {
        documents.put(path, twiml);
    }

    /** Answers the next requests for {@code path} with these statuses. */
    void answerStatus(String path, Integer... codes) {
        statuses.put(path, new CopyOnWriteArrayList<>(codes));
    }

    List<Received> received() {
        return List.copyOf(received);
    }

    List<Received> received(String path) {
        return received.stream().filter(webhook -> webhook.path().equals(path)).toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            var fields = new HashMap<String, String>();
            Form.parse(body).fields().forEach((name, values) -> fields.put(name, values.getFirst()));
            var headers = new HashMap<String, String>();
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
            String path = exchange.getRequestURI().getPath();
            String url = url(exchange.getRequestURI().toString());
            boolean genuine = validator.validate(url, fields, headers.getOrDefault("X-twilio-signature", ""));
            received.add(new Received(path, fields, headers, genuine));
            byte[] answer = documents.getOrDefault(path, "").getBytes(UTF_8);
            exchange.sendResponseHeaders(status(path, answer.length), answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private int status(String path, int length) {
        List<Integer> planned = statuses.getOrDefault(path, List.of());
        if (!planned.isEmpty()) {
            return planned.removeFirst();
        }
        return length == 0 ? 204 : 200;
    }
}
