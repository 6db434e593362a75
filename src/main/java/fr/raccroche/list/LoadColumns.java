package fr.raccroche.list;

/** A load with how its file was read, as JSON. */
record LoadColumns(long id, String mapping) {}
