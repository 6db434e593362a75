package fr.raccroche.sms;

import org.jspecify.annotations.Nullable;

/** What a failed text teaches, by Twilio's code. Nothing of it is an attempt at the youth. */
public enum TextFailure {
    /** They told the network to stop: an objection like any other. */
    OBJECTION,
    /** There is no such number: neither texts nor calls. */
    NO_SUCH_NUMBER,
    /** A landline, or a number that no text reaches: calls are still fine. */
    NO_TEXTS,
    /** A phone that was off, perhaps: once more, later. */
    LATER,
    /** Our account, our sender, our speed: the same text again, when somebody has mended it. */
    OURS,
    /** Filtered or unexplained: nothing is known about the number; the rate is watched. */
    UNEXPLAINED;

    /** @param code Twilio's, null when it gave none */
    public static TextFailure of(@Nullable Integer code) {
        return switch (code == null ? 0 : code) {
            case 21610 -> OBJECTION;
            case 13224, 21201, 21211, 21217 -> NO_SUCH_NUMBER;
            case 21612, 21614, 21635, 30005, 30006 -> NO_TEXTS;
            case 21214, 30003 -> LATER;
            case 20003, 20429, 21408, 21606, 21611, 30001, 30002, 30450, 30453 -> OURS;
            default -> UNEXPLAINED;
        };
    }
}
