package fr.raccroche.simulator;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What Twilio's debugger would show: our answers it could not use, counted by error code. */
final class ErrorLog {

    private static final int KEPT = 500;

    /** One error; {@code about} is the SID concerned, {@code detail} what was wrong. */
    record LoggedError(int code, Instant at, String about, String url, String detail) {}

    private final Map<Integer, Long> counts = new TreeMap<>();
    private final Deque<LoggedError> recent = new ArrayDeque<>();

    synchronized void add(LoggedError entry) {
        counts.merge(entry.code(), 1L, Long::sum);
        recent.add(entry);
        if (recent.size() > KEPT) {
            recent.remove();
        }
    }

    synchronized Map<Integer, Long> counts() {
        return new TreeMap<>(counts);
    }

    synchronized List<LoggedError> recent() {
        return List.copyOf(recent);
    }
}
