package fr.raccroche;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What Twilio, or somebody who pretends to be Twilio, sends to the application. */
public final class TestingWebhook {

    public static final String ACCOUNT = "AC" + "0".repeat(32);
    public static final String TOKEN = "1".repeat(32);

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private TestingWebhook() {}

    /** A genuine request of our account. */
    public static HttpResponse<String> genuine(String path, Map<String, String> fields) {
        Map<String, String> all = new TreeMap<>(fields);
        all.putIfAbsent("AccountSid", ACCOUNT);
        return post(path, all, signature(TOKEN, path, all));
    }

    /** A request with a signature of the sender's choice. */
    public static HttpResponse<String> post(String path, Map<String, String> fields, String signature) {
        String body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        var request = HttpRequest.newBuilder(URI.create(TestingNode.PRODUCT + path))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("X-Twilio-Signature", signature)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** HMAC-SHA1 over the address and the sorted fields. */
    public static String signature(String key, String path, Map<String, String> fields) {
        var text = new StringBuilder(TestingNode.PRODUCT + path);
        new TreeMap<>(fields).forEach((name, value) -> text.append(name).append(value));
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder()
                    .encodeToString(mac.doFinal(text.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
