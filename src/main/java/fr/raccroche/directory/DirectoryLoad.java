package fr.raccroche.directory;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Fills an empty directory from the reference data that come with the program. */
public final class DirectoryLoad {

    private static final long LOCK = 0x5261_6363_0001L;

    private DirectoryLoad() {}

    /** Loads everything in one transaction unless communes are there; nodes that start together load once. */
    public static void ifEmpty(Connection connection) throws SQLException {
        boolean committing = connection.getAutoCommit();
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute("select pg_advisory_xact_lock(" + LOCK + ")");
            try (var row = statement.executeQuery("select exists (select from commune)")) {
                if (row.next() && !row.getBoolean(1)) {
                    fill(connection);
                }
            }
            connection.commit();
        } catch (SQLException | RuntimeException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(committing);
        }
    }

    private static void fill(Connection connection) throws SQLException {
        List<NamedCsvRecord> communes = rows("communes.csv");
        insert(connection, """
                insert into structure (kind, code, name, address, postal_code, city, fictional)
                values (?, ?, ?, nullif(?, ''), nullif(?, ''), nullif(?, ''), ? = '1')""", rows("structures.csv"), row -> row.getFields().toArray(String[]::new));
        insert(connection, """
                insert into commune (insee, name, departement, academie, population, name_key, mission_locale_id)
                select ?, ?, ?, ?, cast(? as integer), ?, id
                  from structure where kind = 'MISSION_LOCALE' and code = ?""", communes, DirectoryLoad::commune);
        insert(connection, "insert into commune_postal_code select ?, unnest(string_to_array(?, '|'))", communes, row ->
                new String[] {row.getField("code_insee"), row.getField("codes_postaux")});
        insert(
                connection,
                "insert into former_commune values (?, ?)",
                rows("anciens_codes.csv"),
                row -> row.getFields().toArray(String[]::new));
        insert(
                connection,
                "insert into territory select id, ? from structure where kind = ? and code = ?",
                rows("territoires.csv"),
                row -> new String[] {row.getField("code_insee"), row.getField("nature"), row.getField("code")});
    }

    private static String[] commune(NamedCsvRecord row) {
        return new String[] {
            row.getField("code_insee"),
            row.getField("nom"),
            row.getField("departement"),
            row.getField("academie"),
            row.getField("population"),
            PlaceName.key(row.getField("nom")),
            row.getField("code_mission_locale")
        };
    }

    /** What one row of a file gives to the parameters of the statement. */
    private interface Parameters {
        @Nullable
        String[] of(NamedCsvRecord row);
    }

    private static void insert(Connection connection, String sql, List<NamedCsvRecord> rows, Parameters parameters)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (NamedCsvRecord row : rows) {
                @Nullable String[] values = parameters.of(row);
                for (int i = 0; i < values.length; i++) {
                    statement.setString(i + 1, values[i]);
                }
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    static List<NamedCsvRecord> rows(String file) {
        InputStream stream =
                Objects.requireNonNull(DirectoryLoad.class.getResourceAsStream("/directory/" + file), file);
        try (var csv = CsvReader.builder()
                .fieldSeparator(';')
                .ofNamedCsvRecord(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return csv.stream().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
