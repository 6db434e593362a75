package fr.raccroche.simulator;

import fr.raccroche.simulator.Call.Status;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code /Calls}: place, read, list, change. */
final class CallsApi {

    private static final Pattern E164 = Pattern.compile("\\+[1-9]\\d{7,14}");
    private static final int MOST_TWIML = 4_000;
    private static final List<String> DETECTIONS = List.of("Enable", "DetectMessageEnd");
    private static final Duration LONGEST_CALL = Duration.ofHours(4);

    private final Exchange exchange;
    private final Switchboard switchboard;

    CallsApi(Exchange exchange, Switchboard switchboard) {
        this.exchange = exchange;
        this.switchboard = switchboard;
    }

    HttpReply create(Form form) {
        Call.Order order = order(form);
        Call call = switchboard.place(order);
        return HttpReply.json(201, render(call)).then(() -> exchange.timeline().run(() -> switchboard.dial(call)));
    }

    HttpReply fetch(String sid) {
        return HttpReply.json(200, render(call(sid)));
    }

    HttpReply list(Request request) {
        Form query = request.query();
        List<Call> found = switchboard.newestFirst().stream()
                .filter(call -> query.get("To").map(call.to()::equals).orElse(true))
                .filter(call -> query.get("From").map(call.from()::equals).orElse(true))
                .filter(call ->
                        query.get("Status").map(call.status.text::equals).orElse(true))
                .filter(call -> query.get("ParentCallSid")
                        .map(sid -> call.parent != null && call.parent.sid.equals(sid))
                        .orElse(true))
                .filter(ended(query))
                .filter(started(query))
                .toList();
        return ListPage.of(request, "calls", found, this::render);
    }

    HttpReply update(String sid, Form form) {
        Call call = call(sid);
        @Nullable String status = form.get("Status").orElse(null);
        if (status != null) {
            changeStatus(call, status);
        } else {
            redirect(call, form.get("Url").orElse(null), form.get("Twiml").orElse(null));
        }
        return HttpReply.json(200, render(call));
    }

    HttpReply delete(String sid) {
        Call call = call(sid);
        if (!call.isOver()) {
            throw new ApiError(409, 20409, "Call is in progress");
        }
        return HttpReply.noContent();
    }

    /** The callback and ring fields are the same for calls and conference participants. */
    Call.Order order(
            Form form,
            String from,
            String to,
            @Nullable String url,
            @Nullable String twiml,
            Call.@Nullable Detection detection) {
        return new Call.Order(
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
    Call.@Nullable Detection detection(Form form, String callback, boolean always) {
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
                : new Call.Detection(
                        wanted.equals("DetectMessageEnd"), async, async ? callbackUrl(form, callback) : null);
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
        return form.get(name).map(CallsApi::httpUrl).orElse(null);
    }

    Map<String, @Nullable Object> render(Call call) {
        String uri = "/" + Exchange.API_VERSION + "/Accounts/"
                + exchange.settings().accountSid() + "/Calls/" + call.sid + ".json";
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("sid", call.sid);
        json.put("account_sid", exchange.settings().accountSid());
        json.put("parent_call_sid", call.parent == null ? null : call.parent.sid);
        json.put("to", call.to());
        json.put("to_formatted", call.to());
        json.put("from", call.from());
        json.put("from_formatted", call.from());
        json.put("phone_number_sid", null);
        json.put("status", call.status.text);
        json.put("date_created", Exchange.rfc2822(call.created));
        json.put("date_updated", Exchange.rfc2822(call.updated));
        json.put("start_time", date(call.started));
        json.put("end_time", date(call.ended));
        json.put("duration", call.isOver() ? String.valueOf(call.seconds()) : null);
        json.put("price", null);
        json.put("price_unit", "USD");
        json.put("direction", call.way.text);
        json.put("answered_by", call.answeredBy);
        json.put("annotation", null);
        json.put("forwarded_from", null);
        json.put("group_sid", null);
        json.put("caller_name", "");
        json.put("queue_time", String.valueOf(call.queued.toMillis()));
        json.put("trunk_sid", "");
        json.put("api_version", Exchange.API_VERSION);
        json.put("uri", uri);
        json.put("subresource_uris", Map.of());
        return json;
    }

    private Call.Order order(Form form) {
        String to = callee(form);
        String from = caller(form);
        @Nullable
        String url = form.get("ApplicationSid").isPresent()
                ? exchange.settings().applicationVoiceUrl()
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

    private void changeStatus(Call call, String status) {
        switch (status) {
            case "completed" -> switchboard.end(call, endOf(call));
            case "canceled" -> {
                if (call.status == Status.QUEUED || call.status == Status.RINGING) {
                    switchboard.end(call, Status.CANCELED);
                }
            }
            default -> throw ApiError.badRequest(20001, "Invalid call status " + status);
        }
    }

    /** "completed" on a call nobody has answered yet takes it back. */
    private static Status endOf(Call call) {
        return call.status == Status.IN_PROGRESS || call.way == Call.Way.INCOMING ? Status.COMPLETED : Status.CANCELED;
    }

    private void redirect(Call call, @Nullable String url, @Nullable String twiml) {
        if (url == null && twiml == null) {
            throw ApiError.badRequest(21205, "Url parameter is required.");
        }
        if (call.status != Status.IN_PROGRESS) {
            throw ApiError.badRequest(21220, "Call is not in-progress. Cannot redirect.");
        }
        switchboard.redirect(call, url == null ? null : httpUrl(url), twiml);
    }

    private Call call(String sid) {
        return switchboard.find(sid).orElseThrow(() -> ApiError.notFound("/Calls/" + sid + ".json"));
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

    static String httpUrl(String url) {
        if (!url.startsWith("http://") && !url.startsWith("https://")) {
            throw ApiError.badRequest(21205, "Url is not a valid URL: " + url);
        }
        return url;
    }

    private static Predicate<Call> started(Form query) {
        return call -> within(query, "StartTime", call.started == null ? call.created : call.started);
    }

    private static Predicate<Call> ended(Form query) {
        return call -> within(query, "EndTime", call.ended);
    }

    /** {@code name}, {@code name<} and {@code name>}: a day, or an instant without a zone in UTC. */
    private static boolean within(Form query, String name, @Nullable Instant instant) {
        Optional<Span> on = query.get(name).map(CallsApi::span);
        Optional<Span> before = query.get(name + "<").map(CallsApi::span);
        Optional<Span> after = query.get(name + ">").map(CallsApi::span);
        if (instant == null) {
            return on.isEmpty() && before.isEmpty() && after.isEmpty();
        }
        return on.map(span -> span.contains(instant)).orElse(true)
                && before.map(span -> instant.isBefore(span.end)).orElse(true)
                && after.map(span -> !instant.isBefore(span.begin)).orElse(true);
    }

    private record Span(Instant begin, Instant end) {
        boolean contains(Instant instant) {
            return !instant.isBefore(begin) && instant.isBefore(end);
        }
    }

    private static Span span(String text) {
        try {
            if (text.length() == "2026-11-24".length()) {
                LocalDate day = LocalDate.parse(text);
                return new Span(
                        day.atStartOfDay().toInstant(ZoneOffset.UTC),
                        day.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC));
            }
            Instant instant = LocalDateTime.parse(text.replace("Z", "")).toInstant(ZoneOffset.UTC);
            return new Span(instant, instant.plusSeconds(1));
        } catch (DateTimeParseException e) {
            throw ApiError.badRequest(20001, "Not a date: " + text);
        }
    }

    private static @Nullable String date(@Nullable Instant instant) {
        return instant == null ? null : Exchange.rfc2822(instant);
    }
}
