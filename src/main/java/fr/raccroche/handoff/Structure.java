package fr.raccroche.handoff;

/** A structure in office, to choose from. */
record Structure(long id, StructureKind kind, String name) {}
