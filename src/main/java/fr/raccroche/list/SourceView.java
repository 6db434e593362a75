package fr.raccroche.list;

/** A source with how many lists it has drawn. */
record SourceView(long id, String name, int lists) {}
