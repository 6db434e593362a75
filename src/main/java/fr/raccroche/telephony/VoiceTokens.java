package fr.raccroche.telephony;

import com.twilio.jwt.accesstoken.AccessToken;
import com.twilio.jwt.accesstoken.VoiceGrant;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Lets an agent's browser be their phone, under a name that we choose and no other. */
@ApplicationScoped
public class VoiceTokens {

    /** The longest shift between two breaks; the page asks for a new token before it ends. */
    private static final Duration VALID = Duration.ofHours(4);

    private final TwilioConfig config;

    VoiceTokens(TwilioConfig config) {
        this.config = config;
    }

    /** The name of an account at Twilio: opaque, no e-mail. */
    public static String identity(long accountId) {
        return "a" + accountId;
    }

    /** The account behind a name, or -1 when it is none of ours. */
    public static long account(String identity) {
        return identity.matches("a[0-9]{1,18}") ? Long.parseLong(identity.substring(1)) : -1;
    }

    /** An access token for {@code identity}, valid four hours. */
    public String issue(String identity) {
        var grant = new VoiceGrant();
        grant.setOutgoingApplicationSid(config.applicationSid());
        grant.setIncomingAllow(true);
        return new AccessToken.Builder(
                        config.accountSid(),
                        config.apiKeySid(),
                        config.apiKeySecret().getBytes(StandardCharsets.UTF_8))
                .identity(identity)
                .ttl((int) VALID.toSeconds())
                .grant(grant)
                .build()
                .toJwt();
    }
}
