package fr.raccroche.simulator.people;

import static fr.raccroche.simulator.people.TestingPeople.line;
import static fr.raccroche.simulator.people.TestingPeople.youth;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PeopleTest {

    private static final String NUMBER = "+33639980001";
    private static final Instant MORNING = Instant.parse("2026-11-24T10:00:00Z");
    private static final Instant EVENING = Instant.parse("2026-11-24T18:00:00Z");

    @Test
    void theSameRingOfTheSameSeedAlwaysTurnsOutTheSame() {
        assertThat(reactions(people(new Reach(0.5, 0.5, 0.5), 1), MORNING))
                .isEqualTo(reactions(people(new Reach(0.5, 0.5, 0.5), 1), MORNING))
                .isNotEqualTo(reactions(people(new Reach(0.5, 0.5, 0.5), 2), MORNING));
    }

    @Test
    void peopleAnswerAsOftenAsTheirReachSaysByTimeOfDay() {
        People people = people(new Reach(0.2, 0.4, 0.8), 3);
        assertThat(answered(people, MORNING)).isBetween(150L, 250L);
        assertThat(answered(people, EVENING)).isBetween(720L, 840L);
    }

    @Test
    void theConditionOfALineDecides() {
        var people = new People(
                List.of(
                        youth("1", Stance.IN_SOLUTION, line("+1", Condition.NOT_IN_SERVICE)),
                        youth("2", Stance.IN_SOLUTION, line("+2", Condition.NOBODY)),
                        youth("3", Stance.IN_SOLUTION, line("+3", Condition.ALWAYS_VOICEMAIL)),
                        youth("4", Stance.IN_SOLUTION, line("+4", Condition.WRONG_PERSON))),
                1);
        assertThat(people.reactionOf("+1", 0, MORNING)).isEqualTo(new Reaction.NotInService());
        assertThat(people.reactionOf("+2", 0, MORNING)).isEqualTo(new Reaction.RingsOut());
        assertThat(people.reactionOf("+3", 0, MORNING)).isInstanceOfSatisfying(Reaction.PicksUp.class, pickup -> {
            assertThat(pickup.speaker()).isEqualTo(Speaker.VOICEMAIL);
            assertThat(pickup.after()).isEqualTo(Duration.ofSeconds(20));
        });
        assertThat(people.reactionOf("+4", 0, MORNING))
                .isInstanceOfSatisfying(
                        Reaction.PicksUp.class,
                        pickup -> assertThat(pickup.speaker()).isEqualTo(Speaker.STRANGER));
        assertThat(people.reactionOf("+5", 0, MORNING)).isEqualTo(new Reaction.RingsOut());
    }

    @Test
    void aSharedPhoneIsHandedToTheYouthWhoIsAskedFor() {
        Line shared = line(NUMBER, Condition.WORKS);
        Persona elder = youth("elder", Stance.IN_SOLUTION, shared);
        Persona younger = youth("younger", Stance.WANTS_CIO, shared);
        var people = new People(List.of(elder, younger), 1);
        assertThat(people.personaAt(NUMBER, "younger")).contains(younger);
        assertThat(people.personaAt(NUMBER, "elder")).contains(elder);
        assertThat(people.inboxes().reply(NUMBER)).isEmpty();
    }

    private static People people(Reach reach, long seed) {
        var line = new Line(NUMBER, Owner.YOUTH, Condition.WORKS, reach, false);
        return new People(List.of(youth("1", Stance.IN_SOLUTION, line)), seed);
    }

    private static List<Reaction> reactions(People people, Instant at) {
        return IntStream.range(0, 1_000)
                .mapToObj(ring -> people.reactionOf(NUMBER, ring, at))
                .toList();
    }

    private static long answered(People people, Instant at) {
        return reactions(people, at).stream()
                .filter(Reaction.PicksUp.class::isInstance)
                .count();
    }
}
