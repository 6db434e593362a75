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
 * How a campaign spreads the attempts at one youth. Numbers are listed in {@link PlanSetting}, each with its unit, default
 * and bounds; what each costs and brings is said on the campaign page.
 *
 * @param afternoonFrom where the morning ends and the afternoon begins, Europe/Paris
 * @param eveningFrom where the afternoon ends and the evening begins, Europe/Paris
 * @param first part of the day for which a youth's first attempt is planned; null for whichever comes first
 */
public record PlanSettings(
        Map<PlanSetting, Integer> values,
        LocalTime afternoonFrom,
        LocalTime eveningFrom,
        @Nullable DayPart first) {

    public static final PlanSettings DEFAULT =
            new PlanSettings(Map.of(), LocalTime.of(13, 0), LocalTime.of(17, 0), DayPart.EVENING);

    /** A part shorter than this in a day's hours is not worth a place in the rotation. */
    private static final Duration SHORTEST_PART = Duration.ofMinutes(30);

    private static final Duration AFTER_OUTAGE = Duration.ofMinutes(1);

    /** @throws IllegalArgumentException when a number is out of its bounds or the parts of the day are out of order */
    public PlanSettings {
        values = Knob.complete(PlanSetting.class, values);
        if (!afternoonFrom.isBefore(eveningFrom)) {
            throw new IllegalArgumentException("The evening begins before the afternoon");
        }
    }

    public int get(PlanSetting setting) {
        return values.getOrDefault(setting, setting.knob().usual());
    }

    /** The same with another number. */
    public PlanSettings with(PlanSetting setting, int value) {
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
                    case MORNING -> PlanSetting.WEIGHT_MORNING;
                    case AFTERNOON -> PlanSetting.WEIGHT_AFTERNOON;
                    case EVENING -> PlanSetting.WEIGHT_EVENING;
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
        PlanSetting delay = result.delay();
        if (delay == null) {
            return result == AttemptResult.NOT_PLACED ? AFTER_OUTAGE : Duration.ZERO;
        }
        return time(delay);
    }

    /** From a callback that nobody answered to the next try. */
    public Duration afterMissedCallback() {
        return time(PlanSetting.AFTER_MISSED_CALLBACK);
    }

    private Duration time(PlanSetting setting) {
        return setting.knob().time(get(setting));
    }
}
