package fr.raccroche.personal;

import static fr.raccroche.platform.FrenchCalendar.PARIS;

import fr.raccroche.campaign.CallingHours;
import fr.raccroche.campaign.Campaign;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** When a youth can choose to be called: full hours of the campaign's next open days. */
final class Slots {

    /** An open day; {@code times} are never none. */
    record Day(LocalDate date, List<Instant> times) {

        Day {
            times = List.copyOf(times);
        }
    }

    private static final int DAYS = 5;
    private static final int HORIZON_DAYS = 14;
    private static final Duration SOONEST = Duration.ofMinutes(30);

    private Slots() {}

    static List<Day> offered(Campaign campaign, Instant now) {
        LocalDate today = now.atZone(PARIS).toLocalDate();
        LocalDate first = campaign.startsOn().isAfter(today) ? campaign.startsOn() : today;
        return Stream.iterate(first, day -> day.plusDays(1))
                .limit(HORIZON_DAYS)
                .takeWhile(day -> !day.isAfter(campaign.endsOn()))
                .map(day -> new Day(day, times(campaign, day, now.plus(SOONEST))))
                .filter(day -> !day.times().isEmpty())
                .limit(DAYS)
                .toList();
    }

    /** Whether {@code at} is one of those that are offered. */
    static boolean offers(Campaign campaign, Instant at, Instant now) {
        return offered(campaign, now).stream().anyMatch(day -> day.times().contains(at));
    }

    private static List<Instant> times(Campaign campaign, LocalDate day, Instant soonest) {
        return IntStream.range(0, 24)
                .mapToObj(hour -> day.atTime(hour, 0).atZone(PARIS).toInstant())
                .filter(at -> !at.isBefore(soonest) && campaign.isOpenAt(at, CallingHours.TO_ASK_FOR))
                .toList();
    }
}
