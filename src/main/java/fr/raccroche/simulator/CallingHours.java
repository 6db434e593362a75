package fr.raccroche.simulator;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * When the law lets a phone ring: Monday to Friday, 10:00 to 13:00 and 14:00 to 20:00 in Europe/Paris, public holidays
 * excepted (Code de la consommation, D223-9). Known here apart from the product, so that the two cannot share a mistake.
 */
final class CallingHours {

    static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    private static final Map<LocalTime, LocalTime> WINDOWS =
            Map.of(LocalTime.of(10, 0), LocalTime.of(13, 0), LocalTime.of(14, 0), LocalTime.of(20, 0));

    private final Set<LocalDate> holidays = Resources.rows("jours_feries_fr.csv").stream()
            .map(row -> LocalDate.parse(row[0]))
            .collect(Collectors.toUnmodifiableSet());
    private final Set<Integer> knownYears =
            holidays.stream().map(LocalDate::getYear).collect(Collectors.toUnmodifiableSet());

    boolean allow(Instant ring) {
        ZonedDateTime local = ring.atZone(PARIS);
        return isWorkingDay(local.toLocalDate())
                && WINDOWS.entrySet().stream()
                        .anyMatch(window -> !local.toLocalTime().isBefore(window.getKey())
                                && local.toLocalTime().isBefore(window.getValue()));
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
