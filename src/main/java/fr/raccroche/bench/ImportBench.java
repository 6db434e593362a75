package fr.raccroche.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import fr.raccroche.directory.Communes;
import fr.raccroche.directory.DirectoryLoad;
import fr.raccroche.list.Load;
import fr.raccroche.list.LoadRun;
import fr.raccroche.list.LoadSql;
import fr.raccroche.list.Preview;
import fr.raccroche.list.Progress;
import fr.raccroche.list.Staging;
import fr.raccroche.list.row.Mapping;
import fr.raccroche.list.row.Vocabulary;
import fr.raccroche.list.table.Layout;
import fr.raccroche.list.table.TableFile;
import fr.raccroche.platform.EmbeddedDatabase;
import fr.raccroche.platform.Json;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;

/**
 * Measures the loading of lists on this machine. Lines {@code name ours limit ratio}, people per second:
 *
 * <ul>
 *   <li>{@code import}: a million people, against what the same server does at best, one set-based load of the same
 *       people, clean already, into the same tables with their foreign keys;
 *   <li>{@code import-growth}: two million against a hundred thousand;
 *   <li>{@code import-again}: the two million once more in another order with nothing new, against their first load;
 *   <li>{@code import-xlsx}: a workbook of two hundred thousand, against as many as text.
 * </ul>
 */
public final class ImportBench {

    private static final LocalDate REFERENCE_DATE = LocalDate.of(2026, 11, 20);
    private static final Instant AT = Instant.parse("2026-11-20T09:00:00Z");
    private static final int PART = 1 << 20;

    private final Connection connection;
    private final Communes communes;
    private final Path directory;
    private final BenchPeople people;

    private ImportBench(Connection connection, Communes communes, Path directory) {
        this.connection = connection;
        this.communes = communes;
        this.directory = directory;
        this.people = new BenchPeople(directory, REFERENCE_DATE);
    }

    /** Starts a database of its own; the first argument is the number of people in the middle size, else a million. */
    public static void main(String... arguments) throws Exception {
        int count = arguments.length == 0 ? 1_000_000 : Integer.parseInt(arguments[0]);
        try (var database = EmbeddedDatabase.start(Files.createTempDirectory("raccroche-bench"))) {
            String url = "jdbc:postgresql://" + database.address();
            Flyway.configure().dataSource(url, "postgres", "postgres").load().migrate();
            try (Connection connection = DriverManager.getConnection(url, "postgres", "postgres")) {
                DirectoryLoad.ifEmpty(connection);
                connection.setAutoCommit(false);
                new ImportBench(connection, Communes.load(connection), Files.createTempDirectory("raccroche-lists"))
                        .run(count);
            }
        }
    }

    private void run(int count) throws Exception {
        load(people.text(Math.max(1, count / 50), 0), null);
        Path middle = people.text(count, 0);
        Path clean = directory.resolve("clean");
        double ours = rate(count, cold(middle, clean));
        print("import", ours, rate(count, limit(clean)));
        Files.delete(middle);
        Files.delete(clean);

        double small = rate(count / 10, cold(people.text(count / 10, 0), null));
        double large = rate(2 * count, cold(people.text(2 * count, 0), null));
        print("import-growth", large, small);

        long list = number("select max(id) from dropout_list");
        double again = rate(2 * count, load(people.text(2 * count, 1), list));
        require("select count(*) from list_version where unchanged = " + 2 * count, 1);
        print("import-again", again, large);

        double asText = rate(count / 5, cold(people.text(count / 5, 0), null));
        print("import-xlsx", rate(count / 5, cold(people.workbook(count / 5), null)), asText);
    }

    @SuppressWarnings("SystemOut") // the result goes to the script that called
    private static void print(String name, double ours, double limit) {
        System.out.printf(Locale.ROOT, "%s %.0f %.0f %.2f%n", name, ours, limit, ours / limit);
    }

    private static double rate(int count, Duration took) {
        return count / (took.toNanos() / 1e9);
    }

    /** On an empty database; the cleaned rows are kept in {@code clean} as COPY takes them. */
    private Duration cold(Path file, @Nullable Path clean) throws Exception {
        empty();
        if (clean != null) {
            long load = submit(file, null);
            run(load).read();
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(clean))) {
                copy().copyOut("copy list_rows_" + load + " to stdout", out);
            }
            connection.rollback();
            empty();
        }
        Duration took = load(file, null);
        require("select count(*) from list_entry", number("select rows from list_version"));
        return took;
    }

    /** From the file to its people on the list. */
    private Duration load(Path file, @Nullable Long list) throws Exception {
        long start = System.nanoTime();
        long load = submit(file, list);
        Preview preview = run(load).read();
        connection.commit();
        run(load).apply(preview, AT);
        connection.commit();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private long submit(Path file, @Nullable Long list) throws Exception {
        Layout layout = TableFile.recognise(file, Vocabulary::known);
        Mapping mapping;
        try (TableFile table = TableFile.open(file, layout)) {
            mapping = Mapping.propose(layout, table.header(), List.of());
        }
        var sql = new LoadSql(connection, 0);
        long load = sql.statement("""
                        insert into list_load (list_id, list_name, reference_date, complete, file_name, sha256, state,
                               direct, mapping, file_bytes, created_at)
                        values (:list, 'Mesure', :day, true, :file, '', 'QUEUED', true, :mapping, :bytes, :at)
                        returning id""")
                .set("list", list)
                .set("day", REFERENCE_DATE)
                .set("file", file.getFileName().toString())
                .set("mapping", mapping.toJson())
                .set("bytes", Files.size(file))
                .set("at", AT)
                .number();
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
        connection.commit();
        return load;
    }

    private LoadRun run(long id) throws SQLException {
        Load load = new LoadSql(connection, id)
                .statement("select " + Load.COLUMNS + " from list_load where id = :id")
                .set("id", id)
                .first(Load::of);
        return new LoadRun(
                connection, Objects.requireNonNull(load), communes, new Json(new ObjectMapper()), new Progress());
    }

    private void require(String query, long expected) throws SQLException {
        long found = number(query);
        if (found != expected) {
            throw new IllegalStateException("%s: %d instead of %d".formatted(query, found, expected));
        }
    }

    private long number(String query) throws SQLException {
        return new LoadSql(connection, 0).number(query);
    }

    /** What the server does at best: clean rows whose ids are known, no matching, one statement a table. */
    private Duration limit(Path clean) throws Exception {
        empty();
        var sql = new LoadSql(connection, 0);
        long start = System.nanoTime();
        new Staging(sql).create();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(clean), 1 << 16)) {
            copy().copyIn("copy list_rows_0 from stdin", in, 1 << 16);
        }
        sql.execute("""
                analyze {rows};
                insert into dropout_list (id, name, reference_date, created_at) overriding system value
                values (1, 'Mesure', '2026-11-20', now());
                insert into list_version (id, list_id, number, file_name, sha256, complete, headers, loaded_at)
                overriding system value values (1, 1, 1, 'bench.csv', '', true, '[]', now());
                insert into youth (id, ine, siei_number, last_name, first_name, name_key, pair_keys, birth_date, sex,
                                   address, postal_code, commune_name, commune_insee, email, school_uai, last_training,
                                   version_id)
                overriding system value
                select line, ine, siei_number, last_name, first_name, name_key, pair_keys, birth_date, sex, address,
                       postal_code, commune_name, commune_insee, email, school_uai, last_training, 1
                  from {rows} where verdict = 'A';
                insert into phone_number (youth_id, e164, owner, rank, mobile, source, version_id)
                select line, p.e164, p.owner, p.place, p.mobile, 'Mesure', 1
                  from {rows} r cross join lateral unnest(r.e164, r.owner, r.mobile) with ordinality
                       as p (e164, owner, mobile, place) where verdict = 'A';
                insert into legal_guardian (youth_id, rank, last_name, first_name, commune_insee, version_id)
                select line, 1, last_name1, first_name1, commune_insee1, 1 from {rows} where guardian1
                union all
                select line, 2, last_name2, first_name2, commune_insee2, 1 from {rows} where guardian2;
                insert into list_entry (list_id, youth_id, version_id, line, digest, raw_digest)
                select 1, line, 1, line, digest, raw_digest from {rows} where verdict = 'A'""");
        connection.commit();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private void empty() throws SQLException {
        var sql = new LoadSql(connection, 0);
        sql.dropTables();
        sql.execute("truncate youth, dropout_list, list_load, list_version restart identity cascade");
        connection.commit();
        connection.setAutoCommit(true);
        sql.execute("checkpoint");
        connection.setAutoCommit(false);
    }

    private CopyManager copy() throws SQLException {
        return new CopyManager(connection.unwrap(BaseConnection.class));
    }
}
