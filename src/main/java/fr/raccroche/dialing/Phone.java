package fr.raccroche.dialing;

import java.util.regex.Pattern;

/**
 * A number of a youth, as the dialer sees it.
 *
 * @param inUse whether another call to it is under way, a sibling's for example
 */
public record Phone(long id, String e164, Owner owner, boolean mobile, State state, boolean inUse) {

    /** Who answers there; what may be said depends on it. */
    public enum Owner {
        YOUTH,
        GUARDIAN1,
        GUARDIAN2,
        OTHER
    }

    /** What earlier calls taught. */
    public enum State {
        UNTRIED,
        VALID,
        WRONG,
        NOT_IN_SERVICE
    }

    /** Metropolitan France without premium and service numbers, and overseas: everything else may be a toll fraud. */
    private static final Pattern ALLOWED =
            Pattern.compile("\\+33[1-79]\\d{8}|\\+(?:262|590|594|596)\\d{9}|\\+(?:508|681|687|689)\\d{6,8}");

    /** Whether a call to it makes sense and is allowed. */
    public boolean isUsable() {
        return (state == State.UNTRIED || state == State.VALID)
                && ALLOWED.matcher(e164).matches();
    }
}
