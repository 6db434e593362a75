package fr.raccroche.platform;

import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.reactive.messaging.Channel;

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

    private static final int TRIES = 10;

    private final Database database;
    private final Json json;
    private final PlatformConfig.Outbox config;
    private final Map<String, Relay> relays;
    private volatile boolean stopped;

    Outbox(
            Database database,
            Json json,
            PlatformConfig config,
            @Channel("calls-to-place-out") MutinyEmitter<String> callsToPlace,
            @Channel("call-events-out") MutinyEmitter<String> callEvents,
            @Channel("outcomes-out") MutinyEmitter<String> outcomes,
            @Channel("sms-to-send-out") MutinyEmitter<String> smsToSend,
            @Channel("sms-received-out") MutinyEmitter<String> smsReceived,
            @Channel("campaigns-closed-out") MutinyEmitter<String> campaignsClosed) {
        this.database = database;
        this.json = json;
        this.config = config.outbox();
        this.relays = Map.of(
                CALLS_TO_PLACE, new Relay(CALLS_TO_PLACE, callsToPlace),
                CALL_EVENTS, new Relay(CALL_EVENTS, callEvents),
                OUTCOMES, new Relay(OUTCOMES, outcomes),
                SMS_TO_SEND, new Relay(SMS_TO_SEND, smsToSend),
                SMS_RECEIVED, new Relay(SMS_RECEIVED, smsReceived),
                CAMPAIGNS_CLOSED, new Relay(CAMPAIGNS_CLOSED, campaignsClosed));
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

    @Scheduled(every = "${raccroche.outbox.poll:1s}", skipExecutionIf = Scheduled.ApplicationNotRunning.class)
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

    private record Waiting(long id, String payload) {}

    private record Failed(long id, String reason) {}

    /** Moves the rows of one channel; at most one transaction of it at a time, many deliveries. */
    private final class Relay {

        private final String channel;
        private final MutinyEmitter<String> emitter;
        private final AtomicBoolean running = new AtomicBoolean();
        private final AtomicBoolean again = new AtomicBoolean();
        private final AtomicInteger underWay = new AtomicInteger();
        private final ConcurrentLinkedQueue<Long> delivered = new ConcurrentLinkedQueue<>();
        private final ConcurrentLinkedQueue<Failed> failed = new ConcurrentLinkedQueue<>();

        Relay(String channel, MutinyEmitter<String> emitter) {
            this.channel = channel;
            this.emitter = emitter;
        }

        void pump() {
            again.set(true);
            if (stopped || !config.relay() || !running.compareAndSet(false, true)) {
                return;
            }
            again.set(false);
            int room = config.batch() - underWay.get();
            List<Long> done = takeAll(delivered);
            List<Failed> undone = takeAll(failed);
            database.inTransaction(sql -> settle(sql, done, undone).chain(() -> take(sql, room)))
                    .subscribe()
                    .with(rows -> deliver(rows, room), failure -> {
                        delivered.addAll(done);
                        failed.addAll(undone);
                        running.set(false);
                        Log.warnf("Events of %s wait: the database did not answer. Will be tried again.", channel);
                    });
        }

        private void deliver(List<Waiting> rows, int room) {
            underWay.addAndGet(rows.size());
            rows.forEach(this::send);
            running.set(false);
            if (again.get() || (rows.size() == room && room > 0)) {
                pump();
            }
        }

        private void send(Waiting row) {
            emitter.send(row.payload())
                    .subscribe()
                    .with(
                            ignored -> settled(() -> delivered.add(row.id())),
                            failure -> settled(() -> {
                                Log.warnf(failure, "Event %d of %s failed. Will be tried again.", row.id(), channel);
                                failed.add(
                                        new Failed(row.id(), failure.getClass().getName()));
                            }));
        }

        private void settled(Runnable note) {
            note.run();
            underWay.decrementAndGet();
            pump();
        }

        private Uni<Void> settle(Sql sql, List<Long> done, List<Failed> undone) {
            Uni<Void> deleted = done.isEmpty()
                    ? Nothing.happens()
                    : sql.update("delete from outbox where id = any(:ids)")
                            .set("ids", done.toArray(Long[]::new))
                            .run();
            return deleted.chain(() -> InTurn.each(undone, failure -> postpone(sql, failure)));
        }

        private Uni<Void> postpone(Sql sql, Failed failure) {
            return sql.update("""
                            update outbox set last_error = :reason,
                                   leased_until = now() + least(60, power(2, tries)) * interval '1 second',
                                   parked_at = case when tries >= :tries then now() end
                            where id = :id""")
                    .set("reason", failure.reason())
                    .set("tries", TRIES)
                    .set("id", failure.id())
                    .run();
        }

        private Uni<List<Waiting>> take(Sql sql, int room) {
            if (room <= 0) {
                return Uni.createFrom().item(List.of());
            }
            return sql.query("""
                            update outbox set tries = tries + 1,
                                   leased_until = now() + :seconds * interval '1 second'
                            where id in (select id from outbox
                                          where channel = :channel and parked_at is null and leased_until < now()
                                          order by id limit :room for update skip locked)
                            returning id, cast(payload as text) as payload""")
                    .set("seconds", config.lease().toSeconds())
                    .set("channel", channel)
                    .set("room", room)
                    .list(row -> new Waiting(row.id("id"), row.text("payload")));
        }

        private static <T> List<T> takeAll(ConcurrentLinkedQueue<T> queue) {
            var all = new ArrayList<T>();
            for (T item = queue.poll(); item != null; item = queue.poll()) {
                all.add(item);
            }
            return all;
        }
    }
}
