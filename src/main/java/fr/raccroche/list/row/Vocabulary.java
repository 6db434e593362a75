package fr.raccroche.list.row;

import fr.raccroche.youth.Identity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What schools and their programs call the columns of a list.
 *
 * <p>A name is taken apart: whom it is about (the youth, or which guardian), and what remains without filler words,
 * which must then be known exactly. So « Tél. portable du responsable légal 2 » and {@code RESP2_TEL_PORTABLE} say the
 * same, while « Commune de naissance » says nothing about where a youth lives.
 */
public final class Vocabulary {

    /** Between whose a column is and its name, where these stand in two lines. */
    private static final String OWNED = " › ";

    /** The rank of a name that says of whom and not what. */
    private static final int WHOM_ALONE = 5;

    /** About the youth, and the name says so. */
    static final String THE_YOUTH = "jeune";

    /**
     * What a name means.
     *
     * @param column as for the youth, whomever it is about
     * @param rank 0 for our own name; the higher, the rather another column means it
     * @param whom empty where the name does not say it; {@link #THE_YOUTH}; for a guardian {@code 1} or {@code 2} where
     *     the name counts, else a word that tells one guardian from another
     */
    record Meaning(Column column, int rank, String whom) {}

    private record Entry(Column column, int rank) {}

    private static final Set<String> FILLERS = Set.of(
            "de",
            "du",
            "des",
            "d",
            "la",
            "le",
            "l",
            "les",
            "en",
            "au",
            "a",
            "e",
            "er",
            "eme",
            "nd",
            "n",
            "no",
            "num",
            "numero",
            "jj",
            "mm",
            "aaaa",
            "yyyy",
            "dd",
            "residence",
            "resid",
            "actuel",
            "actuelle",
            "principal",
            "principale",
            "et",
            "ou",
            "s");
    private static final Set<String> YOUTH =
            Set.of("eleve", "eleves", "ele", "jeune", "etudiant", "apprenant", "apprenti", "beneficiaire", "enfant");
    private static final Set<String> GUARDIAN = Set.of(
            "resp",
            "responsable",
            "representant",
            "repr",
            "rep",
            "rl",
            "parent",
            "parents",
            "tuteur",
            "tutrice",
            "pere",
            "mere");
    private static final Set<String> ANY_GUARDIAN = Set.of(
            "resp",
            "responsable",
            "representant",
            "repr",
            "rep",
            "rl",
            "parent",
            "parents",
            "legal",
            "legaux",
            "legale",
            "famille");
    /** Words beside a person that say nothing of their own. */
    private static final Set<String> NEUTRAL = Set.of(
            "coordonnee",
            "identite",
            "information",
            "info",
            "donnee",
            "renseignement",
            "etat",
            "civil",
            "contact",
            "legal",
            "concernant",
            "relative",
            "relatif");

    /** Whose columns are none of a youth's, whatever stands in them. */
    private static final Set<String> OTHERS = Set.of(
            "professeur",
            "prof",
            "enseignant",
            "enseignante",
            "pp",
            "cpe",
            "proviseur",
            "directeur",
            "directrice",
            "secretariat",
            "etablissement",
            "lycee",
            "college",
            "ecole",
            "cfa",
            "educateur",
            "educatrice",
            "referent",
            "referente",
            "assistant",
            "assistante",
            "infirmier",
            "infirmiere",
            "employeur",
            "entreprise",
            "patron",
            "maitre",
            "formateur",
            "formatrice",
            "conseiller",
            "conseillere",
            "psy",
            "psyen",
            "cio",
            "cop",
            "voisin",
            "academie",
            "rectorat",
            "expediteur",
            "stage",
            "internat",
            "hebergement",
            "foyer",
            "ase",
            "ancien",
            "ancienne",
            "urgence");

    private static final Map<String, String> NUMBERS =
            Map.of("1", "1", "2", "2", "premier", "1", "premiere", "1", "second", "2", "seconde", "2", "deuxieme", "2");

    /** Words that decide, whatever stands around them. */
    private static final Map<String, Entry> TELLING = Map.of(
            "ine", new Entry(Column.INE, 2),
            "siei", new Entry(Column.NUMERO_SIEI, 3),
            "uai", new Entry(Column.UAI_DERNIER_ETABLISSEMENT, 2),
            "rne", new Entry(Column.UAI_DERNIER_ETABLISSEMENT, 2));

    private static final Map<String, Entry> KNOWN = new HashMap<>();

    static {
        know(Column.INE, 1, """
                ine|national|id national|ident national|identifiant national|identifiant ine|code ine|ine rnie|ine bea""");
        know(Column.NUMERO_SIEI, 1, """
                siei|id siei|identifiant siei|code siei|dossier siei|enregistrement siei""");
        know(Column.NUMERO_SIEI, 2, "rio|id rio|identifiant rio|code rio|dossier rio");
        know(Column.NOM, 1, "nom famille|nom|nom naissance|nom patronymique|patronyme|nom legal");
        know(Column.NOM, 2, "nom usage|nom usuel");
        know(Column.NOM_PRENOM, 2, """
                nom prenom|nom famille prenom|identite|nom complet|nom prenom usuel|civilite nom prenom|nom naissance prenom|\
                nom usage prenom""");
        know(Column.PRENOM_NOM, 2, "prenom nom|prenom nom famille|prenom usuel nom");
        know(Column.RETRAIT, 2, """
                retire|retirer|retirer liste|retrait liste|retire liste|sortie liste|supprimer|supprime|ne pas appeler|\
                ne plus appeler|ne pas contacter|ne plus contacter|pas appeler|plus appeler|pas contacter|opposition""");
        know(Column.REMARQUE, 2, """
                remarque|observation|commentaire|note|info|information|precision|divers|suivi|situation|memo|annotation""");
        know(Column.PRENOM, 1, "prenom|prenoms|prenom 1|1 prenom|prenom usuel|prenom usage");
        know(Column.DATE_NAISSANCE, 1, """
                date naissance|date naiss|date nais|naissance|naiss|dt naissance|dt naiss|ddn|ne|nee|date ne|nele|\
                naissance date|datenaissance|datenaiss|jour naissance|date naissance jjmmaaaa""");
        know(Column.SEXE, 1, "sexe|code sexe|genre|sexe m f|sexe f m|sexe 1 2|libelle sexe|lc sexe");
        know(Column.UAI_DERNIER_ETABLISSEMENT, 1, "uai|rne|code uai|code rne|code etablissement|code etab");
        know(Column.DERNIERE_FORMATION, 1, """
                derniere formation|libelle derniere formation|libelle formation|formation|formation suivie|\
                derniere formation suivie|formation origine|libelle mef|libelle long mef|diplome prepare""");
        know(Column.DERNIERE_FORMATION, 2, "mef|code mef|mef derniere formation|mefstat|mefstat 11|mefstat 4");
        know(Column.DERNIERE_FORMATION, 3, """
                classe|derniere classe|division|libelle classe|code structure|structure|libelle structure|\
                niveau formation|niveau""");
        know(Column.ADRESSE, 1, """
                adresse|adresse 1|adresse ligne 1|ligne 1 adresse|adresse postale|adresse complete|adr|adr 1|rue|voie|\
                libelle voie|ligne 1""");
        know(Column.CODE_POSTAL, 1, """
                code postal|codepostal|cp|postal|code postal adresse|cp adresse|code postal commune|cp commune|cpostal""");
        know(Column.COMMUNE, 1, """
                commune|ville|libelle commune|ll commune|lc commune|nom commune|nom ville|libelle ville|localite|\
                commune adresse|ville adresse|commune domicile|ville domicile""");
        know(Column.COMMUNE, 2, "libelle postal|bureau distributeur|acheminement|libelle acheminement");
        know(Column.CODE_INSEE, 1, """
                code insee|insee|codeinsee|code commune insee|code insee commune|code commune|commune insee|\
                insee commune|depcom|code insee domicile""");
        know(Column.TEL_JEUNE, 1, """
                portable|tel portable|telephone portable|tel port|mobile|tel mobile|telephone mobile|gsm|tel gsm|\
                portable 1|tel portable 1|telephone portable 1|mobile 1""");
        know(Column.TEL_JEUNE, 2, """
                tel|telephone|tel 1|telephone 1|tel perso|telephone perso|tel personnel|telephone personnel|tph|phone|\
                coordonnee telephonique|coordonnee tel|contact telephonique|contact tel|joignable|joindre|tel contact|\
                telephone contact|cellulaire|smartphone|tel mobile perso|tel fixe portable|telephone fixe portable|\
                tel appeler|appeler|tel joindre|tel portable fixe|whatsapp""");
        know(Column.TEL_JEUNE, 4, "coordonnee");
        know(Column.TEL_JEUNE_2, 4, """
                tel 3|telephone 3|portable 3|tel portable 3|telephone portable 3|mobile 3|tel 4|telephone 4|portable 4|\
                mobile 4|tel 5|telephone 5|autre|autre portable|autre mobile|autre tel 2|3 tel|telephone autre|tel autre""");
        know(Column.TEL_JEUNE_2, 1, """
                tel 2|telephone 2|portable 2|tel portable 2|telephone portable 2|mobile 2|autre tel|autre telephone|\
                tel secondaire|telephone secondaire|tel bis""");
        know(Column.TEL_JEUNE_2, 2, """
                fixe|tel fixe|telephone fixe|tel domicile|telephone domicile|tel maison|telephone maison""");
        know(Column.TEL_JEUNE_2, 3, """
                tel pro|tel professionnel|telephone professionnel|tel travail|telephone travail""");
        know(Column.COURRIEL, 1, """
                courriel|email|mail|mel|adresse mail|adresse email|adresse mel|adresse courriel|adresse electronique|\
                courrier electronique""");
        know(Column.DATE_EXTRACTION, 1, """
                date extraction|extraction|extrait|date export|date edition|date liste|date tirage""");
    }

    private Vocabulary() {}

    /** What a header cell means, or empty when nobody calls one of our columns so. */
    static Optional<Meaning> meaning(String header) {
        int owned = header.indexOf(OWNED);
        if (owned >= 0) {
            return below(header.substring(0, owned), header.substring(owned + OWNED.length()));
        }
        Optional<Column> own = Column.named(header);
        if (own.isPresent()) {
            return own.map(Vocabulary::own);
        }
        var words = new ArrayList<String>();
        List<String> all = words(header);
        String whom = whom(all, words);
        if (words.isEmpty() && !whom.isEmpty() && all.size() <= 3) {
            return Optional.of(new Meaning(Column.NOM_PRENOM, WHOM_ALONE, whom));
        }
        Entry entry = KNOWN.get(String.join(" ", words));
        if (entry == null && !words.contains("date")) {
            entry = words.stream()
                    .map(TELLING::get)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
        }
        return Optional.ofNullable(entry).map(known -> new Meaning(known.column(), known.rank(), whom));
    }

    /** What a name means below another that says whose it is. */
    private static Optional<Meaning> below(String owner, String name) {
        if (isSomebodyElse(owner)) {
            return Optional.empty();
        }
        var others = new ArrayList<String>();
        String named = whom(words(owner), others);
        String whom = NEUTRAL.containsAll(others) ? named : "";
        Meaning above = meaning(owner).orElse(null);
        Meaning person = meaning(name).orElse(null);
        if (above != null && above.column().phone() && person != null && person.rank() == WHOM_ALONE) {
            // « Téléphones » above « Élève » and « Père »
            return Optional.of(new Meaning(above.column(), above.rank(), person.whom()));
        }
        return meaning(name)
                .map(meaning -> meaning.whom().isEmpty() || whom.isEmpty()
                        ? new Meaning(meaning.column(), meaning.rank(), whom.isEmpty() ? meaning.whom() : whom)
                        : meaning);
    }

    /** Whether a name speaks of somebody who is neither the youth nor a guardian: a teacher, a school, an employer. */
    static boolean isSomebodyElse(String header) {
        return words(header).stream().anyMatch(OTHERS::contains);
    }

    /** How many of our columns a row of names speaks of. */
    public static int known(List<String> names) {
        return (int) names.stream()
                .filter(name -> !name.isBlank() && name.length() < 100)
                .flatMap(name -> meaning(name).stream())
                .map(meaning -> meaning.column() + meaning.whom())
                .distinct()
                .count();
    }

    private static Meaning own(Column column) {
        for (Column youth : Column.all()) {
            for (int guardian = 1; guardian <= 2; guardian++) {
                if (youth.ofGuardian(guardian) == column) {
                    return new Meaning(youth, 0, Integer.toString(guardian));
                }
            }
        }
        return new Meaning(column, 0, column.header().contains(THE_YOUTH) ? THE_YOUTH : "");
    }

    private static void know(Column column, int rank, String names) {
        for (String name : names.split("\\|")) {
            String key = Arrays.stream(name.strip().split(" "))
                    .map(Vocabulary::singular)
                    .collect(Collectors.joining(" "));
            Entry other = KNOWN.put(key, new Entry(column, rank));
            if (other != null && other.column() != column) {
                throw new IllegalStateException(name + " twice");
            }
        }
    }

    /** A word without the s of the plural; « (s) » stands apart. */
    private static String singular(String word) {
        return word.length() > 3 && word.endsWith("s") && !word.endsWith("ss")
                ? word.substring(0, word.length() - 1)
                : word;
    }

    /** {@code codeCommuneInsee}, {@code RESP1_TEL} and « Né(e) le » as words in lower case, digits apart, without fillers. */
    private static List<String> words(String header) {
        String apart = header.replaceAll("(?<=\\p{Ll})(?=\\p{Lu})", " ");
        String folded = Identity.fold(apart).replaceAll("(?<=[a-z])(?=[0-9])|(?<=[0-9])(?=[a-z])", " ");
        return Arrays.stream(folded.split(" "))
                .map(Vocabulary::singular)
                .filter(word -> !FILLERS.contains(word))
                .toList();
    }

    /** Finds out whom the words are about; those that say something else go to {@code others}. */
    private static String whom(List<String> words, List<String> others) {
        boolean any = words.stream().anyMatch(GUARDIAN::contains) || aboutFamily(words);
        int numbered = any ? numbered(words) : -1;
        String who = "1";
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (any && names(words, i)) {
                who = ANY_GUARDIAN.contains(word) ? who : word;
            } else if (i != numbered && !YOUTH.contains(word)) {
                others.add(NUMBERS.getOrDefault(word, word));
            }
        }
        if (!any) {
            return words.stream().anyMatch(YOUTH::contains) ? THE_YOUTH : "";
        }
        return numbered < 0 ? who : Objects.requireNonNull(NUMBERS.get(words.get(numbered)));
    }

    /** Where the number of the guardian stands: behind the word, else before it; -1 where there is none. */
    private static int numbered(List<String> words) {
        for (int step : new int[] {-1, 1}) {
            for (int i = 0; i < words.size(); i++) {
                if (NUMBERS.containsKey(words.get(i)) && names(words, i + step)) {
                    return i;
                }
            }
        }
        return -1;
    }

    private static boolean names(List<String> words, int i) {
        return i >= 0 && i < words.size() && (GUARDIAN.contains(words.get(i)) || ANY_GUARDIAN.contains(words.get(i)));
    }

    /** « Tél. famille », but not « nom de famille ». */
    private static boolean aboutFamily(List<String> words) {
        return words.contains("famille") && !words.contains("nom");
    }
}
