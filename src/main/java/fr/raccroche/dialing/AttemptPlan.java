package fr.raccroche.dialing;

import static fr.raccroche.platform.FrenchCalendar.PARIS;

import fr.raccroche.campaign.CallingHours;
import fr.raccroche.campaign.CallingHours.DayPart;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When to try again and at which number: at most as many attempts as the campaign allows, one a day except after a busy
 * line, moving through the parts of the day, the next number after two silent tries.
 */
public final class AttemptPlan {

    /** A busy line is free again soon; somebody is at home. */
    static final Duration AFTER_BUSY = Duration.ofMinutes(30);
    /** A technical failure says nothing of the youth. */
    static final Duration AFTER_FAILURE = Duration.ofMinutes(15);

    private static final int SILENT_TRIES = 2;

    /** An attempt that counted. */
    public record Past(Instant at, AttemptResult result, long phoneId) {}

    /** What follows. */
    public sealed interface Next {

        /** Try again from {@code at} on. */
        record At(Instant at) implements Next {}

        /** All attempts are used. */
        record Exhausted() implements Next {}

        /** No number is left that makes sense to call. */
        record NoNumber() implements Next {}
    }

    private AttemptPlan() {}

    /**
     * What follows the last attempt.
     *
     * @param past the attempts that counted, oldest first, the last one included
     */
    public static Next next(CallingHours hours, int maxAttempts, List<Phone> phones, List<Past> past, Instant now) {
        if (phones.stream().noneMatch(Phone::isUsable)) {
            return new Next.NoNumber();
        }
        if (past.size() >= maxAttempts) {
            return new Next.Exhausted();
        }
        return new Next.At(past.isEmpty() ? hours.nextOpening(now, Duration.ZERO) : after(hours, past.getLast(), now));
    }

    private static Instant after(CallingHours hours, Past last, Instant now) {
        if (last.result() == AttemptResult.BUSY) {
            return hours.nextOpening(now.plus(AFTER_BUSY), Duration.ZERO);
        }
        LocalDate tomorrow = last.at().atZone(PARIS).toLocalDate().plusDays(1);
        return hours.nextOpening(tomorrow, DayPart.of(last.at()).next());
    }

    /** The number to ring now: the last one, or the next usable one after two silent tries; null when none is left. */
    public static @Nullable Phone number(List<Phone> phones, List<Past> past) {
        List<Phone> usable = phones.stream().filter(Phone::isUsable).toList();
        if (usable.isEmpty()) {
            return null;
        }
        int last = past.isEmpty() ? -1 : indexOf(usable, past.getLast().phoneId());
        if (last < 0) {
            return usable.get(
                    past.isEmpty()
                            ? 0
                            : firstAfter(phones, usable, past.getLast().phoneId()));
        }
        return silentTries(past) >= SILENT_TRIES ? usable.get((last + 1) % usable.size()) : usable.get(last);
    }

    /** The number called last is no longer usable: go on with the one that follows it. */
    private static int firstAfter(List<Phone> phones, List<Phone> usable, long phoneId) {
        int position = indexOf(phones, phoneId);
        for (int i = 0; i < usable.size(); i++) {
            if (phones.indexOf(usable.get(i)) > position) {
                return i;
            }
        }
        return 0;
    }

    private static int indexOf(List<Phone> phones, long id) {
        for (int i = 0; i < phones.size(); i++) {
            if (phones.get(i).id() == id) {
                return i;
            }
        }
        return -1;
    }

    /** Silent tries in a row, at the end, on the number called last. */
    private static int silentTries(List<Past> past) {
        long number = past.getLast().phoneId();
        int tries = 0;
        for (Past attempt : past.reversed()) {
            if (attempt.phoneId() != number || !attempt.result().isSilent()) {
                break;
            }
            tries++;
        }
        return tries;
    }
}
