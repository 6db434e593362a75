package fr.raccroche.desk;

import static fr.raccroche.platform.FrenchCalendar.PARIS;

import fr.raccroche.campaign.CallingHours;
import fr.raccroche.campaign.Campaign;
import fr.raccroche.directory.StructureKind;
import fr.raccroche.platform.Mistakes;
import fr.raccroche.platform.Problem;
import fr.raccroche.youth.Age;
import fr.raccroche.youth.AgreedBy;
import fr.raccroche.youth.Solution;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.Objects;
import java.util.function.Predicate;
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

    /** Characters of a note, at most. */
    static final int NOTE_LENGTH = 1000;

    /** Reads the form: whatever is missing or foreign is said at its field, all of it at once; fields of other outcomes are dropped. */
    static Answer of(OutcomeForm form) {
        var mistakes = new Mistakes();
        Outcome outcome = constant(Outcome.class, "outcome", form.outcome(), mistakes);
        Solution solution = is(outcome, Outcome::asksForSolution)
                ? constant(Solution.class, "solution", form.solution(), mistakes)
                : null;
        StructureKind kind = is(outcome, Outcome::asksForStructure) ? receiver(form.structureKind(), mistakes) : null;
        AgreedBy agreedBy = is(outcome, Outcome::asksForStructure)
                ? constant(AgreedBy.class, "agreedBy", form.agreedBy(), mistakes)
                : null;
        boolean asks = is(outcome, Outcome::asksForMoment);
        Instant callbackAt = asks ? instant(form.callbackAt(), mistakes) : null;
        String note = note(form.note(), mistakes);
        mistakes.refuse();
        return new Answer(
                Objects.requireNonNull(outcome),
                solution,
                kind,
                agreedBy,
                callbackAt,
                asks && "yes".equals(form.callbackMine()),
                note);
    }

    private static boolean is(@Nullable Outcome outcome, Predicate<Outcome> asking) {
        return outcome != null && asking.test(outcome);
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

    private static <E extends Enum<E>> @Nullable E constant(
            Class<E> type, String field, @Nullable String value, Mistakes mistakes) {
        try {
            return Enum.valueOf(type, value == null ? "" : value);
        } catch (IllegalArgumentException e) {
            mistakes.add(field, missing(field));
            return null;
        }
    }

    private static @Nullable StructureKind receiver(@Nullable String written, Mistakes mistakes) {
        StructureKind kind = constant(StructureKind.class, "structureKind", written, mistakes);
        if (kind != null && !kind.takesReferrals()) {
            mistakes.add("structureKind", missing("structureKind"));
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

    private static @Nullable Instant instant(@Nullable String local, Mistakes mistakes) {
        try {
            return LocalDateTime.parse(local == null ? "" : local).atZone(PARIS).toInstant();
        } catch (DateTimeParseException e) {
            mistakes.add("callbackAt", "Indiquez le jour et l'heure du rappel.");
            return null;
        }
    }

    private static @Nullable String note(@Nullable String note, Mistakes mistakes) {
        if (note == null || note.isBlank()) {
            return null;
        }
        String noted = note.replace("\r\n", "\n").strip();
        if (noted.length() > NOTE_LENGTH) {
            mistakes.add("note", "La note dépasse 1 000 caractères.");
        }
        return noted;
    }
}
