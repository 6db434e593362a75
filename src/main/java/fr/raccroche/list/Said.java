package fr.raccroche.list;

import fr.raccroche.platform.Problem;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** What a program said about a file, as it said it; each question fails with a {@link Problem} 400 on a wrong answer. */
record Said(
        @Nullable String name,
        @Nullable String complete,
        @Nullable String referenceDate) {

    private static final int NAME_LENGTH = 120;

    Said orElse(Said other) {
        return new Said(
                name == null ? other.name : name,
                complete == null ? other.complete : complete,
                referenceDate == null ? other.referenceDate : referenceDate);
    }

    /** The day on which ages count, {@code today} where nothing was said. */
    LocalDate day(LocalDate today) {
        if (referenceDate == null || referenceDate.isEmpty()) {
            return today;
        }
        try {
            return LocalDate.parse(referenceDate);
        } catch (DateTimeParseException e) {
            throw Problem.badRequest("reference-date", "Le paramètre reference_date est une date AAAA-MM-JJ.");
        }
    }

    /** Whether people whom the file lacks leave the list. */
    boolean isComplete(boolean otherwise) {
        if (complete == null || complete.isEmpty()) {
            return otherwise;
        }
        return switch (complete) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw Problem.badRequest(
                        "complete", "Le paramètre complete vaut true (liste complète) ou false (complément).");
        };
    }

    /** The name of a new list. */
    String listName() {
        String given = name == null ? "" : name.strip();
        if (given.isEmpty() || given.length() > NAME_LENGTH) {
            throw Problem.badRequest(
                    "name", "Donnez le nom de la nouvelle liste dans le paramètre name (120 caractères au plus).");
        }
        return given;
    }
}
