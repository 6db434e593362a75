package fr.raccroche.desk;

import org.jspecify.annotations.Nullable;

/** The youth whom an agent has in hand, in few words. */
public record YouthInHand(long id, @Nullable String ine, String firstName, String lastName, int age) {}
