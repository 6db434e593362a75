package fr.raccroche.youth;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A telephone is to be left alone.
 *
 * @param until null for until somebody decides
 * @param saidBy the account of whoever wrote it down; null for what nobody wrote down
 * @param words what was said or written, as it was
 */
public record Rest(
        RestReason reason,
        @Nullable Instant until,
        @Nullable Long saidBy,
        @Nullable String words) {

    /** For until somebody decides. */
    public static Rest untilDecided(RestReason reason) {
        return new Rest(reason, null, null, null);
    }

    /** For a while; who is listed under it only later waits until somebody decides. */
    public static Rest until(Instant moment, RestReason reason) {
        return new Rest(reason, moment, null, null);
    }

    public Rest by(long account) {
        return new Rest(reason, until, account, words);
    }

    public Rest saying(@Nullable String text) {
        return new Rest(reason, until, saidBy, text);
    }
}
