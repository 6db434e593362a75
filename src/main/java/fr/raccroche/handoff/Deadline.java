package fr.raccroche.handoff;

import static fr.raccroche.platform.FrenchCalendar.PARIS;

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

    /** {@code J-3} three days before, {@code J+2} two days late. */
    String label(LocalDate today) {
        return "J%+d".formatted(-daysLeft(today)).replace("J+0", "Jour J");
    }
}
