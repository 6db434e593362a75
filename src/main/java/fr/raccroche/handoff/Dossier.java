package fr.raccroche.handoff;

import fr.raccroche.handoff.Handoff.EventKind;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything a structure needs to call one youth back, and what has been done so far.
 *
 * @param objected the youth asked not to be contacted any more; the numbers are then withheld
 */
record Dossier(Line line, boolean objected, Particulars particulars, List<Phone> numbers, List<Entry> history) {

    private static final int TRIES_BEFORE_ADVICE = 2;

    /** @param guardian name of the guardian who owns the number, when it is a guardian's */
    record Phone(String e164, String owner, @Nullable String guardian, boolean usable) {}

    /** What the structure's own system asks for, beside the names and the birth date; nothing of whoever objected. */
    record Particulars(
            @Nullable String email,
            @Nullable String address,
            @Nullable String postalCode,
            @Nullable String lastTraining) {

        static final Particulars WITHHELD = new Particulars(null, null, null, null);
    }

    /**
     * A line of the history.
     *
     * @param by who did it; null when the program did
     * @param from the structure that had it before; null when none had, or it did not move
     * @param to the structure that has it since; null when it did not move
     */
    record Entry(
            Instant at,
            EventKind kind,
            @Nullable String by,
            @Nullable String note,
            @Nullable String from,
            @Nullable String to) {}

    /** After two fruitless tries the page proposes to close: the list stays for those who can be helped. */
    public boolean triedEnough() {
        return line.open()
                && history.stream()
                                .filter(entry -> entry.kind() == EventKind.TRIED)
                                .count()
                        >= TRIES_BEFORE_ADVICE;
    }
}
