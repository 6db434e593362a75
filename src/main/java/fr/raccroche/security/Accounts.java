package fr.raccroche.security;

import fr.raccroche.platform.Sql;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The SQL of accounts, their sessions and their failed sign-ins; all deadlines by database time. */
final class Accounts {

    private static final String COLUMNS = "a.id, a.email, a.display_name, a.role, a.structure_id, a.password_temporary";

    private Accounts() {}

    /** The person behind a session, and whether their password was given to them and is to be changed first. */
    record SignedIn(Account account, boolean temporary) {}

    /** What sign-in compares with. */
    record Credentials(SignedIn signedIn, String passwordHash) {}

    /** Failures of the last 15 minutes; for the e-mail those under way count as well. */
    record Failures(long byEmail, long byAddress) {}

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

    static Uni<@Nullable SignedIn> bySession(Sql sql, byte[] tokenHash) {
        return sql.query("""
                        with live as (
                          select s.token_hash, %s
                          from session s join account a on a.id = s.account_id
                          where s.token_hash = :hash and s.ended_at is null and a.active
                            and s.last_seen_at > now() - interval '30 minutes'
                            and s.created_at > now() - interval '10 hours'),
                        seen as (
                          update session set last_seen_at = now() from live
                          where session.token_hash = live.token_hash
                            and session.last_seen_at < now() - interval '1 minute')
                        select * from live""".formatted(COLUMNS)).set("hash", tokenHash).first(Accounts::signedIn);
    }

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

    private static SignedIn signedIn(Sql.Row row) {
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

    static Uni<Void> startSession(Sql sql, byte[] tokenHash, long account, @Nullable String address) {
        return sql.update("""
                        insert into session (token_hash, account_id, address)
                        values (:hash, :account, cast(:address as text))""")
                .set("hash", tokenHash)
                .set("account", account)
                .set("address", address)
                .run();
    }

    static Uni<Void> endSession(Sql sql, byte[] tokenHash) {
        return sql.update("update session set ended_at = now() where token_hash = :hash and ended_at is null")
                .set("hash", tokenHash)
                .run();
    }

    static Uni<Void> endSessionsOf(Sql sql, long account) {
        return sql.update("update session set ended_at = now() where account_id = :account and ended_at is null")
                .set("account", account)
                .run();
    }

    /** Guesses at one e-mail are counted one after the other, until the transaction ends. */
    static Uni<Failures> failures(Sql sql, byte[] emailHash, String address) {
        return sql.query("select cast(pg_advisory_xact_lock(hashtextextended(encode(:hash, 'hex'), 0)) as text) as l")
                .set("hash", emailHash)
                .list(row -> row)
                .chain(() -> sql.query("""
                                select (select count(*) from sign_in_failure
                                        where email_hash = :hash and at > now() - interval '15 minutes') as by_email,
                                       (select count(*) from sign_in_failure
                                        where address = :address and failed
                                          and at > now() - interval '15 minutes') as by_address""")
                        .set("hash", emailHash)
                        .set("address", address)
                        .one(row -> new Failures(row.id("by_email"), row.id("by_address"))));
    }

    /** Notes a guess before it is checked. */
    static Uni<Long> addGuess(Sql sql, byte[] emailHash, String address) {
        return sql.query("""
                        insert into sign_in_failure (email_hash, address) values (:hash, :address) returning id""").set("hash", emailHash).set("address", address).one(row -> row.id("id"));
    }

    static Uni<Void> guessFailed(Sql sql, long guess) {
        return sql.update("update sign_in_failure set failed = true where id = :id")
                .set("id", guess)
                .run();
    }

    static Uni<Void> forgetGuesses(Sql sql, byte[] emailHash) {
        return sql.update("delete from sign_in_failure where email_hash = :hash")
                .set("hash", emailHash)
                .run();
    }

    /** Removes what no rule looks at any more. */
    static Uni<Void> removeOld(Sql sql) {
        return sql.update("delete from sign_in_failure where at < now() - interval '1 day'")
                .run()
                .chain(() -> sql.update("delete from session where created_at < now() - interval '30 days'")
                        .run());
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
        return sql.update("""
                        insert into setting (name, value) values ('first-admin-code', :hash)
                        on conflict (name) do update set value = excluded.value, changed_at = now()""").set("hash", codeHash).run();
    }

    /** Uses the code up: how many there were, none or one. */
    static Uni<Integer> burnFirstAdminCode(Sql sql, String codeHash) {
        return sql.update("delete from setting where name = 'first-admin-code' and value = :hash")
                .set("hash", codeHash)
                .count();
    }
}
