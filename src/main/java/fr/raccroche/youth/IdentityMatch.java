package fr.raccroche.youth;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether two records mean one person (R13). Symmetric: which of the two came first does not matter.
 *
 * <p>Calling one youth twice is a nuisance, merging two youths tells one about the other: whatever is not certain is
 * left to a supervisor.
 */
public final class IdentityMatch {

    private static final int SHORTEST_MISSPELT = 4;

    private IdentityMatch() {}

    /**
     * What one source says about a person.
     *
     * @param ine national pupil number in capitals, of a known shape
     * @param sieiNumber number in the interministerial exchange system, opaque
     */
    public record Facts(
            @Nullable String ine,
            @Nullable String sieiNumber,
            String lastName,
            String firstName,
            LocalDate birthDate) {}

    /**
     * What ties two records together besides the person.
     *
     * @param sharedPhone whether one number stands in both, whoever owns it
     * @param sameCommune whether both live in one known commune
     * @param otherCommune whether each lives in a known commune of its own
     * @param sameFile whether both are rows of one file, of which each should be a person of its own
     */
    public record Ties(boolean sharedPhone, boolean sameCommune, boolean otherCommune, boolean sameFile) {

        public Ties(boolean sharedPhone, boolean sameCommune, boolean sameFile) {
            this(sharedPhone, sameCommune, false, sameFile);
        }
    }

    /** Whether two records mean one person. */
    public sealed interface Verdict permits Same, Doubtful, Different {}

    /** One person. */
    public record Same() implements Verdict {}

    /** Perhaps one person: somebody has to look. */
    public record Doubtful(Doubt doubt) implements Verdict {}

    /** Two people. */
    public record Different() implements Verdict {}

    /** Why somebody has to look. */
    public enum Doubt {
        /** One identifier, yet names and birth date say two people, or twins: it may have been typed wrong. */
        IDENTIFIER_ALONE,
        /** One identifier agrees, another contradicts. */
        IDENTIFIERS_CROSSED,
        /** Same names and birth date, different identifiers. */
        IDENTIFIERS_DIFFER,
        /** Same birth date, part of a compound name missing or moved. */
        PARTIAL_NAME,
        /** Same birth date, names one letter apart. */
        SIMILAR_NAME,
        /** Same names and phone, another birth date. */
        SIMILAR_BIRTH_DATE,
        /** Same names and birth date, another phone, and another commune or a day that stands for an unknown one. */
        NAMESAKES
    }

    private static final Verdict SAME = new Same();
    private static final Verdict DIFFERENT = new Different();

    /** How two identifiers of one sort compare. */
    private enum Agreement {
        EQUAL,
        /** One is missing. */
        SILENT,
        /** Two sorts of INE: a school and a training centre may each have given one. */
        INCOMPARABLE,
        CONTRARY
    }

    /** How the names compare, the nearest first. */
    private enum Likeness {
        /** Equal but for case, accents, hyphens and spaces, or swapped. */
        EQUAL,
        PARTIAL,
        /** One letter apart. */
        CLOSE,
        /** Something apart in both names; tells something only with a phone or a commune in common. */
        FAINT,
        OTHER
    }

    /** Decides about two records. */
    public static Verdict between(Facts one, Facts other, Ties ties) {
        Agreement ine = ine(one.ine(), other.ine());
        Agreement siei = siei(one.sieiNumber(), other.sieiNumber());
        Likeness names = names(one, other);
        boolean sameDay = one.birthDate().equals(other.birthDate());
        if (ine == Agreement.EQUAL || siei == Agreement.EQUAL) {
            return identified(ine, siei, names, sameDay, one, other);
        }
        boolean contrary = ine == Agreement.CONTRARY || siei == Agreement.CONTRARY;
        if (names == Likeness.EQUAL && sameDay) {
            return namesakes(contrary, ine == Agreement.INCOMPARABLE, ties, one.birthDate());
        }
        if (names == Likeness.EQUAL && ties.sharedPhone()) {
            return new Doubtful(Doubt.SIMILAR_BIRTH_DATE);
        }
        return contrary ? DIFFERENT : alike(names, sameDay, ties);
    }

    /** Whether a birth date may stand for one that nobody knows: the first or the last day of a year. */
    static boolean isUsualDate(LocalDate date) {
        return (date.getDayOfMonth() == 1 && date.getMonthValue() == 1)
                || (date.getDayOfMonth() == 31 && date.getMonthValue() == 12);
    }

    private static Verdict identified(
            Agreement ine, Agreement siei, Likeness names, boolean sameDay, Facts one, Facts other) {
        if (names == Likeness.EQUAL && sameDay) {
            return SAME;
        }
        boolean siblings = !sameDay && names != Likeness.EQUAL && !near(one.birthDate(), other.birthDate());
        if (siblings || (names == Likeness.OTHER && (!sameDay || twins(one, other)))) {
            return new Doubtful(Doubt.IDENTIFIER_ALONE);
        }
        return ine == Agreement.CONTRARY || siei == Agreement.CONTRARY ? new Doubtful(Doubt.IDENTIFIERS_CROSSED) : SAME;
    }

    private static Verdict namesakes(boolean contrary, boolean incomparable, Ties ties, LocalDate birthDate) {
        if (contrary && ties.sameFile()) {
            return DIFFERENT;
        }
        if (contrary || incomparable) {
            return new Doubtful(Doubt.IDENTIFIERS_DIFFER);
        }
        boolean apart = !ties.sharedPhone() && (ties.otherCommune() || isUsualDate(birthDate));
        return apart ? new Doubtful(Doubt.NAMESAKES) : SAME;
    }

    private static Verdict alike(Likeness names, boolean sameDay, Ties ties) {
        if (!sameDay) {
            return DIFFERENT;
        }
        return switch (names) {
            case EQUAL -> SAME;
            case PARTIAL -> new Doubtful(Doubt.PARTIAL_NAME);
            case CLOSE -> new Doubtful(Doubt.SIMILAR_NAME);
            case FAINT -> ties.sharedPhone() || ties.sameCommune() ? new Doubtful(Doubt.SIMILAR_NAME) : DIFFERENT;
            case OTHER -> DIFFERENT;
        };
    }

    /** Born on one day under one last name: with another first name, a twin. */
    private static boolean twins(Facts one, Facts other) {
        return compact(Identity.fold(one.lastName())).equals(compact(Identity.fold(other.lastName())));
    }

    private static Agreement siei(@Nullable String one, @Nullable String other) {
        if (one == null || other == null) {
            return Agreement.SILENT;
        }
        return one.equals(other) ? Agreement.EQUAL : Agreement.CONTRARY;
    }

    private static Agreement ine(@Nullable String one, @Nullable String other) {
        if (one == null || other == null || one.equals(other)) {
            return one == null || other == null ? Agreement.SILENT : Agreement.EQUAL;
        }
        return sort(one).equals(sort(other)) ? Agreement.CONTRARY : Agreement.INCOMPARABLE;
    }

    /** Which of the three sorts of INE it is, told by where letters stand. */
    private static String sort(String ine) {
        var sort = new StringBuilder(ine.length());
        for (int i = 0; i < ine.length(); i++) {
            sort.append(Character.isLetter(ine.charAt(i)) ? 'A' : '9');
        }
        return sort.toString();
    }

    private static Likeness names(Facts one, Facts other) {
        String last = Identity.fold(one.lastName());
        String first = Identity.fold(one.firstName());
        String otherLast = Identity.fold(other.lastName());
        String otherFirst = Identity.fold(other.firstName());
        Likeness straight = together(likeness(last, otherLast), likeness(first, otherFirst));
        if (straight == Likeness.EQUAL) {
            return straight;
        }
        Likeness swapped = together(likeness(last, otherFirst), likeness(first, otherLast));
        Likeness nearest = straight.compareTo(swapped) <= 0 ? straight : swapped;
        boolean sameWords = Identity.sortedKey(last, first).equals(Identity.sortedKey(otherLast, otherFirst));
        return sameWords && nearest.compareTo(Likeness.PARTIAL) > 0 ? Likeness.PARTIAL : nearest;
    }

    private static Likeness together(Likeness last, Likeness first) {
        if (last == Likeness.OTHER || first == Likeness.OTHER) {
            return Likeness.OTHER;
        }
        if (last == Likeness.EQUAL || first == Likeness.EQUAL) {
            return last == Likeness.EQUAL ? first : last;
        }
        return last == Likeness.PARTIAL && first == Likeness.PARTIAL ? Likeness.PARTIAL : Likeness.FAINT;
    }

    private static Likeness likeness(String one, String other) {
        String letters = compact(one);
        String otherLetters = compact(other);
        if (letters.equals(otherLetters)) {
            return Likeness.EQUAL;
        }
        if (partOf(one, other)) {
            return Likeness.PARTIAL;
        }
        return oneApart(letters, otherLetters) ? Likeness.CLOSE : Likeness.OTHER;
    }

    private static boolean partOf(String one, String other) {
        List<String> words = Identity.tellingWords(one);
        List<String> otherWords = Identity.tellingWords(other);
        return words.size() <= otherWords.size()
                ? new HashSet<>(otherWords).containsAll(words)
                : new HashSet<>(words).containsAll(otherWords);
    }

    /** One letter changed, added, left out, or swapped with its neighbour (Damerau distance 1). */
    private static boolean oneApart(String one, String other) {
        String longer = one.length() >= other.length() ? one : other;
        String shorter = one.length() >= other.length() ? other : one;
        if (shorter.length() < SHORTEST_MISSPELT || longer.length() - shorter.length() > 1) {
            return false;
        }
        int at = 0;
        while (at < shorter.length() && shorter.charAt(at) == longer.charAt(at)) {
            at++;
        }
        if (longer.length() > shorter.length()) {
            return longer.regionMatches(at + 1, shorter, at, shorter.length() - at);
        }
        if (longer.regionMatches(at + 1, shorter, at + 1, shorter.length() - at - 1)) {
            return true;
        }
        return at + 1 < shorter.length()
                && longer.charAt(at) == shorter.charAt(at + 1)
                && longer.charAt(at + 1) == shorter.charAt(at)
                && longer.regionMatches(at + 2, shorter, at + 2, shorter.length() - at - 2);
    }

    private static boolean near(LocalDate one, LocalDate other) {
        if (one.getYear() == other.getYear()
                && one.getMonthValue() == other.getDayOfMonth()
                && one.getDayOfMonth() == other.getMonthValue()) {
            return true;
        }
        String digits = one.toString();
        String otherDigits = other.toString();
        int apart = digits.length() == otherDigits.length() ? 0 : 2;
        for (int i = 0; i < Math.min(digits.length(), otherDigits.length()); i++) {
            apart += digits.charAt(i) == otherDigits.charAt(i) ? 0 : 1;
        }
        return apart == 1;
    }

    private static String compact(String folded) {
        return folded.indexOf(' ') < 0 ? folded : folded.replace(" ", "");
    }
}
