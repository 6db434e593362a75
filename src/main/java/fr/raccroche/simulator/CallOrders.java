package fr.raccroche.simulator;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what the account asks for when it wants a call, and refuses it in Twilio's terms. */
final class CallOrders {

    private static final Pattern E164 = Pattern.compile("\\+[1-9]\\d{7,14}");
    private static final int MOST_TWIML = 4_000;
    private static final List<String> DETECTIONS = List.of("Enable", "DetectMessageEnd");
    private static final Duration LONGEST_CALL = Duration.ofHours(4);

    private final Exchange exchange;

    CallOrders(Exchange exchange) {
        this.exchange = exchange;
    }

    /** A call that follows instructions, from a URL or given with the order. */
    CallOrder order(Form form) {
        String to = callee(form);
        String from = caller(form);
        @Nullable
        String url = form.get("ApplicationSid").isPresent()
                ? exchange.settings().urls().applicationVoice()
                : callbackUrl(form, "Url");
        @Nullable String twiml = form.get("Twiml").orElse(null);
        if (url == null && twiml == null) {
            throw ApiError.badRequest(21205, "Url parameter is required.");
        }
        if (twiml != null && twiml.length() > MOST_TWIML) {
            throw ApiError.badRequest(21218, "Twiml is longer than " + MOST_TWIML + " characters");
        }
        return order(form, from, to, url, twiml, detection(form, "AsyncAmdStatusCallback", false));
    }

    /** The callback and ring fields are the same for calls and conference participants. */
    CallOrder order(
            Form form,
            String from,
            String to,
            @Nullable String url,
            @Nullable String twiml,
            @Nullable Detection detection) {
        return new CallOrder(
                from,
                to,
                url,
                callbackUrl(form, "FallbackUrl"),
                twiml,
                null,
                callbackUrl(form, "StatusCallback"),
                events(form),
                form.get("Timeout")
                        .map(text -> seconds("Timeout", text, 600))
                        .orElse(exchange.settings().ringTimeout()),
                form.get("TimeLimit")
                        .map(text -> seconds("TimeLimit", text, 86_400))
                        .orElse(LONGEST_CALL),
                form.get("Label").orElse(null),
                detection);
    }

    /** Whether and how the account wants to know if a machine answers; {@code always} finds out beside the call. */
    @Nullable
    Detection detection(Form form, String callback, boolean always) {
        String wanted = form.get("MachineDetection").orElse("");
        if (wanted.isEmpty()) {
            return null;
        }
        if (!DETECTIONS.contains(wanted)) {
            throw ApiError.badRequest(20001, "MachineDetection must be one of " + DETECTIONS);
        }
        boolean async =
                always || form.get("AsyncAmd").map(Boolean::parseBoolean).orElse(false);
        return form.get("SendDigits").isPresent()
                ? null
                : new Detection(wanted.equals("DetectMessageEnd"), async, async ? callbackUrl(form, callback) : null);
    }

    String callee(Form form) {
        String to = form.get("To").orElseThrow(() -> ApiError.badRequest(21201, "No 'To' number is specified"));
        if (!E164.matcher(to).matches()) {
            throw ApiError.badRequest(21211, "Invalid 'To' Phone Number: " + to);
        }
        return to;
    }

    String caller(Form form) {
        String from = form.get("From").orElseThrow(() -> ApiError.badRequest(21213, "No 'From' number is specified"));
        if (!exchange.settings().numbers().contains(from)) {
            throw ApiError.badRequest(
                    21210, "Source number " + from + " is not yet verified or does not belong to your account");
        }
        return from;
    }

    static @Nullable String callbackUrl(Form form, String name) {
        return form.get(name).map(CallOrders::httpUrl).orElse(null);
    }

    static String httpUrl(String url) {
        if (!url.startsWith("http://") && !url.startsWith("https://")) {
            throw ApiError.badRequest(21205, "Url is not a valid URL: " + url);
        }
        return url;
    }

    private static Set<String> events(Form form) {
        List<String> wanted = form.all("StatusCallbackEvent");
        if (wanted.isEmpty()) {
            return Set.of("completed");
        }
        var events = new HashSet<String>();
        wanted.forEach(value -> events.addAll(List.of(value.split(" +", -1))));
        return events;
    }

    private static Duration seconds(String name, String text, int most) {
        if (!text.matches("\\d{1,6}") || Integer.parseInt(text) > most) {
            throw ApiError.badRequest(20001, name + " must be a number of seconds up to " + most);
        }
        return Duration.ofSeconds(Integer.parseInt(text));
    }
}
