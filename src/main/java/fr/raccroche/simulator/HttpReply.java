package fr.raccroche.simulator;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer to an HTTP request.
 *
 * @param manner how it goes out
 * @param then what happens once it is out, so that no callback can precede the answer it follows from
 * @param delay real time for which the answer is kept back after {@code then} was done
 */
record HttpReply(
        int status, Map<String, String> headers, String body, ReplyManner manner, Runnable then, Duration delay) {

    private static final String SOUND = "audio/x-wav";
    private static final ObjectMapper JSON = new ObjectMapper();

    static HttpReply json(int status, Object body) {
        try {
            return of(status, "application/json; charset=utf-8", JSON.writeValueAsString(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A reply is made of maps, lists and text", e);
        }
    }

    static HttpReply error(int status, int code, String message) {
        var body = new LinkedHashMap<String, @Nullable Object>();
        body.put("code", code);
        body.put("message", message);
        body.put("more_info", "https://www.twilio.com/docs/errors/" + code);
        body.put("status", status);
        return json(status, body);
    }

    static HttpReply text(int status, String text) {
        return of(status, "text/plain; charset=utf-8", text);
    }

    static HttpReply noContent() {
        return new HttpReply(204, Map.of(), "", ReplyManner.SENT, HttpReply::nothing, Duration.ZERO);
    }

    static HttpReply of(int status, String contentType, String body) {
        return new HttpReply(
                status, Map.of("Content-Type", contentType), body, ReplyManner.SENT, HttpReply::nothing, Duration.ZERO);
    }

    static HttpReply sound(byte[] wav) {
        return of(200, SOUND, new String(wav, ISO_8859_1));
    }

    /** The body as it goes over the wire. */
    byte[] bytes() {
        return body.getBytes(SOUND.equals(headers.get("Content-Type")) ? ISO_8859_1 : UTF_8);
    }

    private static void nothing() {}

    HttpReply with(String header, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new HttpReply(status, more, body, manner, then, delay);
    }

    HttpReply then(Runnable next) {
        return new HttpReply(status, headers, body, manner, next, delay);
    }

    HttpReply going(ReplyManner other) {
        return new HttpReply(status, headers, body, other, then, delay);
    }

    HttpReply late(Duration by) {
        return new HttpReply(status, headers, body, manner, then, by);
    }

    /** Whether what follows begins before the caller knows. */
    boolean comesLate() {
        return manner != ReplyManner.SENT || delay.isPositive();
    }
}
