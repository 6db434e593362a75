package fr.raccroche.handoff;

import fr.raccroche.campaign.AttemptResult;
import fr.raccroche.queue.YouthState;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A youth whom a closed campaign leaves to its supervisor.
 *
 * @param promisedAt for when a call was last promised; null when none was
 * @param lastCallAt when the last call was made or came in; null when none did
 * @param note of the last talk
 * @param seen who took care of them; null while nobody did
 */
record Left(
        long id,
        @Nullable String ine,
        String lastName,
        String firstName,
        LocalDate birthDate,
        @Nullable String commune,
        YouthState state,
        int attempts,
        @Nullable Instant promisedAt,
        @Nullable Instant lastCallAt,
        @Nullable AttemptResult lastResult,
        @Nullable String note,
        @Nullable Seen seen) {

    /** @param note what was done */
    record Seen(String by, Instant at, @Nullable String note) {}
}
