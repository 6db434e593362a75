package fr.raccroche.simulator;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How one simulated Twilio account is set up.
 *
 * @param port port on 127.0.0.1; 0 takes any free one
 * @param numbers the numbers the account owns, E.164
 * @param ringTimeout how long a phone rings when the request does not say
 * @param silencePatience how long, in business time, a person waits on a line where nobody speaks
 * @param ledgerFile where the ledger is kept over restarts; empty keeps it in memory
 */
public record SimulatorSettings(
        int port,
        AccountKeys keys,
        List<String> numbers,
        ProductUrls urls,
        Duration ringTimeout,
        Duration silencePatience,
        Optional<Path> ledgerFile) {

    private static final Duration TWILIO_RING_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** An account with Twilio's own defaults and nothing kept over restarts. */
    public static SimulatorSettings account(
            String accountSid,
            String authToken,
            String apiKeySid,
            String apiKeySecret,
            List<String> numbers,
            String applicationVoiceUrl,
            String inboundSmsUrl) {
        return new SimulatorSettings(
                0,
                new AccountKeys(accountSid, authToken, apiKeySid, apiKeySecret),
                List.copyOf(numbers),
                new ProductUrls(applicationVoiceUrl, inboundSmsUrl, Optional.empty(), Optional.empty()),
                TWILIO_RING_TIMEOUT,
                PATIENCE,
                Optional.empty());
    }

    public SimulatorSettings onPort(int wanted) {
        return new SimulatorSettings(wanted, keys, numbers, urls, ringTimeout, silencePatience, ledgerFile);
    }

    public SimulatorSettings withSilencePatience(Duration patience) {
        return new SimulatorSettings(port, keys, numbers, urls, ringTimeout, patience, ledgerFile);
    }

    public SimulatorSettings keepingLedgerIn(Path file) {
        return new SimulatorSettings(port, keys, numbers, urls, ringTimeout, silencePatience, Optional.of(file));
    }

    /** Calls of people are answered by {@code voiceUrl}; {@code statusUrl} is told when they are over. */
    public SimulatorSettings answeringWith(String voiceUrl, Optional<String> statusUrl) {
        ProductUrls answering = urls.answeringWith(voiceUrl, statusUrl);
        return new SimulatorSettings(port, keys, numbers, answering, ringTimeout, silencePatience, ledgerFile);
    }

    String accountSid() {
        return keys.accountSid();
    }
}
