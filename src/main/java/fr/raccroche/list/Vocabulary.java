package fr.raccroche.list;

import fr.raccroche.youth.Identity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What schools and their programs call the columns of a list.
 *
 * <p>A name is taken apart: whom it is about (the youth, or which guardian), and what remains without filler words,
 * which must then be known exactly. So « Tél. portable du responsable légal 2 » and {@code RESP2_TEL_PORTABLE} say the
 * same, while « Commune de naissance » says nothing about where a youth lives.
 */
final class Vocabulary {

    /**
     * What a name means.
     *
     * @param column as for the youth, whomever it is about
     * @param rank 0 for our own name; the higher, the rather another column means it
     * @param guardian empty for the youth; {@code 1} or {@code 2} where the name counts; else a word that tells one
     *     guardian from another
     */
    record Meaning(Column column, int rank, String guardian) {}

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
            "s",
            "residence",
            "resid",
            "actuel",
            "actuelle",
            "principal",
            "principale");
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
    private static final Map<String, String> NUMBERS =
            Map.of("1", "1", "2", "2", "premier", "1", "premiere", "1", "second", "2", "seconde", "2", "deuxieme", "2");

    private static final Map<String, Entry> KNOWN = new HashMap<>();

    static {
        know(Column.INE, 1, """
                ine|national|id national|ident national|identifiant national|identifiant ine|code ine|ine rnie|ine bea""");
        know(Column.NUMERO_SIEI, 1, """
                siei|id siei|identifiant siei|code siei|dossier siei|enregistrement siei""");
        know(Column.NUMERO_SIEI, 2, "rio|id rio|identifiant rio|code rio|dossier rio");
        know(Column.NOM, 1, "nom famille|nom|nom naissance|nom patronymique|patronyme|nom legal");
        know(Column.NOM, 2, "nom usage|nom usuel");
        know(Column.PRENOM, 1, "prenom|prenoms|prenom 1|1 prenom|prenom usuel|prenom usage");
        know(Column.DATE_NAISSANCE, 1, """
                date naissance|date naiss|date nais|naissance|naiss|dt naissance|dt naiss|ddn|ne|nee|date ne|nele|\
                naissance date|datenaissance|datenaiss|jour naissance|date naissance jjmmaaaa""");
        know(Column.SEXE, 1, "sexe|code sexe|genre|sexe m f|sexe 1 2|libelle sexe|lc sexe");
        know(Column.UAI_DERNIER_ETABLISSEMENT, 1, """
                uai|rne|code uai|code rne|uai dernier etablissement|rne dernier etablissement|uai etablissement|\
                rne etablissement|uai etab|rne etab|code etablissement|code etab|etablissement uai|etablissement rne|\
                uai origine|rne origine|code uai etablissement|code rne etablissement|uai etablissement origine|\
                rne etablissement origine|code uai origine|code rne origine|uai rne|rne uai""");
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
                tel|telephone|tel 1|telephone 1|tel perso|telephone perso|tel personnel|telephone personnel|tph|phone""");
        know(Column.TEL_JEUNE_2, 1, """
                tel 2|telephone 2|portable 2|tel portable 2|telephone portable 2|mobile 2|autre tel|autre telephone|\
                tel secondaire|telephone secondaire|tel bis""");
        know(Column.TEL_JEUNE_2, 2, """
                fixe|tel fixe|telephone fixe|tel domicile|telephone domicile|tel maison|telephone maison""");
        know(Column.TEL_JEUNE_2, 3, """
                tel pro|tel prof|tel professionnel|telephone professionnel|tel travail|telephone travail""");
        know(Column.COURRIEL, 1, """
                courriel|email|mail|mel|adresse mail|adresse email|adresse mel|adresse courriel|adresse electronique|\
                courrier electronique""");
        know(Column.DATE_EXTRACTION, 1, """
                date extraction|extraction|extrait|date export|date edition|date liste|date tirage""");
    }

    private Vocabulary() {}

    /** What a header cell means, or empty when nobody calls one of our columns so. */
    static Optional<Meaning> meaning(String header) {
        Optional<Column> own = Column.named(header);
        if (own.isPresent()) {
            return own.map(Vocabulary::own);
        }
        var words = new ArrayList<String>();
        String guardian = guardian(words(header), words);
        Entry entry = KNOWN.get(String.join(" ", words));
        return Optional.ofNullable(entry).map(known -> new Meaning(known.column(), known.rank(), guardian));
    }

    /** How many of our columns a row of names speaks of. */
    static int known(List<String> names) {
        return (int) names.stream()
                .filter(name -> !name.isBlank() && name.length() < 100)
                .flatMap(name -> meaning(name).stream())
                .map(meaning -> meaning.column() + meaning.guardian())
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
        return new Meaning(column, 0, "");
    }

    private static void know(Column column, int rank, String names) {
        for (String name : names.split("\\|")) {
            if (KNOWN.put(name.strip(), new Entry(column, rank)) != null) {
                throw new IllegalStateException(name + " twice");
            }
        }
    }

    /** {@code codeCommuneInsee}, {@code RESP1_TEL} and « Né(e) le » as words in lower case, digits apart. */
    private static List<String> words(String header) {
        String apart = header.replaceAll("(?<=\\p{Ll})(?=\\p{Lu})", " ");
        String folded = Identity.fold(apart).replaceAll("(?<=[a-z])(?=[0-9])|(?<=[0-9])(?=[a-z])", " ");
        return List.of(folded.split(" "));
    }

    /** Finds out whom the words are about; those that say something else go to {@code others}. */
    private static String guardian(List<String> words, List<String> others) {
        boolean any = words.stream().anyMatch(GUARDIAN::contains) || aboutFamily(words);
        String who = "";
        String number = "";
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            boolean beside = any && (names(words, i - 1) || names(words, i + 1) || names(words, i + 2));
            if (any && names(words, i)) {
                who = ANY_GUARDIAN.contains(word) ? who : word;
            } else if (beside && number.isEmpty() && NUMBERS.containsKey(word)) {
                number = NUMBERS.get(word);
            } else if (!FILLERS.contains(word) && !YOUTH.contains(word)) {
                others.add(NUMBERS.getOrDefault(word, word));
            }
        }
        if (!any) {
            return "";
        }
        return number.isEmpty() ? (who.isEmpty() ? "1" : who) : number;
    }

    private static boolean names(List<String> words, int i) {
        return i >= 0 && i < words.size() && (GUARDIAN.contains(words.get(i)) || ANY_GUARDIAN.contains(words.get(i)));
    }

    /** « Tél. famille », but not « nom de famille ». */
    private static boolean aboutFamily(List<String> words) {
        return words.contains("famille") && !words.contains("nom");
    }
}
