package fr.raccroche.platform;

import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** Moves the rows of one channel; at most one transaction of it at a time, many deliveries. */
final class Relay {

    /** After so many failures an event is parked. */
    private static final int TRIES = 10;

    private record Waiting(long id, String payload) {}

    private record Failed(long id, String reason) {}

    private final String channel;
    private final MutinyEmitter<String> emitter;
    private final Database database;
    private final PlatformConfig.Delivery config;
    private final BooleanSupplier stopped;
    private final AtomicBoolean running = new AtomicBoolean();
    private final AtomicBoolean again = new AtomicBoolean();
    private final AtomicInteger underWay = new AtomicInteger();
    private final ConcurrentLinkedQueue<Long> delivered = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Failed> failed = new ConcurrentLinkedQueue<>();

    Relay(
            String channel,
            MutinyEmitter<String> emitter,
            Database database,
            PlatformConfig.Delivery config,
            BooleanSupplier stopped) {
        this.channel = channel;
        this.emitter = emitter;
        this.database = database;
        this.config = config;
        this.stopped = stopped;
    }

    /** Sends what waits, and then what came meanwhile. */
    void pump() {
        again.set(true);
        if (stopped.getAsBoolean() || !config.relay() || !running.compareAndSet(false, true)) {
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
                            failed.add(new Failed(row.id(), failure.getClass().getName()));
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
