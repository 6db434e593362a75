package fr.raccroche.campaign;

import java.time.Duration;
import java.time.Instant;

/** When the announcement goes out, and from when on a first call may follow it. */
public record Announcement(Instant at, Instant firstAttempt) {

    private static final Duration MARGIN = Duration.ofMinutes(1);

    /**
     * The announcement of first calls planned for {@code first}: so many hours before, when texts may arrive, and not
     * before {@code now}. The calls wait when there is not enough time.
     */
    static Announcement of(AttemptPlan plan, TextSettings texts, Instant first, Instant now) {
        Duration before = texts.time(TextSetting.ANNOUNCE_BEFORE);
        Instant early = first.minus(before);
        Instant at = texts.hours().nextOpening(early.isBefore(now) ? now : early, MARGIN);
        Instant earliest = at.plus(before);
        return new Announcement(at, earliest.isAfter(first) ? plan.first(earliest) : first);
    }
}
