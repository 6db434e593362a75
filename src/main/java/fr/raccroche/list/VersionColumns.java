package fr.raccroche.list;

/** Columns of a file that made a version, as a JSON array. */
record VersionColumns(long listId, String headers) {}
