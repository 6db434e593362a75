package fr.raccroche.telephony;

import java.util.Locale;

/** What the network says of a call, in the order in which it can happen; the last five end it. */
public enum CallStatus {
    QUEUED,
    INITIATED,
    RINGING,
    IN_PROGRESS,
    COMPLETED,
    BUSY,
    NO_ANSWER,
    FAILED,
    CANCELED;

    /** Reads Twilio's spelling, {@code no-answer} for example. */
    public static CallStatus of(String twilio) {
        return valueOf(twilio.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** Whether nothing can follow. */
    public boolean isFinal() {
        return switch (this) {
            case QUEUED, INITIATED, RINGING, IN_PROGRESS -> false;
            case COMPLETED, BUSY, NO_ANSWER, FAILED, CANCELED -> true;
        };
    }
}
