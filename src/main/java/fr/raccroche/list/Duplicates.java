package fr.raccroche.list;

import fr.raccroche.youth.IdentityMatch;
import fr.raccroche.youth.IdentityMatch.Doubt;
import fr.raccroche.youth.IdentityMatch.Doubtful;
import fr.raccroche.youth.IdentityMatch.Facts;
import fr.raccroche.youth.IdentityMatch.Ties;
import java.time.LocalDate;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the same person twice in one file: same INE, same SIEI number, or same name and birth date, as far as
 * {@link IdentityMatch} agrees (two people may share a name and a birthday, or an identifier typed wrong).
 */
final class Duplicates {

    private final Map<String, Seen> byIne = new HashMap<>();
    private final Map<String, Seen> bySiei = new HashMap<>();
    private final Map<Namesake, Seen> byName = new HashMap<>();
    private final Map<Integer, Seen> byLine = new HashMap<>();
    private @Nullable Duplicates doubtful;

    private record Namesake(String nameKey, LocalDate birthDate) {}

    private record Seen(Row row, @Nullable Seen earlier) {

        private int line() {
            return row.line();
        }
    }

    /**
     * A row.
     *
     * @param phones of anybody in it
     * @param commune where the youth lives; null where it is not known
     * @param digest of what it says
     */
    record Row(
            int line,
            Facts facts,
            String nameKey,
            Set<String> phones,
            @Nullable String commune,
            long digest) {

        /** What ties it to an earlier row of the file. */
        private Ties with(Row other) {
            boolean known = commune != null && other.commune != null;
            return new Ties(
                    !Collections.disjoint(phones, other.phones),
                    known && Objects.equals(commune, other.commune),
                    known && !Objects.equals(commune, other.commune),
                    true);
        }
    }

    /**
     * An earlier row that means, or may mean, the same person.
     *
     * @param doubt null when it is certain
     * @param repeated whether the later one says nothing more
     */
    record Earlier(int line, @Nullable Doubt doubt, boolean repeated) {}

    /**
     * The earlier row of this person, or null; a person seen for the first time is remembered. Whoever is in doubt may stand on
     * several lines like anybody: that is one doubt, whether the file comes for the first time or again.
     */
    @Nullable
    Earlier look(Row row) {
        Earlier found = lookAmongCertain(row);
        if (found == null || found.doubt() == null) {
            return found;
        }
        if (doubtful == null) {
            doubtful = new Duplicates();
        }
        Earlier same = doubtful.look(row);
        return same != null && same.doubt() == null ? same : found;
    }

    private @Nullable Earlier lookAmongCertain(Row row) {
        Facts facts = row.facts();
        Earlier found = identified(row, facts.ine() == null ? null : byIne.get(facts.ine()), null);
        found = identified(row, facts.sieiNumber() == null ? null : bySiei.get(facts.sieiNumber()), found);
        var namesake = new Namesake(row.nameKey(), facts.birthDate());
        Seen latest = byName.get(namesake);
        for (Seen seen = latest; found == null && seen != null; seen = seen.earlier()) {
            found = earlier(row, seen);
        }
        if (found == null) {
            var first = new Seen(row, latest);
            if (facts.ine() != null) {
                byIne.put(facts.ine(), first);
            }
            if (facts.sieiNumber() != null) {
                bySiei.put(facts.sieiNumber(), first);
            }
            byName.put(namesake, first);
            byLine.put(row.line(), first);
        } else if (found.doubt() == null) {
            // its identifiers are those of the person from here on
            Seen first = byLine.get(found.line());
            if (first != null && facts.ine() != null) {
                byIne.putIfAbsent(facts.ine(), first);
            }
            if (first != null && facts.sieiNumber() != null) {
                bySiei.putIfAbsent(facts.sieiNumber(), first);
            }
        }
        return found;
    }

    /** Who carries one's identifier is oneself or a doubt, never simply another. */
    private static @Nullable Earlier identified(Row row, @Nullable Seen seen, @Nullable Earlier found) {
        if (seen == null || (found != null && found.line() == seen.line())) {
            return found;
        }
        if (found != null) {
            return new Earlier(found.line(), Doubt.IDENTIFIERS_CROSSED, false);
        }
        Earlier earlier = earlier(row, seen);
        return earlier == null ? new Earlier(seen.line(), Doubt.IDENTIFIER_ALONE, false) : earlier;
    }

    private static @Nullable Earlier earlier(Row row, Seen seen) {
        return switch (IdentityMatch.between(row.facts(), seen.row().facts(), row.with(seen.row()))) {
            case IdentityMatch.Same same ->
                new Earlier(seen.line(), null, row.digest() == seen.row().digest());
            case Doubtful doubtful -> new Earlier(seen.line(), doubtful.doubt(), false);
            case IdentityMatch.Different different -> null;
        };
    }
}
