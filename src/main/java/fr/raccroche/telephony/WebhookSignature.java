package fr.raccroche.telephony;

import com.twilio.security.RequestValidator;
import fr.raccroche.platform.PlatformConfig;
import fr.raccroche.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Proves that a request comes from Twilio. The address is built from the configured public URL, never from request
 * headers, and all received fields are signed over, known or not.
 */
@ApplicationScoped
class WebhookSignature {

    private final PlatformConfig platform;
    private final String accountSid;
    private final List<RequestValidator> validators;

    WebhookSignature(TwilioConfig config, PlatformConfig platform) {
        this.platform = platform;
        accountSid = config.accountSid();
        validators = Stream.concat(Stream.of(config.authToken()), config.previousAuthToken().stream())
                .map(RequestValidator::new)
                .toList();
    }

    /**
     * The fields of a genuine request.
     *
     * @throws Problem 403 when the signature is missing or wrong, a field repeats, or another account sent it
     */
    Map<String, String> verified(UriInfo uri, @Nullable String signature, MultivaluedMap<String, String> form) {
        Map<String, String> fields = new HashMap<>();
        form.forEach((name, values) -> fields.put(name, values.size() == 1 ? values.getFirst() : "\n"));
        String url = platform.at(
                uri.getRequestUri().getRawPath() + query(uri.getRequestUri().getRawQuery()));
        if (signature == null
                || validators.stream().noneMatch(validator -> validator.validate(url, fields, signature))
                || !accountSid.equals(fields.get("AccountSid"))) {
            throw Problem.forbidden("bad-signature", "Signature refusée.");
        }
        return fields;
    }

    private static String query(@Nullable String query) {
        return query == null ? "" : "?" + query;
    }
}
