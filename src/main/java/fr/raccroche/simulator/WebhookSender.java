package fr.raccroche.simulator;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;

/**
 * Sends signed POST forms. Retries follow the connection overrides in the fragment of the URL ({@code #rc=5&rp=all});
 * without them, one retry, and only of a connection that could not be made.
 */
final class WebhookSender implements AutoCloseable {

    private static final Duration RETRY_PAUSE = Duration.ofMillis(100);

    private final ExecutorService threads;
    /** By time to connect, because the JDK's client has one for all its requests. */
    private final Map<Duration, HttpClient> clients = new ConcurrentHashMap<>();

    /** {@code threads} carry the requests; they are not closed here. */
    WebhookSender(ExecutorService threads) {
        this.threads = threads;
    }

    /** Waits for the answer, or for the last retry to fail. */
    WebhookAnswer deliver(String url, Map<String, String> fields, String key, String token) {
        var target = CallbackTarget.of(url);
        long deadline = System.nanoTime() + target.total().toNanos();
        for (int attempt = 0; ; attempt++) {
            Result result = send(target, fields, key, token, deadline);
            boolean timeLeft = System.nanoTime() + RETRY_PAUSE.toNanos() < deadline;
            if (attempt >= target.retries() || !timeLeft || !target.retriesOn(result.retryClass)) {
                return result.answer;
            }
            pause(RETRY_PAUSE);
        }
    }

    private Result send(CallbackTarget target, Map<String, String> fields, String key, String token, long deadline) {
        long left = Math.max(1, Math.min(target.read().toNanos(), deadline - System.nanoTime()));
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(target.url()))
                    .timeout(Duration.ofNanos(left))
                    .header("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
                    .header("User-Agent", "TwilioProxy/1.1")
                    .header("X-Twilio-Signature", Signature.of(key, target.url(), fields))
                    .header("I-Twilio-Idempotency-Token", token)
                    .POST(HttpRequest.BodyPublishers.ofString(Form.encode(fields)))
                    .build();
            HttpResponse<String> response =
                    client(target.connect()).send(request, HttpResponse.BodyHandlers.ofString());
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
    private record Result(WebhookAnswer answer, String retryClass) {
        static Result answered(int status, String body) {
            String retryClass = status >= 500 ? "5xx" : status >= 400 ? "4xx" : "";
            return new Result(new WebhookAnswer(status, body), retryClass);
        }

        static Result failed(Exception e) {
            boolean slow = e instanceof HttpTimeoutException && !(e.getCause() instanceof ConnectException);
            return new Result(new WebhookAnswer(0, String.valueOf(e)), slow ? "rt" : "ct");
        }
    }

    @Override
    public void close() {
        clients.values().forEach(HttpClient::shutdownNow);
    }
}
