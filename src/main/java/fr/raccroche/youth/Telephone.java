package fr.raccroche.youth;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a telephone stands for one who is listed under it.
 *
 * @param until when it may be called again; null when it may, or when somebody has to decide
 */
public record Telephone(TelephoneState state, @Nullable Instant until) {

    public static final Telephone USABLE = new Telephone(TelephoneState.USABLE, null);

    /** Whether nobody calls or writes to it at {@code now}. */
    public boolean restsAt(Instant now) {
        return state != TelephoneState.USABLE && (until == null || now.isBefore(until));
    }

    /** The same without a rest that is over. */
    public Telephone at(Instant now) {
        return restsAt(now) ? this : USABLE;
    }

    /** Whether somebody has to decide before it is called again. */
    public boolean waitsForDecision() {
        return state != TelephoneState.USABLE && until == null;
    }
}
