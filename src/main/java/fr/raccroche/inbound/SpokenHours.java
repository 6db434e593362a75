package fr.raccroche.inbound;

import fr.raccroche.campaign.CallingHours;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Hours as a voice says them: "du lundi au vendredi, de 10 heures à 13 heures et de 14 heures à 20 heures". */
final class SpokenHours {

    private static final int A_ROW = 3;

    private SpokenHours() {}

    static String of(CallingHours hours) {
        String spans = and(hours.spans().stream()
                .map(span -> "de " + time(span.opens()) + " à " + time(span.closes()))
                .toList());
        return days(hours.days().stream().sorted().toList()) + ", " + spans;
    }

    /** Three days in a row or more are said by their ends. */
    private static String days(List<DayOfWeek> days) {
        int row = days.getLast().getValue() - days.getFirst().getValue() + 1;
        if (days.size() >= A_ROW && row == days.size()) {
            return "du " + name(days.getFirst()) + " au " + name(days.getLast());
        }
        return "le " + and(days.stream().map(SpokenHours::name).toList());
    }

    private static String name(DayOfWeek day) {
        return day.getDisplayName(TextStyle.FULL, Locale.FRENCH);
    }

    private static String time(LocalTime time) {
        String hours = time.getHour() + (time.getHour() < 2 ? " heure" : " heures");
        return time.getMinute() == 0 ? hours : hours + " " + time.getMinute();
    }

    private static String and(List<String> parts) {
        var all = new ArrayList<>(parts);
        String last = all.removeLast();
        return all.isEmpty() ? last : all.stream().collect(Collectors.joining(", ")) + " et " + last;
    }
}
