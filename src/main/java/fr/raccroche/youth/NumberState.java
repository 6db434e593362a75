package fr.raccroche.youth;

/** What calls taught about a number. */
public enum NumberState {
    UNTRIED,
    /** The right person answered. */
    VALID,
    /** Somebody else's. */
    WRONG,
    /** The network does not know it. */
    NOT_IN_SERVICE;

    /** Whether a call to it makes sense: nobody said that it is somebody else's, and the network knows it. */
    public boolean isUsable() {
        return this == UNTRIED || this == VALID;
    }
}
