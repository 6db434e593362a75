package fr.raccroche.desk;

import static fr.raccroche.platform.FrenchCalendar.PARIS;

import fr.raccroche.dialing.PromisedCall;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * Calls that an agent promised.
 *
 * @param next the next working day
 * @param forAnybody how many others wait in the agent's campaign, for whoever is free
 */
public record Promises(List<PromisedCall> mine, LocalDate next, long forAnybody, Instant now) {

    public List<LocalDate> days() {
        return List.of(now.atZone(PARIS).toLocalDate(), next);
    }

    /** Those for {@code day}, and with today those that are late. */
    public List<PromisedCall> on(LocalDate day) {
        LocalDate today = now.atZone(PARIS).toLocalDate();
        return mine.stream()
                .filter(promise -> {
                    LocalDate at = promise.at().atZone(PARIS).toLocalDate();
                    return at.equals(day) || (day.equals(today) && at.isBefore(today));
                })
                .toList();
    }
}
