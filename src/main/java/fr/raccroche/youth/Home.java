package fr.raccroche.youth;

import org.jspecify.annotations.Nullable;

/**
 * Where a youth lives, as far as the list says.
 *
 * @param address street and number
 * @param communeName as written in the list; {@code communeInsee} is the resolved one, null when unknown
 */
public record Home(
        @Nullable String address,
        @Nullable String postalCode,
        @Nullable String communeName,
        @Nullable String communeInsee) {}
