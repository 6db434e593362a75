package fr.raccroche.simulator;

import static fr.raccroche.simulator.people.TestingPeople.line;
import static fr.raccroche.simulator.people.TestingPeople.youth;
import static org.assertj.core.api.Assertions.assertThat;

import fr.raccroche.simulator.people.Condition;
import fr.raccroche.simulator.people.Line;
import fr.raccroche.simulator.people.Persona;
import fr.raccroche.simulator.people.Stance;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class HouseholdsTest {

    @Test
    void aYouthWithTwoPhonesBearsTheRingsOfBoth() {
        var households = households(Map.of("a", "xy"));
        assertThat(households.smallestMaximum(Map.of("x", 4, "y", 7))).isEqualTo(11);
    }

    @Test
    void ringsOfASharedPhoneAreSplit() {
        var households = households(Map.of("a", "x", "b", "x"));
        assertThat(households.smallestMaximum(Map.of("x", 20))).isEqualTo(10);
        assertThat(households.smallestMaximum(Map.of("x", 21))).isEqualTo(11);
    }

    @Test
    void aSharedPhoneGoesToWhoeverHasFewerRingsOfTheirOwn() {
        var households = households(Map.of("a", "xy", "b", "x"));
        assertThat(households.smallestMaximum(Map.of("x", 10, "y", 10))).isEqualTo(10);
        assertThat(households.smallestMaximum(Map.of("x", 12, "y", 10))).isEqualTo(11);
    }

    @Test
    void aChainOfSharedPhonesPassesRingsOn() {
        var households = households(Map.of("a", "x", "b", "xy", "c", "yz", "d", "z"));
        assertThat(households.smallestMaximum(Map.of("x", 30, "y", 0, "z", 2))).isEqualTo(15);
        assertThat(households.smallestMaximum(Map.of("x", 10, "y", 20, "z", 10)))
                .isEqualTo(10);
    }

    @Property(tries = 300)
    void noAttributionDoesBetter(@ForAll("neighbourhoods") Neighbourhood neighbourhood) {
        var households = households(neighbourhood.owned);
        assertThat(households.smallestMaximum(neighbourhood.rings)).isEqualTo(neighbourhood.bestByTryingAll());
    }

    /** Up to three youths and three numbers, with up to four rings each: small enough to try every attribution. */
    record Neighbourhood(Map<String, String> owned, Map<String, Integer> rings) {

        int bestByTryingAll() {
            var ringing = new ArrayList<String>();
            rings.forEach((number, count) -> {
                for (int i = 0; i < count; i++) {
                    ringing.add(number);
                }
            });
            return best(ringing, 0, new LinkedHashMap<>());
        }

        private int best(List<String> ringing, int next, Map<String, Integer> load) {
            if (next == ringing.size()) {
                return load.values().stream().mapToInt(Integer::intValue).max().orElse(0);
            }
            int best = Integer.MAX_VALUE;
            boolean owned = false;
            for (var youth : this.owned.entrySet()) {
                if (youth.getValue().contains(ringing.get(next))) {
                    owned = true;
                    var more = new LinkedHashMap<>(load);
                    more.merge(youth.getKey(), 1, Integer::sum);
                    best = Math.min(best, best(ringing, next + 1, more));
                }
            }
            return owned ? best : best(ringing, next + 1, load);
        }
    }

    @Provide
    Arbitrary<Neighbourhood> neighbourhoods() {
        Arbitrary<String> numbers = Arbitraries.of("x", "y", "z", "xy", "yz", "xz", "xyz");
        Arbitrary<Integer> rings = Arbitraries.integers().between(0, 3);
        return Combinators.combine(numbers, numbers, numbers, rings, rings, rings)
                .as((a, b, c, x, y, z) ->
                        new Neighbourhood(Map.of("a", a, "b", b, "c", c), Map.of("x", x, "y", y, "z", z)));
    }

    /** Youths by name, each with the numbers of a string, one letter for each. */
    private static Households households(Map<String, String> owned) {
        var people = new ArrayList<Persona>();
        owned.forEach((ine, numbers) -> people.add(youth(
                ine,
                Stance.IN_SOLUTION,
                numbers.chars()
                        .mapToObj(number -> line(String.valueOf((char) number), Condition.WORKS))
                        .toArray(Line[]::new))));
        return new Households(people);
    }
}
