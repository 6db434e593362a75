package fr.raccroche.simulator;

import fr.raccroche.simulator.people.Line;
import fr.raccroche.simulator.people.Owner;
import fr.raccroche.simulator.people.Persona;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which numbers lead to which youths; siblings share some. */
final class Households {

    private final Map<String, Set<String>> ownersByNumber = new HashMap<>();
    /** Numbers of youths themselves, not of their guardians. */
    private final Set<String> own = new HashSet<>();

    private final Map<String, String> soleTargets = new HashMap<>();

    Households(Collection<Persona> personas) {
        for (Persona persona : personas) {
            for (Line line : persona.lines()) {
                ownersByNumber
                        .computeIfAbsent(line.number(), number -> new LinkedHashSet<>())
                        .add(persona.identity().ine());
                if (line.owner() != Owner.GUARDIAN) {
                    own.add(line.number());
                }
            }
        }
        for (Persona persona : personas) {
            List<String> numbers = persona.lines().stream().map(Line::number).toList();
            if (numbers.stream().allMatch(number -> owners(number).size() == 1)) {
                numbers.forEach(
                        number -> soleTargets.put(number, persona.identity().ine()));
            }
        }
    }

    Set<String> owners(String number) {
        return ownersByNumber.getOrDefault(number, Set.of());
    }

    /** The one youth who writes from this number; empty where it is somebody else's, or several may have written. */
    Optional<String> writer(String number) {
        Set<String> all = owners(number);
        return all.size() == 1 && own.contains(number) ? all.stream().findFirst() : Optional.empty();
    }

    /** The one youth a ring of this number can be meant for when none of their numbers is shared, else the number. */
    String soleTarget(String number) {
        return soleTargets.getOrDefault(number, number);
    }

    /**
     * Every ring was meant for one of the youths who own the number; of all ways to attribute them, the one that burdens
     * the most burdened youth least. Returns that youth's rings.
     */
    int smallestMaximum(Map<String, Integer> ringsByNumber) {
        var attribution = new Attribution();
        new LinkedHashMap<>(ringsByNumber).forEach((number, rings) -> {
            for (int i = 0; i < rings && !owners(number).isEmpty(); i++) {
                attribution.add(number);
            }
        });
        return attribution.limit;
    }

    /**
     * Bipartite load balancing by augmenting paths: a ring goes to an owner with room below the limit, if need be by
     * passing one of that owner's rings on to another owner of its number; when no path exists the limit must rise.
     */
    private final class Attribution {
        private final Map<String, Integer> load = new HashMap<>();
        private final Map<String, Map<String, Integer>> given = new HashMap<>();
        private int limit;

        void add(String number) {
            if (!assign(number, new HashSet<>())) {
                limit++;
                boolean fits = assign(number, new HashSet<>());
                assert fits : "one more place for everyone is enough for one more ring";
            }
        }

        private boolean assign(String number, Set<String> tried) {
            for (String youth : owners(number)) {
                if (tried.add(youth) && makeRoom(youth, tried)) {
                    load.merge(youth, 1, Integer::sum);
                    ringsGivenTo(youth).merge(number, 1, Integer::sum);
                    return true;
                }
            }
            return false;
        }

        private boolean makeRoom(String youth, Set<String> tried) {
            if (load.getOrDefault(youth, 0) < limit) {
                return true;
            }
            for (String number : List.copyOf(ringsGivenTo(youth).keySet())) {
                if (assign(number, tried)) {
                    load.merge(youth, -1, Integer::sum);
                    ringsGivenTo(youth).computeIfPresent(number, (key, count) -> fewer(count));
                    return true;
                }
            }
            return false;
        }

        private Map<String, Integer> ringsGivenTo(String youth) {
            return given.computeIfAbsent(youth, key -> new HashMap<>());
        }

        private static @Nullable Integer fewer(int count) {
            return count > 1 ? count - 1 : null;
        }
    }
}
