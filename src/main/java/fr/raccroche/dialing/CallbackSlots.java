package fr.raccroche.dialing;

import static fr.raccroche.platform.FrenchCalendar.PARIS;

import fr.raccroche.campaign.CallingHours;
import fr.raccroche.campaign.Campaign;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The half hours of the next open days for which a call can be promised, and how full each is: callbacks booked, against
 * what the agents who usually work then can call.
 *
 * @param times the half hours of a day, local time; some may be closed on some days
 */
public record CallbackSlots(List<LocalTime> times, List<Day> days) {

    /** How long a slot is, and the end of a callback's window after its beginning. */
    public static final Duration SLOT = Duration.ofMinutes(30);

    /** Callbacks that one agent can keep in a slot, between the other calls: one takes about seven minutes. */
    static final int PER_AGENT = 4;

    private static final int DAYS = 5;
    private static final int HORIZON_DAYS = 31;
    private static final int LEVELS = 4;

    /** One open day; as many slots as there are times. */
    public record Day(LocalDate date, List<Slot> slots) {}

    /**
     * One half hour.
     *
     * @param at its beginning, local time
     * @param open whether a call can be promised for it
     * @param booked callbacks promised for it
     * @param capacity callbacks that can be kept
     */
    public record Slot(LocalDateTime at, boolean open, int booked, int capacity) {

        /** 0 for none to 4 for as many as can be kept, or more. */
        public int level() {
            return booked == 0 ? 0 : Math.min(LEVELS, 1 + (LEVELS - 1) * booked / capacity);
        }

        /** Whether one more promise could hardly be kept. */
        public boolean full() {
            return booked >= capacity;
        }
    }

    /**
     * The slots from {@code now} on.
     *
     * @param booked open callbacks by the beginning of their slot
     * @param agents who usually work in each half hour of the day; where nobody did yet, one does
     */
    public static CallbackSlots of(
            Campaign campaign, Map<Instant, Integer> booked, Map<LocalTime, Double> agents, Instant now) {
        CallingHours hours = campaign.hours();
        List<LocalTime> times = times(hours);
        LocalDate today = now.atZone(PARIS).toLocalDate();
        List<Day> days = Stream.iterate(today, day -> day.plusDays(1))
                .limit(HORIZON_DAYS)
                .filter(day -> !day.isAfter(campaign.endsOn()) && hours.isOpenDay(day))
                .map(day -> new Day(
                        day,
                        times.stream()
                                .map(time -> slot(day.atTime(time), hours, booked, agents, now))
                                .toList()))
                .filter(day -> day.slots().stream().anyMatch(Slot::open))
                .limit(DAYS)
                .toList();
        return new CallbackSlots(times, days);
    }

    private static List<LocalTime> times(CallingHours hours) {
        var times = new TreeSet<LocalTime>();
        for (CallingHours.Span span : hours.spans()) {
            LocalTime time = startOf(span.opens());
            for (time = time.isBefore(span.opens()) ? time.plus(SLOT) : time;
                    time.isBefore(span.closes()) && !times.contains(time);
                    time = time.plus(SLOT)) {
                times.add(time);
            }
        }
        return List.copyOf(times);
    }

    /** The half hour in which {@code time} lies. */
    static LocalTime startOf(LocalTime time) {
        return LocalTime.of(time.getHour(), time.getMinute() < 30 ? 0 : 30);
    }

    private static Slot slot(
            LocalDateTime local,
            CallingHours hours,
            Map<Instant, Integer> booked,
            Map<LocalTime, Double> agents,
            Instant now) {
        Instant at = local.atZone(PARIS).toInstant();
        double expected = Math.max(1, agents.getOrDefault(local.toLocalTime(), 1.0));
        boolean open = at.isAfter(now) && hours.isOpen(at, CallingHours.TO_PROMISE);
        return new Slot(local, open, booked.getOrDefault(at, 0), (int) Math.round(expected * PER_AGENT));
    }
}
