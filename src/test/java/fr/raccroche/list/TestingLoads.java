package fr.raccroche.list;

import com.fasterxml.jackson.databind.ObjectMapper;
import fr.raccroche.directory.Communes;
import fr.raccroche.directory.DirectoryLoad;
import fr.raccroche.list.row.Mapping;
import fr.raccroche.list.row.Vocabulary;
import fr.raccroche.list.table.Layout;
import fr.raccroche.list.table.Refused;
import fr.raccroche.list.table.TableFile;
import fr.raccroche.platform.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

/** Loads without the application around them, on a database of their own. */
final class TestingLoads implements AutoCloseable {

    static final Instant AT = Instant.parse("2026-11-20T09:00:00Z");
    static final LocalDate DAY = LocalDate.of(2026, 11, 20);

    private final EmbeddedDatabase database;
    private final Connection connection;
    private final ObjectMapper json = new ObjectMapper();
    private final Communes communes;

    TestingLoads() throws IOException, SQLException {
        database = EmbeddedDatabase.start(Files.createTempDirectory("raccroche-lists"));
        String url = "jdbc:postgresql://" + database.address();
        Flyway.configure().dataSource(url, "postgres", "postgres").load().migrate();
        connection = DriverManager.getConnection(url, "postgres", "postgres");
        DirectoryLoad.ifEmpty(connection);
        connection.setAutoCommit(false);
        communes = Communes.load(connection);
    }

    @Override
    public void close() throws IOException, SQLException {
        connection.close();
        database.close();
    }

    Connection connection() {
        return connection;
    }

    /** Nobody is known any more. */
    void reset() throws SQLException {
        connection.rollback();
        new LoadSql(connection, 0).dropTables();
        execute("truncate youth, dropout_list, list_load, list_version, campaign restart identity cascade");
    }

    /** What became of a load. */
    record Loaded(long load, long list, long version, Preview preview) {}

    /** A complete file as a new list. */
    Loaded load(TestingList file) throws Exception {
        return load(file, null, true);
    }

    /** A file through its whole way. */
    Loaded load(TestingList file, @Nullable Long list, boolean complete) throws Exception {
        long load = submit(file.file(), list, complete);
        Preview preview = preview(load);
        long version = apply(load, preview);
        return new Loaded(load, number("select list_id from list_version where id = ?", version), version, preview);
    }

    long submit(Path file, @Nullable Long list, boolean complete) throws Exception {
        Layout layout = TableFile.recognise(file, Vocabulary::known);
        Mapping mapping;
        try (TableFile table = TableFile.open(file, layout)) {
            mapping = Mapping.propose(layout, table.header(), List.of());
        }
        byte[] bytes = Files.readAllBytes(file);
        var sql = new LoadSql(connection, 0);
        long load = sql.number(
                """
                insert into list_load (list_id, list_name, reference_date, complete, file_name, sha256, state, direct,
                       mapping, file_bytes, created_at)
                values (?, 'Liste', ?, ?, 'liste.csv', ?, 'QUEUED', true, ?, ?, ?) returning id""",
                list,
                DAY,
                complete,
                MessageDigest.getInstance("SHA-256").digest(bytes),
                mapping.toJson(),
                bytes.length,
                AT);
        sql.run("insert into list_load_part (load_id, n, bytes) values (?, 0, ?)", load, bytes);
        connection.commit();
        return load;
    }

    Preview preview(long load) throws Exception {
        try {
            Preview preview = run(load).read();
            connection.commit();
            return preview;
        } catch (Refused | SQLException e) {
            connection.rollback();
            throw e;
        }
    }

    long apply(long load, Preview preview) throws SQLException {
        var run = run(load);
        if (!run.isFresh()) {
            throw new IllegalStateException("The preview no longer holds");
        }
        long version = run.apply(preview, AT);
        connection.commit();
        return version;
    }

    boolean isFresh(long load) throws SQLException {
        return run(load).isFresh();
    }

    /** Undoes, or says why not. */
    Merge.@Nullable Obstacle undo(long load) throws SQLException {
        try {
            Merge.Obstacle obstacle = run(load).undo(AT);
            connection.commit();
            return obstacle;
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        }
    }

    private LoadRun run(long load) throws SQLException {
        Load found = new LoadSql(connection, load)
                .first("select " + Load.COLUMNS + " from list_load where id = ?", Load::of, load);
        return new LoadRun(connection, Objects.requireNonNull(found), communes, json, new LoadRun.Progress());
    }

    void execute(String statement) throws SQLException {
        new LoadSql(connection, 0).execute(statement);
        connection.commit();
    }

    long number(String query, @Nullable Object... parameters) throws SQLException {
        return new LoadSql(connection, 0).number(query, parameters);
    }

    /** The first column of every row. */
    List<String> texts(String query, @Nullable Object... parameters) throws SQLException {
        var texts = new ArrayList<String>();
        new LoadSql(connection, 0).each(query, row -> texts.add(row.getString(1)), parameters);
        return texts;
    }

    /** All that a load may touch, as text; ids of new rows included. */
    List<String> contents() throws SQLException {
        var contents = new ArrayList<String>();
        for (String table : List.of("youth", "phone_number", "legal_guardian", "list_entry", "campaign_youth")) {
            contents.addAll(texts("select '" + table + " ' || cast(t as text) from " + table + " t order by 1"));
        }
        return contents;
    }
}
