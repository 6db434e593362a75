package fr.raccroche.campaign;

import static fr.raccroche.platform.FrenchCalendar.PARIS;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * How whoever enters a campaign's queue begins, be it when the campaign starts or later.
 *
 * @param firstAttempt for when their first call is planned
 * @param announcement of that call, which then waits for it; null when the campaign announces nothing
 */
public record Beginning(Instant firstAttempt, @Nullable Announcement announcement) {

    /** Decides for those who enter at {@code now}; nobody is called before the campaign's first day. */
    public static Beginning of(LocalDate startsOn, AttemptPlan plan, TextSettings texts, Instant now) {
        Instant start = startsOn.atStartOfDay(PARIS).toInstant();
        Instant first = plan.first(now.isAfter(start) ? now : start);
        return new Beginning(
                first, texts.isOn(TextKind.ANNOUNCEMENT) ? Announcement.of(plan, texts, first, now) : null);
    }
}
