package fr.raccroche.handoff;

import fr.raccroche.campaign.AttemptResult;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Nothing;
import fr.raccroche.platform.Outbox;
import fr.raccroche.platform.Sql;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Objects;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Turns each agreement into one open handoff per youth and kind of structure.
 *
 * <p>The same event may come twice and events of one youth in any order: the first agreement sets the deadline until the
 * structure has spoken to the youth. One given after that is a new wish with a deadline of its own.
 */
@ApplicationScoped
class Referrals {

    private final Database database;
    private final Outbox outbox;

    Referrals(Database database, Outbox outbox) {
        this.database = database;
        this.outbox = outbox;
    }

    @Incoming(Outbox.OUTCOMES)
    Uni<Void> on(String payload) {
        var event = outbox.read(payload, OutcomeRecorded.class);
        if (event.kind() != AttemptResult.REFERRAL) {
            return Nothing.happens();
        }
        var referral = new Referral(
                event.outcomeId(),
                event.campaignId(),
                event.youthId(),
                Objects.requireNonNull(event.structureKind(), "a referral names a kind of structure"),
                Objects.requireNonNull(event.agreedBy(), "a referral names who agreed"),
                event.at());
        return database.inTransaction(sql ->
                Handoffs.stillAgreed(sql, referral).chain(agreed -> agreed ? send(sql, referral) : Nothing.happens()));
    }

    private Uni<Void> send(Sql sql, Referral referral) {
        return Routes.residences(sql, referral.youthId())
                .chain(homes ->
                        Routes.routing(sql, referral.kind(), homes.known()).map(routing -> routing.decide(homes)))
                .chain(route -> Handoffs.open(sql, referral, route))
                .chain(opened -> opened
                        ? Nothing.happens()
                        : Handoffs.bringForward(sql, referral).chain(() -> Handoffs.renew(sql, referral)))
                .chain(() -> Handoffs.noteSent(sql, referral));
    }
}
