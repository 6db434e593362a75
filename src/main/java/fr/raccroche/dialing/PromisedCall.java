package fr.raccroche.dialing;

import java.time.Instant;

/**
 * A promise of one agent.
 *
 * @param late whether its moment is over and nobody was called yet
 * @param pooled whether anybody may keep it now
 * @param missed how often the youth did not answer
 */
public record PromisedCall(
        long youthId,
        String firstName,
        String lastName,
        long campaignId,
        String campaign,
        Instant at,
        Instant until,
        boolean late,
        boolean pooled,
        int missed) {}
