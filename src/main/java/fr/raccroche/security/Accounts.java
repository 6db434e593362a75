package fr.raccroche.security;

import fr.raccroche.platform.Settings;
import fr.raccroche.platform.Sql;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The SQL of accounts. */
final class Accounts {

    /** Of an account under the name {@code a}, as {@link #signedIn} reads them. */
    static final String COLUMNS = "a.id, a.email, a.display_name, a.role, a.structure_id, a.password_temporary";

    private static final String FIRST_ADMIN_CODE = "first-admin-code";

    private Accounts() {}

    /** The person behind a session, and whether their password was given to them and is to be changed first. */
    record SignedIn(Account account, boolean temporary) {}

    /** What sign-in compares with. */
    record Credentials(SignedIn signedIn, String passwordHash) {}

    /** One line of the list of accounts. */
    record Line(
            long id,
            String email,
            String name,
            Role role,
            @Nullable String structure,
            boolean active,
            @Nullable Instant lastSeenAt) {}

    /** An account to be created. */
    record New(
            String email,
            String displayName,
            Role role,
            @Nullable Long structureId) {}

    /** A structure a partner may work for. */
    record StructureName(long id, String kind, String code, String name) {}

    static Uni<@Nullable Credentials> byEmail(Sql sql, String email) {
        return sql.query("select %s, a.password_hash from account a where a.email = :email and a.active"
                        .formatted(COLUMNS))
                .set("email", email)
                .first(Accounts::credentials);
    }

    static Uni<@Nullable Credentials> byId(Sql sql, long id) {
        return sql.query("select %s, a.password_hash from account a where a.id = :id".formatted(COLUMNS))
                .set("id", id)
                .first(Accounts::credentials);
    }

    static SignedIn signedIn(Sql.Row row) {
        var account = new Account(
                row.id("id"),
                row.text("email"),
                row.text("display_name"),
                row.constant(Role.class, "role"),
                row.idOrNull("structure_id"));
        return new SignedIn(account, row.flag("password_temporary"));
    }

    private static Credentials credentials(Sql.Row row) {
        return new Credentials(signedIn(row), row.text("password_hash"));
    }

    static Uni<Boolean> any(Sql sql) {
        return sql.query("select exists (select 1 from account) as found").one(row -> row.flag("found"));
    }

    /** The new account's id, or null when the e-mail is taken. */
    static Uni<@Nullable Long> create(Sql sql, New account, String passwordHash, boolean temporary) {
        return sql.query("""
                        insert into account (email, display_name, password_hash, password_temporary, role, structure_id)
                        values (:email, :name, :hash, :temporary, :role, cast(:structure as bigint))
                        on conflict (email) do nothing returning id""")
                .set("email", account.email())
                .set("name", account.displayName())
                .set("hash", passwordHash)
                .set("temporary", temporary)
                .set("role", account.role())
                .set("structure", account.structureId())
                .first(row -> row.id("id"));
    }

    static Uni<Void> setPassword(Sql sql, long account, String passwordHash, boolean temporary) {
        return sql.update("""
                        update account set password_hash = :hash, password_temporary = :temporary, version = version + 1
                        where id = :id""")
                .set("hash", passwordHash)
                .set("temporary", temporary)
                .set("id", account)
                .run();
    }

    /** How many accounts changed: none when it does not exist or already is so. */
    static Uni<Integer> setActive(Sql sql, long account, boolean active) {
        return sql.update("""
                        update account set active = :active, version = version + 1
                        where id = :id and active <> :active""").set("active", active).set("id", account).count();
    }

    /** Accounts whose name, address or structure contains what was typed, open ones first: {@code count} from {@code first} on. */
    static Uni<List<Line>> like(Sql sql, String typed, int first, int count) {
        return sql.query("""
                        select a.id, a.email, a.display_name, a.role, a.active, s.name as structure,
                               (select max(last_seen_at) from session where account_id = a.id) as last_seen_at
                        from account a left join structure s on s.id = a.structure_id
                        where position(unaccent(lower(:typed)) in
                                       unaccent(lower(a.display_name || ' ' || a.email || ' ' || coalesce(s.name, '')))) > 0
                        order by a.active desc, a.role, lower(a.display_name), a.id
                        offset :first limit :count""")
                .set("typed", typed)
                .set("first", first)
                .set("count", count)
                .list(Accounts::line);
    }

    private static Line line(Sql.Row row) {
        return new Line(
                row.id("id"),
                row.text("email"),
                row.text("display_name"),
                row.constant(Role.class, "role"),
                row.textOrNull("structure"),
                row.flag("active"),
                row.instantOrNull("last_seen_at"));
    }

    static Uni<List<StructureName>> structuresLike(Sql sql, String typed) {
        return sql.query("""
                        select id, kind, code, name from structure
                        where unaccent(lower(name || ' ' || coalesce(city, '') || ' ' || code))
                              like '%' || unaccent(lower(:typed)) || '%' and successor_id is null
                        order by name limit 20""").set("typed", typed).list(Accounts::structureName);
    }

    static Uni<@Nullable StructureName> structure(Sql sql, String kind, String code) {
        return sql.query("select id, kind, code, name from structure where kind = :kind and code = :code")
                .set("kind", kind)
                .set("code", code)
                .first(Accounts::structureName);
    }

    private static StructureName structureName(Sql.Row row) {
        return new StructureName(row.id("id"), row.text("kind"), row.text("code"), row.text("name"));
    }

    static Uni<Void> keepFirstAdminCode(Sql sql, String codeHash) {
        return Settings.keep(sql, FIRST_ADMIN_CODE, codeHash);
    }

    /** Uses the code up: how many there were, none or one. */
    static Uni<Integer> burnFirstAdminCode(Sql sql, String codeHash) {
        return Settings.forget(sql, FIRST_ADMIN_CODE, codeHash);
    }
}
