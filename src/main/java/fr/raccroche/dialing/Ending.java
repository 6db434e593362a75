package fr.raccroche.dialing;

import fr.raccroche.campaign.AttemptResult;
import org.jspecify.annotations.Nullable;

/**
 * How an attempt ended.
 *
 * @param code Twilio's code, for {@link AttemptResult#TECHNICAL}; null when there is none
 * @param promise when the youth wants to be called, with {@link AttemptResult#CALLBACK}; null for no wish
 */
public record Ending(
        AttemptResult result,
        @Nullable Integer code,
        @Nullable Promise promise) {

    public static Ending of(AttemptResult result) {
        return new Ending(result, null, null);
    }

    public Ending withCode(@Nullable Integer twilioCode) {
        return new Ending(result, twilioCode, promise);
    }

    public Ending withPromise(@Nullable Promise asked) {
        return new Ending(result, code, asked);
    }
}
