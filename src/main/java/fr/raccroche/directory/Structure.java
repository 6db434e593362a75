package fr.raccroche.directory;

import org.jspecify.annotations.Nullable;

/**
 * An organisation that receives youths: mission locale, CIO, PRIJ group.
 *
 * @param code the code under which it is known for its kind, for instance the UNML code of a mission locale
 * @param fictional made for demonstration: shown as such, never a real recipient
 */
public record Structure(
        long id,
        StructureKind kind,
        String code,
        String name,
        @Nullable String address,
        @Nullable String postalCode,
        @Nullable String city,
        boolean fictional) {}
