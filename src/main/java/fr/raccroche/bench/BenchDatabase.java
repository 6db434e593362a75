package fr.raccroche.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The server that is measured, over JDBC. */
record BenchDatabase(String url, String user, String password) {

    Connection open() throws SQLException {
        return DriverManager.getConnection(url, user, password);
    }

    void run(String sql) throws SQLException {
        try (Connection connection = open();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The one number that a question has for an answer. */
    long number(String question) throws SQLException {
        try (Connection connection = open();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(question)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** Fails unless the answer is {@code expected}. */
    void require(String question, long expected) throws SQLException {
        long found = number(question);
        if (found != expected) {
            throw new IllegalStateException("%s: %d, not %d".formatted(question, found, expected));
        }
    }

    /** A report that reads from now on what was true at this moment, until it is closed. */
    Report snapshot() {
        try {
            Connection connection = open();
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            try (Statement statement = connection.createStatement()) {
                statement.execute("select count(*) from campaign");
            }
            return connection::close;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A report that is open. */
    interface Report {
        void close() throws SQLException;
    }
}
