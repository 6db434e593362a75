package fr.raccroche.directory;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * All communes in memory, to resolve what lists write about a residence (R07).
 *
 * <p>A code in force wins; then a code abolished by a merger; then the name, with the postal code or its département
 * where several communes share it. What fits two communes resolves to none: better no commune than the wrong structure.
 */
public final class Communes {

    private static final String PARIS = "75056";
    private static final Pattern PARIS_NAME =
            Pattern.compile("paris(?: cedex)?(?: (\\d{1,2})(?: ?(?:er|e|eme|ieme))?(?: arr[a-z]*)?)?(?: cedex)?");
    private static final Pattern PARIS_POSTAL_CODE = Pattern.compile("75[01](0[1-9]|1[0-9]|20)");
    private static final Pattern CODE_IN_NAME = Pattern.compile("(?:(\\d{5}) )?(.+?)(?: (\\d{5}|\\d{2}))?");
    private static final Pattern ARTICLE_BEHIND = Pattern.compile("(.+) (la|le|les|l)");
    private static final Pattern ELSEWHERE =
            Pattern.compile("(?:0[1-9]|[1-8][0-9]|9[0-578]|2[AB])[0-9]{3}|99[1-5][0-9]{2}");

    /** A roman number of an arrondissement, {@code paris xixe}. */
    private static final Pattern ROMAN = Pattern.compile("paris ([ivx]{1,5})(?:e|er|eme|ieme)?(?: arr[a-z]*)?");

    private static final List<String> ROMANS = List.of(
            "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi",
            "xvii", "xviii", "xix", "xx");
    /** A name of so many letters at least may be the beginning of a longer one. */
    private static final int SHORTEST = 3;

    /** Names of before a merger, of quarters and stations, by their key. */
    private static final Map<String, String> OTHER_NAMES = otherNames();

    private final Map<String, Residence> byInsee = new HashMap<>();
    private final Map<String, List<Commune>> byName = new HashMap<>();
    private final Map<String, List<Commune>> byPostalCode = new HashMap<>();
    private final Map<String, List<String>> postalCodes;
    private final Set<String> departements = new HashSet<>();

    /**
     * What is written beside an INSEE code.
     *
     * @param key of the name, without a code that stands in it
     * @param code postal code, or at least the département; may be empty
     */
    private record Written(String key, String code) {

        static Written of(String name, String code) {
            String key = PlaceName.key(name);
            if (key.isEmpty() || !(isDigit(key.charAt(0)) || isDigit(key.charAt(key.length() - 1)))) {
                return new Written(key, code);
            }
            Matcher coded = CODE_IN_NAME.matcher(key);
            if (!coded.matches()) {
                return new Written(key, code);
            }
            String inside = coded.group(1) == null ? coded.group(3) : coded.group(1);
            if (inside != null && inside.length() == 2 && key.startsWith("paris")) {
                return new Written(key, code);
            }
            return new Written(coded.group(2), code.isEmpty() && inside != null ? inside : code);
        }

        private static boolean isDigit(char c) {
            return c >= '0' && c <= '9';
        }
    }

    /**
     * @param postalCodes of a commune by INSEE code
     * @param former codes abolished by mergers, each with the code in force
     */
    public Communes(Collection<Commune> communes, Map<String, List<String>> postalCodes, Map<String, String> former) {
        this.postalCodes = Map.copyOf(postalCodes);
        for (Commune commune : communes) {
            for (String code : postalCodes.getOrDefault(commune.insee(), List.of())) {
                byPostalCode.computeIfAbsent(code, key -> new ArrayList<>()).add(commune);
            }
        }
        for (Commune commune : communes) {
            byInsee.put(commune.insee(), new Residence(commune, Residence.Way.CODE));
            byName.computeIfAbsent(PlaceName.key(commune.name()), key -> new ArrayList<>(1))
                    .add(commune);
            departements.add(commune.departement());
        }
        OTHER_NAMES.forEach((name, insee) -> {
            Residence known = byInsee.get(insee);
            Commune commune = known == null ? null : known.commune();
            if (commune != null && !byName.containsKey(name)) {
                byName.put(name, List.of(commune));
            }
        });
        former.forEach((code, successor) ->
                byInsee.putIfAbsent(code, new Residence(known(successor), Residence.Way.FORMER_CODE)));
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
        return locate(
                        Objects.requireNonNullElse(insee, ""),
                        Objects.requireNonNullElse(name, ""),
                        Objects.requireNonNullElse(postalCode, ""))
                .commune();
    }

    /** By a code in force or abolished by a merger; {@code 75056}, all of Paris, is one. */
    public @Nullable Commune byInsee(String insee) {
        Residence residence = byInsee.get(insee);
        return residence == null ? null : residence.commune();
    }

    /** By a code alone; {@code MISSING} when it is empty. */
    public Residence locate(String insee) {
        return locate(insee, "", "");
    }

    /**
     * What the cells of a residence determine; an absent one is empty. A postal code of which nothing else is known
     * determines nothing, except inside Paris.
     */
    public Residence locate(String insee, String name, String postalCode) {
        Residence coded = insee.isEmpty() ? null : byInsee.get(insee);
        if (coded != null) {
            return confirmed(coded, insee, name, postalCode);
        }
        if (name.isEmpty()) {
            String code = postalCode.isEmpty() ? insee : postalCode;
            Residence arrondissement =
                    PARIS_POSTAL_CODE.matcher(code).matches() ? paris(new Written("paris", code)) : null;
            if (arrondissement != null) {
                return arrondissement;
            }
            return insee.isEmpty() && postalCode.isEmpty() ? Residence.MISSING : unfound(insee, postalCode);
        }
        // A postal code is often written where the INSEE code belongs.
        var written = Written.of(name, postalCode.isEmpty() ? insee : postalCode);
        Residence paris = paris(written);
        Residence named = paris == null ? named(written) : paris;
        return named == null ? unfound(insee, written.code()) : named;
    }

    /** A code against the name beside it. */
    private Residence confirmed(Residence coded, String insee, String name, String postalCode) {
        Commune commune = Objects.requireNonNull(coded.commune());
        boolean wholeParis = commune.insee().equals(PARIS);
        if (!wholeParis && name.equals(commune.name())) {
            return coded;
        }
        if (!wholeParis && name.isEmpty()) {
            return plausible(coded, commune, insee, postalCode);
        }
        var written = Written.of(name.isEmpty() ? "Paris" : name, postalCode);
        Residence paris = paris(written);
        if (paris != null) {
            return inParis(coded, commune, paris);
        }
        List<Commune> places = places(written.key());
        if (places.contains(commune)) {
            return coded;
        }
        if (places.isEmpty()) {
            // Villages and former communes have names too.
            return plausible(coded, commune, insee, postalCode);
        }
        List<Commune> meant = withPostalCode(places, insee);
        if (meant.size() == 1) {
            return new Residence(meant.getFirst(), Residence.Way.NAME);
        }
        return coded.way() == Residence.Way.FORMER_CODE ? coded : new Residence(commune, Residence.Way.CONTRADICTED);
    }

    /**
     * 142 postal codes of Île-de-France are INSEE codes of other communes: one that stands in both cells, and is no postal code of
     * the commune it would be, was copied there.
     */
    private Residence plausible(Residence coded, Commune commune, String insee, String postalCode) {
        return insee.equals(postalCode) && !has(commune, postalCode) ? Residence.AMBIGUOUS : coded;
    }

    /** A code whose name is Paris: the arrondissement if only the city is coded. */
    private static Residence inParis(Residence coded, Commune commune, Residence named) {
        if (commune.insee().equals(PARIS)) {
            return named.commune() == null || isParis(named) ? coded : named;
        }
        boolean agreed = commune.equals(named.commune())
                || (isParis(named) && commune.departement().equals(PARIS.substring(0, 2)));
        return agreed ? coded : new Residence(commune, Residence.Way.CONTRADICTED);
    }

    private static boolean isParis(Residence residence) {
        return residence.commune() != null && residence.commune().insee().equals(PARIS);
    }

    private @Nullable Residence named(Written written) {
        List<Commune> places = places(written.key());
        if (places.isEmpty()) {
            return withPostalCode(written);
        }
        if (written.code().isEmpty()) {
            return places.size() == 1 ? new Residence(places.getFirst(), Residence.Way.NAME) : Residence.AMBIGUOUS;
        }
        Residence only = only(places, written.code());
        if (only != null) {
            return only;
        }
        Residence longer = withPostalCode(written);
        if (longer != null) {
            return longer;
        }
        return elsewhere(written.code()) ? Residence.OUTSIDE : Residence.AMBIGUOUS;
    }

    /**
     * The only commune of a postal code whose name begins like what is written, or what is written begins with: {@code ivry
     * 94200}, {@code cergy le haut 95800}; null where there is none, or more than one.
     */
    private @Nullable Residence withPostalCode(Written written) {
        int cedex = written.key().indexOf(" cedex");
        String name = cedex < 0 ? written.key() : written.key().substring(0, cedex);
        if (written.code().length() != 5 || name.length() < SHORTEST) {
            return null;
        }
        List<Commune> fitting = byPostalCode.getOrDefault(written.code(), List.of()).stream()
                .filter(commune -> begins(PlaceName.key(commune.name()), name))
                .toList();
        return fitting.size() == 1 ? new Residence(fitting.getFirst(), Residence.Way.NAME) : null;
    }

    private static boolean begins(String commune, String written) {
        String bare = withoutArticle(commune);
        String name = withoutArticle(written);
        return bare.equals(name)
                || (name.length() >= SHORTEST && bare.startsWith(name + ' '))
                || (bare.length() >= SHORTEST && name.startsWith(bare + ' '));
    }

    private static String withoutArticle(String key) {
        for (String article : List.of("le ", "la ", "les ", "l ")) {
            if (key.startsWith(article)) {
                return key.substring(article.length());
            }
        }
        return key;
    }

    /** The only one of that postal code, else of its département; null when none fits. */
    private @Nullable Residence only(List<Commune> places, String code) {
        List<Commune> fitting = withPostalCode(places, code);
        if (fitting.isEmpty()) {
            // CEDEX postal codes belong to no commune.
            fitting = places.stream()
                    .filter(commune -> code.startsWith(commune.departement()))
                    .toList();
        }
        if (fitting.isEmpty()) {
            return null;
        }
        return fitting.size() > 1 ? Residence.AMBIGUOUS : new Residence(fitting.getFirst(), Residence.Way.NAME);
    }

    private List<Commune> withPostalCode(List<Commune> places, String code) {
        return places.stream().filter(commune -> has(commune, code)).toList();
    }

    private boolean has(Commune commune, String postalCode) {
        return postalCodes.getOrDefault(commune.insee(), List.of()).contains(postalCode);
    }

    /** Paris, or one of its arrondissements, by number or postal code; null when the name is not Paris. */
    private @Nullable Residence paris(Written written) {
        Matcher name = written.key().startsWith("paris") ? PARIS_NAME.matcher(arabic(written.key())) : null;
        if (name == null || !name.matches()) {
            return null;
        }
        Matcher code = PARIS_POSTAL_CODE.matcher(written.code());
        String byCode = code.matches() ? code.group(1) : null;
        String byNumber =
                name.group(1) == null ? null : "0".repeat(2 - name.group(1).length()) + name.group(1);
        boolean torn = byCode != null && byNumber != null && !byCode.equals(byNumber);
        if (torn || !(written.code().isEmpty() || written.code().startsWith("75"))) {
            return Residence.AMBIGUOUS;
        }
        String number = byCode == null ? byNumber : byCode;
        Commune commune = byInsee(number == null ? PARIS : "751" + number);
        return commune == null ? Residence.AMBIGUOUS : new Residence(commune, Residence.Way.NAME);
    }

    private static String arabic(String key) {
        Matcher roman = ROMAN.matcher(key);
        int number = roman.matches() ? ROMANS.indexOf(roman.group(1)) : -1;
        return number < 0 ? key : "paris " + (number + 1);
    }

    /** Communes that may be meant by a name, written as usual or loosely. */
    private List<Commune> places(String key) {
        List<Commune> places = byName.get(key);
        return places != null ? places : loosely(key);
    }

    /** {@code epinay s seine cedex 2}, {@code courneuve la}, {@code aulnay s s bois}. */
    private List<Commune> loosely(String key) {
        int cedex = key.indexOf(" cedex");
        String name = cedex < 0 ? key : key.substring(0, cedex);
        Matcher article = ARTICLE_BEHIND.matcher(name);
        if (article.matches()) {
            name = article.group(2) + ' ' + article.group(1);
        }
        for (String candidate : List.of(
                name,
                name.replace(" s s ", " sous ").replace(" ss ", " sous "),
                name.replace(" s ", " sur ").replace(" sr ", " sur ").replace(" s/ ", " sur "),
                name.replace(" s ", " sous "))) {
            for (String front : List.of("", "le ", "la ", "les ", "l ")) {
                List<Commune> places = byName.get(front + candidate);
                if (places != null) {
                    return places;
                }
            }
        }
        return List.of();
    }

    private static Map<String, String> otherNames() {
        var names = new HashMap<String, String>();
        for (NamedCsvRecord row : DirectoryLoad.rows("autres_noms.csv")) {
            names.put(PlaceName.key(row.getField("nom")), row.getField("code_insee"));
        }
        return Map.copyOf(names);
    }

    private Residence unfound(String insee, String postalCode) {
        return elsewhere(insee) || elsewhere(postalCode) ? Residence.OUTSIDE : Residence.UNKNOWN;
    }

    /** Whether a code, INSEE or postal, lies in a département that this directory does not hold, or abroad. */
    private boolean elsewhere(String code) {
        return code.length() == 5
                && !departements.contains(code.substring(0, 2))
                && ELSEWHERE.matcher(code).matches();
    }

    private Commune known(String insee) {
        Commune commune = byInsee(insee);
        if (commune == null) {
            throw new IllegalStateException("Commune %s is missing from the directory".formatted(insee));
        }
        return commune;
    }
}
