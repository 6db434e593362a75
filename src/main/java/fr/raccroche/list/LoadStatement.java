package fr.raccroche.list;

import fr.raccroche.platform.Statement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One statement of {@link LoadSql} with its named parameters, {@code :id}. */
public final class LoadStatement {

    private static final int ROWS_AT_ONCE = 5_000;

    private final Connection connection;
    private final Statement sql;
    private int timeout;

    LoadStatement(Connection connection, String text) {
        this.connection = connection;
        this.sql = Statement.of(text);
    }

    public LoadStatement set(String name, @Nullable Object value) {
        sql.set(name, value);
        return this;
    }

    /** Fails when the answer takes longer, for instance because somebody holds a row. */
    LoadStatement within(int seconds) {
        timeout = seconds;
        return this;
    }

    /** How many rows changed. */
    public int run() throws SQLException {
        try (PreparedStatement statement = prepare()) {
            return statement.executeUpdate();
        }
    }

    /** The first column of the only row. */
    public long number() throws SQLException {
        Long number = first(row -> row.getLong(1));
        if (number == null) {
            throw new SQLException("No row: " + sql.positional());
        }
        return number;
    }

    /** One thing of a row. */
    public interface Reading<T> {
        T of(ResultSet row) throws SQLException;
    }

    /** What the first row holds, or null when there is none. */
    public <T> @Nullable T first(Reading<T> reading) throws SQLException {
        try (PreparedStatement statement = prepare();
                ResultSet row = statement.executeQuery()) {
            return row.next() ? reading.of(row) : null;
        }
    }

    /** What is done with every row. */
    interface Each {
        void row(ResultSet row) throws SQLException;
    }

    /** Reads rows as they come, in bounded memory. */
    void each(Each each) throws SQLException {
        each(ROWS_AT_ONCE, each);
    }

    /** The same with so many rows in memory at a time. */
    void each(int atOnce, Each each) throws SQLException {
        try (PreparedStatement statement = prepare()) {
            statement.setFetchSize(atOnce);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    each.row(row);
                }
            }
        }
    }

    private PreparedStatement prepare() throws SQLException {
        @Nullable Object[] values = sql.values();
        PreparedStatement statement = connection.prepareStatement(sql.positional());
        statement.setQueryTimeout(timeout);
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            switch (value) {
                case Instant instant -> statement.setTimestamp(i + 1, Timestamp.from(instant));
                case Enum<?> constant -> statement.setString(i + 1, constant.name());
                case null, default -> statement.setObject(i + 1, value);
            }
        }
        return statement;
    }
}
