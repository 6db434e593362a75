package fr.raccroche.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;

import fr.raccroche.simulator.TestingWorld;
import fr.raccroche.simulator.people.Population;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class DemoPeopleTest {

    private static final Credentials SUPERVISOR = new Credentials("superviseur@exemple.fr", "secret");

    @Test
    void theSampleIsLoadedOnceHoweverOftenTheDemoStarts() throws IOException {
        var clock = new TestingFastClock(Instant.parse("2026-11-24T09:00:00Z"), 1);
        try (var centre = new TestingCallCentre(clock)) {
            Population people = DemoPeople.population(1, LocalDate.of(2026, 11, 24));
            for (int start = 0; start < 2; start++) {
                new DemoPeople(centre.url(), SUPERVISOR, TestingWorld.OUR_NUMBER, people, clock).settleIn();
            }
            assertThat(centre.listNames()).containsExactly("Liste d'essai");
        }
    }

    @Test
    void theSamePeopleLiveThroughASchoolYear() {
        Population autumn = DemoPeople.population(1, LocalDate.of(2026, 9, 1));
        assertThat(autumn.personas()).hasSize(DemoPeople.YOUTHS);
        assertThat(DemoPeople.population(1, LocalDate.of(2027, 8, 31))).isEqualTo(autumn);
        assertThat(DemoPeople.population(1, LocalDate.of(2027, 9, 1))).isNotEqualTo(autumn);
    }
}
