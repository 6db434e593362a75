package fr.raccroche.inbound;

import fr.raccroche.dialing.OpenCampaign;
import fr.raccroche.dialing.Queue;
import fr.raccroche.dialing.Sweeper;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.InTurn;
import fr.raccroche.platform.Nothing;
import fr.raccroche.platform.Outbox;
import fr.raccroche.platform.Sql;
import fr.raccroche.queue.Places;
import fr.raccroche.queue.Priority;
import fr.raccroche.queue.Promises;
import fr.raccroche.queue.YouthState;
import fr.raccroche.sms.SmsWebhook;
import fr.raccroche.sms.Texts;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** What a text from a youth changes in the queue: an objection ends it, a clear request is a call, anything else waits for a person. */
@ApplicationScoped
class Replies {

    private final Database database;
    private final Outbox outbox;
    private final Queue queue;
    private final Texts texts;
    private final Sweeper sweeper;
    private final Clock clock;

    Replies(Database database, Outbox outbox, Queue queue, Texts texts, Sweeper sweeper, Clock clock) {
        this.database = database;
        this.outbox = outbox;
        this.queue = queue;
        this.texts = texts;
        this.sweeper = sweeper;
        this.clock = clock;
    }

    @Incoming(Outbox.SMS_RECEIVED)
    Uni<Void> on(String payload) {
        var received = outbox.read(payload, SmsWebhook.Received.class);
        Instant now = clock.instant();
        Uni<Void> done = database.inTransaction(sql -> InTurn.each(
                        received.youthIds(),
                        youth -> (received.objection() ? Places.leaveObjecting(sql, youth, now) : Nothing.happens())
                                .chain(() -> texts.cancel(sql, youth)))
                .chain(() -> received.asked() ? callBack(sql, received, now) : Nothing.happens()));
        return received.objection() ? done.chain(sweeper::hangUpUnwanted) : done;
    }

    /** One call, to the first of those under the number who waits for one: brothers and sisters are on the same line. */
    private Uni<Void> callBack(Sql sql, SmsWebhook.Received received, Instant now) {
        Instant at = received.notBefore() == null || received.notBefore().isBefore(now) ? now : received.notBefore();
        return callBack(sql, received.youthIds(), at, now);
    }

    private Uni<Void> callBack(Sql sql, List<Long> youths, Instant at, Instant now) {
        return youths.isEmpty()
                ? Nothing.happens()
                : callBack(sql, youths.getFirst(), at, now)
                        .chain(found ->
                                found ? Nothing.happens() : callBack(sql, youths.subList(1, youths.size()), at, now));
    }

    /** Whether the youth is still to be called by a campaign; at once, if the hours allow, and at its time when one is booked. */
    private Uni<Boolean> callBack(Sql sql, long youthId, Instant at, Instant now) {
        return queue.openCampaigns(sql, youthId)
                .chain(places -> InTurn.each(places, place -> callBack(sql, place, youthId, at, now))
                        .replaceWith(!places.isEmpty()));
    }

    private Uni<Void> callBack(Sql sql, OpenCampaign place, long youthId, Instant at, Instant now) {
        long campaign = place.campaignId();
        return Promises.bookForText(sql, campaign, youthId, at, now)
                .chain(booked -> booked && place.waiting()
                        ? queue.put(sql, campaign, youthId, YouthState.CALLBACK, at, Priority.ASKED_BY_TEXT, now)
                        : Nothing.happens());
    }
}
