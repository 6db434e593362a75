package fr.raccroche.campaign;

import static fr.raccroche.platform.FrenchCalendar.PARIS;

import fr.raccroche.platform.FrenchCalendar;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * When a campaign may ring: weekdays and one or two spans a day in Europe/Paris, never on a public holiday. The default
 * follows D223-9 of the code de la consommation, which binds commercial calls only and is a good neighbour's rule.
 */
public record CallingHours(Set<DayOfWeek> days, List<Span> spans) {

    /** How far ahead an opening is looked for; a campaign without any open day within it has none. */
    private static final int HORIZON_DAYS = 60;

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
    }

    /** A part of an open day, for moving attempts through the day. */
    public enum DayPart {
        MORNING(LocalTime.MIN, LocalTime.of(13, 0)),
        AFTERNOON(LocalTime.of(13, 0), LocalTime.of(17, 0)),
        EVENING(LocalTime.of(17, 0), LocalTime.MAX);

        private final LocalTime from;
        private final LocalTime to;

        DayPart(LocalTime from, LocalTime to) {
            this.from = from;
            this.to = to;
        }

        /** The part in which {@code instant} lies in Europe/Paris. */
        public static DayPart of(Instant instant) {
            LocalTime time = instant.atZone(PARIS).toLocalTime();
            return time.isBefore(MORNING.to) ? MORNING : time.isBefore(AFTERNOON.to) ? AFTERNOON : EVENING;
        }

        /** The part to try after this one. */
        public DayPart next() {
            return switch (this) {
                case MORNING -> AFTERNOON;
                case AFTERNOON -> EVENING;
                case EVENING -> MORNING;
            };
        }
    }

    public CallingHours {
        days = Set.copyOf(days);
        spans = List.copyOf(spans);
    }

    /** Whether a call may ring at {@code instant} and for {@code margin} after it. */
    public boolean isOpen(Instant instant, Duration margin) {
        ZonedDateTime from = instant.atZone(PARIS);
        ZonedDateTime to = instant.plus(margin).atZone(PARIS);
        return isOpenDay(from.toLocalDate())
                && from.toLocalDate().equals(to.toLocalDate())
                && spans.stream()
                        .anyMatch(span -> span.contains(from.toLocalTime()) && span.contains(to.toLocalTime()));
    }

    /** Whether any call may ring on {@code day}. */
    public boolean isOpenDay(LocalDate day) {
        return days.contains(day.getDayOfWeek()) && !FrenchCalendar.isPublicHoliday(day);
    }

    /**
     * The first instant from {@code instant} on at which a call may ring for {@code margin}.
     *
     * @throws IllegalStateException when no day of the next two months is open that long
     */
    public Instant nextOpening(Instant instant, Duration margin) {
        return isOpen(instant, margin)
                ? instant
                : openings(instant.atZone(PARIS).toLocalDate(), DayPart.values())
                        .filter(opening -> opening.isAfter(instant) && isOpen(opening, margin))
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("No open day within " + HORIZON_DAYS + " days"));
    }

    /** The beginning of {@code part} on the first open day from {@code day} on that has such a part. */
    public Instant nextOpening(LocalDate day, DayPart part) {
        return openings(day, part)
                .filter(opening -> isOpen(opening, Duration.ZERO))
                .findFirst()
                .orElseGet(() -> nextOpening(day.atStartOfDay(PARIS).toInstant(), Duration.ZERO));
    }

    private Stream<Instant> openings(LocalDate from, DayPart... parts) {
        return Stream.iterate(from, day -> day.plusDays(1))
                .limit(HORIZON_DAYS)
                .filter(this::isOpenDay)
                .flatMap(day -> Arrays.stream(parts).flatMap(part -> openingsOn(day, part)))
                .map(ZonedDateTime::toInstant);
    }

    /** A span that crosses into the part opens there where the part begins. */
    private Stream<ZonedDateTime> openingsOn(LocalDate day, DayPart part) {
        return spans.stream()
                .filter(span -> span.opens().isBefore(part.to) && span.closes().isAfter(part.from))
                .map(span -> span.opens().isBefore(part.from) ? part.from : span.opens())
                .map(time -> day.atTime(time).atZone(PARIS));
    }

    /** {@code MONDAY,TUESDAY}: how the days are stored. */
    String storedDays() {
        return days.stream().sorted().map(DayOfWeek::name).collect(Collectors.joining(","));
    }

    static Set<DayOfWeek> readDays(String stored) {
        return Arrays.stream(stored.split(",")).map(DayOfWeek::valueOf).collect(Collectors.toSet());
    }
}
