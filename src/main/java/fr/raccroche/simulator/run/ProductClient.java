package fr.raccroche.simulator.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.raccroche.simulator.Form;
import java.io.ByteArrayOutputStream;
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
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BOUNDARY = "raccroche-simulated-people";

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

    /** The run is over; what was under way no longer matters. */
    static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** An answer that is neither a server error nor a lost session. */
    record Answer(int status, String location, String body) {
        boolean isSuccess() {
            return status >= 200 && status < 400;
        }

        /** The last part of the address the product sent us to. */
        long idInLocation() {
            return Long.parseLong(location.substring(location.lastIndexOf('/') + 1));
        }

        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("Not JSON, status " + status, e);
            }
        }
    }

    JsonNode getJson(String path) {
        return get(path).json();
    }

    Answer get(String path) {
        return send(() -> request(path).header("Accept", "application/json").GET());
    }

    Answer post(String path, Map<String, String> form) {
        return post(path, Form.encode(form));
    }

    Answer post(String path, String form) {
        return send(() -> request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    /** Sends a file and plain fields as a browser's upload does. */
    Answer upload(String path, Map<String, String> fields, String fileName, String content) {
        byte[] body = multipart(fields, fileName, content);
        return send(() -> request(path)
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
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

    private Answer send(Draft draft) {
        while (true) {
            HttpResponse<String> response = sendOnce(draft);
            if (response == null || response.statusCode() >= 500) {
                trouble = response == null ? trouble : "HTTP " + response.statusCode() + " from " + response.uri();
                pause();
            } else if (isSignedOut(response)) {
                signIn();
            } else {
                return new Answer(response.statusCode(), location(response), response.body());
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

    private static byte[] multipart(Map<String, String> fields, String fileName, String content) {
        var body = new ByteArrayOutputStream();
        fields.forEach((name, value) -> part(body, "name=\"" + name + "\"", value));
        part(body, "name=\"file\"; filename=\"" + fileName + "\"\r\nContent-Type: text/csv; charset=UTF-8", content);
        body.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(UTF_8));
        return body.toByteArray();
    }

    private static void part(ByteArrayOutputStream body, String disposition, String value) {
        body.writeBytes(
                ("--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n" + value + "\r\n")
                        .getBytes(UTF_8));
    }
}
