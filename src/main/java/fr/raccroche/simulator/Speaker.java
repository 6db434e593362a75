package fr.raccroche.simulator;

/** Who picked up. */
public enum Speaker {
    YOUTH,
    GUARDIAN,
    THIRD_PARTY,
    STRANGER,
    VOICEMAIL
}
