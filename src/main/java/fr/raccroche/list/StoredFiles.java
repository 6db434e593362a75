package fr.raccroche.list;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Files of loads that are not over, kept in the database in parts of a megabyte. */
final class StoredFiles {

    private static final int PART = 1 << 20;

    private StoredFiles() {}

    static void keep(LoadSql sql, long load, Path file) throws SQLException, IOException {
        try (InputStream stream = Files.newInputStream(file)) {
            int n = 0;
            for (byte[] part = stream.readNBytes(PART); part.length > 0; part = stream.readNBytes(PART)) {
                sql.statement("insert into list_load_part (load_id, n, bytes) values (:load, :n, :bytes)")
                        .set("load", load)
                        .set("n", n++)
                        .set("bytes", part)
                        .run();
            }
        }
    }

    /** Whether the file is still needed, and so still kept. */
    static boolean isKept(LoadSql sql, long load) throws SQLException {
        return sql.statement("select count(*) from list_load_part where load_id = :load")
                        .set("load", load)
                        .number()
                > 0;
    }

    /** Writes the beginning of a file, at most so many megabytes of it. */
    static void fetch(LoadSql sql, long load, Path file, int parts) throws SQLException, IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            sql.statement("select bytes from list_load_part where load_id = :load and n < :parts order by n")
                    .set("load", load)
                    .set("parts", parts)
                    .each(1, row -> write(row, out));
        }
    }

    private static void write(ResultSet row, OutputStream out) throws SQLException {
        try {
            out.write(row.getBytes(1));
        } catch (IOException e) {
            throw new SQLException(e);
        }
    }

    static void forget(LoadSql sql, long load) throws SQLException {
        sql.statement("delete from list_load_part where load_id = :load")
                .set("load", load)
                .run();
    }
}
