package fr.raccroche.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.security.RequestValidator;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SignatureTest {

    private static final String DOCUMENTED_URL = "https://mycompany.com/myapp.php?foo=1&bar=2";
    private static final Map<String, String> DOCUMENTED_FIELDS = Map.of(
            "CallSid", "CA1234567890ABCDE",
            "Caller", "+14158675309",
            "Digits", "1234",
            "From", "+14158675309",
            "To", "+18005551212");

    @Test
    void givesTheDocumentedSignature() {
        assertThat(Signature.of("12345", DOCUMENTED_URL, DOCUMENTED_FIELDS)).isEqualTo("RSOYDt4T1cUTdK1PDd93/VVr8B8=");
    }

    @Test
    void theValidatorOfTheSdkRefusesOtherFieldsAndOtherUrls() {
        String signature = Signature.of("12345", DOCUMENTED_URL, DOCUMENTED_FIELDS);
        var validator = new RequestValidator("12345");
        assertThat(validator.validate(DOCUMENTED_URL, DOCUMENTED_FIELDS, signature))
                .isTrue();
        assertThat(validator.validate(DOCUMENTED_URL, Map.of("CallSid", "CA2"), signature))
                .isFalse();
        assertThat(validator.validate(DOCUMENTED_URL + "3", DOCUMENTED_FIELDS, signature))
                .isFalse();
    }

    @Property(tries = 200)
    void theValidatorOfTheSdkAcceptsAnyFields(@ForAll @Size(max = 8) Map<String, String> fields) {
        String url = "http://127.0.0.1:8080/webhooks/twilio/call/abc";
        assertThat(new RequestValidator("token").validate(url, fields, Signature.of("token", url, fields)))
                .isTrue();
    }
}
