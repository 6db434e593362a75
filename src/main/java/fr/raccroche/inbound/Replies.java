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
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** What a text from a youth changes in the queue: an objection ends it, anything else asks for a call. */
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
                youth -> (received.objection() ? Places.leaveObjecting(sql, youth, now) : callBack(sql, youth, now))
                        .chain(() -> texts.cancel(sql, youth))));
        return received.objection() ? done.chain(sweeper::hangUpUnwanted) : done;
    }

    /**
     * A reply is answered by a call on the next working day at the latest: at once, if the hours allow, and at its time when
     * one is booked.
     */
    private Uni<Void> callBack(Sql sql, long youthId, Instant now) {
        return queue.openCampaigns(sql, youthId)
                .chain(places -> InTurn.each(places, place -> callBack(sql, place, youthId, now)));
    }

    private Uni<Void> callBack(Sql sql, OpenCampaign place, long youthId, Instant now) {
        long campaign = place.campaignId();
        return Promises.bookForText(sql, campaign, youthId, now)
                .chain(booked -> booked && place.waiting()
                        ? queue.put(sql, campaign, youthId, YouthState.CALLBACK, now, Priority.CALLBACK, now)
                        : Nothing.happens());
    }
}
