package fr.raccroche.campaign;

import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A day that calls may fall on, as a form offers it. */
record CallingDay(String value, String label, boolean checked) {

    /** Monday to Saturday, those of {@code hours} ticked. */
    static List<CallingDay> all(CallingHours hours) {
        return EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.SATURDAY).stream()
                .map(day -> new CallingDay(day.name(), label(day), hours.days().contains(day)))
                .toList();
    }

    /** "lun., mar., jeu." */
    static String named(CallingHours hours) {
        return hours.days().stream().sorted().map(CallingDay::label).collect(Collectors.joining(", "));
    }

    private static String label(DayOfWeek day) {
        return day.getDisplayName(TextStyle.SHORT, Locale.FRENCH);
    }
}
