package fr.raccroche.list;

/** Somebody who draws lists. */
record ListSource(long id, String name) {}
