package fr.raccroche.queue;

/** Where a youth stands in a campaign. */
public enum YouthState {
    TO_CALL,
    IN_CALL,
    /** The youth asked to be called again. */
    CALLBACK,
    IN_SOLUTION,
    REFERRED,
    NO_REFERRAL,
    REFUSED,
    OBJECTED,
    UNDER_16,
    /** No number is left that works. */
    WRONG_NUMBER,
    /** All attempts are used, or the campaign ended before anybody was reached. */
    UNREACHABLE,
    /** No longer on the list. */
    WITHDRAWN,
    /** A structure follows them already since an earlier campaign (R13). */
    ALREADY_FOLLOWED;

    /** Whether what a call settled so holds in every campaign that the youth is in. An objection does whatever the state. */
    boolean holdsEverywhere() {
        return switch (this) {
            case IN_SOLUTION, REFERRED, NO_REFERRAL, REFUSED -> true;
            case TO_CALL,
                    IN_CALL,
                    CALLBACK,
                    OBJECTED,
                    UNDER_16,
                    WRONG_NUMBER,
                    UNREACHABLE,
                    WITHDRAWN,
                    ALREADY_FOLLOWED -> false;
        };
    }

    /** Whether the campaign is done with this youth. */
    public boolean isFinal() {
        return switch (this) {
            case TO_CALL, IN_CALL, CALLBACK -> false;
            case IN_SOLUTION,
                    REFERRED,
                    NO_REFERRAL,
                    REFUSED,
                    OBJECTED,
                    UNDER_16,
                    WRONG_NUMBER,
                    UNREACHABLE,
                    WITHDRAWN,
                    ALREADY_FOLLOWED -> true;
        };
    }
}
