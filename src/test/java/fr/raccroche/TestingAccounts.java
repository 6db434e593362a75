package fr.raccroche;

import static fr.raccroche.Blocking.answer;

import fr.raccroche.platform.Database;
import fr.raccroche.platform.Sql;
import fr.raccroche.platform.Tokens;
import fr.raccroche.security.Account;
import fr.raccroche.security.Role;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** People for tests: signed in without the cost of a password. */
@ApplicationScoped
public class TestingAccounts {

    /** Name of the session cookie on a plain http address. */
    public static final String COOKIE = "raccroche";

    private final Database database;
    private final Tokens tokens;

    TestingAccounts(Database database, Tokens tokens) {
        this.database = database;
        this.tokens = tokens;
    }

    /** A signed-in person; {@code session} is the value of {@link #COOKIE}. */
    public record Person(Account account, String session) {}

    /** A new person of this role, signed in; a partner works for a new structure. */
    public Person signedIn(Role role) {
        return signedIn(role, role == Role.PARTNER ? structure() : null);
    }

    /** A new person of this role and structure, signed in. */
    public Person signedIn(Role role, @Nullable Long structure) {
        String email = tokens.next().toLowerCase(Locale.ROOT) + "@example.org";
        String session = tokens.next();
        var account = answer(database.inTransaction(
                sql -> insert(sql, email, role, structure).call(created -> startSession(sql, created.id(), session))));
        return new Person(account, session);
    }

    /** One more session of the same person. */
    public String anotherSession(Account account) {
        String session = tokens.next();
        answer(database.inTransaction(sql -> startSession(sql, account.id(), session)));
        return session;
    }

    private long structure() {
        return answer(database.inTransaction(
                sql -> sql.query("""
                        insert into structure (kind, code, name, fictional)
                        values ('MISSION_LOCALE', :code, 'Mission locale d''essai', true) returning id""").set("code", tokens.next()).one(row -> row.id("id"))));
    }

    private static Uni<Account> insert(Sql sql, String email, Role role, @Nullable Long structure) {
        return sql.query("""
                        insert into account (email, display_name, password_hash, role, structure_id)
                        values (:email, 'Camille Essai', 'none', :role, cast(:structure as bigint)) returning id""")
                .set("email", email)
                .set("role", role)
                .set("structure", structure)
                .one(row -> new Account(row.id("id"), email, "Camille Essai", role, structure));
    }

    private static Uni<Void> startSession(Sql sql, long account, String session) {
        return sql.update("insert into session (token_hash, account_id) values (:hash, :account)")
                .set("hash", sha256(session))
                .set("account", account)
                .run();
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
