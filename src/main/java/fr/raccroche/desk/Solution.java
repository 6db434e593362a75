package fr.raccroche.desk;

/** What a youth already in solution does, in the order of the form. */
public enum Solution {
    SCHOOL,
    APPRENTICESHIP,
    TRAINING,
    EMPLOYMENT,
    CIVIC_SERVICE,
    SUPPORTED,
    OTHER
}
