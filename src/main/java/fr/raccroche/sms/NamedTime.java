package fr.raccroche.sms;

import static java.util.Map.entry;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A time that somebody names in a text. Where several could be meant it is the latest: too late is better than too early.
 *
 * @param floor the earliest moment; null when only a person understands it, as « après les cours »
 */
record NamedTime(@Nullable Instant floor) {

    private static final Map<String, Integer> NUMBERS = Map.ofEntries(
            entry("un", 1),
            entry("une", 1),
            entry("deux", 2),
            entry("trois", 3),
            entry("quatre", 4),
            entry("cinq", 5),
            entry("six", 6),
            entry("sept", 7),
            entry("huit", 8),
            entry("neuf", 9),
            entry("dix", 10),
            entry("onze", 11),
            entry("douze", 12),
            entry("treize", 13),
            entry("quatorze", 14),
            entry("quinze", 15),
            entry("seize", 16),
            entry("dix sept", 17),
            entry("dix huit", 18),
            entry("dix neuf", 19),
            entry("vingt", 20),
            entry("vingt et une", 21),
            entry("vingt deux", 22));

    private static final String IN_WORDS =
            "vingt deux|vingt et une|vingt|dix sept|dix huit|dix neuf|seize|quinze|quatorze"
                    + "|treize|douze|onze|dix|neuf|huit|sept|six|cinq|quatre|trois|deux|une|un";
    private static final String NUMBER = "(\\d{1,3}|" + IN_WORDS + ")";

    private static final Map<String, DayOfWeek> DAYS = Map.of(
            "lundi", DayOfWeek.MONDAY,
            "mardi", DayOfWeek.TUESDAY,
            "mercredi", DayOfWeek.WEDNESDAY,
            "jeudi", DayOfWeek.THURSDAY,
            "vendredi", DayOfWeek.FRIDAY,
            "samedi", DayOfWeek.SATURDAY,
            "dimanche", DayOfWeek.SUNDAY);

    private static final Map<String, Integer> MONTHS = Map.ofEntries(
            entry("janvier", 1),
            entry("fevrier", 2),
            entry("mars", 3),
            entry("avril", 4),
            entry("mai", 5),
            entry("juin", 6),
            entry("juillet", 7),
            entry("juilet", 7),
            entry("aout", 8),
            entry("septembre", 9),
            entry("octobre", 10),
            entry("novembre", 11),
            entry("decembre", 12));

    private static final Pattern PAST =
            Wording.pattern("\\b(?:hier|avant hier|(?:depuis|il y a)(?: (?!jusqu|pas)\\w+){1,2}"
                    + "|\\w+ (?:dernier|derniere|passe))\\b");

    private static final Pattern HOUR =
            Wording.pattern("\\b(?:(avant|pas avant|que avant|qu avant) )?(?:les )?(?:(\\d{1,2}) ?(?:h|heures?|hr|hrs)"
                    + " ?([0-5]\\d)?|(" + IN_WORDS
                    + ") heures?(?: (trente|quinze|et demie?))?|(?<!\\bapres )(midi)|(\\d{1,2}) ?(am|pm))\\b"
                    + "( du soir| de l apres midi| du matin)?");
    private static final Pattern BARE_HOUR =
            Wording.pattern("\\b(?:vers|apres|jusqu a|pas avant|a partir de|des|a) (\\d{1,2})(?: ?([0-5]\\d))?$");
    private static final Pattern DELAY = Wording.pattern(
            "\\b(?:dans|d ici) (?:environ |a peu pres |genre |au moins )?" + "(?:" + NUMBER
                    + " ?(h|heures?|min|mins|minutes?|m|jours?|j|semaines?|sem|mois)(?: ?([0-5]\\d))?\\b|(une )?(demi heure)|(un )?(quart d heure)|(quelques minutes|quelques jours))");
    private static final Pattern DAY = Wording.pattern(
            "\\b(?:(pas|jusqu a|jusqu au|jusque|plus|jusqu) )?(?:(?:ce|le|a|au) )?"
                    + "(apres demain|demain|aujourd hui|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|week end|weekend|we"
                    + "|semaine prochaine|sem prochaine|mois prochain|tomorrow|monday|tuesday|wednesday|thursday|friday)s?\\b( prochain)?");
    private static final Pattern DATE = Wording.pattern(
            "\\b(?:(jusqu|jusque|pas(?! avant)) )?(?:le|du|au|avant le|apres le) (\\d{1,2}|1er)"
                    + "(?:(?:/| )(\\d{1,2})\\b(?!h)(?:/\\d{2,4})?| (janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre))?\\b(?! ?(?:h|heure|%|eme|e|ans?|euros?|fois)\\b)");
    private static final Pattern PART = Wording.pattern(
            "\\b(ce soir|cet? apres midi|demain soir|(?<!\\bles? )soir|en soiree|apres midi|this afternoon|tonight)\\b");

    private static final Pattern NOT_BEFORE =
            Wording.pattern("\\b(?:pas|plus|ne|n|rien|jamais|not|don t)\\b.*\\b(?:avant|before)\\b");
    private static final Pattern NOT_TODAY =
            Wording.pattern("\\bpas (?:ce soir|cet? apres midi|ce matin|ce midi|cette apres midi|aujourd hui)\\b");

    private static final Pattern VAGUE =
            Wording.pattern("\\b(?:plus tard|tout a l heure|tantot|dans la (?:journee|soiree|semaine|matinee)|le matin"
                    + "|le soir|le midi|la journee|fin de (?:journee|matinee|semaine)|apres (?:les|le|mes|mon|la|ma) (?:cours|travail|boulot|taf|lycee|ecole"
                    + "|vacances|bac|examens?|pause|repas|service|stage|formation)|un autre (?:jour|moment)|une autre fois|(?<!n est )pas (?:maintenant|tout de suite|la)"
                    + "|pour (?:l instant|le moment)|en ce moment|pas ce matin|ce matin|la rentree|prochainement|bientot|later|after (?:work|school)"
                    + "|not now)\\b");

    private static final int EARLIEST_LIKELY = 8;
    private static final LocalTime AFTERNOON = LocalTime.of(14, 0);
    private static final LocalTime EVENING = LocalTime.of(18, 0);

    /** The time that a text names for a reader where {@code now} is; null when it names none. */
    static @Nullable NamedTime in(Wording text, ZonedDateTime now) {
        String words = PAST.matcher(text.all()).replaceAll("");
        ZonedDateTime delayed = delayed(words, now);
        LocalDate day = day(words, now.toLocalDate());
        LocalTime hour = hour(words);
        LocalTime part = part(words);
        if (delayed != null) {
            return new NamedTime(delayed.toInstant());
        }
        LocalTime from = hour != null ? hour : part;
        if (NOT_TODAY.matcher(words).find()) {
            day = later(now.toLocalDate().plusDays(1), day);
            from = hour;
        }
        if (day != null) {
            return new NamedTime(day.atTime(from == null ? LocalTime.MIN : from)
                    .atZone(now.getZone())
                    .toInstant());
        }
        if (from != null) {
            ZonedDateTime today = now.with(from);
            return new NamedTime((today.isAfter(now) ? today : today.plusDays(1)).toInstant());
        }
        return VAGUE.matcher(words).find()
                        || DAY.matcher(words).find()
                        || HOUR.matcher(words).find()
                ? new NamedTime(null)
                : null;
    }

    private static @Nullable ZonedDateTime delayed(String words, ZonedDateTime now) {
        ZonedDateTime latest = null;
        for (MatchResult found : DELAY.matcher(words).results().toList()) {
            ZonedDateTime at = delayed(found, now);
            latest = latest == null || at.isAfter(latest) ? at : latest;
        }
        return latest;
    }

    private static ZonedDateTime delayed(MatchResult found, ZonedDateTime now) {
        if (found.group(1) == null) {
            return found.group(5) != null
                    ? now.plusMinutes(30)
                    : found.group(7) != null
                            ? now.plusMinutes(15)
                            : "quelques jours".equals(found.group(8)) ? now.plusDays(3) : now.plusMinutes(30);
        }
        int n = number(found.group(1));
        String unit = found.group(2);
        if (unit.startsWith("h")) {
            return now.plusHours(n).plusMinutes(found.group(3) == null ? 0 : Integer.parseInt(found.group(3)));
        }
        if (unit.startsWith("mo")) {
            return now.plusMonths(n);
        }
        if (unit.startsWith("m")) {
            return now.plusMinutes(n);
        }
        ZonedDateTime day = unit.startsWith("j") ? now.plusDays(n) : now.plusWeeks(n);
        return day.with(LocalTime.MIN);
    }

    private static @Nullable LocalTime hour(String words) {
        LocalTime latest = null;
        for (MatchResult found : HOUR.matcher(words).results().toList()) {
            LocalTime hour =
                    "avant".equals(found.group(1)) && !NOT_BEFORE.matcher(words).find() ? null : hour(found);
            latest = hour != null && (latest == null || hour.isAfter(latest)) ? hour : latest;
        }
        if (latest == null) {
            var bare = BARE_HOUR.matcher(words);
            latest = bare.find() ? time(Integer.parseInt(bare.group(1)), bare.group(2), "") : null;
        }
        return latest;
    }

    private static @Nullable LocalTime hour(MatchResult found) {
        String part = found.group(9) == null ? "" : found.group(9).strip();
        if (found.group(6) != null) {
            return LocalTime.NOON;
        }
        if (found.group(7) != null) {
            int hour = Integer.parseInt(found.group(7)) % 12;
            return time("pm".equals(found.group(8)) ? hour + 12 : hour, null, "du matin");
        }
        if (found.group(4) != null) {
            String minutes = found.group(5);
            return time(number(found.group(4)), minutes == null ? null : "quinze".equals(minutes) ? "15" : "30", part);
        }
        return time(Integer.parseInt(found.group(2)), found.group(3), part);
    }

    /** Who says six means the evening: nobody is called at six in the morning. */
    private static @Nullable LocalTime time(int hour, @Nullable String minutes, String part) {
        boolean evening = hour < 12
                && !part.equals("du matin")
                && (part.endsWith("soir") || part.endsWith("midi") || (hour > 0 && hour < EARLIEST_LIKELY));
        int full = evening ? hour + 12 : hour;
        return full > 23 ? null : LocalTime.of(full, minutes == null ? 0 : Integer.parseInt(minutes));
    }

    private static @Nullable LocalTime part(String words) {
        var found = PART.matcher(words);
        return !found.find()
                ? null
                : found.group().contains("soi") || found.group().equals("tonight") ? EVENING : AFTERNOON;
    }

    private static @Nullable LocalDate day(String words, LocalDate today) {
        LocalDate latest = null;
        for (MatchResult found : DAY.matcher(words).results().toList()) {
            latest = later(latest, day(found, today));
        }
        for (MatchResult found : DATE.matcher(words).results().toList()) {
            latest = later(latest, date(found, today));
        }
        return latest;
    }

    private static @Nullable LocalDate later(@Nullable LocalDate one, @Nullable LocalDate other) {
        return one == null || (other != null && other.isAfter(one)) ? other : one;
    }

    private static @Nullable LocalDate day(MatchResult found, LocalDate today) {
        boolean after = found.group(1) != null;
        LocalDate day = switch (found.group(2)) {
            case "demain", "tomorow" -> today.plusDays(1);
            case "apres demain" -> today.plusDays(2);
            case "aujourd hui" -> today;
            case "week end", "wekend", "we" -> today.with(TemporalAdjusters.next(DayOfWeek.SATURDAY));
            case "semaine prochaine", "sem prochaine" -> today.with(TemporalAdjusters.next(DayOfWeek.MONDAY));
            case "mois prochain" -> today.plusMonths(1).withDayOfMonth(1);
            case "monday" -> today.with(TemporalAdjusters.next(DayOfWeek.MONDAY));
            case "tuesday" -> today.with(TemporalAdjusters.next(DayOfWeek.TUESDAY));
            case "wednesday" -> today.with(TemporalAdjusters.next(DayOfWeek.WEDNESDAY));
            case "thursday" -> today.with(TemporalAdjusters.next(DayOfWeek.THURSDAY));
            case "friday" -> today.with(TemporalAdjusters.next(DayOfWeek.FRIDAY));
            default -> {
                DayOfWeek named = DAYS.get(found.group(2));
                yield named == null ? today : today.with(TemporalAdjusters.next(named));
            }
        };
        return after ? day.plusDays(1) : day.equals(today) ? null : day;
    }

    private static @Nullable LocalDate date(MatchResult found, LocalDate today) {
        int day = "1er".equals(found.group(2)) ? 1 : Integer.parseInt(found.group(2));
        Integer named = found.group(4) == null ? null : MONTHS.get(found.group(4));
        int month = named != null
                ? named
                : found.group(3) != null ? Integer.parseInt(found.group(3)) : today.getMonthValue();
        try {
            LocalDate date = LocalDate.of(today.getYear(), month, day);
            if (date.isBefore(today)) {
                date = named == null && found.group(3) == null ? date.plusMonths(1) : date.plusYears(1);
            }
            return found.group(1) == null ? date : date.plusDays(1);
        } catch (DateTimeException noSuchDay) {
            return null;
        }
    }

    private static int number(String words) {
        return words.matches("\\d+") ? Integer.parseInt(words) : NUMBERS.getOrDefault(words, 1);
    }
}
