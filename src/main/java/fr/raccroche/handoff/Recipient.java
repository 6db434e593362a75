package fr.raccroche.handoff;

import fr.raccroche.directory.Structure;

/** A structure in office, to choose from. */
record Recipient(long id, Structure.Kind kind, String name) {}
