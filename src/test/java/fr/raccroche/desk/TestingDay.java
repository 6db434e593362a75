package fr.raccroche.desk;

import static fr.raccroche.platform.FrenchCalendar.PARIS;

import fr.raccroche.platform.BusinessClock;
import fr.raccroche.platform.FrenchCalendar;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;

/** The working day of agents in tests: it opens when a test needs it, and waiting can be made short. */
@ApplicationScoped
class TestingDay {

    private static final LocalTime OPENS = LocalTime.of(10, 0);
    private static final LocalTime LATEST = LocalTime.of(12, 30);
    private static final double HURRIED = 20;

    private final BusinessClock clock;

    TestingDay(Clock clock) {
        this.clock = (BusinessClock) clock;
    }

    /** Calls may be made for half an hour at least. */
    void open() {
        ZonedDateTime now = clock.instant().atZone(PARIS);
        ZonedDateTime opening = now.with(OPENS);
        boolean past = now.toLocalTime().isAfter(LATEST);
        for (opening = past ? opening.plusDays(1) : opening;
                !FrenchCalendar.isWorkingDay(opening.toLocalDate());
                opening = opening.plusDays(1)) {}
        clock.start(opening.toInstant(), 1);
    }

    /** Somebody will answer soon. */
    void hurry() {
        clock.start(clock.instant(), HURRIED);
    }

    /** As in life. */
    void calm() {
        clock.start(clock.instant(), 1);
    }

    Instant now() {
        return clock.instant();
    }
}
