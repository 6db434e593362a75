package fr.raccroche.youth;

/** What a youth does who needs no help, in the order of the agents' form; youths may say it for themselves, too. */
public enum Solution {
    SCHOOL,
    APPRENTICESHIP,
    TRAINING,
    EMPLOYMENT,
    CIVIC_SERVICE,
    /** A structure looks after them already; only an agent says so. */
    SUPPORTED,
    OTHER
}
