package fr.raccroche.telephony;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The Twilio account that places calls and sends texts. */
@ConfigMapping(prefix = "raccroche.twilio")
public interface TwilioConfig {

    /** @return account SID ({@code AC…}) */
    String accountSid();

    /** @return auth token; also the key of webhook signatures */
    String authToken();

    /** @return a second auth token that is accepted on webhooks while tokens are rotated */
    Optional<String> previousAuthToken();

    /** @return API key ({@code SK…}) that signs the browser's access tokens */
    String apiKeySid();

    /** @return secret of the API key, 32 characters */
    String apiKeySecret();

    /** @return TwiML application ({@code AP…}) whose voice URL is {@code <public-url>/webhooks/twilio/agent} */
    String applicationSid();

    /** @return where the REST API is: https, or http on loopback only */
    @WithDefault("https://api.twilio.com")
    URI baseUrl();

    /** @return numbers of the account that may be shown to a youth or send a text, E.164 */
    List<String> numbers();

    /** @return how long one request may take; longer holds a worker, shorter leaves more calls in doubt */
    @WithDefault("10s")
    Duration timeout();

    /** @return how long a call rings before it counts as not answered; voicemail usually answers after 20 to 25 s */
    @WithDefault("25s")
    Duration ringTime();

    /** @return longest call; a forgotten line ends by itself */
    @WithDefault("45m")
    Duration longestCall();

    /** @return calls the account may begin per second of business time, 1 unless Twilio granted more; 0 for no limit */
    @WithName("cps")
    @WithDefault("1")
    double callsPerSecond();

    /** @return calls to people that the account may hold at once; 0 for no limit */
    @WithDefault("0")
    int callsAtOnce();
}
