package fr.raccroche.dialing;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When what happened to an attempt.
 *
 * @param closedAt when its result was known or its outcome recorded
 * @param admittedAt when the youth was let through to the agent, by the database's clock
 * @param bridgedAt when the youth and the agent were together on one line, by the database's clock
 */
public record AttemptTimes(
        Instant plannedAt,
        @Nullable Instant rangAt,
        @Nullable Instant answeredAt,
        @Nullable Instant endedAt,
        @Nullable Instant closedAt,
        @Nullable Instant admittedAt,
        @Nullable Instant bridgedAt) {

    /** Nothing happened yet. */
    static AttemptTimes planned(Instant at) {
        return new AttemptTimes(at, null, null, null, null, null, null);
    }
}
