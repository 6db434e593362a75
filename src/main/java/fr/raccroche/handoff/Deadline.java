package fr.raccroche.handoff;

import static fr.raccroche.platform.FrenchCalendar.PARIS;

import fr.raccroche.platform.French;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/**
 * The last day on which a structure keeps its word: "délai maximum de 15 jours" (R06, Actes des Assises).
 *
 * <p>Fifteen calendar days after the day of the agreement in Europe/Paris, holidays and weekends included; the whole
 * last day still counts.
 */
record Deadline(LocalDate dueOn) {

    private static final int DAYS = 15;

    static Deadline after(Instant agreedAt) {
        return new Deadline(agreedAt.atZone(PARIS).toLocalDate().plusDays(DAYS));
    }

    /** Negative once the deadline has passed. */
    long daysLeft(LocalDate today) {
        return ChronoUnit.DAYS.between(today, dueOn);
    }

    boolean isOver(LocalDate today) {
        return today.isAfter(dueOn);
    }

    /** The same for whoever has to keep it: « à rappeler avant le 9 décembre, encore 12 jours ». */
    String words(LocalDate today) {
        long left = daysLeft(today);
        if (left == 0) {
            return "à rappeler aujourd'hui au plus tard";
        }
        return left > 0
                ? "à rappeler avant le %s, encore %s".formatted(French.day(dueOn), French.count(left, "jour", "jours"))
                : "à rappeler d'urgence, %s de retard".formatted(French.count(-left, "jour", "jours"));
    }

    /** {@code J-3} three days before, {@code J+2} two days late. */
    String label(LocalDate today) {
        return "J%+d".formatted(-daysLeft(today)).replace("J+0", "Jour J");
    }
}
