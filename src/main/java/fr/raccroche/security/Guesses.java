package fr.raccroche.security;

import fr.raccroche.platform.Sql;
import io.smallrye.mutiny.Uni;

/** The SQL of guesses at passwords, which are limited by e-mail and by address; all deadlines by database time. */
final class Guesses {

    private Guesses() {}

    /** Failures of the last 15 minutes; for the e-mail those under way count as well. */
    record Failures(long byEmail, long byAddress) {}

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
    static Uni<Long> add(Sql sql, byte[] emailHash, String address) {
        return sql.query("""
                        insert into sign_in_failure (email_hash, address) values (:hash, :address) returning id""").set("hash", emailHash).set("address", address).one(row -> row.id("id"));
    }

    static Uni<Void> failed(Sql sql, long guess) {
        return sql.update("update sign_in_failure set failed = true where id = :id")
                .set("id", guess)
                .run();
    }

    static Uni<Void> forget(Sql sql, byte[] emailHash) {
        return sql.update("delete from sign_in_failure where email_hash = :hash")
                .set("hash", emailHash)
                .run();
    }

    /** Removes what no rule looks at any more. */
    static Uni<Void> removeOld(Sql sql) {
        return sql.update("delete from sign_in_failure where at < now() - interval '1 day'")
                .run();
    }
}
