package fr.raccroche.sms;

import static fr.raccroche.platform.FrenchCalendar.PARIS;

import com.twilio.exception.TwilioException;
import com.twilio.rest.api.v2010.account.Message;
import com.twilio.type.PhoneNumber;
import fr.raccroche.campaign.CallingHours;
import fr.raccroche.campaign.Campaign;
import fr.raccroche.campaign.Campaigns;
import fr.raccroche.campaign.TextSetting;
import fr.raccroche.campaign.TextTemplate;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.InTurn;
import fr.raccroche.platform.Nothing;
import fr.raccroche.platform.Outbox;
import fr.raccroche.platform.PlatformConfig;
import fr.raccroche.platform.Sql;
import fr.raccroche.platform.Tokens;
import fr.raccroche.platform.Workers;
import fr.raccroche.telephony.Calls;
import fr.raccroche.telephony.Placement;
import fr.raccroche.telephony.TwilioConnection;
import fr.raccroche.youth.KnownNumbers;
import fr.raccroche.youth.Youths;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jspecify.annotations.Nullable;

/**
 * Texts to youths. A text is a row before Twilio is asked, is asked for once, and is not sent to somebody who objected
 * in the meantime.
 */
@ApplicationScoped
public class Texts {

    /** A text waits to be sent. */
    public record ToSend(long messageId) {}

    /** Twilio's code for a recipient who sent STOP. */
    private static final int STOPPED = 21610;

    private static final Duration LEASE = Duration.ofSeconds(60);
    /** The most that Twilio takes. */
    private static final Duration LONGEST_HELD = Duration.ofHours(4);

    private static final Duration LONGEST_WAIT = Duration.ofHours(20);

    private final Database database;
    private final Outbox outbox;
    private final Messages messages;
    private final Campaigns campaigns;
    private final PersonalLinks links;
    private final Tokens tokens;
    private final Workers workers;
    private final TwilioConnection twilio;
    private final Clock clock;
    private final PlatformConfig platform;

    Texts(
            Database database,
            Outbox outbox,
            Messages messages,
            Campaigns campaigns,
            PersonalLinks links,
            Tokens tokens,
            Workers workers,
            TwilioConnection twilio,
            PlatformConfig platform,
            Clock clock) {
        this.database = database;
        this.outbox = outbox;
        this.messages = messages;
        this.campaigns = campaigns;
        this.links = links;
        this.tokens = tokens;
        this.workers = workers;
        this.twilio = twilio;
        this.clock = clock;
        this.platform = platform;
    }

    /**
     * Queues the one text of a youth, campaign and occasion; nudge {@link Outbox#SMS_TO_SEND} after the commit.
     *
     * @param body complete but for the personal link, which is made when the text leaves
     * @return whether it is new
     */
    public Uni<Boolean> queue(
            Sql sql, Campaign campaign, long youthId, String e164, String occasion, String body, Instant now) {
        return messages.add(sql, campaign.id(), youthId, e164, occasion, body, tokens.next(), now)
                .chain(id -> id == null
                        ? Uni.createFrom().item(false)
                        : outbox.put(sql, Outbox.SMS_TO_SEND, new ToSend(id)).replaceWith(true));
    }

    /** Texts that wait to be sent or to be due are not sent: the youth answered, or objected. */
    public Uni<Void> cancel(Sql sql, long youthId) {
        return messages.cancelWaiting(sql, List.of(youthId));
    }

    /**
     * A text that did not arrive.
     *
     * @param occasion null for texts of no occasion
     */
    public record Failed(
            long campaignId,
            long youthId,
            String e164,
            @Nullable String occasion,
            TextFailure why) {}

    /** Texts that failed since this was last asked, {@code most} at most: each is handed out once. */
    public Uni<List<Failed>> failed(Sql sql, int most) {
        return messages.failed(sql, most);
    }

    /** What a failure says about the number: that it takes no texts, or does not exist. */
    public Uni<Void> learn(Sql sql, Failed failed) {
        return switch (failed.why()) {
            case NO_TEXTS -> KnownNumbers.setWithoutTexts(sql, failed.e164());
            case NO_SUCH_NUMBER -> KnownNumbers.setOutOfService(sql, failed.e164());
            case OBJECTION, LATER, OURS, UNEXPLAINED -> Nothing.happens();
        };
    }

    @Incoming(Outbox.SMS_TO_SEND)
    Uni<Void> send(String payload) {
        long id = outbox.read(payload, ToSend.class).messageId();
        Instant now = clock.instant();
        return database.inTransaction(sql -> take(sql, id, now))
                .chain(ready -> ready == null ? Nothing.happens() : send(ready.text(), ready.validity()));
    }

    /** @param validity how long the network may hold the text back: not beyond the hours in which it may arrive */
    private record Ready(Messages.Outgoing text, Duration validity) {}

    private Uni<@Nullable Ready> take(Sql sql, long id, Instant now) {
        return messages.take(sql, id, LEASE)
                .chain(text -> text == null
                        ? Nothing.found()
                        : Youths.objected(sql, text.youthId())
                                .chain(objected -> campaigns
                                        .byId(sql, text.campaignId())
                                        .chain(campaign -> take(sql, text, campaign, objected, now))));
    }

    /** What could not be sent for hours is not sent in the night, nor the day after. */
    private Uni<@Nullable Ready> take(
            Sql sql, Messages.Outgoing text, Campaign campaign, boolean objected, Instant now) {
        if (objected
                || campaign.state() == Campaign.State.CLOSED
                || text.at().plus(LONGEST_WAIT).isBefore(now)) {
            return messages.sent(sql, text.id(), TextState.CANCELED, null, null).map(ignored -> null);
        }
        if (campaign.state() == Campaign.State.PAUSED
                || !campaign.texts().hours().isOpen(now, Duration.ZERO)) {
            return messages.giveBack(sql, text.id()).map(ignored -> null);
        }
        Duration validity = validity(campaign.texts().hours(), now);
        String place = TextTemplate.Field.LIEN.written();
        return text.body().contains(place)
                ? links.renew(
                                sql,
                                campaign.id(),
                                text.youthId(),
                                campaign.texts().time(TextSetting.LINK),
                                now)
                        .map(link -> new Ready(text.with(text.body().replace(place, link)), validity))
                : Uni.createFrom().item(new Ready(text, validity));
    }

    static Duration validity(CallingHours hours, Instant now) {
        var local = now.atZone(PARIS);
        Duration left =
                Duration.between(local, local.with(hours.spans().getLast().closes()));
        return left.compareTo(LONGEST_HELD) > 0 ? LONGEST_HELD : left.compareTo(LEASE) < 0 ? LEASE : left;
    }

    private Uni<Void> send(Messages.Outgoing text, Duration validity) {
        return workers.remote(() -> post(text, validity)).chain(placement -> switch (placement) {
            case Placement.Placed placed -> record(text, TextState.ACCEPTED, placed.sid(), null);
            case Placement.InDoubt doubt -> record(text, TextState.UNKNOWN, null, null);
            case Placement.NotPlaced refused when refused.isOurs() -> giveBack(text);
            case Placement.NotPlaced refused when Objects.equals(refused.code(), STOPPED) -> stopped(text);
            case Placement.NotPlaced refused -> record(text, TextState.FAILED, null, refused.code());
        });
    }

    private Placement post(Messages.Outgoing text, Duration validity) {
        try {
            return Calls.taken(Message.creator(
                            new PhoneNumber(text.e164()), new PhoneNumber(text.sender()), text.body())
                    .setValidityPeriod((int) validity.toSeconds())
                    .setStatusCallback(URI.create(platform.at("/webhooks/twilio/sms/" + text.token() + "#rc=5&rp=all")))
                    .create(twilio.client())
                    .getSid());
        } catch (TwilioException e) {
            return Calls.failure(e);
        }
    }

    private Uni<Void> record(
            Messages.Outgoing text, TextState state, @Nullable String sid, @Nullable Integer errorCode) {
        return database.inTransaction(sql -> messages.sent(sql, text.id(), state, sid, errorCode));
    }

    /** The youth told the network to stop, and we did not hear it: an objection like any other. */
    private Uni<Void> stopped(Messages.Outgoing text) {
        Instant now = clock.instant();
        return database.inTransaction(sql -> messages.sent(sql, text.id(), TextState.FAILED, null, STOPPED)
                .chain(() -> Youths.object(sql, text.youthId(), Youths.Channel.SMS, now))
                .replaceWithVoid());
    }

    /** Failing the message makes the outbox try again later, with growing gaps. */
    private Uni<Void> giveBack(Messages.Outgoing text) {
        return database.inTransaction(sql -> messages.giveBack(sql, text.id()))
                .chain(() -> Uni.createFrom().failure(new IllegalStateException("Twilio takes no texts now")));
    }

    @Scheduled(every = "30s", skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> sweep() {
        return database.inTransaction(sql -> messages.doubtExpired(sql)
                        .chain(() -> messages.forgotten(sql))
                        .chain(ids -> putAgain(sql, ids)))
                .invoke(() -> outbox.nudge(Outbox.SMS_TO_SEND));
    }

    /** Texts that were given back too often wait here until Twilio takes texts again. */
    private Uni<Void> putAgain(Sql sql, List<Long> ids) {
        return InTurn.each(ids, id -> outbox.put(sql, Outbox.SMS_TO_SEND, new ToSend(id)));
    }
}
