package fr.raccroche.simulator.run;

import com.fasterxml.jackson.databind.JsonNode;
import fr.raccroche.simulator.Form;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One user's session with the product, over HTTP as a browser has it. The product may be stopped and started again at
 * any time: requests are repeated over refused connections and server errors, and a session that is gone is opened
 * again.
 */
final class ProductClient {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final HttpClient http;
    private final URI base;
    private final Credentials account;
    private final BooleanSupplier goOn;
    private volatile String cookie = "";
    private volatile String trouble = "";

    /** Requests are given up with a {@link Stopped} once {@code goOn} says no. */
    ProductClient(HttpClient http, URI base, Credentials account, BooleanSupplier goOn) {
        this.http = http;
        this.base = base;
        this.account = account;
        this.goOn = goOn;
    }

    static HttpClient newHttp() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    JsonNode getJson(String path) {
        return get(path).json();
    }

    ProductAnswer get(String path) {
        return send(() -> request(path).header("Accept", "application/json").GET());
    }

    ProductAnswer post(String path, Map<String, String> form) {
        return post(path, Form.encode(form));
    }

    ProductAnswer post(String path, String form) {
        return send(() -> request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    /** Sends a file and plain fields as a browser's upload does. */
    ProductAnswer upload(String path, Map<String, String> fields, String fileName, String content) {
        byte[] body = Multipart.body(fields, fileName, content);
        return send(() -> request(path)
                .header("Content-Type", Multipart.CONTENT_TYPE)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    /** Reads server-sent events until the stream ends; returns at once if there is none. */
    void events(String path, Runnable hint) throws IOException, InterruptedException {
        HttpRequest request = request(path)
                .timeout(Duration.ofHours(1))
                .header("Accept", "text/event-stream")
                .build();
        HttpResponse<Stream<String>> response = http.send(request, BodyHandlers.ofLines());
        try (Stream<String> lines = response.body()) {
            if (response.statusCode() == 200) {
                lines.takeWhile(line -> goOn.getAsBoolean())
                        .filter(line -> line.startsWith("data"))
                        .forEach(line -> hint.run());
            }
        } catch (java.io.UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** What went wrong last; empty if nothing did. */
    String trouble() {
        return trouble;
    }

    private interface Draft {
        HttpRequest.Builder begin();
    }

    private ProductAnswer send(Draft draft) {
        while (true) {
            HttpResponse<String> response = sendOnce(draft);
            if (response == null || response.statusCode() >= 500) {
                trouble = response == null ? trouble : "HTTP " + response.statusCode() + " from " + response.uri();
                pause();
            } else if (isSignedOut(response)) {
                signIn();
            } else {
                return new ProductAnswer(response.statusCode(), location(response), response.body());
            }
        }
    }

    private @Nullable HttpResponse<String> sendOnce(Draft draft) {
        if (cookie.isEmpty()) {
            signIn();
        }
        return exchange(draft.begin());
    }

    private @Nullable HttpResponse<String> exchange(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            trouble = String.valueOf(e);
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Stopped();
        }
    }

    private void signIn() {
        while (true) {
            cookie = "";
            String form = Form.encode(Map.of("email", account.email(), "password", account.password()));
            HttpResponse<String> response = exchange(request("/login")
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(form)));
            if (response != null && response.statusCode() < 400) {
                cookie = cookies(response);
                return;
            }
            trouble =
                    "Signing in as " + account + ": " + (response == null ? trouble : "HTTP " + response.statusCode());
            pause();
        }
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(TIMEOUT)
                .header("Origin", base.getScheme() + "://" + base.getAuthority());
        return cookie.isEmpty() ? request : request.header("Cookie", cookie);
    }

    private static boolean isSignedOut(HttpResponse<String> response) {
        boolean sentToLogin = response.statusCode() >= 300
                && response.statusCode() < 400
                && location(response).contains("/login");
        return response.statusCode() == 401 || sentToLogin;
    }

    private static String location(HttpResponse<String> response) {
        return response.headers().firstValue("Location").orElse("");
    }

    private static String cookies(HttpResponse<String> response) {
        List<String> pairs = response.headers().allValues("Set-Cookie").stream()
                .map(cookie -> cookie.split(";", 2)[0])
                .toList();
        return String.join("; ", pairs);
    }

    /** Waits a moment before the product is asked again. */
    void pause() {
        if (!goOn.getAsBoolean()) {
            throw new Stopped();
        }
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Stopped();
        }
    }
}
