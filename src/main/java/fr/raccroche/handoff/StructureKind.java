package fr.raccroche.handoff;

/** The structures that a youth may be passed to; PRIJ groups look for those whom nobody reached. */
enum StructureKind {
    CIO,
    MISSION_LOCALE,
    PRIJ
}
