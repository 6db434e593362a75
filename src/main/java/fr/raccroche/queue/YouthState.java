package fr.raccroche.queue;

import org.jspecify.annotations.Nullable;

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
    /** Those that work lie where this installation does not call. */
    FOREIGN_NUMBER,
    /** All attempts are used, or the campaign ended, and nobody was reached. */
    UNREACHABLE,
    /** No longer on the list. */
    WITHDRAWN,
    /** A structure follows them already since an earlier campaign (R13). */
    ALREADY_FOLLOWED,
    /** The campaign ended before a call that was promised, or whose hour the youth chose. */
    PROMISED,
    /** The campaign ended after a talk that broke off, or after somebody answered and found no agent. */
    INTERRUPTED,
    /** The campaign ended after somebody spoke, the family for example, and nothing was settled. */
    REACHED,
    /** The campaign ended before the first call. */
    NEVER_CALLED;

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
                    FOREIGN_NUMBER,
                    UNREACHABLE,
                    WITHDRAWN,
                    ALREADY_FOLLOWED,
                    PROMISED,
                    INTERRUPTED,
                    REACHED,
                    NEVER_CALLED -> false;
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
                    FOREIGN_NUMBER,
                    UNREACHABLE,
                    WITHDRAWN,
                    ALREADY_FOLLOWED,
                    PROMISED,
                    INTERRUPTED,
                    REACHED,
                    NEVER_CALLED -> true;
        };
    }

    /** The list on which a closed campaign leaves this youth to somebody; null where nobody has to do anything. */
    public @Nullable EndList list() {
        return switch (this) {
            case UNREACHABLE, WRONG_NUMBER -> EndList.UNREACHABLE;
            case PROMISED -> EndList.PROMISED;
            case INTERRUPTED -> EndList.INTERRUPTED;
            case REACHED -> EndList.REACHED;
            case FOREIGN_NUMBER -> EndList.FOREIGN_NUMBER;
            case NEVER_CALLED -> EndList.NEVER_CALLED;
            case UNDER_16 -> EndList.UNDER_16;
            case TO_CALL,
                    IN_CALL,
                    CALLBACK,
                    IN_SOLUTION,
                    REFERRED,
                    NO_REFERRAL,
                    REFUSED,
                    OBJECTED,
                    WITHDRAWN,
                    ALREADY_FOLLOWED -> null;
        };
    }
}
