package fr.raccroche.dialing;

/** What becomes of an agent who says that they are ready. */
public enum Arrival {
    /** A youth was due: the attempt is theirs. */
    SERVED,
    WAITING,
    /** A call is in hand: they are ready when it is done. */
    BUSY,
    /** There is no such campaign, or it is not open. */
    NOT_OPEN
}
