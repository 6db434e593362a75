package fr.raccroche.youth;

/** Who answers under a number: decides what may be said. */
public enum NumberOwner {
    YOUTH,
    GUARDIAN1,
    GUARDIAN2,
    OTHER
}
