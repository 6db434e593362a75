package fr.raccroche.simulator.people;

/** A commune of Île-de-France with one of its postal codes. */
public record Commune(String insee, String name, String department, String postalCode, int population) {}
