package fr.raccroche.security;

import fr.raccroche.platform.Workers;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/** Passwords as argon2id hashes (19 MiB, 2 passes: the OWASP minimum); computed on worker threads. */
@ApplicationScoped
class Passwords {

    /** Without what is easily mistaken when read aloud: 0 o, 1 l i. */
    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

    private final Argon2PasswordEncoder encoder = new Argon2PasswordEncoder(16, 32, 1, 19 * 1024, 2);
    private final Workers workers;
    private final RandomGenerator random;
    private final String nobodys;

    Passwords(Workers workers, RandomGenerator random) {
        this.workers = workers;
        this.random = random;
        this.nobodys = encoder.encode(oneTime());
    }

    Uni<String> hash(String password) {
        return workers.heavy(() -> encoder.encode(password));
    }

    /** Whether the password fits; takes as long when there is no such account. */
    Uni<Boolean> matches(String password, @Nullable String hash) {
        return workers.heavy(() -> encoder.matches(password, hash == null ? nobodys : hash) && hash != null);
    }

    /** A password to hand over once, about 79 bits: {@code abcd-efgh-jkmn-pqrs}. */
    String oneTime() {
        return IntStream.range(0, 4).mapToObj(i -> group()).collect(Collectors.joining("-"));
    }

    private String group() {
        return random.ints(4, 0, LETTERS.length())
                .mapToObj(i -> LETTERS.substring(i, i + 1))
                .collect(Collectors.joining());
    }
}
