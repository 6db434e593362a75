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
 * What a campaign writes to its youths, and when. Numbers are listed in {@link Setting}, each with its unit, default and
 * bounds.
 *
 * @param letters one for each kind
 * @param fallbackAfter after which attempts without anybody reached the fallback goes out, one to ten, ascending
 * @param hours when texts may arrive; never on a public holiday
 * @param service who writes and calls, as the youth reads it
 */
public record TextSettings(
        Map<TextKind, Letter> letters,
        Map<Setting, Integer> values,
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

    /** What a number counts. */
    public enum Unit {
        MINUTES,
        HOURS,
        DAYS,
        TEXTS,
        MILLI_EURO
    }

    /** Every number. */
    public enum Setting {
        /** From the announcement to the first call. */
        ANNOUNCE_BEFORE(Unit.HOURS, 3, 1, 24),
        /** From the reminder to the call that was asked for. */
        REMIND_BEFORE(Unit.MINUTES, 120, 15, 1440),
        /** Texts to one youth in this campaign, all kinds. */
        PER_YOUTH(Unit.TEXTS, 4, 1, 10),
        /** Between two texts, of all campaigns; a reminder, which was asked for, need not wait. */
        GAP(Unit.HOURS, 24, 1, 336),
        /** How long a personal link opens the youth's page. */
        LINK(Unit.DAYS, 30, 1, 90),
        /** Of one segment, as the operator bills it. */
        PRICE(Unit.MILLI_EURO, 80, 0, 1000);

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

    /** Marketing texts may go out until 22 h; a calling youth service stays well inside. */
    public static final CallingHours HOURS =
            hours(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.SATURDAY), LocalTime.of(8, 0), LocalTime.of(20, 0));

    public static final List<Integer> FALLBACK_AFTER = List.of(3, 6, 10);
    /** Without the circumflex, which would make every text count double. */
    public static final String SERVICE = "la Région Ile-de-France";

    /** @throws IllegalArgumentException when a number is out of its bounds */
    public TextSettings {
        var all = new EnumMap<Setting, Integer>(Setting.class);
        for (Setting setting : Setting.values()) {
            int value = values.getOrDefault(setting, setting.usual);
            if (value < setting.least || value > setting.most) {
                throw new IllegalArgumentException(setting + " is " + value);
            }
            all.put(setting, value);
        }
        values = Map.copyOf(all);
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

    public int get(Setting setting) {
        return values.getOrDefault(setting, setting.usual);
    }

    /** A number of minutes, hours or days as time. */
    public Duration time(Setting setting) {
        return switch (setting.unit) {
            case MINUTES -> Duration.ofMinutes(get(setting));
            case HOURS -> Duration.ofHours(get(setting));
            case DAYS -> Duration.ofDays(get(setting));
            case TEXTS, MILLI_EURO -> throw new IllegalArgumentException(setting + " is no time");
        };
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
    public TextSettings with(Setting setting, int value) {
        var changed = new EnumMap<>(values);
        changed.put(setting, value);
        return new TextSettings(letters, changed, fallbackAfter, hours, service);
    }

    /** The same with other hours. */
    public TextSettings with(CallingHours other) {
        return new TextSettings(letters, values, fallbackAfter, other, service);
    }
}
