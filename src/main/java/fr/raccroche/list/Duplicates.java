package fr.raccroche.list;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the same person twice in one file: same INE, same SIEI number, or same name and birth date unless an identifier
 * says otherwise (two people may share a name and a birthday).
 */
final class Duplicates {

    private final Map<String, Integer> byIne = new HashMap<>();
    private final Map<String, Integer> bySiei = new HashMap<>();
    private final Map<Namesake, Seen> byName = new HashMap<>();

    private record Namesake(String nameKey, LocalDate birthDate) {}

    private record Seen(
            @Nullable String ine,
            @Nullable String siei,
            int line,
            @Nullable Seen earlier) {

        boolean mayBe(@Nullable String otherIne, @Nullable String otherSiei) {
            return agree(ine, otherIne) && agree(siei, otherSiei);
        }

        private static boolean agree(@Nullable String one, @Nullable String other) {
            return one == null || other == null || one.equals(other);
        }
    }

    /** The line on which this person stood already, or null; a person seen for the first time is remembered. */
    @Nullable
    Integer firstLine(int line, @Nullable String ine, @Nullable String siei, String nameKey, LocalDate birthDate) {
        Integer first = ine == null ? null : byIne.get(ine);
        if (first == null && siei != null) {
            first = bySiei.get(siei);
        }
        var namesake = new Namesake(nameKey, birthDate);
        Seen latest = byName.get(namesake);
        for (Seen seen = latest; first == null && seen != null; seen = seen.earlier()) {
            first = seen.mayBe(ine, siei) ? (Integer) seen.line() : null;
        }
        if (first == null) {
            if (ine != null) {
                byIne.put(ine, line);
            }
            if (siei != null) {
                bySiei.put(siei, line);
            }
            byName.put(namesake, new Seen(ine, siei, line, latest));
        }
        return first;
    }
}
