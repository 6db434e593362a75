package fr.raccroche.simulator.people;

/** A legal guardian as the list names them; {@code number} may be empty. */
public record Guardian(String lastName, String firstName, boolean female, String number, Commune commune) {}
