package fr.raccroche.simulator.people;

/** What a youth in solution does. */
public enum Solution {
    SCHOOL,
    APPRENTICESHIP,
    TRAINING,
    EMPLOYMENT,
    CIVIC_SERVICE,
    SUPPORTED,
    OTHER
}
