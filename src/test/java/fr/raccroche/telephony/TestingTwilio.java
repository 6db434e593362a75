package fr.raccroche.telephony;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A made-up account whose REST API is where the test says. */
public record TestingTwilio(URI baseUrl, Duration timeout, double callsPerSecond) implements TwilioConfig {

    TestingTwilio(URI baseUrl, Duration timeout) {
        this(baseUrl, timeout, 1);
    }

    @Override
    public String accountSid() {
        return "AC" + "0".repeat(32);
    }

    @Override
    public String authToken() {
        return "1".repeat(32);
    }

    @Override
    public Optional<String> previousAuthToken() {
        return Optional.empty();
    }

    @Override
    public String apiKeySid() {
        return "SK" + "2".repeat(32);
    }

    @Override
    public String apiKeySecret() {
        return "3".repeat(32);
    }

    @Override
    public String applicationSid() {
        return "AP" + "4".repeat(32);
    }

    @Override
    public List<String> numbers() {
        return List.of("+33199000100");
    }

    @Override
    public Duration ringTime() {
        return Duration.ofSeconds(25);
    }

    @Override
    public Duration longestCall() {
        return Duration.ofMinutes(45);
    }

    @Override
    public int callsAtOnce() {
        return 0;
    }
}
