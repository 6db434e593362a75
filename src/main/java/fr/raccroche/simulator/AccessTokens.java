package fr.raccroche.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Base64;
import java.util.Optional;

/** Checks the tokens softphones connect with: JWT, HS256, issued by the API key for the account. */
final class AccessTokens {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Base64.Decoder BASE64 = Base64.getUrlDecoder();

    private final SimulatorSettings settings;
    private final Clock wallClock;

    /** Tokens expire in real time: whoever issues them reads the machine's clock, however fast business time runs. */
    AccessTokens(SimulatorSettings settings, Clock wallClock) {
        this.settings = settings;
        this.wallClock = wallClock;
    }

    /** The identity, if the token is genuine, current, and allows calls through an application. */
    Optional<String> identity(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3 || !isSigned(parts)) {
            return Optional.empty();
        }
        return json(parts[0])
                .filter(header -> header.path("alg").asText().equals("HS256"))
                .flatMap(header -> json(parts[1]))
                .filter(this::isForThisAccount)
                .filter(this::isCurrent)
                .map(claims -> claims.path("grants"))
                .filter(grants ->
                        !grants.at("/voice/outgoing/application_sid").asText().isEmpty())
                .map(grants -> grants.path("identity").asText())
                .filter(identity -> !identity.isBlank());
    }

    private boolean isSigned(String[] parts) {
        byte[] expected = Signature.hmac("HmacSHA256", settings.keys().apiKeySecret(), parts[0] + "." + parts[1]);
        return decode(parts[2])
                .filter(given -> MessageDigest.isEqual(given, expected))
                .isPresent();
    }

    private boolean isForThisAccount(JsonNode claims) {
        return claims.path("iss").asText().equals(settings.keys().apiKeySid())
                && claims.path("sub").asText().equals(settings.accountSid());
    }

    private boolean isCurrent(JsonNode claims) {
        long now = wallClock.instant().getEpochSecond();
        return claims.path("exp").asLong() > now && claims.path("nbf").asLong(0) <= now;
    }

    private static Optional<JsonNode> json(String part) {
        return decode(part).flatMap(bytes -> {
            try {
                return Optional.of(JSON.readTree(new String(bytes, UTF_8)));
            } catch (IOException e) {
                return Optional.empty();
            }
        });
    }

    private static Optional<byte[]> decode(String part) {
        try {
            return Optional.of(BASE64.decode(part));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
