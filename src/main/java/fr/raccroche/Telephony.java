package fr.raccroche;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Which telephone network a node works with: a real Twilio account, or the simulated one. */
final class Telephony {

    private static final int SIMULATOR_PORT_OFFSET = 1;

    private final Map<String, String> environment;
    private final int port;
    private final String publicUrl;
    private final Path data;
    private final NodeProperties properties;

    Telephony(Map<String, String> environment, int port, String publicUrl, Path data, NodeProperties properties) {
        this.environment = environment;
        this.port = port;
        this.publicUrl = publicUrl;
        this.data = data;
        this.properties = properties;
    }

    /** Returns whether calls are simulated. */
    boolean decide() throws IOException {
        if (environment.containsKey("TWILIO_ACCOUNT_SID")) {
            real("account-sid", "TWILIO_ACCOUNT_SID");
            real("auth-token", "TWILIO_AUTH_TOKEN");
            real("api-key-sid", "TWILIO_API_KEY_SID");
            real("api-key-secret", "TWILIO_API_KEY_SECRET");
            real("application-sid", "TWILIO_APPLICATION_SID");
            real("numbers", "TWILIO_NUMBERS");
            if (environment.containsKey("TWILIO_BASE_URL")) {
                real("base-url", "TWILIO_BASE_URL");
            }
            return false;
        }
        simulator(DemoSecrets.of(data));
        return true;
    }

    private void real(String property, String variable) {
        String value = environment.get(variable);
        if (value == null || value.isBlank()) {
            throw new Refused("TWILIO_ACCOUNT_SID is set, so " + variable + " is needed too.");
        }
        properties.set("raccroche.twilio." + property, value);
    }

    private void simulator(DemoSecrets secrets) {
        int simulatorPort = port + SIMULATOR_PORT_OFFSET;
        String base = "http://127.0.0.1:" + simulatorPort;
        for (String name : List.of("account-sid", "auth-token", "api-key-sid", "api-key-secret", "application-sid")) {
            properties.set("raccroche.twilio." + name, secrets.get(name));
        }
        for (String name : List.of("account-sid", "auth-token", "api-key-sid", "api-key-secret")) {
            properties.set("raccroche.simulator." + name, secrets.get(name));
        }
        properties.set("raccroche.twilio.base-url", base);
        properties.set("raccroche.twilio.numbers", "+33199000100,+33639989900");
        properties.set("raccroche.simulator.enabled", "true");
        properties.set("raccroche.simulator.port", simulatorPort);
        properties.set("raccroche.simulator.numbers", "+33199000100,+33639989900");
        properties.set("raccroche.simulator.voice-url", publicUrl + "/webhooks/twilio/agent");
        properties.set("raccroche.simulator.inbound-sms-url", publicUrl + "/webhooks/twilio/sms");
        properties.set("raccroche.simulator.inbound-voice-url", publicUrl + "/webhooks/twilio/inbound");
        properties.set("raccroche.simulator.inbound-status-url", publicUrl + "/webhooks/twilio/inbound/status");
        properties.set("raccroche.simulator.base-url", publicUrl);
        properties.set("raccroche.softphone-url", base + "/softphone");
    }
}
