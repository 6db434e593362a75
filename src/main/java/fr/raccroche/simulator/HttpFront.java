package fr.raccroche.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The HTTP server on loopback: one virtual thread for each request. */
final class HttpFront implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(HttpFront.class);
    private static final Duration HANG = Duration.ofSeconds(60);
    private static final int BACKLOG = 512;
    private static final int LARGEST_BODY = 1 << 20;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** Something that writes a response by itself, such as an event stream. */
    interface Stream {
        void write(Form query, java.io.OutputStream out) throws IOException, InterruptedException;
    }

    HttpFront(int port, Function<Request, HttpReply> routes, Stream events) {
        // without it every answer of the JDK's server waits 40 ms for the acknowledgement of its own headers
        System.setProperty("sun.net.httpserver.nodelay", "true");
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        } catch (IOException e) {
            throw new UncheckedIOException("Port " + port + " on 127.0.0.1 cannot be opened", e);
        }
        server.setExecutor(threads);
        server.createContext("/", exchange -> answer(exchange, routes));
        server.createContext("/client/events", exchange -> stream(exchange, events));
    }

    void start() {
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static void answer(HttpExchange exchange, Function<Request, HttpReply> routes) throws IOException {
        HttpReply reply;
        try {
            reply = routes.apply(read(exchange));
        } catch (RuntimeException e) {
            LOG.error("A request failed; the caller gets a 500.", e);
            reply = HttpReply.error(500, 20500, "The simulator failed");
        }
        if (reply.comesLate()) {
            reply.then().run();
            pause(reply.delay());
            send(exchange, reply);
            return;
        }
        try {
            send(exchange, reply);
        } finally {
            reply.then().run();
        }
    }

    private static Request read(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        @Nullable String query = exchange.getRequestURI().getRawQuery();
        String body = new String(exchange.getRequestBody().readNBytes(LARGEST_BODY), UTF_8);
        return new Request(
                exchange.getRequestMethod(),
                segments(path),
                query == null ? Form.EMPTY : Form.parse(query),
                Form.parse(body),
                exchange.getRequestHeaders().getFirst("Authorization"),
                path);
    }

    private static List<String> segments(String path) {
        return Arrays.stream(path.split("/", -1))
                .filter(part -> !part.isEmpty())
                .map(part -> part.endsWith(".json") ? part.substring(0, part.length() - ".json".length()) : part)
                .toList();
    }

    private static void send(HttpExchange exchange, HttpReply reply) throws IOException {
        switch (reply.manner()) {
            case SENT -> write(exchange, reply);
            case HUNG -> {
                pause(HANG);
                exchange.close();
            }
            case CLOSED -> exchange.close();
        }
    }

    private static void write(HttpExchange exchange, HttpReply reply) throws IOException {
        try (exchange) {
            reply.headers()
                    .forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
            byte[] body = reply.bytes();
            exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static void stream(HttpExchange exchange, Stream events) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            Form query = Optional.ofNullable(exchange.getRequestURI().getRawQuery())
                    .map(Form::parse)
                    .orElse(Form.EMPTY);
            exchange.sendResponseHeaders(200, 0);
            events.write(query, exchange.getResponseBody());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
