package fr.raccroche.list;

import fr.raccroche.directory.Communes;
import fr.raccroche.directory.DirectoryLoad;
import fr.raccroche.list.ListImport.Upload;
import fr.raccroche.platform.EmbeddedDatabase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.flywaydb.core.Flyway;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;

/**
 * Measures the loading of lists against what the same server does at best: one set-based load of the same people, clean
 * already, with the same constraints. Prints {@code import <people/s> <limit people/s> <ratio>}.
 */
public final class ImportBench {

    private static final LocalDate REFERENCE_DATE = LocalDate.of(2026, 11, 20);
    private static final Instant AT = Instant.parse("2026-11-20T09:00:00Z");
    private static final int ROUNDS = 3;

    private final Connection connection;
    private final Communes communes;
    private final Path directory;

    private ImportBench(Connection connection, Communes communes, Path directory) {
        this.connection = connection;
        this.communes = communes;
        this.directory = directory;
    }

    /** Starts a database of its own; the first argument is the number of people, 100 000 when missing. */
    @SuppressWarnings("SystemOut") // the result goes to the script that called
    public static void main(String... arguments) throws Exception {
        int people = arguments.length == 0 ? 100_000 : Integer.parseInt(arguments[0]);
        Path directory = Files.createTempDirectory("raccroche-bench");
        try (var database = EmbeddedDatabase.start(directory)) {
            System.out.println(run("jdbc:postgresql://" + database.address(), "postgres", "postgres", people));
        }
    }

    /** Measures on an empty database of its own; everything in it is lost. */
    static String run(String url, String user, String password, int people) throws Exception {
        Flyway.configure().dataSource(url, user, password).load().migrate();
        try (Connection connection = DriverManager.getConnection(url, user, password)) {
            DirectoryLoad.ifEmpty(connection);
            var communes = Communes.load(connection);
            connection.setAutoCommit(false);
            var bench = new ImportBench(connection, communes, Files.createTempDirectory("raccroche-lists"));
            bench.ours(bench.file(Math.min(people, 20_000)));
            return bench.compare(people);
        }
    }

    private String compare(int people) throws Exception {
        Path file = file(people);
        byte[] clean = clean(file);
        var ours = new double[ROUNDS];
        var limits = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            ours[round] = people / seconds(ours(file));
            limits[round] = people / seconds(limit(clean));
        }
        double our = median(ours);
        double limit = median(limits);
        return "import %.0f %.0f %.2f".formatted(our, limit, our / limit);
    }

    private Duration ours(Path file) throws Exception {
        empty();
        long start = System.nanoTime();
        long list = new ListImport(connection, communes)
                .load(new Upload(file, "bench.csv", "Mesure", REFERENCE_DATE, null, AT));
        var took = Duration.ofNanos(System.nanoTime() - start);
        requireLoaded(list, file);
        return took;
    }

    private void requireLoaded(long list, Path file) throws SQLException, IOException {
        try (var statement = connection.prepareStatement("select count(*) from list_entry where list_id = ?");
                var lines = Files.lines(file)) {
            statement.setLong(1, list);
            var row = statement.executeQuery();
            row.next();
            long expected = lines.count() - 1;
            if (row.getLong(1) != expected) {
                throw new IllegalStateException("Loaded %d of %d".formatted(row.getLong(1), expected));
            }
        }
        connection.rollback();
    }

    /** The rows as our own rules clean them, as COPY takes them. */
    private byte[] clean(Path file) throws Exception {
        var rules = new RowRules(communes, REFERENCE_DATE);
        var bytes = new ByteArrayOutputStream();
        try (var lines = new CsvLines(Files.newInputStream(file));
                var rows = new Loading(connection).stage()) {
            var header = Header.of(lines.next());
            for (CsvLines.Line line = lines.next(); line != null; line = lines.next()) {
                if (line.cells() != null
                        && rules.judge(header.cells(line.cells())) instanceof RowRules.Accepted accepted) {
                    Loading.stage(rows, line.number(), accepted.person());
                }
            }
            rows.finish();
        }
        copy().copyOut("copy list_row to stdout", bytes);
        connection.rollback();
        return bytes.toByteArray();
    }

    /** What the server does at best: clean rows whose ids are known, no matching, one statement a table. */
    private Duration limit(byte[] clean) throws Exception {
        empty();
        long start = System.nanoTime();
        try (var ignored = new Loading(connection).stage()) {
            ignored.finish();
        }
        copy().copyIn("copy list_row from stdin", new ByteArrayInputStream(clean), 1 << 16);
        execute("analyze list_row");
        execute("insert into dropout_list (id, name, reference_date, created_at) overriding system value"
                + " values (1, 'Mesure', '2026-11-20', now())");
        execute("insert into list_version (id, list_id, file_name, sha256, loaded_at) overriding system value"
                + " values (1, 1, 'bench.csv', '', now())");
        execute("""
                insert into youth (id, ine, siei_number, last_name, first_name, name_key, birth_date, sex, address,
                                   postal_code, commune_name, commune_insee, email, school_uai, last_training)
                overriding system value
                select line, ine, siei_number, last_name, first_name, name_key, birth_date, sex, address,
                       postal_code, commune_name, commune_insee, email, school_uai, last_training from list_row""");
        execute("""
                insert into phone_number (youth_id, e164, owner, rank, mobile, source)
                select line, p.e164, p.owner, p.place, p.mobile, 'Mesure'
                  from list_row r cross join lateral unnest(r.e164, r.owner, r.mobile) with ordinality
                       as p (e164, owner, mobile, place)""");
        execute("""
                insert into legal_guardian (youth_id, rank, last_name, first_name, commune_insee)
                select line, 1, last_name1, first_name1, commune_insee1 from list_row where guardian1
                union all
                select line, 2, last_name2, first_name2, commune_insee2 from list_row where guardian2""");
        execute("insert into list_entry (list_id, youth_id, version_id, line) select 1, line, 1, line from list_row");
        connection.commit();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private void empty() throws SQLException {
        execute("truncate youth, dropout_list restart identity cascade");
        connection.commit();
        connection.setAutoCommit(true);
        execute("checkpoint");
        connection.setAutoCommit(false);
    }

    private CopyManager copy() throws SQLException {
        return new CopyManager(connection.unwrap(BaseConnection.class));
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** A file of fictional people: most with an identifier, two to three numbers, one or two guardians. */
    private Path file(int people) throws IOException {
        Path file = directory.resolve(people + ".csv");
        var random = new SplittableRandom(people);
        try (var csv = new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
            csv.println(
                    String.join(";", Column.all().stream().map(Column::header).toList()));
            for (int i = 0; i < people; i++) {
                csv.println(row(i, random));
            }
        }
        return file;
    }

    private static String row(int i, RandomGenerator random) {
        String name =
                NAMES[random.nextInt(NAMES.length)] + (i % 7 == 0 ? "" : "-" + NAMES[random.nextInt(NAMES.length)]);
        String mobile = "06 39 98 %02d %02d".formatted(random.nextInt(100), random.nextInt(100));
        String home = "01 99 00 %02d %02d".formatted(random.nextInt(100), random.nextInt(100));
        LocalDate birth = REFERENCE_DATE.minusYears(17).minusDays(random.nextInt(1400));
        String[] place = PLACES[random.nextInt(PLACES.length)];
        boolean second = i % 2 == 0;
        return String.join(
                ";",
                i % 10 == 0 ? "" : "%09dAB".formatted(i),
                "S%08d".formatted(i),
                name.toUpperCase(Locale.ROOT),
                FIRST_NAMES[random.nextInt(FIRST_NAMES.length)],
                "%02d/%02d/%d".formatted(birth.getDayOfMonth(), birth.getMonthValue(), birth.getYear()),
                i % 2 == 0 ? "1" : "2",
                "",
                "CAP Cuisine",
                (1 + random.nextInt(120)) + " rue des Lilas",
                place[1],
                place[0],
                i % 3 == 0 ? "" : place[2],
                mobile,
                "",
                "",
                name,
                "Camille",
                home,
                place[2],
                second ? name : "",
                second ? "Dominique" : "",
                second ? "0639980%03d".formatted(random.nextInt(1000)) : "",
                "");
    }

    private static final String[] NAMES = {
        "Martin",
        "Benali",
        "Durand",
        "Nguyen",
        "Da Silva",
        "Traoré",
        "Moreau",
        "Lefèvre",
        "Kaya",
        "Petit",
        "Roux",
        "Garnier",
        "Faure",
        "Mercier",
        "Blanc",
        "Guérin",
        "Boyer",
        "Chevalier",
        "Perrin",
        "Clément"
    };
    private static final String[] FIRST_NAMES = {
        "Lina",
        "Yanis",
        "Zoé",
        "Noé",
        "Inès",
        "Adam",
        "Léa",
        "Rayan",
        "Jade",
        "Hugo",
        "Sarah",
        "Jean-Noël",
        "Aya",
        "Théo"
    };
    private static final String[][] PLACES = {
        {"Saint-Denis", "93200", "93066"},
        {"MONTREUIL", "93100", "93048"},
        {"Évry-Courcouronnes", "91000", "91228"},
        {"Meaux", "77100", "77284"},
        {"Argenteuil", "95100", "95018"},
        {"Créteil", "94000", "94028"},
        {"Nanterre", "92000", "92050"},
        {"Mantes la Jolie", "78200", "78361"},
        {"Paris", "75018", "75118"}
    };

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private static double median(double[] values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
