package fr.raccroche.simulator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The calls of the account, the oldest of those that are over forgotten when there are too many. */
final class CallRegister {

    private static final int KEPT_CALLS = 20_000;

    private final Map<String, Call> calls = new LinkedHashMap<>();

    Optional<Call> find(String sid) {
        return Optional.ofNullable(calls.get(sid));
    }

    /** Newest first. */
    List<Call> newestFirst() {
        return List.copyOf(calls.values()).reversed();
    }

    List<Call> oldestFirst() {
        return List.copyOf(calls.values());
    }

    Call keep(Call call) {
        calls.put(call.sid, call);
        if (calls.size() > KEPT_CALLS) {
            calls.values().stream()
                    .filter(Call::isOver)
                    .findFirst()
                    .map(old -> old.sid)
                    .ifPresent(calls::remove);
        }
        return call;
    }
}
