package fr.raccroche.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A callback URL without its fragment, and what the fragment asked for. */
record CallbackTarget(String url, int retries, Set<String> policies, Duration connect, Duration read, Duration total) {

    private static final int LIMIT_MILLIS = 15_000;
    private static final int CONNECT_MILLIS = 5_000;
    private static final int LONGEST_CONNECT_MILLIS = 10_000;

    static CallbackTarget of(String url) {
        int hash = url.indexOf('#');
        Form overrides = hash < 0 ? Form.EMPTY : Form.parse(url.substring(hash + 1));
        return new CallbackTarget(
                hash < 0 ? url : url.substring(0, hash),
                number(overrides, "rc", 1, 5),
                Set.copyOf(List.of(overrides
                        .get("rp")
                        .orElse("ct")
                        .toLowerCase(Locale.ROOT)
                        .split(",", -1))),
                Duration.ofMillis(number(overrides, "ct", CONNECT_MILLIS, LONGEST_CONNECT_MILLIS)),
                Duration.ofMillis(number(overrides, "rt", LIMIT_MILLIS, LIMIT_MILLIS)),
                Duration.ofMillis(number(overrides, "tt", LIMIT_MILLIS, LIMIT_MILLIS)));
    }

    /** Whether an answer of this class is asked for again. */
    boolean retriesOn(String retryClass) {
        return !retryClass.isEmpty() && (policies.contains("all") || policies.contains(retryClass));
    }

    private static int number(Form overrides, String name, int normal, int most) {
        return overrides
                .get(name)
                .filter(text -> text.matches("\\d{1,6}"))
                .map(text -> Math.min(most, Integer.parseInt(text)))
                .orElse(normal);
    }
}
