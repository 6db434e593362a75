package fr.raccroche.security;

import fr.raccroche.platform.Database;
import fr.raccroche.platform.Nothing;
import fr.raccroche.platform.PlatformConfig;
import fr.raccroche.platform.Sql;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The people of the demo: created at start with the passwords that were printed, never outside the demo. */
@ApplicationScoped
public class DemoAccounts {

    private static final Duration AT_START = Duration.ofMinutes(2);
    private static final int HASHED_AT_ONCE = 4;

    private final Database database;
    private final Passwords passwords;
    private final PlatformConfig platform;
    private final SecurityConfig config;

    DemoAccounts(Database database, Passwords passwords, PlatformConfig platform, SecurityConfig config) {
        this.database = database;
        this.passwords = passwords;
        this.platform = platform;
        this.config = config;
    }

    /**
     * One configured account.
     *
     * @param structure {@code KIND:code} of a partner's structure
     */
    record Entry(
            Role role,
            String email,
            String password,
            String displayName,
            @Nullable String structure) {

        private static final Pattern FORM =
                Pattern.compile("(\\w+)\\s+(\\S+)\\s+(\\S+)(?:\\s+(.*?))??(?:\\s+([A-Z_]+:\\S+))?\\s*");

        static Entry of(String text) {
            var parts = FORM.matcher(text.strip());
            if (!parts.matches()) {
                throw new IllegalArgumentException(
                        "A demo account reads: ROLE email password [display name] [KIND:structure code]");
            }
            String email = SignIn.normalized(parts.group(2));
            String name = parts.group(4);
            return new Entry(
                    Role.valueOf(parts.group(1)),
                    email,
                    parts.group(3),
                    name == null || name.isBlank() ? email : name.strip(),
                    parts.group(5));
        }
    }

    /** Partners need the structures: whoever loads the directory at start does so before. */
    void onStart(@Observes @Priority(5000) StartupEvent start) {
        create().await().atMost(AT_START);
    }

    /** Creates what is missing and sets the configured passwords; does nothing outside the demo. */
    public Uni<Void> create() {
        List<Entry> entries = platform.demo()
                ? config.demoAccounts().orElse(List.of()).stream()
                        .map(Entry::of)
                        .toList()
                : List.of();
        return create(entries);
    }

    Uni<Void> create(List<Entry> entries) {
        return Multi.createFrom()
                .iterable(entries)
                .onItem()
                .transformToUni(this::create)
                .merge(HASHED_AT_ONCE)
                .collect()
                .asList()
                .replaceWithVoid();
    }

    private Uni<Void> create(Entry entry) {
        return passwords.hash(entry.password()).chain(hash -> database.inTransaction(sql -> create(sql, entry, hash)));
    }

    private static Uni<Void> create(Sql sql, Entry entry, String hash) {
        return structureOf(sql, entry)
                .chain(structure -> Accounts.create(
                        sql,
                        new Accounts.New(entry.email(), entry.displayName(), entry.role(), structure),
                        hash,
                        false))
                .chain(id -> id == null
                        ? Accounts.byEmail(sql, entry.email()).chain(known -> setPassword(sql, known, hash))
                        : Nothing.happens());
    }

    private static Uni<Void> setPassword(Sql sql, Accounts.@Nullable Credentials known, String hash) {
        return known == null
                ? Nothing.happens()
                : Accounts.setPassword(sql, known.signedIn().account().id(), hash, false);
    }

    private static Uni<@Nullable Long> structureOf(Sql sql, Entry entry) {
        if (entry.structure() == null) {
            return Nothing.found();
        }
        String[] parts = entry.structure().split(":", 2);
        return Accounts.structure(sql, parts[0], parts[1])
                .onItem()
                .ifNull()
                .failWith(() -> new IllegalStateException("No structure " + entry.structure() + " for a demo account"))
                .map(Accounts.StructureName::id);
    }
}
