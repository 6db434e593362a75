package fr.raccroche.simulator;

/** How a request fails, and whether it is carried out all the same. */
record PlannedAnswer(Fault fault, Moment moment) {}
