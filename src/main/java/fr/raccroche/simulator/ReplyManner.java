package fr.raccroche.simulator;

enum ReplyManner {
    SENT,
    /** The connection stays open and silent for a long while. */
    HUNG,
    /** The connection is closed without an answer. */
    CLOSED
}
