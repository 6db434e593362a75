package fr.raccroche.simulator.people;

/** Answer to a first text. */
public enum Texting {
    SILENT,
    STOP,
    FREE_TEXT
}
