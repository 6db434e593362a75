package fr.raccroche.simulator;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Calls the product back: signed POST forms, each on a virtual thread of its own, so that two events may overtake each
 * other as they do at Twilio. Retries follow the connection overrides in the fragment of the URL ({@code #rc=5&rp=all});
 * without them, one retry, and only of a connection that could not be made.
 */
final class Webhooks implements AutoCloseable {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration RETRY_PAUSE = Duration.ofMillis(100);

    private final String authToken;
    private final Knobs knobs;
    private final RandomGenerator random;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final HttpClient client;

    Webhooks(String authToken, Knobs knobs, RandomGenerator random) {
        this.authToken = authToken;
        this.knobs = knobs;
        this.random = random;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .executor(threads)
                .build();
    }

    /** What came back; status 0 means nothing did, and the body then says why. */
    record Answer(int status, String body) {
        boolean isSuccess() {
            return status >= 200 && status < 300;
        }
    }

    /** Asks for instructions; knobs leave it alone. */
    void fetch(String url, Map<String, String> fields, Consumer<Answer> then) {
        String token = token();
        submit(() -> then.accept(deliver(url, fields, token)));
    }

    /** Tells about an event; may be dropped, sent twice or delayed by the knobs. */
    void tell(String url, Map<String, String> fields, Consumer<Answer> then) {
        if (chance(knobs.dropPercent())) {
            return;
        }
        int copies = chance(knobs.duplicatePercent()) ? 2 : 1;
        String token = token();
        for (int i = 0; i < copies; i++) {
            submit(() -> {
                pause(knobs.callbackDelay());
                then.accept(deliver(url, fields, token));
            });
        }
    }

    /** Requests sent and not yet answered. */
    int inFlight() {
        return inFlight.get();
    }

    @Override
    public void close() {
        threads.shutdownNow();
        client.shutdownNow();
    }

    private void submit(Runnable work) {
        inFlight.incrementAndGet();
        threads.execute(() -> {
            try {
                work.run();
            } finally {
                inFlight.decrementAndGet();
            }
        });
    }

    private Answer deliver(String url, Map<String, String> fields, String token) {
        var target = Target.of(url);
        long deadline = System.nanoTime() + target.total.toNanos();
        for (int attempt = 0; ; attempt++) {
            Result result = send(target, fields, token, deadline);
            boolean timeLeft = System.nanoTime() + RETRY_PAUSE.toNanos() < deadline;
            if (attempt >= target.retries || !timeLeft || !target.retriesOn(result)) {
                return result.answer;
            }
            pause(RETRY_PAUSE);
        }
    }

    private Result send(Target target, Map<String, String> fields, String token, long deadline) {
        long left = Math.max(1, Math.min(target.read.toNanos(), deadline - System.nanoTime()));
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(target.url))
                    .timeout(Duration.ofNanos(left))
                    .header("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
                    .header("User-Agent", "TwilioProxy/1.1")
                    .header("X-Twilio-Signature", Signature.of(authToken, target.url, fields))
                    .header("I-Twilio-Idempotency-Token", token)
                    .POST(HttpRequest.BodyPublishers.ofString(Form.encode(fields)))
                    .build();
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            return Result.answered(response.statusCode(), response.body());
        } catch (IOException | IllegalArgumentException e) {
            return Result.failed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Result.failed(e);
        }
    }

    private synchronized boolean chance(int percent) {
        return percent > 0 && random.nextInt(100) < percent;
    }

    private synchronized String token() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    private static void pause(Duration time) {
        if (time.isPositive()) {
            try {
                Thread.sleep(time);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** An answer with the retry class it falls in: 4xx, 5xx, ct (no connection), rt (too slow), or none. */
    private record Result(Answer answer, String retryClass) {
        static Result answered(int status, String body) {
            String retryClass = status >= 500 ? "5xx" : status >= 400 ? "4xx" : "";
            return new Result(new Answer(status, body), retryClass);
        }

        static Result failed(Exception e) {
            boolean slow = e instanceof HttpTimeoutException && !(e.getCause() instanceof ConnectException);
            return new Result(new Answer(0, String.valueOf(e)), slow ? "rt" : "ct");
        }
    }

    /** A callback URL without its fragment, and what the fragment asked for. */
    private record Target(String url, int retries, Set<String> policies, Duration read, Duration total) {

        private static final int LIMIT_MILLIS = 15_000;

        static Target of(String url) {
            int hash = url.indexOf('#');
            Form overrides = hash < 0 ? Form.EMPTY : Form.parse(url.substring(hash + 1));
            return new Target(
                    hash < 0 ? url : url.substring(0, hash),
                    number(overrides, "rc", 1, 5),
                    Set.copyOf(List.of(overrides
                            .get("rp")
                            .orElse("ct")
                            .toLowerCase(Locale.ROOT)
                            .split(",", -1))),
                    Duration.ofMillis(number(overrides, "rt", LIMIT_MILLIS, LIMIT_MILLIS)),
                    Duration.ofMillis(number(overrides, "tt", LIMIT_MILLIS, LIMIT_MILLIS)));
        }

        boolean retriesOn(Result result) {
            return !result.retryClass.isEmpty() && (policies.contains("all") || policies.contains(result.retryClass));
        }

        private static int number(Form overrides, String name, int normal, int most) {
            return overrides
                    .get(name)
                    .filter(text -> text.matches("\\d{1,6}"))
                    .map(text -> Math.min(most, Integer.parseInt(text)))
                    .orElse(normal);
        }
    }
}
