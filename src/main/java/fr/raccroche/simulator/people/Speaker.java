package fr.raccroche.simulator.people;

/** Who picked up. */
public enum Speaker {
    YOUTH,
    GUARDIAN,
    THIRD_PARTY,
    STRANGER,
    VOICEMAIL
}
