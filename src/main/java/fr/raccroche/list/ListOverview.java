package fr.raccroche.list;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A list as it stands.
 *
 * @param source who draws it, or null
 * @param people on the list now
 * @param withdrawn people who were on it
 * @param doubtful rows that a supervisor has to look at
 * @param last its latest version, null when all were undone
 */
record ListOverview(
        long id,
        String name,
        @Nullable Long sourceId,
        @Nullable String source,
        LocalDate referenceDate,
        int people,
        int withdrawn,
        int doubtful,
        @Nullable ListVersion last) {}
