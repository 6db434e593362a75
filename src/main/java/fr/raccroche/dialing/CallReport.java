package fr.raccroche.dialing;

import fr.raccroche.telephony.CallStatus;
import org.jspecify.annotations.Nullable;

/**
 * One report on a call, from a webhook or from asking Twilio.
 *
 * @param dialled false when Twilio's own record says that the call never left its queue
 */
public record CallReport(
        String token,
        @Nullable String sid,
        CallStatus status,
        @Nullable Integer sipCode,
        boolean dialled) {

    public CallReport(String token, @Nullable String sid, CallStatus status, @Nullable Integer sipCode) {
        this(token, sid, status, sipCode, true);
    }
}
