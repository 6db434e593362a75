package fr.raccroche.list;

import fr.raccroche.list.table.Refused;
import fr.raccroche.platform.Problem;
import io.agroal.api.AgroalDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.WorkerExecutor;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Callable;

/**
 * Blocking JDBC for lists, on threads and connections apart from sign-in's and the desk's. Every answer comes on the
 * caller's context.
 */
@ApplicationScoped
class ListDatabase {

    private final AgroalDataSource source;
    private final LoadWords words;
    private final WorkerExecutor threads;

    ListDatabase(AgroalDataSource source, LoadWords words, Vertx vertx) {
        this.source = source;
        this.words = words;
        this.threads = vertx.createSharedWorkerExecutor("raccroche-list-files", 2);
    }

    /** Something done with SQL in one transaction. */
    interface Work<T> {
        T of(LoadSql sql) throws SQLException, IOException, Refused;
    }

    /** Runs work in a transaction of its own; a file it refuses is a {@link Problem} 400. */
    <T> Uni<T> inTransaction(Work<T> work) {
        return blocking(() -> transact(work));
    }

    /** Runs what blocks; a file it refuses is a {@link Problem} 400. */
    <T> Uni<T> blocking(Callable<T> work) {
        return threads.executeBlocking(
                () -> {
                    try {
                        return work.call();
                    } catch (Refused refused) {
                        throw Problem.badRequest("list-refused", words.refused(refused.reason(), refused.detail()));
                    }
                },
                false);
    }

    /** One transaction on the thread of the caller. */
    <T> T transact(Work<T> work) throws SQLException, IOException, Refused {
        return transact("0", work);
    }

    /** @param tables suffix of the tables that the work may make for itself */
    <T> T transact(String tables, Work<T> work) throws SQLException, IOException, Refused {
        try (Connection connection = connect()) {
            try {
                T done = work.of(new LoadSql(connection, tables));
                connection.commit();
                return done;
            } catch (SQLException | IOException | Refused | RuntimeException e) {
                undo(connection, e);
                throw e;
            }
        }
    }

    private static void undo(Connection connection, Exception why) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            why.addSuppressed(e);
        }
    }

    /** A connection that commits only when told. */
    Connection connect() throws SQLException {
        Connection connection = source.getConnection();
        connection.setAutoCommit(false);
        return connection;
    }
}
