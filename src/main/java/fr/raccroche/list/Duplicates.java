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

        boolean mayBe(Person person) {
            return agree(ine, person.ine()) && agree(siei, person.sieiNumber());
        }

        private static boolean agree(@Nullable String one, @Nullable String other) {
            return one == null || other == null || one.equals(other);
        }
    }

    /** The line on which this person stood already, or null; a person seen for the first time is remembered. */
    @Nullable
    Integer firstLine(int line, Person person) {
        Integer first = person.ine() == null ? null : byIne.get(person.ine());
        if (first == null && person.sieiNumber() != null) {
            first = bySiei.get(person.sieiNumber());
        }
        var namesake = new Namesake(person.nameKey(), person.birthDate());
        Seen latest = byName.get(namesake);
        for (Seen seen = latest; first == null && seen != null; seen = seen.earlier()) {
            first = seen.mayBe(person) ? (Integer) seen.line() : null;
        }
        if (first == null) {
            remember(line, person, namesake, latest);
        }
        return first;
    }

    private void remember(int line, Person person, Namesake namesake, @Nullable Seen earlier) {
        if (person.ine() != null) {
            byIne.put(person.ine(), line);
        }
        if (person.sieiNumber() != null) {
            bySiei.put(person.sieiNumber(), line);
        }
        byName.put(namesake, new Seen(person.ine(), person.sieiNumber(), line, earlier));
    }
}
