package fr.raccroche.list;

import fr.raccroche.youth.IdentityMatch.Doubt;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row that may mean somebody known.
 *
 * @param person the row as it was staged, as JSON
 * @param decidedBy null while nobody has decided
 */
record DoubtfulRow(
        long id,
        long listId,
        int line,
        Doubt reason,
        String person,
        long candidate,
        boolean open,
        boolean merged,
        @Nullable Instant decidedAt,
        @Nullable String decidedBy) {}
