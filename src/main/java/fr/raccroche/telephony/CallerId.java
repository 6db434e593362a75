package fr.raccroche.telephony;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The number of somebody who rings, as Twilio tells it. */
public final class CallerId {

    /** What Twilio sends instead of a hidden number: ANONYMOUS, UNAVAILABLE, RESTRICTED and BLOCKED on a keypad. */
    private static final Set<String> WORDS_IN_DIGITS = Set.of("+266696687", "+86282452253", "+7378742833", "+2562533");

    private CallerId() {}

    /** The number, or null when the caller hides it or it is none. */
    public static @Nullable String e164(@Nullable String from) {
        return from == null || !from.matches("\\+[1-9][0-9]{6,14}") || WORDS_IN_DIGITS.contains(from) ? null : from;
    }
}
