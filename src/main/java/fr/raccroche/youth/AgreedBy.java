package fr.raccroche.youth;

/** Whose agreement it is that was given on the phone (R19: the guardian's is recorded apart from the youth's). */
public enum AgreedBy {
    YOUTH,
    GUARDIAN
}
