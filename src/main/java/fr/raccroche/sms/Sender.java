package fr.raccroche.sms;

import static fr.raccroche.platform.FrenchCalendar.PARIS;

import fr.raccroche.campaign.CallingHours;
import fr.raccroche.campaign.Campaign;
import fr.raccroche.campaign.Campaigns;
import fr.raccroche.campaign.TextSetting;
import fr.raccroche.campaign.TextTemplate;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.InTurn;
import fr.raccroche.platform.Nothing;
import fr.raccroche.platform.Outbox;
import fr.raccroche.platform.Sql;
import fr.raccroche.queue.Noes;
import fr.raccroche.telephony.Placement;
import fr.raccroche.youth.NumberPlace;
import fr.raccroche.youth.PublicText;
import fr.raccroche.youth.RestReason;
import fr.raccroche.youth.Telephones;
import fr.raccroche.youth.Youths;
import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jspecify.annotations.Nullable;

/**
 * Sends the texts that wait. Each is a row before Twilio is asked, is asked for once, and is not sent to somebody who
 * objected in the meantime.
 */
@ApplicationScoped
class Sender {

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
    private final TwilioTexts twilio;
    private final Clock clock;

    Sender(
            Database database,
            Outbox outbox,
            Messages messages,
            Campaigns campaigns,
            PersonalLinks links,
            TwilioTexts twilio,
            Clock clock) {
        this.database = database;
        this.outbox = outbox;
        this.messages = messages;
        this.campaigns = campaigns;
        this.links = links;
        this.twilio = twilio;
        this.clock = clock;
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
                        : isUnwanted(sql, text, now)
                                .chain(unwanted -> campaigns
                                        .byId(sql, text.campaignId())
                                        .chain(campaign -> take(sql, text, campaign, unwanted, now))));
    }

    /** Whether its reader objected, or somebody on this telephone did. */
    private static Uni<Boolean> isUnwanted(Sql sql, Messages.Outgoing text, Instant now) {
        return Youths.objected(sql, text.youthId())
                .chain(objected -> objected ? Uni.createFrom().item(true) : Telephones.rests(sql, text.e164(), now));
    }

    /** What could not be sent for hours is not sent in the night, nor the day after. */
    private Uni<@Nullable Ready> take(
            Sql sql, Messages.Outgoing text, Campaign campaign, boolean unwanted, Instant now) {
        if (unwanted
                || campaign.state() == Campaign.State.CLOSED
                || text.at().plus(LONGEST_WAIT).isBefore(now)) {
            return messages.sent(sql, text.id(), TextState.CANCELED, null, null).map(ignored -> null);
        }
        if (campaign.state() == Campaign.State.PAUSED
                || !campaign.texts().hours().isOpenIn(NumberPlace.zone(text.e164()), now, Duration.ZERO)) {
            return messages.giveBack(sql, text.id()).map(ignored -> null);
        }
        Duration validity = validity(campaign.texts().hours(), NumberPlace.zone(text.e164()), now);
        String place = TextTemplate.Field.LIEN.written();
        if (new PublicText(text.body()).tellsTheReason()) {
            Log.errorf("The text %d says why we call: it is not sent", text.id());
            return messages.sent(sql, text.id(), TextState.CANCELED, null, null).map(ignored -> null);
        }
        return text.body().contains(place)
                ? links.add(sql, campaign.id(), text.youthId(), campaign.texts().time(TextSetting.LINK), now)
                        .map(link -> new Ready(text.with(text.body().replace(place, link)), validity))
                : Uni.createFrom().item(new Ready(text, validity));
    }

    static Duration validity(CallingHours hours, ZoneId zone, Instant now) {
        Duration here = untilTheEnd(hours, now.atZone(PARIS));
        Duration there = untilTheEnd(hours, now.atZone(zone));
        Duration left = here.compareTo(there) < 0 ? here : there;
        return left.compareTo(LONGEST_HELD) > 0 ? LONGEST_HELD : left.compareTo(LEASE) < 0 ? LEASE : left;
    }

    private static Duration untilTheEnd(CallingHours hours, ZonedDateTime local) {
        return Duration.between(local, local.with(hours.spans().getLast().closes()));
    }

    private Uni<Void> send(Messages.Outgoing text, Duration validity) {
        return twilio.send(text, validity).chain(placement -> switch (placement) {
            case Placement.Placed placed -> record(text, TextState.ACCEPTED, placed.sid(), null);
            case Placement.InDoubt doubt -> record(text, TextState.UNKNOWN, null, null);
            case Placement.NotPlaced refused
            when refused.isOurs() && !TextFailure.of(refused.code()).isOfTheNumber() -> giveBack(text);
            case Placement.NotPlaced refused when Objects.equals(refused.code(), STOPPED) -> stopped(text);
            case Placement.NotPlaced refused -> record(text, TextState.FAILED, null, refused.code());
        });
    }

    private Uni<Void> record(
            Messages.Outgoing text, TextState state, @Nullable String sid, @Nullable Integer errorCode) {
        return database.inTransaction(sql -> messages.sent(sql, text.id(), state, sid, errorCode));
    }

    /** The youth told the network to stop, and we did not hear it: an objection like any other. */
    private Uni<Void> stopped(Messages.Outgoing text) {
        Instant now = clock.instant();
        return database.inTransaction(sql -> messages.sent(sql, text.id(), TextState.FAILED, null, STOPPED)
                .chain(() -> Noes.byText(sql, text.e164(), RestReason.STOP_AT_THE_NETWORK, "", now))
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
