package fr.raccroche.personal;

import fr.raccroche.queue.YouthState;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Where the youth of a page stands.
 *
 * @param tries attempts that counted
 * @param callAt the call that they asked for; null for none
 */
record Standing(
        String firstName,
        LocalDate birthDate,
        YouthState state,
        boolean objected,
        boolean withdrawn,
        int tries,
        @Nullable Instant callAt,
        @Nullable LocalDate listedOn) {}
