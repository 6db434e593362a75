package fr.raccroche.security;

import fr.raccroche.platform.Database;
import fr.raccroche.platform.Hashes;
import fr.raccroche.platform.Nothing;
import fr.raccroche.platform.Problem;
import fr.raccroche.platform.Sql;
import fr.raccroche.platform.Tokens;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * From an e-mail and a password to a session. An unknown e-mail costs as much time as a wrong password, and guesses are
 * counted before they are checked.
 */
@ApplicationScoped
class SignIn {

    private static final int GUESSES_PER_EMAIL = 5;
    private static final int GUESSES_PER_ADDRESS = 50;

    private final Database database;
    private final Passwords passwords;
    private final Tokens tokens;

    SignIn(Database database, Passwords passwords, Tokens tokens) {
        this.database = database;
        this.passwords = passwords;
        this.tokens = tokens;
    }

    /** A session that has begun. */
    record Started(String token, Accounts.SignedIn signedIn) {}

    private record Guess(long id, String email, String address, Accounts.@Nullable Credentials credentials) {
        byte[] emailHash() {
            return Hashes.sha256(email);
        }
    }

    static String normalized(String email) {
        return email.strip().toLowerCase(Locale.ROOT);
    }

    /**
     * The session that begins, or null when e-mail and password do not fit.
     *
     * @param address where the request comes from
     */
    Uni<@Nullable Started> signIn(String email, String password, String address) {
        return database.inTransaction(sql -> guess(sql, normalized(email), address))
                .chain(guess -> passwords
                        .matches(password, hashOf(guess.credentials()))
                        .chain(fits -> database.inTransaction(sql -> settle(sql, guess, fits))));
    }

    private static @Nullable String hashOf(Accounts.@Nullable Credentials credentials) {
        return credentials == null ? null : credentials.passwordHash();
    }

    private static Uni<Guess> guess(Sql sql, String email, String address) {
        byte[] emailHash = Hashes.sha256(email);
        return Guesses.failures(sql, emailHash, address)
                .invoke(SignIn::refuseTooMany)
                .chain(() -> Guesses.add(sql, emailHash, address))
                .chain(id ->
                        Accounts.byEmail(sql, email).map(credentials -> new Guess(id, email, address, credentials)));
    }

    private static void refuseTooMany(Guesses.Failures failures) {
        if (failures.byEmail() >= GUESSES_PER_EMAIL || failures.byAddress() >= GUESSES_PER_ADDRESS) {
            throw Problem.tooMany("Trop de tentatives de connexion. Attendez un quart d'heure, puis réessayez ;"
                    + " si le mot de passe est perdu, votre administrateur peut en donner un autre.");
        }
    }

    private Uni<@Nullable Started> settle(Sql sql, Guess guess, boolean fits) {
        if (!fits || guess.credentials() == null) {
            String subject = "email:" + HexFormat.of().formatHex(guess.emailHash());
            return Guesses.failed(sql, guess.id())
                    .chain(() -> AccessLog.recordUnknown(sql, AccessAction.SIGN_IN_FAILED, subject, guess.address()))
                    .replaceWith(() -> null);
        }
        Accounts.SignedIn signedIn = guess.credentials().signedIn();
        return Guesses.forget(sql, guess.emailHash())
                .chain(() -> start(sql, signedIn, guess.address()))
                .call(() -> AccessLog.record(sql, signedIn.account(), AccessAction.SIGNED_IN, null))
                .map(token -> new Started(token, signedIn));
    }

    /** Begins a session: its token, which nobody sees again. */
    Uni<String> start(Sql sql, Accounts.SignedIn signedIn, String address) {
        String token = tokens.next();
        return Sessions.start(sql, Hashes.sha256(token), signedIn.account().id(), address)
                .replaceWith(token);
    }

    Uni<Void> signOut(@Nullable String token, @Nullable Account account) {
        if (token == null) {
            return Nothing.happens();
        }
        return database.inTransaction(sql -> Sessions.end(sql, Hashes.sha256(token))
                .chain(() -> account == null
                        ? Nothing.happens()
                        : AccessLog.record(sql, account, AccessAction.SIGNED_OUT, null)));
    }

    @Scheduled(every = "1h", delayed = "1m")
    Uni<Void> removeOld() {
        return database.inTransaction(sql -> Guesses.removeOld(sql).chain(() -> Sessions.removeOld(sql)));
    }
}
