package fr.raccroche.simulator.people;

/** What the youth will say once reached. */
public enum Stance {
    IN_SOLUTION,
    WANTS_CIO,
    WANTS_MISSION_LOCALE,
    WANTS_NOTHING,
    REFUSES,
    OBJECTS,
    TOO_YOUNG
}
