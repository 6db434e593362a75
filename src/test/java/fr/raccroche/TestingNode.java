package fr.raccroche;

import fr.raccroche.platform.BusinessClock;
import fr.raccroche.platform.EmbeddedDatabase;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What all tests against the running application share: one embedded database, one business clock. */
public final class TestingNode implements QuarkusTestResourceLifecycleManager {

    static final int FIRST_PORT = 18081;
    /** The processes that share the tests, side by side, have a port each. */
    static final int PORT = Integer.getInteger("test.port", FIRST_PORT);

    public static final String PRODUCT = "http://127.0.0.1:" + PORT;
    public static final int SIMULATOR_PORT = PORT + 10;
    /** The people behind the fictional numbers: {@code Population.generate(SEED, YOUTHS, …)}. */
    public static final int SEED = 7;

    public static final int YOUTHS = 200;
    /** Business time of the first test: a Tuesday at ten in Paris. */
    public static final Instant OPENING = Instant.parse("2026-11-24T09:00:00Z");

    /** Less than in earnest, for tests wait until it is over. */
    public static final Duration TWILIO_TIMEOUT = Duration.ofSeconds(5);

    public static final Duration REJOIN = Duration.ofSeconds(4);

    private @Nullable EmbeddedDatabase database;

    @Override
    public Map<String, String> start() {
        try {
            Path directory = Files.createTempDirectory("raccroche-test");
            database = EmbeddedDatabase.start(directory);
            var config = new HashMap<String, String>();
            config.put("quarkus.http.test-port", Integer.toString(PORT));
            config.put("raccroche.public-url", PRODUCT);
            config.put("raccroche.database.address", database.address());
            Path clock = directory.resolve("clock");
            BusinessClock.open(clock, Clock.systemUTC()).reset(OPENING, 1);
            config.put("raccroche.clock-file", clock.toString());
            config.put("raccroche.twilio.cps", "0");
            config.put("raccroche.twilio.timeout", TWILIO_TIMEOUT.toSeconds() + "s");
            config.put("raccroche.dialing.rejoin", REJOIN.toSeconds() + "s");
            telephony(config);
            return config;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void telephony(Map<String, String> config) {
        Map<String, String> account = Map.of(
                "account-sid",
                "AC" + "0".repeat(32),
                "auth-token",
                "1".repeat(32),
                "api-key-sid",
                "SK" + "2".repeat(32),
                "api-key-secret",
                "3".repeat(32),
                "numbers",
                "+33199000100,+33639989900");
        account.forEach((name, value) -> {
            config.put("raccroche.twilio." + name, value);
            config.put("raccroche.simulator." + name, value);
        });
        config.put("raccroche.twilio.application-sid", "AP" + "4".repeat(32));
        config.put("raccroche.twilio.base-url", "http://127.0.0.1:" + SIMULATOR_PORT);
        config.put("raccroche.softphone-url", "http://127.0.0.1:" + SIMULATOR_PORT + "/softphone");
        config.put("raccroche.simulator.enabled", "true");
        config.put("raccroche.simulator.port", Integer.toString(SIMULATOR_PORT));
        config.put("raccroche.simulator.seed", Integer.toString(SEED));
        config.put("raccroche.simulator.youths", Integer.toString(YOUTHS));
        config.put("raccroche.simulator.voice-url", PRODUCT + "/webhooks/twilio/agent");
        config.put("raccroche.simulator.inbound-sms-url", PRODUCT + "/webhooks/twilio/sms");
        config.put("raccroche.simulator.inbound-voice-url", PRODUCT + "/webhooks/twilio/inbound");
        config.put("raccroche.simulator.inbound-status-url", PRODUCT + "/webhooks/twilio/inbound/status");
        config.put("raccroche.simulator.rings-back", "false");
        config.put("raccroche.simulator.base-url", PRODUCT);
    }

    @Override
    public void stop() {
        try {
            if (database != null) {
                database.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
