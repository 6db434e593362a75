package fr.raccroche.telephony;

import fr.raccroche.platform.Problem;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that comes from Twilio: nobody gets one whose signature was not checked. Every endpoint under
 * {@link WebhooksAreSigned#PATH} takes one.
 *
 * @param fields as sent, known or not
 */
public record TwilioRequest(Map<String, String> fields) {

    public TwilioRequest {
        fields = Map.copyOf(fields);
    }

    /** A field; empty when it was not sent. */
    public String get(String name) {
        return fields.getOrDefault(name, "");
    }

    /** A field; null when it was not sent, or is empty. */
    public @Nullable String find(String name) {
        String value = get(name);
        return value.isEmpty() ? null : value;
    }

    /**
     * A field that must be there.
     *
     * @throws Problem 400 when it is not
     */
    public String required(String name) {
        String value = fields.get(name);
        if (value == null) {
            throw Problem.badRequest("missing-field", name);
        }
        return value;
    }

    /** What Twilio calls the call that this is about; empty when it is about none. */
    public String callSid() {
        return get("CallSid");
    }
}
