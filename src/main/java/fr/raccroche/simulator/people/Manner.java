package fr.raccroche.simulator.people;

/** How the people of a population behave. */
public enum Manner {
    /** The balance sheet of 2021: half in solution, 7 % referred, 31 % unreachable. */
    AS_IN_2021,
    /** People who mostly answer, each on a number of their own, for someone who tries the software. */
    TALKATIVE
}
