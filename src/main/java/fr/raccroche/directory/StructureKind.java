package fr.raccroche.directory;

/** What a structure does for youths. */
public enum StructureKind {
    MISSION_LOCALE,
    CIO,
    PRIJ;

    /** Whether a youth who agreed can be passed to it; PRIJ groups get the unreachable. */
    public boolean takesReferrals() {
        return switch (this) {
            case MISSION_LOCALE, CIO -> true;
            case PRIJ -> false;
        };
    }
}
