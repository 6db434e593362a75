package fr.raccroche.list;

import fr.raccroche.list.table.Refused;
import io.quarkus.logging.Log;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.postgresql.core.BaseConnection;

/** Shows on connections of its own how far turns are, and ends the statement of one when somebody asked to stop. */
final class Signs {

    private static final long MILLISECONDS_BETWEEN = 300;

    private final ListDatabase database;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("raccroche-list-signs").factory());

    Signs(ListDatabase database) {
        this.database = database;
    }

    /** Signs of one turn; closed, it disturbs the turn's connection no more. */
    record Ticking(ScheduledFuture<?> timer, Progress progress) implements AutoCloseable {

        @Override
        public void close() {
            timer.cancel(false);
            synchronized (progress) {
                progress.over = true;
            }
        }
    }

    Ticking show(Connection working, long load, Progress progress) {
        return new Ticking(
                timer.scheduleWithFixedDelay(
                        () -> sign(working, load, progress),
                        MILLISECONDS_BETWEEN,
                        MILLISECONDS_BETWEEN,
                        TimeUnit.MILLISECONDS),
                progress);
    }

    void stop() {
        timer.shutdownNow();
    }

    private void sign(Connection working, long load, Progress progress) {
        try {
            if (database.transact(sql -> keep(sql, load, progress))) {
                progress.canceled = true;
                synchronized (progress) {
                    if (!progress.over) {
                        working.unwrap(BaseConnection.class).cancelQuery();
                    }
                }
            }
        } catch (SQLException | IOException | Refused e) {
            Log.debug("The progress of a list load could not be shown", e);
        }
    }

    /** Whether somebody asked to stop; gives up soon while the turn holds its row. */
    private static boolean keep(LoadSql sql, long load, Progress progress) throws SQLException {
        Boolean asked = sql.statement("""
                        update list_load
                           set bytes_read = greatest(bytes_read, :bytes), rows_read = greatest(rows_read, :rows),
                               rows_rejected = greatest(rows_rejected, :rejected)
                         where id = :load and state in ('READING', 'APPLYING') returning cancel_asked""")
                .set("bytes", progress.bytes)
                .set("rows", progress.rows)
                .set("rejected", progress.rejected)
                .set("load", load)
                .within(1)
                .first(row -> row.getBoolean(1));
        return Boolean.TRUE.equals(asked);
    }
}
