package fr.raccroche.list.row;

import fr.raccroche.list.row.Vocabulary.Meaning;
import fr.raccroche.youth.Identity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A guess at which column is which; people look at it before anything is loaded. */
final class Proposal {

    private static final double MOST = 0.8;
    private static final int YOUNGEST_YEAR = 2016;
    private static final int OLDEST_YEAR = 1990;

    private static final Pattern INE =
            Pattern.compile("[0-9]{9}[A-Za-z]{2}|[0-9_]{10}[A-Za-z]|[0-9]{4}A[0-9]{5}[A-Za-z]");
    private static final Pattern UAI = Pattern.compile("[0-9]{7}[A-Za-z]");
    private static final Pattern MAIL = Pattern.compile("[^@\\s]+@[^@\\s]+\\.[^@\\s]+");
    private static final Pattern PHONE = Pattern.compile("(\\+33|0033|0)? ?[1-79]([ .-]?[0-9]{2}){4}");
    private static final Pattern DATE = Pattern.compile(
            "[0-3]?[0-9][/.-][01]?[0-9][/.-](?<last>[0-9]{4})|(?<first>[0-9]{4})-[01][0-9]-[0-3][0-9].*");
    private static final Pattern POSTAL_CODE = Pattern.compile("750[0-9]{2}|[0-9]{4}0");
    private static final Pattern INSEE = Pattern.compile("(0[1-9]|[1-8][0-9]|9[0-5]|2[AB])[0-9]{3}");
    private static final Pattern SEX = Pattern.compile("[MF]");

    /** In the order in which they are looked for: the shapes that nothing else has first. */
    private static final Map<Column, Predicate<String>> SHAPES = shapes();

    private final List<String> headers;
    private final @Nullable Column[] columns;

    /** Guesses by the names alone. */
    Proposal(List<String> headers) {
        this.headers = headers;
        this.columns = new @Nullable Column[headers.size()];
        byName();
    }

    List<@Nullable Column> columns() {
        return Arrays.asList(columns);
    }

    /** A name as a claim of one column of the file; the better names come first. */
    private record Claim(Column column, int rank, int place) {}

    private void byName() {
        claims().stream().sorted(Comparator.comparingInt(Claim::rank)).forEach(this::claim);
    }

    private List<Claim> claims() {
        var guardians = new ArrayList<String>(guardians());
        var claims = new ArrayList<Claim>();
        Set<Column> spoken = EnumSet.noneOf(Column.class);
        Meaning before = null;
        Set<String> names = new HashSet<>();
        boolean another = false;
        for (int i = 0; i < headers.size(); i++) {
            Optional<Meaning> found = Vocabulary.meaning(headers.get(i));
            if (found.isPresent()) {
                Meaning meaning = behind(before, found.get(), spoken);
                Column column = about(meaning, guardians);
                another |= meaning.column().identifies()
                        && meaning.whom().isEmpty()
                        && !names.add(Identity.fold(headers.get(i)));
                // behind the name of a second person a telephone of nobody in particular may be theirs
                if (column != null
                        && !(another
                                && meaning.whom().isEmpty()
                                && meaning.column().phone())) {
                    claims.add(new Claim(column, meaning.rank(), i));
                }
                before = meaning;
            }
        }
        return claims;
    }

    /**
     * Behind « Nom du responsable » a second « Prénom » is the guardian's, and so is a telephone of nobody in
     * particular.
     */
    private static Meaning behind(@Nullable Meaning before, Meaning meaning, Set<Column> spoken) {
        boolean again = !spoken.add(meaning.column());
        if (before == null || !guardian(before) || !meaning.whom().isEmpty()) {
            return meaning;
        }
        boolean named = before.column() == Column.NOM || before.column() == Column.PRENOM;
        return again || (named && meaning.column().phone())
                ? new Meaning(meaning.column(), meaning.rank(), before.whom())
                : meaning;
    }

    private static boolean guardian(Meaning meaning) {
        return !meaning.whom().isEmpty() && !meaning.whom().equals(Vocabulary.THE_YOUTH);
    }

    /** Whom the names speak of beside the youth, in the order of their numbers, at most two. */
    private Set<String> guardians() {
        var spoken = new LinkedHashSet<String>();
        for (String header : headers) {
            Vocabulary.meaning(header)
                    .filter(Proposal::guardian)
                    .map(Meaning::whom)
                    .ifPresent(spoken::add);
        }
        var ordered = new LinkedHashSet<String>();
        for (String number : List.of("1", "2")) {
            String other = spoken.stream()
                    .filter(who -> !who.equals("1") && !who.equals("2") && !ordered.contains(who))
                    .findFirst()
                    .orElse(number);
            ordered.add(spoken.contains(number) ? number : other);
        }
        return ordered;
    }

    private static @Nullable Column about(Meaning meaning, List<String> guardians) {
        if (!guardian(meaning)) {
            return meaning.column();
        }
        int place = guardians.indexOf(meaning.whom());
        return place < 0 ? null : meaning.column().ofGuardian(place + 1);
    }

    /**
     * Gives a column of the file its meaning. Where two mean the same the better name wins, and a further telephone
     * becomes the second one; only where they bear the very same name do both stand, for people to choose.
     */
    private void claim(Claim claim) {
        int other = place(claim.column());
        Column second = claim.column().second();
        boolean ambiguous = other >= 0 && sameName(other, claim.place());
        if (other < 0 || (ambiguous && (claim.rank() == 0 || !claim.column().phone()))) {
            columns[claim.place()] = claim.column();
        } else if (claim.column().isList()) {
            columns[claim.place()] = claim.column();
        } else if (second != null) {
            claim(new Claim(second, claim.rank(), claim.place()));
        }
    }

    private boolean sameName(int one, int other) {
        return Identity.fold(headers.get(one)).equals(Identity.fold(headers.get(other)));
    }

    private int place(Column column) {
        return Arrays.asList(columns).indexOf(column);
    }

    /** Guesses the columns whose names say nothing by what stands in them. */
    void byContents(List<List<String>> sample) {
        boolean phone = place(Column.TEL_JEUNE) >= 0 || place(Column.TEL_JEUNE_2) >= 0;
        SHAPES.forEach((column, shape) -> {
            if (place(column) < 0 && !(column.phone() && phone)) {
                for (int i = 0; i < columns.length && place(column) < 0; i++) {
                    if (columns[i] == null && holds(sample, i, shape)) {
                        columns[i] = column;
                    }
                }
            }
        });
    }

    private boolean holds(List<List<String>> sample, int place, Predicate<String> shape) {
        if (Vocabulary.meaning(headers.get(place)).isPresent() || Vocabulary.isSomebodyElse(headers.get(place))) {
            return false;
        }
        int filled = 0;
        int right = 0;
        for (List<String> row : sample) {
            String cell = place < row.size() ? row.get(place).strip() : "";
            if (!cell.isEmpty()) {
                filled++;
                right += cell.length() < 100 && shape.test(cell) ? 1 : 0;
            }
        }
        return filled > 0 && right >= filled * MOST && (filled > 1 || sample.size() == 1);
    }

    private static Map<Column, Predicate<String>> shapes() {
        var shapes = new LinkedHashMap<Column, Predicate<String>>();
        shapes.put(Column.INE, INE.asMatchPredicate());
        shapes.put(Column.UAI_DERNIER_ETABLISSEMENT, UAI.asMatchPredicate());
        shapes.put(Column.COURRIEL, MAIL.asMatchPredicate());
        shapes.put(Column.DATE_NAISSANCE, Proposal::birthDate);
        shapes.put(Column.TEL_JEUNE, PHONE.asMatchPredicate());
        shapes.put(Column.CODE_POSTAL, POSTAL_CODE.asMatchPredicate());
        shapes.put(Column.CODE_INSEE, INSEE.asMatchPredicate());
        shapes.put(Column.SEXE, SEX.asMatchPredicate());
        return shapes;
    }

    private static boolean birthDate(String cell) {
        var date = DATE.matcher(cell);
        if (!date.matches()) {
            return false;
        }
        String year = date.group("last") == null ? date.group("first") : date.group("last");
        int born = Integer.parseInt(year);
        return born >= OLDEST_YEAR && born <= YOUNGEST_YEAR;
    }
}
