package fr.raccroche.platform;

import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Events leave here: a row in the transaction that caused them, then a message on a channel.
 *
 * <p>Delivery is at least once and in no promised order, so consumers are idempotent. A row is deleted when its
 * consumer has acknowledged; one that fails ten times is parked, and the others go on.
 */
@ApplicationScoped
public class Outbox {

    /** An attempt waits to be dialled. */
    public static final String CALLS_TO_PLACE = "calls-to-place";
    /** The network reported on a call. */
    public static final String CALL_EVENTS = "call-events";
    /** An outcome was recorded. */
    public static final String OUTCOMES = "outcomes";
    /** A text waits to be sent. */
    public static final String SMS_TO_SEND = "sms-to-send";
    /** A text came in. */
    public static final String SMS_RECEIVED = "sms-received";
    /** A campaign ended. */
    public static final String CAMPAIGNS_CLOSED = "campaigns-closed";

    private final Database database;
    private final Json json;
    private final Map<String, Relay> relays;
    private volatile boolean stopped;

    Outbox(Database database, Json json, PlatformConfig config, Channels channels) {
        this.database = database;
        this.json = json;
        this.relays = channels.emitters().entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey,
                        channel -> new Relay(
                                channel.getKey(), channel.getValue(), database, config.outbox(), () -> stopped)));
    }

    /** Stores an event in the caller's transaction; {@link #nudge} after the commit sends it without waiting. */
    public Uni<Void> put(Sql sql, String channel, Object event) {
        return sql.update(
                        "insert into outbox (channel, payload) values (:channel, cast(cast(:payload as text) as jsonb))")
                .set("channel", channel)
                .set("payload", json.write(event))
                .run();
    }

    /**
     * Part of a statement that stores events beside their causes, for where each trip to the database counts: one event
     * for each row of the clause {@code cause}, carrying its {@code id} as {@code name}.
     */
    public static String stored(String channel, String name, String cause) {
        return "insert into outbox (channel, payload) select '%s', jsonb_build_object('%s', id) from %s"
                .formatted(channel, name, cause);
    }

    /** Says that events may be waiting on {@code channel}, so that they leave now instead of at the next poll. */
    public void nudge(String channel) {
        Relay relay = relays.get(channel);
        if (relay == null) {
            throw new IllegalArgumentException("No channel " + channel);
        }
        relay.pump();
    }

    /** Reads the event out of a message. */
    public <T> T read(String payload, Class<T> type) {
        return json.read(payload, type);
    }

    @Scheduled(every = "${raccroche.outbox.poll}", skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void poll() {
        relays.values().forEach(Relay::pump);
    }

    /** What was parked gets another chance from time to time: the cause may be mended by now. */
    @Scheduled(every = "10m", skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> unpark() {
        return database.inTransaction(
                        sql -> sql.update("update outbox set parked_at = null where parked_at is not null")
                                .count())
                .invoke(count -> {
                    if (count > 0) {
                        Log.errorf("%d events had failed ten times and are tried again.", count);
                    }
                })
                .replaceWithVoid();
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
    }
}
