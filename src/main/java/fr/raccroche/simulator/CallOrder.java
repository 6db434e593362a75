package fr.raccroche.simulator;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the account asked for. {@code room} is set for a conference participant, else {@code url} or {@code twiml}.
 *
 * @param fallbackUrl asked for other instructions when those of {@code url} cannot be had or read
 * @param detection null when nobody wants to know whether a machine answered
 */
record CallOrder(
        String from,
        String to,
        @Nullable String url,
        @Nullable String fallbackUrl,
        @Nullable String twiml,
        Verb.@Nullable DialConference room,
        @Nullable String statusCallback,
        Set<String> events,
        Duration ringTimeout,
        Duration timeLimit,
        @Nullable String label,
        @Nullable Detection detection) {

    /** A leg of which nothing is reported and which lasts as long as its ends like. */
    static CallOrder plain(String from, String to, @Nullable String url) {
        return new CallOrder(
                from, to, url, null, null, null, null, Set.of(), Exchange.NO_LIMIT, Exchange.NO_LIMIT, null, null);
    }

    CallOrder into(Verb.DialConference other) {
        return new CallOrder(
                from, to, null, null, null, other, statusCallback, events, ringTimeout, timeLimit, label, detection);
    }

    CallOrder reportingTo(@Nullable String callback, Set<String> wanted, Duration ring, Duration limit) {
        return new CallOrder(from, to, url, fallbackUrl, twiml, room, callback, wanted, ring, limit, label, detection);
    }
}
