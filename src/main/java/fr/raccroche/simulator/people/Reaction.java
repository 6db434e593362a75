package fr.raccroche.simulator.people;

import java.time.Duration;

/** What a dialled phone does. */
public sealed interface Reaction {

    record NotInService() implements Reaction {}

    record Busy() implements Reaction {}

    record RingsOut() implements Reaction {}

    /** {@code hangsUpEarly}: the person will cut the conversation short. */
    record PicksUp(Speaker speaker, Persona persona, Duration after, boolean hangsUpEarly) implements Reaction {}
}
