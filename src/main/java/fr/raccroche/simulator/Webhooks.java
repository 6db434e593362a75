package fr.raccroche.simulator;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Calls the product back: signed POST forms, each on a virtual thread of its own, so that two events may overtake each
 * other as they do at Twilio. Retries follow the connection overrides in the fragment of the URL ({@code #rc=5&rp=all});
 * without them, one retry, and only of a connection that could not be made.
 */
final class Webhooks implements AutoCloseable {

    private static final Duration RETRY_PAUSE = Duration.ofMillis(100);
    /** Real time after which a callback goes out although no later one has overtaken it. */
    private static final Duration LONGEST_OVERTAKING = Duration.ofMillis(200);

    private static final int REFUSED = 403;

    private final String authToken;
    private final Knobs knobs;
    private final RandomGenerator random;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger believed = new AtomicInteger();
    /** By time to connect, because the JDK's client has one for all its requests. */
    private final Map<Duration, HttpClient> clients = new ConcurrentHashMap<>();
    /** Callbacks that wait, by URL, for the next one to that URL to be delivered. */
    private final Map<String, CountDownLatch> overtaken = new ConcurrentHashMap<>();

    Webhooks(String authToken, Knobs knobs, RandomGenerator random) {
        this.authToken = authToken;
        this.knobs = knobs;
        this.random = random;
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
        submit(() -> then.accept(deliver(url, fields, authToken, token)));
    }

    /** Tells about an event; the knobs may drop, double, delay, hold or forge it, or let the next one overtake it. */
    void tell(String url, Map<String, String> fields, Consumer<Answer> then) {
        if (knobs.forges()) {
            forge(url, fields);
        }
        if (knobs.drops()) {
            return;
        }
        Map<String, String> sent = knobs.addsUnknownFields() ? withUnknownFields(fields) : fields;
        int copies = knobs.duplicates() ? 2 : 1;
        String token = token();
        @Nullable CountDownLatch overtaking = overtaken.remove(url);
        @Nullable CountDownLatch waiting = knobs.reorders() ? wait(url) : null;
        for (int i = 0; i < copies; i++) {
            submit(() -> {
                try {
                    awaitTurn(url, waiting);
                    then.accept(deliver(url, sent, authToken, token));
                } finally {
                    if (overtaking != null) {
                        overtaking.countDown();
                    }
                }
            });
        }
    }

    private CountDownLatch wait(String url) {
        var latch = new CountDownLatch(1);
        overtaken.put(url, latch);
        return latch;
    }

    private void awaitTurn(String url, @Nullable CountDownLatch waiting) {
        try {
            knobs.awaitRelease();
            Thread.sleep(knobs.callbackDelay());
            if (waiting != null && !waiting.await(LONGEST_OVERTAKING.toMillis(), TimeUnit.MILLISECONDS)) {
                boolean unused = overtaken.remove(url, waiting);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Map<String, String> withUnknownFields(Map<String, String> fields) {
        var more = new LinkedHashMap<>(fields);
        more.put("X" + token().substring(0, 8), "1");
        more.put("StirVerstat", "TN-Validation-Passed-A");
        return more;
    }

    /** A lie about the same call or text: by somebody without the key, or truly signed but for another account. */
    private void forge(String url, Map<String, String> fields) {
        var lie = new LinkedHashMap<>(fields);
        lie.replace("CallStatus", "completed");
        lie.replace("MessageStatus", "failed");
        lie.replace("StatusCallbackEvent", "participant-leave");
        lie.replace("SequenceNumber", "99");
        String token = token();
        boolean stranger = token.charAt(0) < '8';
        if (!stranger) {
            lie.put("AccountSid", "AC" + token.replace("-", ""));
        }
        submit(() -> {
            if (deliver(Target.of(url).url, lie, stranger ? token : authToken, token)
                            .status()
                    != REFUSED) {
                believed.incrementAndGet();
            }
        });
    }

    /** Forged callbacks that were not refused with 403. */
    int believed() {
        return believed.get();
    }

    /** Requests sent and not yet answered. */
    int inFlight() {
        return inFlight.get();
    }

    @Override
    public void close() {
        threads.shutdownNow();
        clients.values().forEach(HttpClient::shutdownNow);
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

    private Answer deliver(String url, Map<String, String> fields, String key, String token) {
        var target = Target.of(url);
        long deadline = System.nanoTime() + target.total.toNanos();
        for (int attempt = 0; ; attempt++) {
            Result result = send(target, fields, key, token, deadline);
            boolean timeLeft = System.nanoTime() + RETRY_PAUSE.toNanos() < deadline;
            if (attempt >= target.retries || !timeLeft || !target.retriesOn(result)) {
                return result.answer;
            }
            pause(RETRY_PAUSE);
        }
    }

    private Result send(Target target, Map<String, String> fields, String key, String token, long deadline) {
        long left = Math.max(1, Math.min(target.read.toNanos(), deadline - System.nanoTime()));
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(target.url))
                    .timeout(Duration.ofNanos(left))
                    .header("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
                    .header("User-Agent", "TwilioProxy/1.1")
                    .header("X-Twilio-Signature", Signature.of(key, target.url, fields))
                    .header("I-Twilio-Idempotency-Token", token)
                    .POST(HttpRequest.BodyPublishers.ofString(Form.encode(fields)))
                    .build();
            HttpResponse<String> response = client(target.connect).send(request, HttpResponse.BodyHandlers.ofString());
            return Result.answered(response.statusCode(), response.body());
        } catch (IOException | IllegalArgumentException e) {
            return Result.failed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Result.failed(e);
        }
    }

    private HttpClient client(Duration connectTimeout) {
        return clients.computeIfAbsent(
                connectTimeout,
                timeout -> HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(timeout)
                        .executor(threads)
                        .build());
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
    private record Target(
            String url, int retries, Set<String> policies, Duration connect, Duration read, Duration total) {

        private static final int LIMIT_MILLIS = 15_000;
        private static final int CONNECT_MILLIS = 5_000;
        private static final int LONGEST_CONNECT_MILLIS = 10_000;

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
                    Duration.ofMillis(number(overrides, "ct", CONNECT_MILLIS, LONGEST_CONNECT_MILLIS)),
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
