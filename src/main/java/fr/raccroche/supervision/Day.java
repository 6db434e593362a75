package fr.raccroche.supervision;

import static fr.raccroche.platform.FrenchCalendar.PARIS;

import java.time.Instant;
import java.time.LocalDate;

/** The business day that {@code now} falls on: midnight to midnight in Europe/Paris, 23 or 25 hours twice a year. */
record Day(LocalDate date, Instant now) {

    static Day of(Instant now) {
        return new Day(LocalDate.ofInstant(now, PARIS), now);
    }

    Instant start() {
        return date.atStartOfDay(PARIS).toInstant();
    }

    /** At {@code hour} o'clock of this day. */
    Instant at(int hour) {
        return date.atStartOfDay().plusHours(hour).atZone(PARIS).toInstant();
    }

    Instant end() {
        return date.plusDays(1).atStartOfDay(PARIS).toInstant();
    }
}
