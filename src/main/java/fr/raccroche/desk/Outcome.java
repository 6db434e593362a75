package fr.raccroche.desk;

import fr.raccroche.campaign.AttemptResult;
import org.jspecify.annotations.Nullable;

/** What came out of a call that somebody or something answered, in the order of the form. */
public enum Outcome {
    IN_SOLUTION("F1"),
    REFERRAL("F2"),
    NO_REFERRAL("F3"),
    CALLBACK("F4"),
    WRONG_NUMBER("F5"),
    THIRD_PARTY("F6"),
    REFUSED("F7"),
    OBJECTED("F8"),
    VOICEMAIL("F9"),
    INTERRUPTED("F10"),
    UNDER_16(null);

    private final @Nullable String key;

    Outcome(@Nullable String key) {
        this.key = key;
    }

    /** The key that chooses it on the desk, by the name that browsers give it; null if there is none. */
    public @Nullable String key() {
        return key;
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
