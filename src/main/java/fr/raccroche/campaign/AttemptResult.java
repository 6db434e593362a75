package fr.raccroche.campaign;

/** How an attempt ended, from the network or from the agent. */
public enum AttemptResult {
    NO_ANSWER,
    BUSY,
    VOICEMAIL,
    /** The youth answered and no agent was there. */
    ABANDONED,
    /** Nobody can say whether it rang: it counts, better one call fewer than one too many. */
    LOST,
    /** The number or the network failed before anything rang: it does not count. */
    TECHNICAL,
    /** Refused or not reached for a reason of our own: it does not count, for the youth nor for the number. */
    NOT_PLACED,
    /** The agent read the file and passed. */
    PASSED,
    INTERRUPTED,
    THIRD_PARTY,
    WRONG_NUMBER,
    CALLBACK,
    IN_SOLUTION,
    REFERRAL,
    NO_REFERRAL,
    REFUSED,
    OBJECTED,
    UNDER_16;

    /** Whether the network was reached, or nobody can tell, so that one of the ten attempts is used. */
    public boolean counts() {
        return switch (this) {
            case TECHNICAL, NOT_PLACED, PASSED -> false;
            default -> true;
        };
    }

    /** Whether nobody spoke: after several of these in a row, another number is tried. */
    public boolean isSilent() {
        return switch (this) {
            case NO_ANSWER, BUSY, VOICEMAIL, ABANDONED, LOST -> true;
            default -> false;
        };
    }

    /** Whether somebody is at the phone right now and we did not get to speak: worth a second try on the same day. */
    public boolean invitesRetry() {
        return this == BUSY || this == ABANDONED;
    }
}
