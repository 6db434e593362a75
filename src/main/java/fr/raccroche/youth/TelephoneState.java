package fr.raccroche.youth;

/** What is known about a telephone, whoever is listed under it. */
public enum TelephoneState {
    USABLE,
    /** Left alone for a while, or until somebody has looked. */
    RESTING,
    /** Somebody said that it is not theirs: left alone until somebody has looked. */
    WRONG,
    /** Somebody there said no: left alone until a supervisor decides. */
    OBJECTED,
    /** The network does not know it. */
    DEAD
}
