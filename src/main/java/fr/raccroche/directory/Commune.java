package fr.raccroche.directory;

/**
 * A commune, or an arrondissement of Paris, in force today.
 *
 * @param insee INSEE code, which is not a postal code
 * @param departement two characters, for instance {@code 93}
 */
public record Commune(String insee, String name, String departement) {}
