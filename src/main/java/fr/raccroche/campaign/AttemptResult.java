package fr.raccroche.campaign;

import org.jspecify.annotations.Nullable;

/** How an attempt ended, from the network or from the agent. */
public enum AttemptResult {
    NO_ANSWER(PlanSetting.AFTER_NO_ANSWER),
    BUSY(PlanSetting.AFTER_BUSY),
    VOICEMAIL(PlanSetting.AFTER_VOICEMAIL),
    /** The youth answered and no agent was there. */
    ABANDONED(PlanSetting.AFTER_ABANDONED),
    /** Nobody can say whether it rang: it counts, better one call fewer than one too many. */
    LOST(PlanSetting.AFTER_LOST),
    /** The number or the network failed before anything rang: it does not count. */
    TECHNICAL(PlanSetting.AFTER_TECHNICAL),
    /** Refused or not reached for a reason of our own: it does not count, for the youth nor for the number. */
    NOT_PLACED(null),
    /** The agent read the file and passed. */
    PASSED(PlanSetting.AFTER_PASSED),
    INTERRUPTED(PlanSetting.AFTER_INTERRUPTED),
    THIRD_PARTY(PlanSetting.AFTER_THIRD_PARTY),
    WRONG_NUMBER(PlanSetting.AFTER_WRONG_NUMBER),
    CALLBACK(null),
    IN_SOLUTION(null),
    REFERRAL(null),
    NO_REFERRAL(null),
    REFUSED(null),
    OBJECTED(null),
    UNDER_16(null);

    private final @Nullable PlanSetting delay;

    AttemptResult(@Nullable PlanSetting delay) {
        this.delay = delay;
    }

    /** The least time from such an attempt to the next one; null when no setting says it. */
    @Nullable
    PlanSetting delay() {
        return delay;
    }

    /** Whether the network was reached, or nobody can tell, so that one of the ten attempts is used. */
    public boolean counts() {
        return switch (this) {
            case TECHNICAL, NOT_PLACED, PASSED -> false;
            default -> true;
        };
    }

    /** Whether a person spoke, and the number was not said to be wrong. */
    public boolean isTalk() {
        return switch (this) {
            case INTERRUPTED, THIRD_PARTY, CALLBACK, IN_SOLUTION, REFERRAL, NO_REFERRAL, REFUSED, OBJECTED, UNDER_16 ->
                true;
            case NO_ANSWER, BUSY, VOICEMAIL, ABANDONED, LOST, TECHNICAL, NOT_PLACED, PASSED, WRONG_NUMBER -> false;
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
