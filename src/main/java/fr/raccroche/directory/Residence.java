package fr.raccroche.directory;

import org.jspecify.annotations.Nullable;

/** What the cells of a residence determine; no commune unless one was found. */
public record Residence(@Nullable Commune commune, Way way) {

    /** How a residence was found, or why it was not. */
    public enum Way {
        /** By its code. */
        CODE,
        /** By a code that a merger abolished. */
        FORMER_CODE,
        /** By its name, alone or with a postal code; an arrondissement of Paris by its number. */
        NAME,
        /** By its code, although the name is another commune's. */
        CONTRADICTED,
        /** Several communes fit, or the name fits one and the postal code another. */
        AMBIGUOUS,
        /** In no département of this directory. */
        OUTSIDE,
        /** Nothing fits. */
        UNKNOWN,
        /** Nothing is written. */
        MISSING
    }

    static final Residence AMBIGUOUS = new Residence(null, Way.AMBIGUOUS);
    static final Residence OUTSIDE = new Residence(null, Way.OUTSIDE);
    static final Residence UNKNOWN = new Residence(null, Way.UNKNOWN);
    static final Residence MISSING = new Residence(null, Way.MISSING);
}
