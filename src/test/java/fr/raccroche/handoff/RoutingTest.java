package fr.raccroche.handoff;

import static fr.raccroche.handoff.Routing.RoutedBy.GUARDIAN_COMMUNE;
import static fr.raccroche.handoff.Routing.RoutedBy.QUEUE;
import static fr.raccroche.handoff.Routing.RoutedBy.YOUTH_COMMUNE;
import static org.assertj.core.api.Assertions.assertThat;

import fr.raccroche.handoff.Routing.Residences;
import fr.raccroche.handoff.Routing.Route;
import fr.raccroche.handoff.Routing.RoutedBy;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Saint-Denis is served by 1, Pierrefitte by 2, Aubervilliers by 3 and 4; Autun is outside. */
class RoutingTest {

    private static final String SAINT_DENIS = "93066";

    private static final Map<String, Set<Long>> COVERAGE =
            Map.of(SAINT_DENIS, Set.of(1L), "93059", Set.of(2L), "93001", Set.of(3L, 4L));
    private static final Routing ROUTING = new Routing(COVERAGE, Map.of());

    @ParameterizedTest(name = "youth {0}, guardians {1} and {2} → {3} by {4}")
    @CsvSource({
        "93066, 93059, 93059, 1, YOUTH_COMMUNE",
        "93066,      ,      , 1, YOUTH_COMMUNE",
        "     , 93059, 93066, 2, GUARDIAN_COMMUNE",
        "71014, 93059, 93066, 2, GUARDIAN_COMMUNE",
        "     ,      , 93066, 1, GUARDIAN_COMMUNE",
        "71014, 71014, 93066, 1, GUARDIAN_COMMUNE",
        "     ,      ,      ,  , QUEUE",
        "71014, 71014, 71014,  , QUEUE",
        "93001, 93066, 93066,  , QUEUE",
        "     , 93001, 93066,  , QUEUE"
    })
    void theYouthsCommuneThenTheGuardiansThenAPerson(
            @Nullable String youth,
            @Nullable String guardian1,
            @Nullable String guardian2,
            @Nullable Long structure,
            RoutedBy by) {
        assertThat(ROUTING.decide(new Residences(youth, guardian1, guardian2))).isEqualTo(new Route(structure, by));
    }

    @Test
    void aMergedStructureHandsOverToTheOneInOffice() {
        var merged = new Routing(COVERAGE, Map.of(1L, 7L, 7L, 8L));

        assertThat(merged.decide(livingIn(SAINT_DENIS))).isEqualTo(new Route(8L, YOUTH_COMMUNE));
    }

    @Test
    void twoStructuresThatMergedAreOne() {
        var merged = new Routing(COVERAGE, Map.of(3L, 9L, 4L, 9L));

        assertThat(merged.decide(livingIn("93001"))).isEqualTo(new Route(9L, YOUTH_COMMUNE));
    }

    @Property
    void aCircleOfSuccessorsNeverHangs(
            @ForAll @Size(8) Map<@LongRange(max = 8) Long, @LongRange(max = 8) Long> successors) {
        var route = new Routing(COVERAGE, successors).decide(livingIn(SAINT_DENIS));

        assertThat(route.by()).isEqualTo(YOUTH_COMMUNE);
    }

    @Property
    void onlyTheQueueHasNoStructure(
            @ForAll @LongRange(max = 4) long youth,
            @ForAll @LongRange(max = 4) long guardian1,
            @ForAll @LongRange(max = 4) long guardian2) {
        var route = ROUTING.decide(new Residences(commune(youth), commune(guardian1), commune(guardian2)));

        assertThat(route.structureId() == null).isEqualTo(route.by() == QUEUE);
        assertThat(route.by() == GUARDIAN_COMMUNE && COVERAGE.containsKey(String.valueOf(commune(youth))))
                .isFalse();
    }

    private static @Nullable String commune(long choice) {
        return choice == 0 ? null : new String[] {SAINT_DENIS, "93059", "93001", "71014"}[(int) choice - 1];
    }

    private static Residences livingIn(String commune) {
        return new Residences(commune, null, null);
    }
}
