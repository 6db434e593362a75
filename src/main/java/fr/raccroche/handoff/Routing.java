package fr.raccroche.handoff;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which structure receives a youth: by commune of residence, theirs or else a guardian's (R07, Actes des Assises).
 *
 * <p>A postal code or a departement never routes: both cross the borders of territories. A commune that several
 * structures share decides nothing; a person then does.
 *
 * @param coverage structures of one kind by INSEE code of the communes they serve
 * @param successors which structure took over from a closed one
 */
record Routing(Map<String, Set<Long>> coverage, Map<Long, Long> successors) {

    /** Why a handoff went where it went. */
    enum RoutedBy {
        YOUTH_COMMUNE,
        GUARDIAN_COMMUNE,
        SUPERVISOR,
        /** The structure before, which could not help. */
        PARTNER,
        QUEUE
    }

    /** Where a youth and the guardians live, as INSEE codes; null where unknown. */
    record Residences(
            @Nullable String youth,
            @Nullable String guardian1,
            @Nullable String guardian2) {

        String[] known() {
            return Stream.of(youth, guardian1, guardian2)
                    .filter(commune -> commune != null)
                    .distinct()
                    .toArray(String[]::new);
        }
    }

    /** @param structureId null when a supervisor must choose */
    record Route(@Nullable Long structureId, RoutedBy by) {
        private static final Route TO_THE_QUEUE = new Route(null, RoutedBy.QUEUE);
    }

    Route decide(Residences residences) {
        var atYouths = servedBy(residences.youth());
        if (!atYouths.isEmpty()) {
            return onlyOne(atYouths, RoutedBy.YOUTH_COMMUNE);
        }
        var atFirst = servedBy(residences.guardian1());
        var atGuardians = atFirst.isEmpty() ? servedBy(residences.guardian2()) : atFirst;
        return onlyOne(atGuardians, RoutedBy.GUARDIAN_COMMUNE);
    }

    private static Route onlyOne(Set<Long> structures, RoutedBy by) {
        return structures.size() == 1 ? new Route(structures.iterator().next(), by) : Route.TO_THE_QUEUE;
    }

    private Set<Long> servedBy(@Nullable String commune) {
        return commune == null
                ? Set.of()
                : coverage.getOrDefault(commune, Set.of()).stream()
                        .map(this::inOffice)
                        .collect(Collectors.toUnmodifiableSet());
    }

    /** Follows mergers to the structure that works today; a circle in the data ends where it began. */
    private long inOffice(long structure) {
        var seen = new HashSet<Long>();
        long current = structure;
        for (Long next = successors.get(current); next != null && seen.add(current); next = successors.get(current)) {
            current = next;
        }
        return current;
    }
}
