package fr.raccroche.simulator;

import java.time.Instant;
import java.util.Optional;

/**
 * One phone that rang.
 *
 * @param end when the call was over, answered or not; empty while it lasts
 */
public record Ring(String callSid, String number, Instant start, Optional<Instant> answered, Optional<Instant> end) {

    boolean overlaps(Ring later) {
        return end.map(instant -> instant.isAfter(later.start)).orElse(true);
    }

    boolean endsLaterThan(Ring other) {
        return end.orElse(Instant.MAX).isAfter(other.end.orElse(Instant.MAX));
    }

    Ring answeredAt(Instant at) {
        return new Ring(callSid, number, start, Optional.of(at), end);
    }

    Ring endedAt(Instant at) {
        return new Ring(callSid, number, start, answered, Optional.of(at));
    }
}
