package fr.raccroche;

import static fr.raccroche.platform.FrenchCalendar.PARIS;

import fr.raccroche.platform.BusinessClock;
import fr.raccroche.platform.FrenchCalendar;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;

/** A day on which a demo may begin: a working day, from ten to seven in Paris. */
final class WorkingDay {

    private static final LocalTime OPENS = LocalTime.of(10, 0);
    private static final LocalTime LATEST = LocalTime.of(19, 0);

    private WorkingDay() {}

    /** A demo started on a Sunday night finds itself on Monday at ten. */
    static void open(BusinessClock business, boolean first, Clock clock) {
        if (first) {
            business.reset(opening(clock.instant()), 1);
        }
        ZonedDateTime now = business.instant().atZone(PARIS);
        boolean open = FrenchCalendar.isWorkingDay(now.toLocalDate())
                && !now.toLocalTime().isBefore(OPENS)
                && now.toLocalTime().isBefore(LATEST);
        if (!open) {
            business.start(opening(now.toInstant()), 1);
        }
    }

    /** The next time it is open, today or later. */
    static Instant opening(Instant from) {
        ZonedDateTime now = from.atZone(PARIS);
        LocalDate day = now.toLocalTime().isBefore(LATEST)
                ? now.toLocalDate()
                : now.toLocalDate().plusDays(1);
        while (!FrenchCalendar.isWorkingDay(day)) {
            day = day.plusDays(1);
        }
        return day.atTime(OPENS).atZone(PARIS).toInstant();
    }
}
