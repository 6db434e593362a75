package fr.raccroche.list;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A file that was applied to a list in one piece.
 *
 * @param number from 1 in the order of loading
 * @param load the load that made it
 * @param count what its rows did
 */
record ListVersion(
        long id,
        long load,
        int number,
        String fileName,
        boolean complete,
        Instant loadedAt,
        @Nullable String loadedBy,
        boolean undone,
        VersionCount count) {}
