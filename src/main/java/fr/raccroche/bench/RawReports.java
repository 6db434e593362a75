package fr.raccroche.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Reports on calls by the five statements that they take at least: begin, store, lock the attempt, change it, commit. */
final class RawReports {

    private static final List<String> STATES = List.of("QUEUED", "RINGING", "ANSWERED", "COMPLETED");

    private static final String STORE = """
            insert into call_event (token, call_sid, sequence, status, fields) values (?, ?, ?, ?, cast(? as jsonb))
            on conflict do nothing""";

    private static final String LOCK = "select id, state from call_attempt where token = ? for update";

    private static final String CHANGE = """
            update call_attempt set state = ?, call_sid = coalesce(call_sid, ?), changed_at = now(),
                   ended_at = case when ? then now() else ended_at end
            where id = ?""";

    private RawReports() {}

    static BenchClients.Client open(BenchDatabase database) throws SQLException {
        Connection connection = database.open();
        connection.setAutoCommit(false);
        PreparedStatement store = connection.prepareStatement(STORE);
        PreparedStatement lock = connection.prepareStatement(LOCK);
        PreparedStatement change = connection.prepareStatement(CHANGE);
        return new BenchClients.Client() {
            @Override
            public void run(int number) throws SQLException {
                for (int sequence = 0; sequence < CallReports.LIFE.size(); sequence++) {
                    report(number, sequence);
                }
            }

            private void report(int call, int sequence) throws SQLException {
                store.setString(1, "call-" + call);
                store.setString(2, CallReports.sid(call));
                store.setInt(3, sequence);
                store.setString(4, CallReports.LIFE.get(sequence));
                store.setString(5, "{\"CallStatus\":\"%s\"}".formatted(CallReports.LIFE.get(sequence)));
                store.executeUpdate();
                lock.setString(1, "call-" + call);
                long attempt;
                try (ResultSet rows = lock.executeQuery()) {
                    rows.next();
                    attempt = rows.getLong(1);
                }
                change.setString(1, STATES.get(sequence));
                change.setString(2, CallReports.sid(call));
                change.setBoolean(3, sequence == CallReports.LIFE.size() - 1);
                change.setLong(4, attempt);
                change.executeUpdate();
                connection.commit();
            }

            @Override
            public void close() throws SQLException {
                connection.close();
            }
        };
    }
}
