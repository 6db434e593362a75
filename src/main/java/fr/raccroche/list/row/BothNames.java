package fr.raccroche.list.row;

import fr.raccroche.youth.Identity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Last and first name out of one cell.
 *
 * @param sure whether capitals or a comma tell them apart; else only their usual order
 */
record BothNames(String lastName, String firstName, boolean sure) {

    private static final Set<String> PARTICLES = Set.of(
            "de", "du", "des", "d", "da", "do", "dos", "di", "le", "la", "les", "el", "al", "ben", "bin", "ibn", "van",
            "von", "der", "den", "saint", "st", "ste", "sainte", "mc", "mac", "n", "ait", "abou", "abu", "bou", "ould",
            "beni");
    private static final Pattern TITLE =
            Pattern.compile("^(?:M|Mr|MR|Mme|MME|Mlle|MLLE|Monsieur|Madame|Mademoiselle)\\.? +");

    /**
     * Takes a cell apart; a name that stands alone is the last one.
     *
     * @param firstNameFirst whether the first name stands in front, as the name of the column says
     */
    static BothNames of(String cell, boolean firstNameFirst) {
        String text = TITLE.matcher(CellText.spacedOnce(cell)).replaceFirst("").strip();
        int comma = text.indexOf(',');
        if (comma < 0) {
            comma = text.indexOf('/');
        }
        if (comma > 0) {
            return new BothNames(
                    text.substring(0, comma).strip(), text.substring(comma + 1).strip(), true);
        }
        List<String> words = List.of(text.split(" "));
        BothNames byCapitals = byCapitals(words);
        return byCapitals == null ? byOrder(words, firstNameFirst) : byCapitals;
    }

    @Nullable
    private static BothNames byCapitals(List<String> words) {
        var last = new ArrayList<String>();
        var first = new ArrayList<String>();
        var small = new ArrayList<String>();
        int borders = 0;
        boolean before = isCapital(words.getFirst());
        for (String word : words) {
            if (word.chars().noneMatch(Character::isLowerCase)
                    || !PARTICLES.contains(Identity.fold(word))
                    || !isLower(word)) {
                boolean capital = isCapital(word);
                borders += capital == before ? 0 : 1;
                before = capital;
                (capital ? last : first).addAll(small);
                small.clear();
                (capital ? last : first).add(word);
            } else {
                // « de » belongs to what follows it
                small.add(word);
            }
        }
        first.addAll(small);
        return borders == 1 && !last.isEmpty() && !first.isEmpty()
                ? new BothNames(String.join(" ", last), String.join(" ", first), true)
                : null;
    }

    private static boolean isLower(String word) {
        return word.equals(word.toLowerCase(Locale.ROOT));
    }

    /** Two capitals at least and no small letter; an initial is no last name. */
    private static boolean isCapital(String word) {
        return word.codePoints().noneMatch(Character::isLowerCase)
                && word.codePoints().filter(Character::isUpperCase).count() > 1;
    }

    private static BothNames byOrder(List<String> words, boolean firstNameFirst) {
        if (words.size() == 1) {
            return new BothNames(words.getFirst(), "", false);
        }
        int cut = 1;
        if (firstNameFirst) {
            return new BothNames(
                    String.join(" ", words.subList(cut, words.size())), words.getFirst(), words.size() == 2);
        }
        while (cut < words.size() - 1 && PARTICLES.contains(Identity.fold(words.get(cut - 1)))) {
            cut++;
        }
        return new BothNames(
                String.join(" ", words.subList(0, cut)),
                String.join(" ", words.subList(cut, words.size())),
                words.size() == 2);
    }
}
