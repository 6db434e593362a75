package fr.raccroche.simulator.people;

/** What is true of a line, whatever the list says. */
public enum Condition {
    WORKS,
    NOT_IN_SERVICE,
    WRONG_PERSON,
    ALWAYS_VOICEMAIL,
    NOBODY
}
