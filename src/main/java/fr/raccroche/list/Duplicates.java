package fr.raccroche.list;

import fr.raccroche.youth.IdentityMatch;
import fr.raccroche.youth.IdentityMatch.Doubt;
import fr.raccroche.youth.IdentityMatch.Doubtful;
import fr.raccroche.youth.IdentityMatch.Facts;
import fr.raccroche.youth.IdentityMatch.Ties;
import fr.raccroche.youth.IdentityMatch.Verdict;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the same person twice in one file: same INE, same SIEI number, or same name and birth date, as far as
 * {@link IdentityMatch} agrees (two people may share a name and a birthday, or an identifier typed wrong).
 */
final class Duplicates {

    private static final Ties SAME_FILE = new Ties(false, false, true);

    private final Map<String, Seen> byIne = new HashMap<>();
    private final Map<String, Seen> bySiei = new HashMap<>();
    private final Map<Namesake, Seen> byName = new HashMap<>();

    private record Namesake(String nameKey, LocalDate birthDate) {}

    private record Seen(int line, Facts facts, @Nullable Seen earlier) {}

    /**
     * An earlier row that means, or may mean, the same person.
     *
     * @param doubt null when it is certain
     */
    record Earlier(int line, @Nullable Doubt doubt) {}

    /** The earlier row of this person, or null; a person seen for the first time is remembered. */
    @Nullable
    Earlier look(int line, Facts row, String nameKey) {
        Earlier found = identified(row, row.ine() == null ? null : byIne.get(row.ine()), null);
        found = identified(row, row.sieiNumber() == null ? null : bySiei.get(row.sieiNumber()), found);
        var namesake = new Namesake(nameKey, row.birthDate());
        Seen latest = byName.get(namesake);
        for (Seen seen = latest; found == null && seen != null; seen = seen.earlier()) {
            found = earlier(seen, IdentityMatch.between(row, seen.facts(), SAME_FILE));
        }
        if (found == null) {
            var first = new Seen(line, row, latest);
            if (row.ine() != null) {
                byIne.put(row.ine(), first);
            }
            if (row.sieiNumber() != null) {
                bySiei.put(row.sieiNumber(), first);
            }
            byName.put(namesake, first);
        }
        return found;
    }

    /** Who carries one's identifier is oneself or a doubt, never simply another. */
    private static @Nullable Earlier identified(Facts row, @Nullable Seen seen, @Nullable Earlier found) {
        if (seen == null || (found != null && found.line() == seen.line())) {
            return found;
        }
        if (found != null) {
            return new Earlier(found.line(), Doubt.IDENTIFIERS_CROSSED);
        }
        Earlier earlier = earlier(seen, IdentityMatch.between(row, seen.facts(), SAME_FILE));
        return earlier == null ? new Earlier(seen.line(), Doubt.IDENTIFIER_ALONE) : earlier;
    }

    private static @Nullable Earlier earlier(Seen seen, Verdict verdict) {
        return switch (verdict) {
            case IdentityMatch.Same same -> new Earlier(seen.line(), null);
            case Doubtful doubtful -> new Earlier(seen.line(), doubtful.doubt());
            case IdentityMatch.Different different -> null;
        };
    }
}
