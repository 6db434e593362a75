package fr.raccroche.simulator;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Which calls of the account a query of its list asks for. */
final class CallFilter {

    private CallFilter() {}

    /** Calls that meet every condition of the query. */
    static Predicate<Call> of(Form query) {
        Predicate<Call> between = call -> query.get("To").map(call.to()::equals).orElse(true)
                && query.get("From").map(call.from()::equals).orElse(true);
        return between.and(call ->
                        query.get("Status").map(call.status.text::equals).orElse(true))
                .and(call -> query.get("ParentCallSid")
                        .map(sid -> call.parent != null && call.parent.sid.equals(sid))
                        .orElse(true))
                .and(ended(query))
                .and(started(query));
    }

    private static Predicate<Call> started(Form query) {
        return call -> within(query, "StartTime", call.started == null ? call.created : call.started);
    }

    private static Predicate<Call> ended(Form query) {
        return call -> within(query, "EndTime", call.ended);
    }

    /** {@code name}, {@code name<} and {@code name>}: a day, or an instant without a zone in UTC. */
    private static boolean within(Form query, String name, @Nullable Instant instant) {
        Optional<Span> on = query.get(name).map(CallFilter::span);
        Optional<Span> before = query.get(name + "<").map(CallFilter::span);
        Optional<Span> after = query.get(name + ">").map(CallFilter::span);
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
}
