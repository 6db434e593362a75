package fr.raccroche.directory;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All communes in memory, to resolve what lists write about a residence (R07).
 *
 * <p>A code in force wins; then a code abolished by a merger; then the name together with the postal code. A name that
 * fits two communes, or no postal code, resolves to nothing: better no commune than the wrong structure.
 */
public final class Communes {

    private final Map<String, Commune> byInsee = new HashMap<>();
    private final Map<String, Set<Commune>> byPlace = new HashMap<>();
    private final Map<String, Set<Commune>> byNameAndDepartement = new HashMap<>();

    /**
     * @param postalCodes of a commune by INSEE code
     * @param former codes abolished by mergers, each with the code in force
     */
    public Communes(Collection<Commune> communes, Map<String, List<String>> postalCodes, Map<String, String> former) {
        for (Commune commune : communes) {
            String key = PlaceName.key(commune.name());
            byInsee.put(commune.insee(), commune);
            add(byNameAndDepartement, place(key, commune.departement()), commune);
            for (String postalCode : postalCodes.getOrDefault(commune.insee(), List.of())) {
                add(byPlace, place(key, postalCode), commune);
            }
        }
        former.forEach((code, successor) -> byInsee.putIfAbsent(code, known(successor)));
    }

    /** Reads the directory from the database. */
    public static Communes load(Connection connection) throws SQLException {
        var communes = new ArrayList<Commune>();
        var postalCodes = new HashMap<String, List<String>>();
        var former = new HashMap<String, String>();
        try (var statement = connection.createStatement()) {
            try (var row = statement.executeQuery("select insee, name, departement from commune")) {
                while (row.next()) {
                    communes.add(new Commune(row.getString(1), row.getString(2), row.getString(3)));
                }
            }
            try (var row = statement.executeQuery("select insee, postal_code from commune_postal_code")) {
                while (row.next()) {
                    postalCodes
                            .computeIfAbsent(row.getString(1), insee -> new ArrayList<>())
                            .add(row.getString(2));
                }
            }
            try (var row = statement.executeQuery("select former_insee, insee from former_commune")) {
                while (row.next()) {
                    former.put(row.getString(1), row.getString(2));
                }
            }
        }
        return new Communes(communes, postalCodes, former);
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
        Commune found = only(byPlace.get(place(key, postalCode)));
        if (key.startsWith("paris") && postalCode.matches("75(0|1)(0[1-9]|1[0-9]|20)")) {
            return byInsee("751" + postalCode.substring(3));
        }
        int cedex = key.indexOf(" cedex");
        return found != null || cedex < 0 ? found : byCedex(key.substring(0, cedex), postalCode);
    }

    /** CEDEX postal codes belong to no commune; in one département no two communes share a name. */
    private @Nullable Commune byCedex(String key, String postalCode) {
        String departement = postalCode.length() < 2 ? "" : postalCode.substring(0, 2);
        return only(byNameAndDepartement.get(place(key, departement)));
    }

    private static void add(Map<String, Set<Commune>> index, String key, Commune commune) {
        index.computeIfAbsent(key, ignored -> new HashSet<>()).add(commune);
    }

    private static @Nullable Commune only(@Nullable Set<Commune> candidates) {
        return candidates == null || candidates.size() != 1
                ? null
                : candidates.iterator().next();
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
