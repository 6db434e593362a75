package fr.raccroche.simulator;

/** What happens to a request to the REST API. */
public enum Fault {
    INTERNAL_ERROR,
    UNAVAILABLE,
    /** Twilio answers this only to requests that it did not process. */
    TOO_MANY_REQUESTS,
    HANG,
    CLOSE,
    /** A success whose body nobody can read. */
    GARBAGE
}
