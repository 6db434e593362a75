package fr.raccroche.desk;

import fr.raccroche.campaign.AttemptResult;

/** What came out of a call that somebody or something answered, in the order of the form. */
public enum Outcome {
    IN_SOLUTION('1'),
    REFERRAL('2'),
    NO_REFERRAL('3'),
    CALLBACK('4'),
    THIRD_PARTY('5'),
    REFUSED('6'),
    VOICEMAIL('7'),
    INTERRUPTED('8'),
    UNDER_16('9'),
    WRONG_NUMBER('N'),
    OBJECTED('O');

    private final char key;

    Outcome(char key) {
        this.key = key;
    }

    /**
     * The key that chooses it on the desk while nothing is typed; none that means something to a browser, alone or with
     * Ctrl or Alt.
     */
    public char key() {
        return key;
    }

    /** Whether nobody calls there again, so that it is confirmed before it is recorded. */
    public boolean isGrave() {
        return this == WRONG_NUMBER || this == OBJECTED;
    }

    /** Whether nobody calls the youth again for this campaign. */
    public boolean settles() {
        return switch (this) {
            case IN_SOLUTION, REFERRAL, NO_REFERRAL, REFUSED, UNDER_16, OBJECTED -> true;
            case CALLBACK, THIRD_PARTY, VOICEMAIL, INTERRUPTED, WRONG_NUMBER -> false;
        };
    }

    /** Whether the agent says in which solution the youth is. */
    public boolean asksForSolution() {
        return this == IN_SOLUTION;
    }

    /** Whether the agent says to which kind of structure the youth goes, and who agreed. */
    public boolean asksForStructure() {
        return this == REFERRAL;
    }

    /** Whether the agent says when the youth is to be called again. */
    public boolean asksForMoment() {
        return this == CALLBACK;
    }

    /** What it means for the attempt. */
    public AttemptResult result() {
        return AttemptResult.valueOf(name());
    }
}
