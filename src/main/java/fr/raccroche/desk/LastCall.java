package fr.raccroche.desk;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A call that an agent had, with what they recorded of it.
 *
 * @param callbackAt when the youth is to be called again, if that was promised
 * @param corrected whether something else was recorded at first
 */
public record LastCall(
        long attemptId,
        String name,
        String number,
        Outcome outcome,
        @Nullable Instant callbackAt,
        @Nullable String note,
        Instant at,
        boolean corrected) {}
