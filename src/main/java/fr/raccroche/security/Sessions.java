package fr.raccroche.security;

import fr.raccroche.platform.Sql;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

/** The SQL of sessions; all deadlines by database time. */
final class Sessions {

    private Sessions() {}

    /** Who is signed in by a session that is still open, and used at this moment. */
    static Uni<Accounts.@Nullable SignedIn> signedIn(Sql sql, byte[] tokenHash) {
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
                        select * from live""".formatted(Accounts.COLUMNS)).set("hash", tokenHash).first(Accounts::signedIn);
    }

    static Uni<Void> start(Sql sql, byte[] tokenHash, long account, @Nullable String address) {
        return sql.update("""
                        insert into session (token_hash, account_id, address)
                        values (:hash, :account, cast(:address as text))""")
                .set("hash", tokenHash)
                .set("account", account)
                .set("address", address)
                .run();
    }

    static Uni<Void> end(Sql sql, byte[] tokenHash) {
        return sql.update("update session set ended_at = now() where token_hash = :hash and ended_at is null")
                .set("hash", tokenHash)
                .run();
    }

    static Uni<Void> endAllOf(Sql sql, long account) {
        return sql.update("update session set ended_at = now() where account_id = :account and ended_at is null")
                .set("account", account)
                .run();
    }

    /** Removes what no rule looks at any more. */
    static Uni<Void> removeOld(Sql sql) {
        return sql.update("delete from session where created_at < now() - interval '30 days'")
                .run();
    }
}
