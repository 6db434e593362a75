package fr.raccroche.desk;

import static fr.raccroche.platform.FrenchCalendar.PARIS;

import fr.raccroche.campaign.CallingHours;
import fr.raccroche.campaign.Campaign;
import fr.raccroche.directory.StructureKind;
import fr.raccroche.platform.Problem;
import fr.raccroche.youth.Age;
import fr.raccroche.youth.AgreedBy;
import fr.raccroche.youth.Solution;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * What the youth said, complete in itself.
 *
 * @param callbackMine whether the agent promises to call back in person
 */
record Answer(
        Outcome outcome,
        @Nullable Solution solution,
        @Nullable StructureKind structureKind,
        @Nullable AgreedBy agreedBy,
        @Nullable Instant callbackAt,
        boolean callbackMine,
        @Nullable String note) {

    private static final int NOTE_LENGTH = 1000;

    /** Reads the form: a missing or foreign value is a problem that names its field; fields of other outcomes are dropped. */
    static Answer of(OutcomeForm form) {
        Outcome outcome = constant(Outcome.class, "outcome", form.outcome());
        return new Answer(
                outcome,
                outcome.asksForSolution() ? constant(Solution.class, "solution", form.solution()) : null,
                outcome.asksForStructure() ? receiver(form.structureKind()) : null,
                outcome.asksForStructure() ? constant(AgreedBy.class, "agreedBy", form.agreedBy()) : null,
                outcome.asksForMoment() ? instant(form.callbackAt()) : null,
                outcome.asksForMoment() && "yes".equals(form.callbackMine()),
                note(form.note()));
    }

    /** What speaks against it, for a youth of this age in this campaign; null when nothing does. */
    @Nullable
    Problem problem(Campaign campaign, Age age, Instant now) {
        if (agreedBy == AgreedBy.GUARDIAN && !age.minor()) {
            return Problem.badRequest(
                    "guardian-of-adult", "Ce jeune est majeur : son accord à lui, ou à elle, est nécessaire.");
        }
        if (callbackAt == null) {
            return null;
        }
        if (!callbackAt.isAfter(now)) {
            return Problem.badRequest("callback-in-the-past", "Le rappel doit être dans le futur.");
        }
        if (!campaign.isOpenAt(callbackAt, CallingHours.TO_PROMISE)) {
            return Problem.badRequest(
                    "callback-outside-hours",
                    "Le rappel doit tomber dans les horaires d'appel de la campagne, avant sa fin.");
        }
        return null;
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String field, @Nullable String value) {
        try {
            return Enum.valueOf(type, value == null ? "" : value);
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest("missing-" + field, missing(field));
        }
    }

    private static StructureKind receiver(@Nullable String written) {
        StructureKind kind = constant(StructureKind.class, "structureKind", written);
        if (!kind.takesReferrals()) {
            throw Problem.badRequest("missing-structureKind", missing("structureKind"));
        }
        return kind;
    }

    private static String missing(String field) {
        return switch (field) {
            case "outcome" -> "Choisissez l'issue de l'appel.";
            case "solution" -> "Précisez dans quelle solution est le jeune.";
            case "structureKind" -> "Choisissez CIO ou mission locale.";
            case "agreedBy" -> "Précisez qui a donné son accord.";
            default -> "Il manque une réponse.";
        };
    }

    private static Instant instant(@Nullable String local) {
        try {
            return LocalDateTime.parse(local == null ? "" : local).atZone(PARIS).toInstant();
        } catch (DateTimeParseException e) {
            throw Problem.badRequest("missing-callbackAt", "Indiquez le jour et l'heure du rappel.");
        }
    }

    private static @Nullable String note(@Nullable String note) {
        if (note == null || note.isBlank()) {
            return null;
        }
        if (note.length() > NOTE_LENGTH) {
            throw Problem.badRequest("note-too-long", "La note dépasse 1 000 caractères.");
        }
        return note.strip();
    }
}
