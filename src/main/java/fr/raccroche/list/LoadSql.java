package fr.raccroche.list;

import fr.raccroche.platform.Statement;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;

/**
 * Statements of one load on its blocking connection. {@code {rows}} and other names in braces stand for the load's own
 * unlogged tables, {@code list_rows_12} for load 12.
 */
public final class LoadSql {

    /** All tables that a load may own. */
    static final String[] TABLES = {
        "rows", "cells", "match", "verdicts", "place", "missing", "known", "barred", "joined"
    };

    private final Connection connection;
    private final String suffix;

    /** @param suffix of the tables: the load's id */
    public LoadSql(Connection connection, String suffix) {
        this.connection = connection;
        this.suffix = suffix;
    }

    public LoadSql(Connection connection, long load) {
        this(connection, Long.toString(load));
    }

    Connection connection() {
        return connection;
    }

    /** The statement with this load's tables in it. */
    String named(String sql) {
        return sql.replaceAll("\\{([a-z]+)}", "list_$1_" + suffix);
    }

    /** Runs statements that take no parameters and answer nothing. */
    public void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(named(sql));
        }
    }

    /** One statement; parameters are named, {@code :id}. */
    public LoadStatement statement(String text) {
        return new LoadStatement(connection, named(text));
    }

    /** How many rows changed. */
    public int run(String sql, @Nullable Object... parameters) throws SQLException {
        try (var statement = prepare(sql, parameters)) {
            return statement.executeUpdate();
        }
    }

    /** Runs a statement that brings its values, and says how many rows changed. */
    public int run(Statement statement) throws SQLException {
        return run(statement.positional(), statement.values());
    }

    /** The first column of the only row. */
    public long number(String sql, @Nullable Object... parameters) throws SQLException {
        Long number = first(sql, rows -> rows.getLong(1), parameters);
        if (number == null) {
            throw new SQLException("No row: " + sql);
        }
        return number;
    }

    /** What the first row holds, or null when there is none. */
    public <T> @Nullable T first(String sql, LoadStatement.Reading<T> reading, @Nullable Object... parameters)
            throws SQLException {
        try (var statement = prepare(sql, parameters);
                ResultSet row = statement.executeQuery()) {
            return row.next() ? reading.of(row) : null;
        }
    }

    /** Reads rows as they come, in bounded memory. */
    void each(String sql, LoadStatement.Each each, @Nullable Object... parameters) throws SQLException {
        each(sql, 5_000, each, parameters);
    }

    /** The same with so many rows in memory at a time. */
    void each(String sql, int atOnce, LoadStatement.Each each, @Nullable Object... parameters) throws SQLException {
        try (var statement = prepare(sql, parameters)) {
            statement.setFetchSize(atOnce);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    each.row(row);
                }
            }
        }
    }

    /** Opens the way into a table, for instance {@code {rows} (line, ine)}. */
    CopyText copy(String into) throws SQLException {
        return new CopyText(connection, named(into));
    }

    /** Sends a file in COPY's text format into a table. */
    void copyFrom(String into, Path file) throws SQLException, IOException {
        try (InputStream stream = new BufferedInputStream(Files.newInputStream(file))) {
            new CopyManager(connection.unwrap(BaseConnection.class))
                    .copyIn("copy " + named(into) + " from stdin", stream);
        }
    }

    /** Takes the load's tables away, whichever there are. */
    public void dropTables() throws SQLException {
        for (String table : TABLES) {
            execute("drop table if exists {" + table + "}");
        }
    }

    private PreparedStatement prepare(String sql, @Nullable Object... parameters) throws SQLException {
        var statement = connection.prepareStatement(named(sql));
        for (int i = 0; i < parameters.length; i++) {
            Object value = parameters[i];
            switch (value) {
                case Instant instant -> statement.setTimestamp(i + 1, Timestamp.from(instant));
                case Enum<?> constant -> statement.setString(i + 1, constant.name());
                case null, default -> statement.setObject(i + 1, value);
            }
        }
        return statement;
    }
}
