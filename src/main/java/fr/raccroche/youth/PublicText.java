package fr.raccroche.youth;

import java.text.Normalizer;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A text that a youth reads or hears, or that others may read or hear beside them, as somebody wrote it. Every door by
 * which such a text comes in asks it, and so does whoever sends one.
 */
public record PublicText(String text) {

    private static final String REASON =
            "Ne dites pas pourquoi vous appelez : d'autres peuvent lire ou entendre ce texte.";

    /** What is in braces. */
    public static final Pattern PLACE = Pattern.compile("\\{([^{}]*)}");

    /** A field in the brackets of other programs. */
    private static final Pattern FOREIGN_PLACE = Pattern.compile(
            "(?:\\[\\s*+|<+\\s*+|%+|\\$)(?:prenom|nom|numero|lien|date|heure|service)(?:\\s*+]|\\s*+>|%|\\b(?=$|[^\\w]))");

    private static final Pattern STOP = Pattern.compile("(?<!\\bnon[ -])\\bstop\\b");

    private static final Pattern FAMILY = Pattern.compile("decrocheu[rszx]|decrochag|descolari[sz]");
    private static final Pattern WHOLE = Pattern.compile("decroch(?:eure?|euse|age)s?");
    private static final Pattern FELL_OUT = Pattern.compile("\\bdecroch(?:e|es|er|ez|ent|ait|ais|aient) "
            + "(?:(?:de|du|des|d|avec) )?(?:(?:l|la|le|les|votre|vos|ton|tes|son|ses|leurs?) )?"
            + "(?:scolaire|scolairement|scolarite|ecole|lyce|colege|etudes|cours|clase|systeme)s?\\b"
            + "|\\b(?:jeune|eleve|ancien|mineur)s? decroches?\\b"
            + "|\\b(?:les|un|une|des) decroches?\\b"
            + "|\\brupture (?:(?:de|avec) )?(?:(?:l|la|votre|ta) )?(?:scolaire|scolarite|ecole)\\b|\\bdrop ?outs?\\b");

    /** Forms of a verb that says nothing but that somebody answers a telephone, or gets something. */
    private static final Pattern VERB = Pattern.compile("(?:decroch|racroch|acroch)"
            + "(?:e|es|er|ez|ons|ent|ant|ais|ait|ions|iez|aient|a|ai|as|erent|era|erai|eras|erez|erons|eront"
            + "|erais|erait|erions|eriez|eraient|ement|ements)");

    private static final List<String> WORDS = List.of("decrocheur", "decrocheuse", "decrochage");
    private static final int SHORTEST = 8;
    private static final int LONGEST = 14;

    /** Signs and letters of other alphabets that look like ours, each before the letter that it looks like. */
    private static final String LOOKS = "0o3e4a5s6g8b9g1l@a\u20ace$s\u0430a\u0435e\u0441c\u043eo\u0440p\u0455s\u04bbh"
            + "\u0456i\u0501d\u0433r\u043ak\u0443y\u03c7x\u03bfo\u03b5e\u03c1p\u03c5u\u03b1a\u03bak\u03bcu\u00f8o\u0111d";

    /**
     * Why it may not be written to youths; empty when it may.
     *
     * @param places the fields that may stand in it, with their braces
     * @param leaves whether it is sent, and so must say how to get no more
     */
    public Optional<String> refusedAsWritten(Collection<String> places, boolean leaves) {
        return Stream.of(
                        stranger(places)
                                .map(place -> "« " + place + " » n'est pas un champ que l'on peut écrire ici. "
                                        + (places.isEmpty()
                                                ? "Il n'y en a pas."
                                                : "Les champs sont " + String.join(", ", places) + ".")),
                        Optional.of(REASON).filter(why -> tellsTheReason()),
                        Optional.of("Dites comment ne plus être contacté : STOP, {lien} ou {numero}.")
                                .filter(why -> leaves && !tellsHowToStop()))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Why it may not be said to youths; empty when it may. */
    public Optional<String> refusedAsSpoken() {
        return refusedAsWritten(Set.of(), false);
    }

    /** What is in brackets and none of {@code places}, as it is written; or a lonely brace. */
    public Optional<String> stranger(Collection<String> places) {
        Stream<String> unknown =
                PLACE.matcher(text).results().map(MatchResult::group).filter(place -> !places.contains(place));
        Stream<String> lonely = PLACE.matcher(text)
                .replaceAll("")
                .chars()
                .filter(c -> c == '{' || c == '}')
                .mapToObj(Character::toString);
        Stream<String> foreign = FOREIGN_PLACE
                .matcher(plain(text))
                .results()
                .map(MatchResult::group)
                .map(String::strip);
        return Stream.of(unknown, lonely, foreign).flatMap(found -> found).findFirst();
    }

    /** Whether it says how not to be contacted any more. */
    public boolean tellsHowToStop() {
        return STOP.matcher(plain(text)).find() || text.contains("{lien}") || text.contains("{numero}");
    }

    /**
     * Whether it says what nobody but the youth may know: the word is written or said to nobody, however it is spelt,
     * spaced or decorated.
     */
    public boolean tellsTheReason() {
        List<String> pieces = Stream.of(folded(text).split("[^a-z]+"))
                .filter(piece -> !piece.isEmpty())
                .toList();
        return FELL_OUT.matcher(String.join(" ", pieces)).find()
                || pieces.stream().anyMatch(PublicText::isOfTheFamily)
                || isInPieces(pieces);
    }

    private static boolean isOfTheFamily(String word) {
        if (FAMILY.matcher(word).find()) {
            return true;
        }
        String one = word.endsWith("s") ? word.substring(0, word.length() - 1) : word;
        return one.length() >= SHORTEST
                && one.length() <= LONGEST
                && !VERB.matcher(word).matches()
                && !VERB.matcher(one).matches()
                && WORDS.stream().anyMatch(known -> isNear(one, known));
    }

    /** Two slips of a finger are believed only where the middle of the word is left. */
    private static boolean isNear(String word, String known) {
        int distance = distance(word, known);
        return distance <= 1 || (distance == 2 && word.startsWith("d") && word.matches(".*(?:cro|roch|och[ea]).*"));
    }

    /** Letters apart, or a word that was cut. */
    private static boolean isInPieces(List<String> pieces) {
        for (int from = 0; from < pieces.size(); from++) {
            var joined = new StringBuilder(pieces.get(from));
            boolean letters = joined.length() <= 2;
            for (int to = from + 1; to < pieces.size() && joined.length() < LONGEST; to++) {
                joined.append(pieces.get(to));
                letters &= pieces.get(to).length() <= 2;
                String word = joined.toString().replaceAll("(.)\\1+", "$1");
                if (WHOLE.matcher(word).matches() || (letters && isOfTheFamily(word))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Letters changed, added, left out, or swapped with their neighbour. */
    private static int distance(String a, String b) {
        int[][] steps = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    steps[i][j] = i + j;
                    continue;
                }
                int changed = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                steps[i][j] = Math.min(Math.min(steps[i - 1][j], steps[i][j - 1]) + 1, steps[i - 1][j - 1] + changed);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    steps[i][j] = Math.min(steps[i][j], steps[i - 2][j - 2] + 1);
                }
            }
        }
        return steps[a.length()][b.length()];
    }

    /** Lower case without accents. */
    private static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKD)
                .replaceAll("[\\p{M}\\p{Cf}]+", "")
                .toLowerCase(Locale.ROOT);
    }

    /** What the eye and the ear make of it: one letter for all that look or sound like it, none of them doubled. */
    private static String folded(String text) {
        var letters = new StringBuilder();
        plain(text).codePoints().forEach(c -> {
            int look = LOOKS.indexOf(c);
            letters.appendCodePoint(look < 0 || look % 2 == 1 ? c : LOOKS.charAt(look + 1));
        });
        return letters.toString()
                .replace("œ", "oe")
                .replace("æ", "ae")
                .replaceAll("[kq]", "c")
                .replace("sh", "ch")
                .replaceAll("(.)\\1+", "$1");
    }
}
