package fr.raccroche.youth;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Names as different sources write them, made comparable. */
public final class Identity {

    private static final int MOST_PAIRS = 8;

    /** Words that many names share; alone they tell nothing about a person. */
    private static final Set<String> PARTICLES = Set.of(
            "de", "du", "des", "da", "do", "dos", "di", "le", "la", "les", "el", "al", "ben", "bin", "van", "von");

    private Identity() {}

    /**
     * The key under which a person is looked up together with the birth date: blind to case, accents, hyphens,
     * apostrophes and spaces. Last name first, {@code |} between the two.
     */
    public static String nameKey(String lastName, String firstName) {
        return fold(lastName) + '|' + fold(firstName);
    }

    /**
     * The words of both names in alphabetical order: equal when last and first name were swapped, or when the border
     * between them moved.
     */
    public static String sortedKey(String lastName, String firstName) {
        String[] words = fold(lastName + ' ' + firstName).split(" ");
        Arrays.sort(words);
        return String.join(" ", words);
    }

    /**
     * Keys by which people whose names may mean one person find each other: a 64-bit hash of one word of the last name
     * together with one of the first, for every such pair, at most eight. A name of several words counts as one word
     * too, without its spaces; particles and single letters count only where nothing else stands.
     *
     * <p>Swapped names have the same keys; a compound name shares one with each of its parts. A misspelt word shares
     * none. The keys are stored: they must not change from one version of the program to the next.
     */
    public static long[] pairKeys(String lastName, String firstName) {
        List<String> last = blockingWords(fold(lastName));
        List<String> first = blockingWords(fold(firstName));
        if (last.size() == 1 && first.size() == 1) {
            return new long[] {pairKey(last.getFirst(), first.getFirst())};
        }
        var keys = new ArrayList<Long>(MOST_PAIRS);
        // Leading words first, equal ranks by value: swapped names must lose the same pairs.
        for (int rank = 0; rank <= last.size() + first.size() - 2 && keys.size() < MOST_PAIRS; rank++) {
            pairsOfRank(rank, last, first).forEach(key -> {
                if (keys.size() < MOST_PAIRS && !keys.contains(key)) {
                    keys.add(key);
                }
            });
        }
        return keys.stream().mapToLong(Long::longValue).toArray();
    }

    private static List<Long> pairsOfRank(int rank, List<String> last, List<String> first) {
        var keys = new ArrayList<Long>();
        for (int i = Math.max(0, rank - first.size() + 1); i <= Math.min(rank, last.size() - 1); i++) {
            keys.add(pairKey(last.get(i), first.get(rank - i)));
        }
        keys.sort(null);
        return keys;
    }

    private static List<String> blockingWords(String folded) {
        if (folded.indexOf(' ') < 0) {
            return List.of(folded);
        }
        var words = new ArrayList<>(tellingWords(folded));
        words.add(folded.replace(" ", ""));
        return words;
    }

    /** The words of a folded name without particles and single letters, or all when there are no others. */
    static List<String> tellingWords(String folded) {
        List<String> words = List.of(folded.split(" "));
        List<String> telling = words.stream()
                .filter(word -> word.length() > 1 && !PARTICLES.contains(word))
                .toList();
        return telling.isEmpty() ? words : telling;
    }

    /** FNV-1a over the UTF-16 units of both words, the smaller first, stirred as MurmurHash3 ends. */
    private static long pairKey(String one, String other) {
        boolean ordered = one.compareTo(other) <= 0;
        long hash = fnv(0xcbf29ce484222325L, ordered ? one : other);
        hash = (hash ^ '|') * 0x100000001b3L;
        hash = fnv(hash, ordered ? other : one);
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return hash ^ (hash >>> 33);
    }

    private static long fnv(long start, String word) {
        long hash = start;
        for (int i = 0; i < word.length(); i++) {
            hash = (hash ^ word.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }

    /** Lower case without accents; whatever is neither letter nor digit becomes one space; no space at the ends. */
    public static String fold(String text) {
        String plain = isAscii(text) ? text : withoutAccents(text);
        var folded = new StringBuilder(plain.length());
        boolean gap = false;
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            if (!isLetterOrDigit(c)) {
                gap = true;
                continue;
            }
            if (gap && !folded.isEmpty()) {
                folded.append(' ');
            }
            gap = false;
            folded.append(Character.toLowerCase(c));
        }
        return folded.toString();
    }

    /** An apostrophe written as a modifier letter, as in transliterations, is none. */
    private static boolean isLetterOrDigit(char c) {
        return Character.isLetterOrDigit(c) && (c < 128 || Character.getType(c) != Character.MODIFIER_LETTER);
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 128) {
                return false;
            }
        }
        return true;
    }

    private static String withoutAccents(String text) {
        String apart = Normalizer.normalize(text, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
        var plain = new StringBuilder(apart.length());
        for (int i = 0; i < apart.length(); i++) {
            char c = apart.charAt(i);
            switch (c) {
                case 'œ' -> plain.append("oe");
                case 'æ' -> plain.append("ae");
                case 'ß' -> plain.append("ss");
                case 'ø' -> plain.append('o');
                case 'ł' -> plain.append('l');
                case 'đ', 'ð' -> plain.append('d');
                case 'ħ' -> plain.append('h');
                case 'ı' -> plain.append('i');
                default -> {
                    int type = Character.getType(c);
                    if (type != Character.NON_SPACING_MARK && type != Character.FORMAT) {
                        plain.append(c);
                    }
                }
            }
        }
        return plain.toString();
    }
}
