package fr.raccroche.handoff;

import fr.raccroche.directory.StructureKind;

/** A structure in office, to choose from. */
record Recipient(long id, StructureKind kind, String name) {}
