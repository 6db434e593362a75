package fr.raccroche.desk;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was recorded of a call before it was corrected.
 *
 * @param at when it was corrected
 * @param by who corrected it
 * @param reason why, where that was asked
 */
public record Earlier(
        Instant at,
        String by,
        @Nullable String reason,
        Outcome outcome,
        @Nullable Instant callbackAt,
        @Nullable String note) {}
