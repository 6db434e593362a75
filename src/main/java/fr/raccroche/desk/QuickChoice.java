package fr.raccroche.desk;

import static fr.raccroche.platform.FrenchCalendar.PARIS;

import fr.raccroche.campaign.CallingHours;
import fr.raccroche.campaign.Campaign;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What people say when they are asked when to call again: in an hour, this evening, tomorrow at this hour. Only what the
 * campaign can keep is offered.
 *
 * @param label in the words of the one who asks
 * @param at local time
 */
public record QuickChoice(String label, LocalDateTime at) {

    private static final Duration STEP = Duration.ofMinutes(30);
    private static final Duration SOON = Duration.ofHours(1);
    private static final int ROUNDED_TO = 5;
    private static final LocalTime EVENING = LocalTime.of(18, 0);
    private static final int HORIZON_DAYS = 10;

    static List<QuickChoice> of(Campaign campaign, Instant now) {
        LocalDateTime local = now.atZone(PARIS).toLocalDateTime().truncatedTo(ChronoUnit.MINUTES);
        LocalDate today = local.toLocalDate();
        LocalDate next = nextDay(campaign, today);
        return Stream.of(
                        choice(campaign, "Dans 1 h", soon(local)),
                        first(campaign, today, EVENING, now)
                                .filter(at -> at.isAfter(soon(local)))
                                .map(at -> new QuickChoice("Ce soir", at)),
                        sameHour(campaign, next, local, now),
                        next == null
                                ? Optional.<QuickChoice>empty()
                                : first(campaign, next, EVENING, now)
                                        .map(at -> new QuickChoice(name(next, today) + " soir", at)))
                .flatMap(Optional::stream)
                .filter(distinctMoments())
                .toList();
    }

    private static Predicate<QuickChoice> distinctMoments() {
        var seen = new HashSet<LocalDateTime>();
        return choice -> seen.add(choice.at());
    }

    private static LocalDateTime soon(LocalDateTime now) {
        LocalDateTime in = now.plus(SOON);
        return in.plusMinutes((ROUNDED_TO - in.getMinute() % ROUNDED_TO) % ROUNDED_TO);
    }

    private static Optional<QuickChoice> choice(Campaign campaign, String label, LocalDateTime at) {
        return isOpen(campaign, at) ? Optional.of(new QuickChoice(label, at)) : Optional.empty();
    }

    /** The next open day at this hour, or the first half hour after it. */
    private static Optional<QuickChoice> sameHour(
            Campaign campaign, @Nullable LocalDate next, LocalDateTime local, Instant now) {
        if (next == null) {
            return Optional.empty();
        }
        LocalTime hour = local.toLocalTime();
        LocalTime half = LocalTime.of(hour.getHour(), hour.getMinute() < STEP.toMinutes() ? 0 : 30);
        String name = name(next, local.toLocalDate());
        return first(campaign, next, half, now)
                .map(at -> new QuickChoice(name + (at.toLocalTime().equals(half) ? ", même heure" : ""), at));
    }

    /** The first half hour of {@code day} from {@code from} on for which a call can be promised. */
    private static Optional<LocalDateTime> first(Campaign campaign, LocalDate day, LocalTime from, Instant now) {
        return Stream.iterate(day.atTime(from), at -> at.toLocalDate().equals(day), at -> at.plus(STEP))
                .filter(at -> at.atZone(PARIS).toInstant().isAfter(now) && isOpen(campaign, at))
                .findFirst();
    }

    private static @Nullable LocalDate nextDay(Campaign campaign, LocalDate today) {
        return Stream.iterate(today.plusDays(1), day -> day.plusDays(1))
                .limit(HORIZON_DAYS)
                .filter(day ->
                        !day.isAfter(campaign.endsOn()) && campaign.hours().isOpenDay(day))
                .findFirst()
                .orElse(null);
    }

    private static boolean isOpen(Campaign campaign, LocalDateTime at) {
        return campaign.isOpenAt(at.atZone(PARIS).toInstant(), CallingHours.TO_PROMISE);
    }

    private static String name(LocalDate day, LocalDate today) {
        if (day.equals(today.plusDays(1))) {
            return "Demain";
        }
        String name = day.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.FRENCH);
        return name.substring(0, 1).toUpperCase(Locale.FRENCH) + name.substring(1);
    }
}
