package fr.raccroche.directory;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All communes in memory, to resolve what lists write about a residence (R07).
 *
 * <p>A code in force wins; then a code abolished by a merger; then the name together with the postal code. A name that
 * fits two communes, or no postal code, resolves to nothing: better no commune than the wrong structure.
 */
public final class Communes {

    private final Map<String, Commune> byInsee;
    private final Map<String, Commune> byPlace = new HashMap<>();
    private final Map<String, List<Commune>> byNameAndDepartement = new HashMap<>();

    private Communes(Map<String, Commune> byInsee) {
        this.byInsee = byInsee;
    }

    /** Reads the directory from the database. */
    public static Communes load(Connection connection) throws SQLException {
        var communes = new Communes(new HashMap<>());
        try (var statement = connection.createStatement()) {
            try (var row = statement.executeQuery("select insee, name, departement, name_key from commune")) {
                while (row.next()) {
                    communes.add(row);
                }
            }
            try (var row = statement.executeQuery("select former_insee, insee from former_commune")) {
                while (row.next()) {
                    communes.add(row.getString(1), row.getString(2));
                }
            }
            try (var row = statement.executeQuery("""
                    select min(insee), name_key, postal_code from commune_postal_code join commune using (insee)
                     group by name_key, postal_code having count(*) = 1""")) {
                while (row.next()) {
                    communes.byPlace.put(place(row.getString(2), row.getString(3)), communes.known(row.getString(1)));
                }
            }
        }
        return communes;
    }

    /** The commune of a residence, or null when nothing given determines one. */
    public @Nullable Commune resolve(@Nullable String insee, @Nullable String name, @Nullable String postalCode) {
        Commune found = insee == null ? null : byInsee(insee);
        return found != null || name == null || postalCode == null ? found : byName(name, postalCode);
    }

    /** By a code in force or abolished by a merger; {@code 75056}, all of Paris, is one. */
    public @Nullable Commune byInsee(String insee) {
        return byInsee.get(insee);
    }

    /** By name and postal code; null when two fit. */
    public @Nullable Commune byName(String name, String postalCode) {
        String key = PlaceName.key(name);
        Commune found = byPlace.get(place(key, postalCode));
        if (key.startsWith("paris") && postalCode.matches("75(0|1)(0[1-9]|1[0-9]|20)")) {
            return byInsee("751" + postalCode.substring(3));
        }
        int cedex = key.indexOf(" cedex");
        return found != null || cedex < 0 ? found : byCedex(key.substring(0, cedex), postalCode);
    }

    /** CEDEX postal codes belong to no commune; in one département no two communes share a name. */
    private @Nullable Commune byCedex(String key, String postalCode) {
        String departement = postalCode.length() < 2 ? "" : postalCode.substring(0, 2);
        List<Commune> candidates = byNameAndDepartement.getOrDefault(place(key, departement), List.of());
        return candidates.size() == 1 ? candidates.getFirst() : null;
    }

    private void add(ResultSet row) throws SQLException {
        var commune = new Commune(row.getString("insee"), row.getString("name"), row.getString("departement"));
        byInsee.put(commune.insee(), commune);
        byNameAndDepartement
                .computeIfAbsent(place(row.getString("name_key"), commune.departement()), key -> new ArrayList<>())
                .add(commune);
    }

    private void add(String formerInsee, String insee) {
        byInsee.putIfAbsent(formerInsee, known(insee));
    }

    private Commune known(String insee) {
        Commune commune = byInsee.get(insee);
        if (commune == null) {
            throw new IllegalStateException("Commune %s is missing from the directory".formatted(insee));
        }
        return commune;
    }

    private static String place(String nameKey, String code) {
        return nameKey + '/' + code;
    }
}
