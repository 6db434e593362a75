package fr.raccroche.inbound;

import fr.raccroche.campaign.Campaign;
import fr.raccroche.campaign.Campaigns;
import fr.raccroche.dialing.CallbackBooking;
import fr.raccroche.dialing.CallingRules;
import fr.raccroche.dialing.InboundCalls;
import fr.raccroche.dialing.InboundCalls.Inbound;
import fr.raccroche.dialing.Queue;
import fr.raccroche.inbound.InboundRouting.Decision;
import fr.raccroche.inbound.InboundRouting.File;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Nothing;
import fr.raccroche.platform.Sql;
import fr.raccroche.telephony.Twiml;
import fr.raccroche.youth.YouthMessages;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What callers get with whom no agent talks now: patience, a callback, or a message that they leave. */
@ApplicationScoped
class Offers {

    private static final String AGAIN = "/webhooks/twilio/inbound";
    private static final Duration PAUSE = Duration.ofSeconds(3);
    private static final Duration KEY_PATIENCE = Duration.ofSeconds(6);
    private static final Duration LONGEST_MESSAGE = Duration.ofMinutes(2);

    private final Database database;
    private final CallsIn inbound;
    private final Campaigns campaigns;
    private final Queue queue;
    private final CallbackBooking booking;
    private final CallingRules rules;
    private final Twiml twiml;
    private final YouthMessages says;

    Offers(
            Database database,
            CallsIn inbound,
            Campaigns campaigns,
            Queue queue,
            CallbackBooking booking,
            CallingRules rules,
            Twiml twiml,
            YouthMessages says) {
        this.database = database;
        this.inbound = inbound;
        this.campaigns = campaigns;
        this.queue = queue;
        this.booking = booking;
        this.rules = rules;
        this.twiml = twiml;
        this.says = says;
    }

    /** For somebody whose wish to be called back is noted already. */
    String toCalledBack() {
        return twiml.sayAndHangUp(says.calledBack());
    }

    /** For somebody whose message is there already. */
    String toHeard() {
        return twiml.sayAndHangUp(says.heard());
    }

    /** An agent may be free in a moment. */
    Uni<String> letWait(Sql sql, Inbound call, @Nullable Campaign campaign, boolean forAnyAgent) {
        String words = call.campaignId() == null ? says.welcome() : says.patience();
        return inbound.waits(sql, call, campaign == null ? null : campaign.id(), forAnyAgent)
                .replaceWith(twiml.waitAndAsk(words, PAUSE, AGAIN));
    }

    /** Nobody comes to the phone. */
    Uni<String> offer(Sql sql, Inbound call, @Nullable Campaign campaign, Decision.Offer offer, Instant now) {
        String words = switch (offer.reason()) {
            case BUSY -> says.busy();
            case CLOSED -> campaign == null ? says.noCampaign() : says.closed(SpokenHours.of(campaign.hours()));
            case NO_CAMPAIGN -> says.noCampaign();
        };
        return callbackAt(sql, offer.likeliest(), now)
                .call(() -> inbound.offered(sql, call, campaign == null ? null : campaign.id()))
                .map(at -> at == null
                        ? askForMessage(words)
                        : twiml.askForKey(words + " " + says.keys(), KEY_PATIENCE, AGAIN + "/choice"));
    }

    private String askForMessage(String words) {
        return twiml.askForMessage((words + " " + says.speak()).strip(), LONGEST_MESSAGE, AGAIN + "/message");
    }

    /** When we could call this youth back, if they ask for it; null when never. */
    private Uni<@Nullable Instant> callbackAt(Sql sql, @Nullable File file, Instant now) {
        return file == null
                ? Nothing.found()
                : campaigns
                        .byId(sql, file.campaignId())
                        .chain(campaign -> queue.peekFacts(sql, campaign, file.youthId(), now)
                                .map(facts -> facts == null ? null : rules.callbackAt(facts, now)));
    }

    /** One: call me back. Two: I leave a message. */
    Uni<String> choose(String callSid, String key, Instant now) {
        return database.inTransaction(sql -> inbound.bySid(sql, callSid).chain(call -> {
            if (call == null || call.isOver()) {
                return Uni.createFrom().item(twiml.hangUp());
            }
            return switch (key) {
                case "1" -> bookOnce(sql, call, now);
                case "2" -> Uni.createFrom().item(askForMessage(""));
                default -> Uni.createFrom().item(twiml.sayAndHangUp(says.goodbye()));
            };
        }));
    }

    private Uni<String> bookOnce(Sql sql, Inbound call, Instant now) {
        if (call.state() == InboundCalls.CallerState.CALLBACK) {
            return Uni.createFrom().item(twiml.sayAndHangUp(says.calledBack()));
        }
        return inbound.likeliest(sql, call)
                .chain(files -> files.isEmpty()
                        ? Uni.createFrom().item(false)
                        : booking.book(
                                sql,
                                files.getFirst().campaignId(),
                                files.getFirst().youthId(),
                                now,
                                now))
                .chain(booked -> booked
                        ? inbound.askedToBeCalled(sql, call).replaceWith(twiml.sayAndHangUp(says.calledBack()))
                        : Uni.createFrom().item(askForMessage("")));
    }

    /** A message is with Twilio. */
    Uni<String> recorded(String callSid, String recordingSid) {
        return database.inTransaction(sql -> inbound.bySid(sql, callSid)
                .chain(call -> call == null || !recordingSid.matches("RE[0-9a-f]{32}")
                        ? Nothing.happens()
                        : inbound.recorded(sql, call, recordingSid))
                .replaceWith(twiml.sayAndHangUp(says.heard())));
    }
}
