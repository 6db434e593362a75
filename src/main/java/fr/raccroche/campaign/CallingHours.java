package fr.raccroche.campaign;

import static fr.raccroche.platform.FrenchCalendar.PARIS;

import fr.raccroche.platform.FrenchCalendar;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * When a campaign may ring: weekdays and one or two spans a day in Europe/Paris, never on a public holiday nor on a day
 * that the campaign blocks. The default follows D223-9 of the code de la consommation, which binds commercial calls only
 * and is a good neighbour's rule.
 */
public record CallingHours(Set<DayOfWeek> days, List<Span> spans, Set<LocalDate> blocked) {

    /** Margin for somebody who is on the line already: they are talked to until the hours close. */
    public static final Duration TO_THE_END = Duration.ZERO;

    /** Margin for a call that an agent promises. */
    public static final Duration TO_PROMISE = Duration.ofMinutes(5);

    /** Margin for a conversation that a youth asks for on their page: it begins well before the hours close. */
    public static final Duration TO_ASK_FOR = Duration.ofMinutes(15);

    /** How far ahead an opening is looked for; a campaign without any open day within it has none. */
    private static final int HORIZON_DAYS = 60;

    private static final Duration LEAP = Duration.ofMinutes(30);

    public static final CallingHours DEFAULT = new CallingHours(
            Set.of(DayOfWeek.MONDAY, DayOfWeek.TUESDAY, DayOfWeek.WEDNESDAY, DayOfWeek.THURSDAY, DayOfWeek.FRIDAY),
            List.of(
                    new Span(LocalTime.of(10, 0), LocalTime.of(13, 0)),
                    new Span(LocalTime.of(14, 0), LocalTime.of(20, 0))));

    /** From {@code opens} (inclusive) to {@code closes} (exclusive), local time. */
    public record Span(LocalTime opens, LocalTime closes) {

        boolean contains(LocalTime time) {
            return !time.isBefore(opens) && time.isBefore(closes);
        }

        Duration length() {
            return Duration.between(opens, closes);
        }

        /** What of this span lies in {@code other}; empty when they do not meet. */
        Optional<Span> within(Span other) {
            LocalTime from = opens.isBefore(other.opens) ? other.opens : opens;
            LocalTime to = closes.isAfter(other.closes) ? other.closes : closes;
            return from.isBefore(to) ? Optional.of(new Span(from, to)) : Optional.empty();
        }
    }

    public CallingHours {
        days = Set.copyOf(days);
        spans = List.copyOf(spans);
        blocked = Set.copyOf(blocked);
    }

    public CallingHours(Set<DayOfWeek> days, List<Span> spans) {
        this(days, spans, Set.of());
    }

    /** The same hours, cut down to a part of the day; a part that is never open has no spans. */
    public CallingHours within(Span part) {
        return new CallingHours(
                days, spans.stream().flatMap(span -> span.within(part).stream()).toList(), blocked);
    }

    /** Whether a call may ring at {@code instant} and for {@code margin} after it. */
    public boolean isOpen(Instant instant, Duration margin) {
        return isOpenDay(instant.atZone(PARIS).toLocalDate()) && isOpenByClock(instant, margin);
    }

    /** Whether any call may ring on {@code day}. */
    public boolean isOpenDay(LocalDate day) {
        return days.contains(day.getDayOfWeek()) && !isBlocked(day) && !FrenchCalendar.isPublicHoliday(day);
    }

    /** Whether the campaign blocks {@code day}. */
    public boolean isBlocked(LocalDate day) {
        return blocked.contains(day);
    }

    /** Whether weekday and time of day allow a call, holidays and blocked days aside. */
    public boolean isOpenByClock(Instant instant, Duration margin) {
        ZonedDateTime from = instant.atZone(PARIS);
        ZonedDateTime to = instant.plus(margin).atZone(PARIS);
        return days.contains(from.getDayOfWeek())
                && from.toLocalDate().equals(to.toLocalDate())
                && spans.stream()
                        .anyMatch(span -> span.contains(from.toLocalTime()) && span.contains(to.toLocalTime()));
    }

    /**
     * The first instant from {@code instant} on at which a call may ring for {@code margin}.
     *
     * @throws IllegalStateException when no day of the next two months is open that long, blocked days not counted
     */
    public Instant nextOpening(Instant instant, Duration margin) {
        return opening(instant, margin, this::isOpenDay)
                .orElseThrow(() -> new IllegalStateException("No open day within two months"));
    }

    /** The same with holidays and blocked days aside; empty when no weekday is open that long. */
    public Optional<Instant> nextOpeningByClock(Instant instant, Duration margin) {
        return opening(instant, margin, day -> days.contains(day.getDayOfWeek()));
    }

    /** Whether it is open here and, by the clock of {@code zone}, there: nobody is disturbed at night where they are. */
    public boolean isOpenIn(ZoneId zone, Instant instant, Duration margin) {
        return isOpen(instant, margin) && isOpen(here(instant, zone), margin);
    }

    /** The first instant from {@code instant} on for {@link #isOpenIn}; in places where it is never, the next one here. */
    public Instant nextOpeningIn(ZoneId zone, Instant instant, Duration margin) {
        Instant at = nextOpening(instant, margin);
        for (int leaps = 0; leaps < HORIZON_DAYS && !isOpenIn(zone, at, margin); leaps++) {
            Instant there = nextOpening(here(at, zone), margin);
            Instant leap = there.atZone(PARIS).toLocalDateTime().atZone(zone).toInstant();
            at = nextOpening(leap.isAfter(at) ? leap : at.plus(LEAP), margin);
        }
        return at;
    }

    /** The moment at which our clocks show what those of {@code zone} show at {@code instant}. */
    private static Instant here(Instant instant, ZoneId zone) {
        return instant.atZone(zone).toLocalDateTime().atZone(PARIS).toInstant();
    }

    private Optional<Instant> opening(Instant instant, Duration margin, Predicate<LocalDate> open) {
        LocalDate today = instant.atZone(PARIS).toLocalDate();
        if (open.test(today) && isOpenByClock(instant, margin)) {
            return Optional.of(instant);
        }
        return Stream.iterate(today, day -> day.plusDays(1))
                .limit(HORIZON_DAYS + 7L * blocked.size())
                .filter(open)
                .flatMap(day -> spans.stream()
                        .map(span -> day.atTime(span.opens()).atZone(PARIS).toInstant()))
                .filter(opening -> opening.isAfter(instant) && isOpenByClock(opening, margin))
                .findFirst();
    }

    /** {@code MONDAY,TUESDAY}: how the days are stored. */
    String storedDays() {
        return days.stream().sorted().map(DayOfWeek::name).collect(Collectors.joining(","));
    }

    static Set<DayOfWeek> readDays(String stored) {
        return Arrays.stream(stored.split(",")).map(DayOfWeek::valueOf).collect(Collectors.toSet());
    }

    /** {@code 2026-12-24,2026-12-31}: how blocked days are stored; empty for none. */
    String storedBlocked() {
        return new TreeSet<>(blocked).stream().map(LocalDate::toString).collect(Collectors.joining(","));
    }

    static Set<LocalDate> readBlocked(String stored) {
        return Arrays.stream(stored.split(","))
                .filter(day -> !day.isEmpty())
                .map(LocalDate::parse)
                .collect(Collectors.toSet());
    }
}
