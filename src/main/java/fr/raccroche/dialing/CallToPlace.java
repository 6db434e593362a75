package fr.raccroche.dialing;

/** An attempt waits to be dialled. */
record CallToPlace(long attemptId) {}
