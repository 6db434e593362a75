package fr.raccroche.campaign;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * A number of a campaign that a supervisor turns.
 *
 * @param usual the value of a campaign that says nothing
 */
public record Knob(Unit unit, int usual, int least, int most) {

    /** What the number counts. */
    public enum Unit {
        MINUTES,
        HOURS,
        DAYS,
        ATTEMPTS,
        WEIGHT,
        PERCENT,
        TEXTS,
        MILLIEUROS
    }

    /** A list of knobs, each with its name. */
    public interface Setting {

        Knob knob();
    }

    /** Whether {@code value} is within the bounds. */
    public boolean takes(int value) {
        return value >= least && value <= most;
    }

    /** {@code value} as time; {@link IllegalArgumentException} when it counts something else. */
    Duration time(int value) {
        return switch (unit) {
            case MINUTES -> Duration.ofMinutes(value);
            case HOURS -> Duration.ofHours(value);
            case DAYS -> Duration.ofDays(value);
            case ATTEMPTS, WEIGHT, PERCENT, TEXTS, MILLIEUROS ->
                throw new IllegalArgumentException(unit + " are no time");
        };
    }

    /**
     * A value for every setting of {@code all}, the usual one where {@code given} has none.
     *
     * @throws IllegalArgumentException when a number is out of its bounds
     */
    static <S extends Enum<S> & Setting> Map<S, Integer> complete(Class<S> all, Map<S, Integer> given) {
        var complete = new EnumMap<S, Integer>(all);
        for (S setting : all.getEnumConstants()) {
            int value = given.getOrDefault(setting, setting.knob().usual());
            if (!setting.knob().takes(value)) {
                throw new IllegalArgumentException(setting + " is " + value);
            }
            complete.put(setting, value);
        }
        return Map.copyOf(complete);
    }
}
