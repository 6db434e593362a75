package fr.raccroche.list;

import fr.raccroche.list.row.Column;
import fr.raccroche.list.row.RowIssue;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How good a list is, whole and by school, for whoever drew it: what was unusable when it came (R10, R11), and what the
 * calls found out since (R12, R30).
 *
 * <p>Counts only. What calls found out is told of a school only where so many youths were reached that it says nothing
 * about one of them.
 */
record Quality(School whole, List<School> schools) {

    /** Fewer youths reached than this, and an answer could be guessed. */
    static final int FEW = 5;

    /** Youths of whom the list names no school. */
    static final String NO_SCHOOL = "";

    /**
     * One school, or the whole list.
     *
     * @param uai the school's code, empty for none
     * @param people on the list now
     * @param withdrawn were on the list
     * @param doubtful rows nobody has decided about
     * @param corrected cells stored otherwise than written
     * @param rejected rows by reason, of what came since the last complete file
     * @param noBirthDate among the rejected, those whose birth date is missing, no date or implausible
     * @param called youths of the list whom a campaign has tried
     * @param reached youths who, or whose guardians, said what they do
     * @param inSolution among the reached, those who need nothing
     * @param tried numbers that were called
     * @param dead among the tried, wrong or out of service
     */
    record School(
            String uai,
            int people,
            int withdrawn,
            int doubtful,
            int corrected,
            Map<RowIssue, Integer> rejected,
            int noBirthDate,
            int called,
            int reached,
            int inSolution,
            int tried,
            int dead) {

        public int rejectedRows() {
            return rejected.values().stream().mapToInt(Integer::intValue).sum();
        }

        public int rejectedFor(RowIssue issue) {
            return rejected.getOrDefault(issue, 0);
        }

        public int rows() {
            return people + doubtful + rejectedRows();
        }

        public int duplicates() {
            return rejectedFor(RowIssue.DUPLICATE);
        }

        public int noPhone() {
            return rejectedFor(RowIssue.NO_USABLE_PHONE);
        }

        public int under16() {
            return rejectedFor(RowIssue.UNDER_16);
        }

        /** Rows with a number to call, of those that are a person with an age. */
        public @Nullable Double withPhone() {
            return share(people + doubtful, people + doubtful + noPhone());
        }

        /** Whether what calls found out may be told. */
        public boolean tellsResults() {
            return reached >= FEW;
        }

        public @Nullable Double inSolutionShare() {
            return tellsResults() ? share(inSolution, reached) : null;
        }

        public @Nullable Double deadShare() {
            return share(dead, tried);
        }

        private static @Nullable Double share(int part, int whole) {
            return whole == 0 ? null : (double) part / whole;
        }

        private School plus(School other) {
            var both = new HashMap<>(rejected);
            other.rejected.forEach((issue, rows) -> both.merge(issue, rows, Integer::sum));
            return new School(
                    uai,
                    people + other.people,
                    withdrawn + other.withdrawn,
                    doubtful + other.doubtful,
                    corrected + other.corrected,
                    both,
                    noBirthDate + other.noBirthDate,
                    called + other.called,
                    reached + other.reached,
                    inSolution + other.inSolution,
                    tried + other.tried,
                    dead + other.dead);
        }
    }

    private static final School NOTHING = new School(NO_SCHOOL, 0, 0, 0, 0, Map.of(), 0, 0, 0, 0, 0, 0);

    /** What the database counts of one school. */
    record Counts(
            String uai,
            int people,
            int withdrawn,
            int doubtful,
            int corrected,
            int called,
            int reached,
            int inSolution,
            int tried,
            int dead) {

        private School school() {
            return new School(
                    uai, people, withdrawn, doubtful, corrected, Map.of(), 0, called, reached, inSolution, tried, dead);
        }
    }

    /** Rejected rows by school, taken one after the other. */
    static final class Rejections {

        private final Map<String, School> schools = new HashMap<>();

        /** @param uai as written in the row */
        void add(String uai, RowIssue issue, String field) {
            String code = uai.strip().toUpperCase(Locale.ROOT);
            boolean birthDate = field.equals(Column.DATE_NAISSANCE.header()) && issue != RowIssue.UNDER_16;
            var one = new School(code, 0, 0, 0, 0, Map.of(issue, 1), birthDate ? 1 : 0, 0, 0, 0, 0, 0);
            schools.merge(code, one, School::plus);
        }
    }

    /** Schools with most rejected rows first. */
    static Quality of(List<Counts> counts, Rejections rejections) {
        var schools = new TreeMap<String, School>(rejections.schools);
        counts.forEach(
                count -> schools.merge(count.uai(), count.school(), (rejected, counted) -> counted.plus(rejected)));
        School whole = schools.values().stream().reduce(NOTHING, School::plus);
        return new Quality(
                whole,
                schools.values().stream()
                        .sorted(Comparator.comparingInt(School::rejectedRows)
                                .reversed()
                                .thenComparing(School::uai))
                        .toList());
    }
}
