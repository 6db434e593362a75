package fr.raccroche.sms;

import org.jspecify.annotations.Nullable;

/** What a failed text teaches, by Twilio's code. Nothing of it is an attempt at the youth. */
public enum TextFailure {
    /** They told the network to stop: an objection like any other. */
    OBJECTION,
    /** There is no such number: neither texts nor calls. */
    NO_SUCH_NUMBER,
    /** A landline, or a number to which no text goes from here: calls are still fine. */
    NO_TEXTS,
    /** A phone that was off, perhaps, until the text expired: once more, later. */
    LATER,
    /** Our account, our sender, our speed: the same text again, when somebody has mended it. */
    OURS,
    /** Filtered or unexplained: nothing is known about the number; the rate is watched. */
    UNEXPLAINED;

    /** Whether the same text to the same number would fail again. */
    boolean isOfTheNumber() {
        return switch (this) {
            case OBJECTION, NO_SUCH_NUMBER, NO_TEXTS -> true;
            case LATER, OURS, UNEXPLAINED -> false;
        };
    }

    /** @param code Twilio's, null when it gave none */
    public static TextFailure of(@Nullable Integer code) {
        return switch (code == null ? 0 : code) {
            case 21610 -> OBJECTION;
            case 13224, 21201, 21211, 21217 -> NO_SUCH_NUMBER;
            case 21265, 21266, 21408, 21608, 21612, 21614, 21635, 30005, 30006 -> NO_TEXTS;
            case 21214, 30003, 30036 -> LATER;
            case 20003, 20429, 21606, 21611, 30001, 30002, 30450, 30453 -> OURS;
            default -> UNEXPLAINED;
        };
    }
}
