package fr.raccroche.simulator.people;

/** Whose phone it is. */
public enum Owner {
    YOUTH,
    HOME,
    GUARDIAN
}
