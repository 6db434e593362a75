package fr.raccroche.youth;

import org.jspecify.annotations.Nullable;

/**
 * A person with parental authority, as the list names them.
 *
 * @param rank 1 or 2; owner {@code GUARDIAN1} or {@code GUARDIAN2} of a number
 * @param communeInsee where they live, when known: routes the youth when the youth's own commune is unknown (R07)
 */
public record LegalGuardian(
        int rank,
        @Nullable String lastName,
        @Nullable String firstName,
        @Nullable String communeInsee) {}
