package fr.raccroche.list;

/** Business of a source: loads begun lately, and loads that are not over. */
record SourceTraffic(int lately, int open) {}
