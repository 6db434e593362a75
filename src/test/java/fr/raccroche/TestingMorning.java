package fr.raccroche;

import static fr.raccroche.platform.FrenchCalendar.PARIS;

import fr.raccroche.platform.BusinessClock;
import fr.raccroche.platform.FrenchCalendar;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;

/** A morning on which calls and texts may go out for two hours at least. The clock all tests share only moves on. */
public final class TestingMorning {

    private static final LocalTime OPEN = LocalTime.of(10, 5);
    /** When a morning begins in Paris. */
    public static final LocalTime BEGINS = LocalTime.of(10, 30);

    private static final LocalTime LATE = LocalTime.of(11, 0);

    private TestingMorning() {}

    /** Now, if it is one; else the next. Answers the time that it is from here on. */
    public static Instant begin(BusinessClock clock, double speed) {
        ZonedDateTime now = clock.instant().atZone(PARIS);
        ZonedDateTime morning = now;
        if (!FrenchCalendar.isWorkingDay(now.toLocalDate())
                || now.toLocalTime().isBefore(OPEN)
                || now.toLocalTime().isAfter(LATE)) {
            morning = now.with(BEGINS);
            while (morning.isBefore(now) || !FrenchCalendar.isWorkingDay(morning.toLocalDate())) {
                morning = morning.plusDays(1);
            }
        }
        clock.start(morning.toInstant(), speed);
        return clock.instant();
    }
}
