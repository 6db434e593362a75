package fr.raccroche.sms;

import org.jspecify.annotations.Nullable;

/** Where a text stands, on its way out or come in. */
enum TextState {
    /** Waits for its sender, or for an hour in which it may arrive. */
    TO_SEND,
    /** A sender has it, under a lease. */
    SENDING,
    /** Twilio has it. */
    ACCEPTED,
    /** The network has it. */
    SENT,
    DELIVERED,
    UNDELIVERED,
    FAILED,
    CANCELED,
    /** Nobody knows whether it left, so that it is not sent again. */
    UNKNOWN,
    /** Came in from a youth. */
    RECEIVED;

    /** What Twilio calls so in its reports; null for words that say nothing. */
    static @Nullable TextState reported(String twilio) {
        return switch (twilio) {
            case "accepted", "scheduled", "queued", "sending" -> ACCEPTED;
            case "sent" -> SENT;
            case "delivered", "read" -> DELIVERED;
            case "undelivered" -> UNDELIVERED;
            case "failed" -> FAILED;
            case "canceled" -> CANCELED;
            default -> null;
        };
    }
}
