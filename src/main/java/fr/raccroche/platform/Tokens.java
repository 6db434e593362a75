package fr.raccroche.platform;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Base64;
import java.util.random.RandomGenerator;

/** Unguessable names: 128 random bits in URL-safe characters. */
@ApplicationScoped
public class Tokens {

    private static final Base64.Encoder URL_SAFE = Base64.getUrlEncoder().withoutPadding();

    private final RandomGenerator random;

    Tokens(RandomGenerator random) {
        this.random = random;
    }

    /** @return 22 characters out of {@code A-Za-z0-9-_} */
    public String next() {
        var bytes = new byte[16];
        random.nextBytes(bytes);
        return URL_SAFE.encodeToString(bytes);
    }
}
