package fr.raccroche.explain;

import fr.raccroche.dialing.Dialer;
import fr.raccroche.dialing.Settlement;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Nothing;
import fr.raccroche.platform.Problem;
import fr.raccroche.queue.Noes;
import fr.raccroche.security.AccessAction;
import fr.raccroche.security.AccessLog;
import fr.raccroche.security.Account;
import fr.raccroche.sms.PersonalLinks;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;

/** What supervisors put right by hand. */
@ApplicationScoped
class Corrections {

    private static final int LONGEST_REASON = 500;

    private final Database database;
    private final PersonalLinks links;
    private final Settlement settlement;
    private final Dialer dialer;
    private final Clock clock;

    Corrections(Database database, PersonalLinks links, Settlement settlement, Dialer dialer, Clock clock) {
        this.database = database;
        this.links = links;
        this.settlement = settlement;
        this.dialer = dialer;
        this.clock = clock;
    }

    /** Closes the youth's own page, for example because the phone is in other hands. */
    Uni<Void> revokeLinks(Account account, long youthId) {
        Instant now = clock.instant();
        return database.inTransaction(sql -> links.revoke(sql, youthId, now)
                .chain(() -> AccessLog.record(sql, account, AccessAction.PERSONAL_LINKS_REVOKED, "youth:" + youthId)));
    }

    /**
     * Undoes an objection that was recorded by mistake: the youth is called again wherever it had ended that. Fails with 400
     * without a reason; when no objection stands, nothing changes.
     */
    Uni<Void> liftObjection(Account account, long youthId, String reason) {
        if (reason.length() > LONGEST_REASON) {
            throw Problem.badRequest("bad-reason", "Ce motif dépasse 500 caractères.");
        }
        Instant now = clock.instant();
        return database.inTransaction(sql -> Noes.lift(sql, youthId, account.id(), reason, now)
                        .chain(lifted -> lifted
                                ? settlement
                                        .reopen(sql, youthId, now)
                                        .chain(() -> AccessLog.record(
                                                sql, account, AccessAction.OBJECTION_LIFTED, "youth:" + youthId))
                                : Nothing.happens()))
                .invoke(dialer::nudge);
    }
}
