package fr.raccroche.campaign;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a campaign writes to its youths, and when. Numbers are listed in {@link TextSetting}, each with its unit, default and
 * bounds.
 *
 * @param letters one for each kind
 * @param fallbackAfter after which attempts without anybody reached the fallback goes out, one to ten, ascending
 * @param hours when texts may arrive; never on a public holiday
 * @param service who writes and calls, as the youth reads it
 */
public record TextSettings(
        Map<TextKind, Letter> letters,
        Map<TextSetting, Integer> values,
        List<Integer> fallbackAfter,
        CallingHours hours,
        String service) {

    /**
     * One kind of text.
     *
     * @param on whether it goes out
     * @param template empty while nobody wrote one
     */
    public record Letter(boolean on, TextTemplate template) {}

    /** Marketing texts may go out until 22 h; a calling youth service stays well inside. */
    public static final CallingHours HOURS =
            hours(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.SATURDAY), LocalTime.of(8, 0), LocalTime.of(20, 0));

    public static final List<Integer> FALLBACK_AFTER = List.of(3, 6, 10);
    /** Without the circumflex, which would make every text count double. */
    public static final String SERVICE = "la Région Ile-de-France";

    /** @throws IllegalArgumentException when a number is out of its bounds */
    public TextSettings {
        values = Knob.complete(TextSetting.class, values);
        var each = new EnumMap<TextKind, Letter>(TextKind.class);
        for (TextKind kind : TextKind.values()) {
            each.put(kind, letters.getOrDefault(kind, new Letter(false, new TextTemplate(""))));
        }
        letters = Map.copyOf(each);
        fallbackAfter = fallbackAfter.stream().distinct().sorted().toList();
        if (fallbackAfter.stream().anyMatch(n -> n < 1 || n > Campaign.MOST_ATTEMPTS)) {
            throw new IllegalArgumentException("A fallback after an attempt that cannot be: " + fallbackAfter);
        }
    }

    /** The product's defaults: the fallback with this template, and nothing else. */
    public static TextSettings fallback(String template) {
        return new TextSettings(
                Map.of(TextKind.FALLBACK, new Letter(true, new TextTemplate(template))),
                Map.of(),
                FALLBACK_AFTER,
                HOURS,
                SERVICE);
    }

    /** One span a day. */
    public static CallingHours hours(Set<DayOfWeek> days, LocalTime opens, LocalTime closes) {
        return new CallingHours(days, List.of(new CallingHours.Span(opens, closes)));
    }

    public int get(TextSetting setting) {
        return values.getOrDefault(setting, setting.knob().usual());
    }

    /** A number of minutes, hours or days as time. */
    public Duration time(TextSetting setting) {
        return setting.knob().time(get(setting));
    }

    public boolean isOn(TextKind kind) {
        return letter(kind).on();
    }

    public TextTemplate template(TextKind kind) {
        return letter(kind).template();
    }

    private Letter letter(TextKind kind) {
        return letters.getOrDefault(kind, new Letter(false, new TextTemplate("")));
    }

    /** The same with another letter. */
    public TextSettings with(TextKind kind, Letter letter) {
        var changed = new EnumMap<>(letters);
        changed.put(kind, letter);
        return new TextSettings(changed, values, fallbackAfter, hours, service);
    }

    /** The same with another number. */
    public TextSettings with(TextSetting setting, int value) {
        var changed = new EnumMap<>(values);
        changed.put(setting, value);
        return new TextSettings(letters, changed, fallbackAfter, hours, service);
    }

    /** The same with other hours. */
    public TextSettings with(CallingHours other) {
        return new TextSettings(letters, values, fallbackAfter, other, service);
    }
}
