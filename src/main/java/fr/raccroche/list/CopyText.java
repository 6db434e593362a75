package fr.raccroche.list;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;

/**
 * Rows on their way into a table through {@code COPY … from stdin}, in PostgreSQL's text format.
 *
 * <p>Rows leave in large blocks; while the server takes one in, the caller already makes the next. A connection takes one
 * table at a time: rows for a second one are spooled to a file meanwhile.
 */
final class CopyText implements AutoCloseable {

    private static final int BLOCK = 1 << 16;

    private final @Nullable CopyIn copy;
    private final @Nullable OutputStream spool;
    private final StringBuilder block = new StringBuilder(BLOCK + 4096);
    private boolean first = true;

    /** @param into table and columns, for instance {@code list_row (line, ine)} */
    CopyText(Connection connection, String into) throws SQLException {
        copy = new CopyManager(connection.unwrap(BaseConnection.class)).copyIn("copy " + into + " from stdin");
        spool = null;
    }

    /** Keeps the rows for later, in the same format. */
    CopyText(OutputStream spool) {
        this.copy = null;
        this.spool = spool;
    }

    CopyText value(@Nullable String value) {
        separate();
        if (value == null) {
            block.append("\\N");
        } else {
            escape(value);
        }
        return this;
    }

    CopyText value(long value) {
        separate();
        block.append(value);
        return this;
    }

    CopyText value(boolean value) {
        separate();
        block.append(value ? 't' : 'f');
        return this;
    }

    CopyText nothing(int columns) {
        for (int i = 0; i < columns; i++) {
            value((String) null);
        }
        return this;
    }

    /** Ends a row. */
    void end() throws SQLException {
        block.append('\n');
        first = true;
        if (block.length() >= BLOCK) {
            send();
        }
    }

    /** Tells the server that all rows came. */
    void finish() throws SQLException {
        send();
        if (copy != null) {
            copy.endCopy();
        }
        if (spool != null) {
            try {
                spool.flush();
            } catch (IOException e) {
                throw new SQLException(e);
            }
        }
    }

    /** Gives up what was not finished. */
    @Override
    public void close() throws SQLException {
        if (copy != null && copy.isActive()) {
            copy.cancelCopy();
        }
        if (spool != null) {
            try {
                spool.close();
            } catch (IOException e) {
                throw new SQLException(e);
            }
        }
    }

    private void send() throws SQLException {
        byte[] bytes = block.toString().getBytes(StandardCharsets.UTF_8);
        if (copy != null) {
            copy.writeToCopy(bytes, 0, bytes.length);
        }
        if (spool != null) {
            try {
                spool.write(bytes);
            } catch (IOException e) {
                throw new SQLException(e);
            }
        }
        block.setLength(0);
    }

    private void separate() {
        if (!first) {
            block.append('\t');
        }
        first = false;
    }

    private void escape(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\' -> block.append("\\\\");
                case '\t' -> block.append("\\t");
                case '\n' -> block.append("\\n");
                case '\r' -> block.append("\\r");
                default -> block.append(c);
            }
        }
    }
}
