package fr.raccroche.security;

import fr.raccroche.platform.Sql;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

/** Who looked at or changed what, when and from where: ids and codes only, never names or numbers. */
public final class AccessLog {

    private AccessLog() {}

    /**
     * Notes that {@code account} did {@code action} to {@code subject}, in the caller's transaction; the address is
     * that of the account's latest session.
     *
     * @param subject what it was done to, such as {@code youth:42}; null when the action says it all
     */
    public static Uni<Void> record(Sql sql, Account account, AccessAction action, @Nullable String subject) {
        return sql.update("""
                        insert into access_log (account_id, action, subject, address)
                        values (:account, :action, cast(:subject as text),
                                (select address from session where account_id = :account
                                 order by last_seen_at desc limit 1))""")
                .set("account", account.id())
                .set("action", action.code())
                .set("subject", subject)
                .run();
    }

    /** Notes what a program did in the name of nobody with an account. */
    public static Uni<Void> recordProgram(Sql sql, AccessAction action, String subject) {
        return sql.update("insert into access_log (action, subject) values (:action, :subject)")
                .set("action", action.code())
                .set("subject", subject)
                .run();
    }

    /** Notes what happened before anybody was known. */
    static Uni<Void> recordUnknown(Sql sql, AccessAction action, String subject, String address) {
        return sql.update("insert into access_log (action, subject, address) values (:action, :subject, :address)")
                .set("action", action.code())
                .set("subject", subject)
                .set("address", address)
                .run();
    }
}
