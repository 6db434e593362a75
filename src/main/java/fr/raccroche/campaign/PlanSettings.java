package fr.raccroche.campaign;

import static fr.raccroche.platform.FrenchCalendar.PARIS;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a campaign spreads the attempts at one youth. Numbers are listed in {@link Setting}, each with its unit, default
 * and bounds; what each costs and brings is said on the campaign page.
 *
 * @param afternoonFrom where the morning ends and the afternoon begins, Europe/Paris
 * @param eveningFrom where the afternoon ends and the evening begins, Europe/Paris
 * @param first part of the day for which a youth's first attempt is planned; null for whichever comes first
 */
public record PlanSettings(
        Map<Setting, Integer> values,
        LocalTime afternoonFrom,
        LocalTime eveningFrom,
        @Nullable DayPart first) {

    /** What a number counts. */
    public enum Unit {
        MINUTES,
        HOURS,
        DAYS,
        ATTEMPTS,
        WEIGHT,
        PERCENT
    }

    /** Every number of the plan. */
    public enum Setting {
        WEIGHT_MORNING(Unit.WEIGHT, 3, 0, 10),
        WEIGHT_AFTERNOON(Unit.WEIGHT, 3, 0, 10),
        WEIGHT_EVENING(Unit.WEIGHT, 4, 0, 10),
        /** Least time between the first and the last attempt. */
        SPAN(Unit.DAYS, 21, 0, 120),
        PER_DAY(Unit.ATTEMPTS, 1, 1, 3),
        /** The day's limit when its first attempt met a busy line, or an answer and no agent. */
        PER_DAY_AFTER_BUSY(Unit.ATTEMPTS, 2, 1, 3),
        PER_WEEK(Unit.ATTEMPTS, 4, 1, 10),
        /** 0 for no limit; 4 is what D223-9 of the code de la consommation grants commercial callers. */
        PER_MONTH(Unit.ATTEMPTS, 0, 0, 10),
        /** Over all campaigns. */
        PER_YEAR(Unit.ATTEMPTS, 15, 1, 30),
        AFTER_BUSY(Unit.MINUTES, 30, 10, 240),
        AFTER_ABANDONED(Unit.MINUTES, 15, 5, 240),
        /** Not 24: that would be the same hour every day. */
        AFTER_NO_ANSWER(Unit.HOURS, 27, 3, 168),
        AFTER_VOICEMAIL(Unit.HOURS, 48, 3, 168),
        AFTER_LOST(Unit.HOURS, 27, 3, 168),
        AFTER_INTERRUPTED(Unit.HOURS, 3, 1, 168),
        AFTER_THIRD_PARTY(Unit.HOURS, 27, 3, 168),
        AFTER_WRONG_NUMBER(Unit.HOURS, 3, 1, 168),
        AFTER_TECHNICAL(Unit.MINUTES, 15, 5, 1440),
        AFTER_PASSED(Unit.MINUTES, 30, 5, 1440),
        /** How late a callback of one agent may be before anybody keeps it. */
        CALLBACK_LATE(Unit.MINUTES, 15, 5, 240),
        /** Calls at the moment for which the youth asked, before the plan takes over again. */
        CALLBACK_TRIES(Unit.ATTEMPTS, 2, 1, 5),
        AFTER_MISSED_CALLBACK(Unit.MINUTES, 30, 10, 1440),
        TRIES_PER_NUMBER(Unit.ATTEMPTS, 3, 1, 10),
        /** Attempts of experience that the general contact rate outweighs: the m of smoothed rates. */
        SMOOTHING(Unit.ATTEMPTS, 50, 1, 1000),
        EXPLORATION(Unit.PERCENT, 10, 0, 50);

        private final Unit unit;
        private final int usual;
        private final int least;
        private final int most;

        Setting(Unit unit, int usual, int least, int most) {
            this.unit = unit;
            this.usual = usual;
            this.least = least;
            this.most = most;
        }

        public Unit unit() {
            return unit;
        }

        /** The value of a campaign that says nothing. */
        public int usual() {
            return usual;
        }

        public int least() {
            return least;
        }

        public int most() {
            return most;
        }
    }

    public static final PlanSettings DEFAULT =
            new PlanSettings(Map.of(), LocalTime.of(13, 0), LocalTime.of(17, 0), DayPart.EVENING);

    /** A part shorter than this in a day's hours is not worth a place in the rotation. */
    private static final Duration SHORTEST_PART = Duration.ofMinutes(30);

    private static final Duration AFTER_OUTAGE = Duration.ofMinutes(1);

    /** @throws IllegalArgumentException when a number is out of its bounds or the parts of the day are out of order */
    public PlanSettings {
        var all = new EnumMap<Setting, Integer>(Setting.class);
        for (Setting setting : Setting.values()) {
            int value = values.getOrDefault(setting, setting.usual);
            if (value < setting.least || value > setting.most) {
                throw new IllegalArgumentException(setting + " is " + value);
            }
            all.put(setting, value);
        }
        values = Map.copyOf(all);
        if (!afternoonFrom.isBefore(eveningFrom)) {
            throw new IllegalArgumentException("The evening begins before the afternoon");
        }
    }

    public int get(Setting setting) {
        return values.getOrDefault(setting, setting.usual);
    }

    /** The same with another number. */
    public PlanSettings with(Setting setting, int value) {
        var changed = new EnumMap<>(values);
        changed.put(setting, value);
        return new PlanSettings(changed, afternoonFrom, eveningFrom, first);
    }

    /** The same with another part of the day for first attempts; null for any. */
    public PlanSettings withFirst(@Nullable DayPart part) {
        return new PlanSettings(values, afternoonFrom, eveningFrom, part);
    }

    /** The part of the day in which {@code instant} lies in Europe/Paris. */
    public DayPart partOf(Instant instant) {
        return partOf(instant.atZone(PARIS).toLocalTime());
    }

    DayPart partOf(LocalTime time) {
        return time.isBefore(afternoonFrom)
                ? DayPart.MORNING
                : time.isBefore(eveningFrom) ? DayPart.AFTERNOON : DayPart.EVENING;
    }

    /** Where {@code part} begins, local time. */
    public LocalTime startOf(DayPart part) {
        return switch (part) {
            case MORNING -> LocalTime.MIN;
            case AFTERNOON -> afternoonFrom;
            case EVENING -> eveningFrom;
        };
    }

    private LocalTime endOf(DayPart part) {
        return switch (part) {
            case MORNING -> afternoonFrom;
            case AFTERNOON -> eveningFrom;
            case EVENING -> LocalTime.MAX;
        };
    }

    public int weight(DayPart part) {
        return get(
                switch (part) {
                    case MORNING -> Setting.WEIGHT_MORNING;
                    case AFTERNOON -> Setting.WEIGHT_AFTERNOON;
                    case EVENING -> Setting.WEIGHT_EVENING;
                });
    }

    /** The campaign's hours cut down to {@code part}. */
    CallingHours hours(CallingHours hours, DayPart part) {
        return hours.within(new CallingHours.Span(startOf(part), endOf(part)));
    }

    /** The parts among which attempts rotate: those with a weight in which the hours are open long enough. */
    List<DayPart> parts(CallingHours hours) {
        return Arrays.stream(DayPart.values())
                .filter(part -> weight(part) > 0)
                .filter(part -> hours(hours, part).spans().stream()
                        .anyMatch(span -> span.length().compareTo(SHORTEST_PART) >= 0))
                .toList();
    }

    /** Least time from an attempt that ended like this to the next one. */
    public Duration after(AttemptResult result) {
        return switch (result) {
            case BUSY -> time(Setting.AFTER_BUSY);
            case ABANDONED -> time(Setting.AFTER_ABANDONED);
            case NO_ANSWER -> time(Setting.AFTER_NO_ANSWER);
            case VOICEMAIL -> time(Setting.AFTER_VOICEMAIL);
            case LOST -> time(Setting.AFTER_LOST);
            case INTERRUPTED -> time(Setting.AFTER_INTERRUPTED);
            case THIRD_PARTY -> time(Setting.AFTER_THIRD_PARTY);
            case WRONG_NUMBER -> time(Setting.AFTER_WRONG_NUMBER);
            case TECHNICAL -> time(Setting.AFTER_TECHNICAL);
            case PASSED -> time(Setting.AFTER_PASSED);
            case NOT_PLACED -> AFTER_OUTAGE;
            case CALLBACK, IN_SOLUTION, REFERRAL, NO_REFERRAL, REFUSED, OBJECTED, UNDER_16 -> Duration.ZERO;
        };
    }

    /** From a callback that nobody answered to the next try. */
    public Duration afterMissedCallback() {
        return time(Setting.AFTER_MISSED_CALLBACK);
    }

    private Duration time(Setting setting) {
        return switch (setting.unit) {
            case MINUTES -> Duration.ofMinutes(get(setting));
            case HOURS -> Duration.ofHours(get(setting));
            case DAYS, ATTEMPTS, WEIGHT, PERCENT -> throw new IllegalArgumentException(setting + " is not a delay");
        };
    }
}
