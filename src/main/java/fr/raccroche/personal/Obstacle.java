package fr.raccroche.personal;

/** Why an answer was not taken. */
enum Obstacle {
    /** The moment is not offered, or not any more. */
    NO_SLOT,
    /** An agent has them in hand at this moment. */
    CALLED_NOW,
    /** All attempts are used or the situation is settled. */
    NO_CALL,
    NO_SOLUTION,
    NO_NUMBER,
    NUMBERS_USED
}
