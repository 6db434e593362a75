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
import fr.raccroche.platform.Hashes;
import fr.raccroche.platform.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    private final Json json = new Json(new ObjectMapper());
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
        return new Loaded(load, number("select list_id from list_version where id = :id", version), version, preview);
    }

    long submit(Path file, @Nullable Long list, boolean complete) throws Exception {
        Layout layout = TableFile.recognise(file, Vocabulary::known);
        Mapping mapping;
        try (TableFile table = TableFile.open(file, layout)) {
            mapping = Mapping.propose(layout, table.header(), List.of());
        }
        var sql = new LoadSql(connection, 0);
        long load = sql.statement("""
                        insert into list_load (list_id, list_name, reference_date, complete, file_name, sha256, state,
                               direct, mapping, file_bytes, created_at)
                        values (:list, 'Liste', :day, :complete, 'liste.csv', :sha256, 'QUEUED', true, :mapping,
                                :bytes, :at)
                        returning id""")
                .set("list", list)
                .set("day", DAY)
                .set("complete", complete)
                .set("sha256", Hashes.sha256(file))
                .set("mapping", mapping.toJson())
                .set("bytes", Files.size(file))
                .set("at", AT)
                .number();
        StoredFiles.keep(sql, load, file);
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
        Load found = StoredLoads.find(new LoadSql(connection, load), load);
        return new LoadRun(connection, Objects.requireNonNull(found), communes, json, new Progress());
    }

    void execute(String statement) throws SQLException {
        new LoadSql(connection, 0).execute(statement);
        connection.commit();
    }

    /** The number that a query answers. */
    long number(String query) throws SQLException {
        return new LoadSql(connection, 0).number(query);
    }

    /** The number that a query answers about {@code :id}. */
    long number(String query, Object id) throws SQLException {
        return new LoadSql(connection, 0).statement(query).set("id", id).number();
    }

    /** The first column of every row. */
    List<String> texts(String query) throws SQLException {
        var texts = new ArrayList<String>();
        new LoadSql(connection, 0).each(query, row -> texts.add(row.getString(1)));
        return texts;
    }

    /** The first column of every row of a query about {@code :id}. */
    List<String> texts(String query, Object id) throws SQLException {
        var texts = new ArrayList<String>();
        new LoadSql(connection, 0).statement(query).set("id", id).each(row -> texts.add(row.getString(1)));
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
