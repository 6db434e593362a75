package fr.raccroche.list;

import static org.assertj.core.api.Assertions.assertThat;

import fr.raccroche.directory.Communes;
import fr.raccroche.directory.DirectoryLoad;
import fr.raccroche.platform.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

/** What holds for every file, on a database of its own. */
class ListPropertiesTest {

    private static @Nullable EmbeddedDatabase database;
    private static @Nullable Connection connection;

    @BeforeContainer
    static void start() throws IOException, SQLException {
        database = EmbeddedDatabase.start(Files.createTempDirectory("raccroche-lists"));
        String url = "jdbc:postgresql://" + database.address();
        Flyway.configure().dataSource(url, "postgres", "postgres").load().migrate();
        connection = DriverManager.getConnection(url, "postgres", "postgres");
        DirectoryLoad.ifEmpty(connection);
        connection.setAutoCommit(false);
    }

    @AfterContainer
    static void stop() throws IOException, SQLException {
        Objects.requireNonNull(connection).close();
        Objects.requireNonNull(database).close();
    }

    @Property(tries = 60)
    void everyRowEndsAsExactlyOneOfCreatedKnownRejected(@ForAll("files") List<String> rows) throws Exception {
        reset();

        var balance = balance(load(rows, ""));

        assertThat(balance.created() + balance.known() + balance.rejected()).isEqualTo(rows.size());
        assertThat(count("youth")).isEqualTo(balance.created());
        assertThat(count("list_entry")).isEqualTo(balance.created() + balance.known());
    }

    @Property(tries = 60)
    void loadingTwiceIsLoadingOnce(@ForAll("files") List<String> rows) throws Exception {
        reset();
        var first = balance(load(rows, ""));
        var contents = contents();

        var same = load(rows, "");
        var other = balance(load(rows, " "));

        assertThat(balance(same)).isEqualTo(first);
        assertThat(other.created()).isZero();
        assertThat(other.known()).isEqualTo(first.created());
        assertThat(other.rejected()).isEqualTo(first.rejected());
        assertThat(contents()).isEqualTo(contents);
    }

    private record Balance(int created, int known, int rejected) {}

    @Provide
    Arbitrary<List<String>> files() {
        Arbitrary<String> row = Arbitraries.frequencyOf(
                Tuple.of(12, people()),
                Tuple.of(1, Arbitraries.of("trop;court", "\"ouvert" + ";".repeat(22), ";".repeat(22))));
        return row.list().ofMinSize(1).ofMaxSize(25);
    }

    /** Few names, dates and identifiers, so that people meet in every way. */
    private static Arbitrary<String> people() {
        return Combinators.combine(
                        Arbitraries.of("Benali", "BÉNALI", "Diallo", "", "N'Guyen"),
                        Arbitraries.of("05/03/2009", "2009-03-05", "12/07/2008", "01/01/2015", "hier"),
                        Arbitraries.of("", "", "000000001AA", "000000002AA", "000000003AA", "faux"),
                        Arbitraries.of("", "", "S1", "S2"),
                        Arbitraries.of("06 39 98 00 01", "0639980002 / 0199000001", "3919", "", "+32 470 12 34 56"),
                        Arbitraries.of("93066", "93059", "99999", ""),
                        Arbitraries.of("", "01 99 00 00 01", "06 39 98 00 01"))
                .as((lastName, birth, ine, siei, phone, insee, guardian) -> {
                    Map<Column, String> cells = TestingList.sound(lastName);
                    cells.put(Column.DATE_NAISSANCE, birth);
                    cells.put(Column.INE, ine);
                    cells.put(Column.NUMERO_SIEI, siei);
                    cells.put(Column.TEL_JEUNE, phone);
                    cells.put(Column.CODE_INSEE, insee);
                    cells.put(Column.RESP1_TEL, guardian);
                    return String.join(
                            ";", Column.all().stream().map(cells::get).toList());
                });
    }

    private static long load(List<String> rows, String end) throws Exception {
        var list = TestingList.empty();
        rows.forEach(list::line);
        list.line(end);
        var upload = new ListImport.Upload(
                list.file(),
                "liste.csv",
                "Liste",
                LocalDate.of(2026, 11, 20),
                null,
                Instant.parse("2026-11-20T09:00:00Z"));
        return new ListImport(connection(), Communes.load(connection())).load(upload);
    }

    private static Balance balance(long list) throws SQLException {
        try (var statement =
                connection().prepareStatement("select created, known, rejected from list_version where list_id = ?")) {
            statement.setLong(1, list);
            var row = statement.executeQuery();
            assertThat(row.next()).isTrue();
            return new Balance(row.getInt(1), row.getInt(2), row.getInt(3));
        }
    }

    private static List<String> contents() throws SQLException {
        var contents = new ArrayList<String>();
        for (String table : List.of("youth", "phone_number", "legal_guardian")) {
            try (var row = connection()
                    .createStatement()
                    .executeQuery("select cast(t as text) from " + table + " t order by 1")) {
                while (row.next()) {
                    contents.add(row.getString(1));
                }
            }
        }
        return contents;
    }

    private static long count(String table) throws SQLException {
        try (var row = connection().createStatement().executeQuery("select count(*) from " + table)) {
            assertThat(row.next()).isTrue();
            return row.getLong(1);
        }
    }

    private static void reset() throws SQLException {
        try (var statement = connection().createStatement()) {
            statement.execute("truncate youth, dropout_list restart identity cascade");
        }
        connection().commit();
    }

    private static Connection connection() {
        return Objects.requireNonNull(connection);
    }
}
