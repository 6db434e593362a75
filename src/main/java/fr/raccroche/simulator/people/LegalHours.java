package fr.raccroche.simulator.people;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * When the law lets a phone ring: Monday to Friday, 10:00 to 13:00 and 14:00 to 20:00 in Europe/Paris, public holidays
 * excepted (Code de la consommation, D223-9). Known here apart from the product, so that the two cannot share a mistake.
 */
public final class LegalHours {

    public static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    private record Window(LocalTime opens, LocalTime closes) {
        boolean contains(LocalTime time) {
            return !time.isBefore(opens) && time.isBefore(closes);
        }
    }

    private static final List<Window> WINDOWS = List.of(
            new Window(LocalTime.of(10, 0), LocalTime.of(13, 0)), new Window(LocalTime.of(14, 0), LocalTime.of(20, 0)));

    private final Set<LocalDate> holidays = Resources.rows("jours_feries_fr.csv").stream()
            .map(row -> LocalDate.parse(row[0]))
            .collect(Collectors.toUnmodifiableSet());
    private final Set<Integer> knownYears =
            holidays.stream().map(LocalDate::getYear).collect(Collectors.toUnmodifiableSet());

    public boolean allow(Instant ring) {
        ZonedDateTime local = ring.atZone(PARIS);
        return isWorkingDay(local.toLocalDate())
                && WINDOWS.stream().anyMatch(window -> window.contains(local.toLocalTime()));
    }

    /** {@code from} itself if it is within legal hours, else the next time they begin. */
    public Instant nextOpening(Instant from) {
        if (allow(from)) {
            return from;
        }
        LocalDate day = from.atZone(PARIS).toLocalDate();
        while (true) {
            for (Window window : WINDOWS) {
                Instant opening = day.atTime(window.opens).atZone(PARIS).toInstant();
                if (opening.isAfter(from) && isWorkingDay(day)) {
                    return opening;
                }
            }
            day = day.plusDays(1);
        }
    }

    boolean isWorkingDay(LocalDate day) {
        if (!knownYears.contains(day.getYear())) {
            throw new IllegalArgumentException("The list of public holidays does not cover " + day.getYear());
        }
        return day.getDayOfWeek() != DayOfWeek.SATURDAY
                && day.getDayOfWeek() != DayOfWeek.SUNDAY
                && !holidays.contains(day);
    }

    /** {@code time} on the first working day after {@code now}. */
    LocalDateTime nextWorkingDayAt(LocalTime time, Instant now) {
        LocalDate day = now.atZone(PARIS).toLocalDate().plusDays(1);
        while (!isWorkingDay(day)) {
            day = day.plusDays(1);
        }
        return day.atTime(time);
    }
}
