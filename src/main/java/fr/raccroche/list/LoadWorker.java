package fr.raccroche.list;

import fr.raccroche.directory.Directory;
import fr.raccroche.list.table.Refused;
import fr.raccroche.platform.Json;
import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.WorkerExecutor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Objects;

/**
 * Works the loads off one after the other on a thread of its own. A load that a killed process left behind is taken up
 * again by whichever node sees it first.
 */
@ApplicationScoped
class LoadWorker {

    private static final int LOCK_CLASS = 0x5261_0003;
    private static final String IN_USE_ELSEWHERE = "23503";

    private final ListDatabase database;
    private final Directory directory;
    private final Json json;
    private final Clock clock;
    private final WorkerExecutor thread;
    private final Signs signs;
    private volatile boolean stopped;

    LoadWorker(ListDatabase database, Directory directory, Json json, Vertx vertx, Clock clock) {
        this.database = database;
        this.directory = directory;
        this.json = json;
        this.clock = clock;
        this.thread = vertx.createSharedWorkerExecutor("raccroche-lists", 1);
        this.signs = new Signs(database);
    }

    /** Says that there may be work. */
    void nudge() {
        if (!stopped) {
            thread.executeBlocking(this::workOff, true)
                    .subscribe()
                    .with(done -> {}, failure -> Log.error("A list load failed and will be tried again", failure));
        }
    }

    @Scheduled(every = "5s", delayed = "3s", skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void lookForWork() {
        nudge();
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
        signs.stop();
    }

    /** Works off whatever waits; answers how many turns that took. */
    private int workOff() throws SQLException {
        int turns = 0;
        try (Connection connection = database.connect()) {
            var sql = new LoadSql(connection, 0);
            for (Long load = StoredLoads.next(sql, 0); load != null && !stopped; load = StoredLoads.next(sql, load)) {
                turns += workOff(connection, load) ? 1 : 0;
            }
            connection.rollback();
        }
        return turns;
    }

    /** One turn of a load, unless another node has it; whatever fails is tried again in a later one. */
    private boolean workOff(Connection connection, long load) throws SQLException {
        var sql = new LoadSql(connection, load);
        if (!lock(sql, load)) {
            return false;
        }
        try {
            work(connection, sql, load);
            return true;
        } catch (SQLException | IOException | RuntimeException e) {
            Log.errorf(e, "List load %d failed", load);
            connection.rollback();
            StoredLoads.fail(sql, load, clock.instant());
            connection.commit();
            return false;
        } finally {
            connection.rollback();
            unlock(sql, load);
            connection.commit();
        }
    }

    private static boolean lock(LoadSql sql, long load) throws SQLException {
        return sql.statement("select cast(pg_try_advisory_lock(:class, :load) as integer)")
                        .set("class", LOCK_CLASS)
                        .set("load", (int) load)
                        .number()
                == 1;
    }

    private static void unlock(LoadSql sql, long load) throws SQLException {
        sql.statement("select cast(pg_advisory_unlock(:class, :load) as integer)")
                .set("class", LOCK_CLASS)
                .set("load", (int) load)
                .number();
    }

    @SuppressWarnings("try") // signs are given for as long as the work goes on
    private void work(Connection connection, LoadSql sql, long id) throws SQLException, IOException {
        Load load = StoredLoads.find(sql, id);
        if (load == null || !load.state().isWorking()) {
            return;
        }
        var progress = new Progress();
        try (Signs.Ticking ticking = signs.show(connection, id, progress)) {
            turn(connection, sql, load, progress);
        } catch (Refused refused) {
            connection.rollback();
            StoredLoads.refuse(sql, id, refused, clock.instant());
            connection.commit();
        } catch (Canceled e) {
            giveUp(connection, sql, id);
        } catch (SQLException e) {
            connection.rollback();
            if (!progress.canceled) {
                throw e;
            }
            giveUp(connection, sql, id);
        }
    }

    private void giveUp(Connection connection, LoadSql sql, long id) throws SQLException {
        connection.rollback();
        StoredLoads.cancel(sql, id, clock.instant());
        connection.commit();
    }

    private void turn(Connection connection, LoadSql sql, Load load, Progress progress)
            throws SQLException, IOException, Refused, Canceled {
        switch (load.state()) {
            case QUEUED, READING -> read(connection, sql, load, progress);
            case CONFIRMED, APPLYING -> apply(connection, sql, load, progress);
            case UNDOING -> undo(connection, sql, load, progress);
            case MAPPING, PREVIEW, DONE, REFUSED, CANCELED, UNDONE -> {}
        }
    }

    private LoadRun run(Connection connection, Load load, Progress progress) {
        return new LoadRun(connection, load, directory.communes(), json, progress);
    }

    private void read(Connection connection, LoadSql sql, Load load, Progress progress)
            throws SQLException, IOException, Refused, Canceled {
        StoredLoads.move(sql, load.id(), load.state(), LoadState.READING);
        connection.commit();
        Preview preview = run(connection, load, progress).read();
        if (load.direct() && !preview.isAlarming() && !preview.asks()) {
            StoredLoads.move(sql, load.id(), LoadState.PREVIEW, LoadState.CONFIRMED);
            connection.commit();
            apply(connection, sql, again(sql, load), progress);
        } else {
            connection.commit();
        }
    }

    /** What was previewed, if it still holds; else the file is read again and, when it says the same, applied. */
    private void apply(Connection connection, LoadSql sql, Load load, Progress progress)
            throws SQLException, IOException, Refused, Canceled {
        StoredLoads.move(sql, load.id(), load.state(), LoadState.APPLYING);
        connection.commit();
        Preview agreed = json.read(Objects.requireNonNull(load.preview()), Preview.class);
        var run = run(connection, load, progress);
        if (run.isFresh()) {
            run.apply(agreed, clock.instant());
            connection.commit();
            return;
        }
        Preview now = run.read();
        if (now.equals(agreed) || (load.direct() && !now.isAlarming() && !now.asks())) {
            run(connection, again(sql, load), progress).apply(now, clock.instant());
        } else {
            sql.statement("update list_load set refusal = 'CHANGED_MEANWHILE' where id = :load")
                    .set("load", load.id())
                    .run();
        }
        connection.commit();
    }

    private static Load again(LoadSql sql, Load load) throws SQLException {
        return Objects.requireNonNull(StoredLoads.find(sql, load.id()));
    }

    private void undo(Connection connection, LoadSql sql, Load load, Progress progress) throws SQLException {
        Merge.Obstacle obstacle;
        try {
            obstacle = run(connection, load, progress).undo(clock.instant());
        } catch (SQLException e) {
            if (!IN_USE_ELSEWHERE.equals(e.getSQLState())) {
                throw e;
            }
            connection.rollback();
            obstacle = Merge.Obstacle.IN_USE;
        }
        sql.statement("update list_load set state = :state, refusal = :refusal where id = :load")
                .set("state", obstacle == null ? LoadState.UNDONE : LoadState.DONE)
                .set("refusal", obstacle)
                .set("load", load.id())
                .run();
        connection.commit();
    }
}
