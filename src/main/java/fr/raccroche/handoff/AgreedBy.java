package fr.raccroche.handoff;

/** Who said yes on the phone. */
enum AgreedBy {
    YOUTH,
    GUARDIAN
}
