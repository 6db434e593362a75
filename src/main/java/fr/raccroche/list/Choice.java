package fr.raccroche.list;

/** Something to choose from. */
record Choice(String value, String label, boolean chosen) {}
