package fr.raccroche.queue;

import fr.raccroche.youth.Age;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Who comes first among those who are due: first calls that were promised, then those that texts asked for, then whoever answered the last call and found
 * no agent, then 16 and 17 year olds, who are bound to train (R23), and within both whoever was listed last, because fresh
 * numbers work and fresh situations can be changed.
 */
public final class Priority {

    /** A call that was promised for its hour. */
    public static final int CALLBACK = 11;

    /** A text asked for a call. */
    public static final int ASKED_BY_TEXT = 10;

    /** The last call was answered, and no agent was there. */
    public static final int OWED = 9;

    static final int TRAINING_OBLIGATION = 3;
    static final int FRESH = 2;
    static final int RECENT = 1;

    static final int FRESH_DAYS = 14;
    static final int RECENT_DAYS = 42;

    private Priority() {}

    /**
     * The place in the queue, higher first.
     *
     * @param callback whether the youth asked to be called
     * @param listedOn when the list that last brought the youth was loaded; null when nobody knows
     */
    public static int of(boolean callback, LocalDate birthDate, @Nullable LocalDate listedOn, LocalDate today) {
        return callback ? CALLBACK : obligation(birthDate, today) + freshness(listedOn, today);
    }

    private static int obligation(LocalDate birthDate, LocalDate today) {
        return Age.at(birthDate, today).trainingObligation() ? TRAINING_OBLIGATION : 0;
    }

    private static int freshness(@Nullable LocalDate listedOn, LocalDate today) {
        if (listedOn == null || listedOn.isBefore(today.minusDays(RECENT_DAYS))) {
            return 0;
        }
        return listedOn.isBefore(today.minusDays(FRESH_DAYS)) ? RECENT : FRESH;
    }
}
