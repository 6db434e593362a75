package fr.raccroche.list;

import fr.raccroche.list.row.RowIssue;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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

    /** Nobody and nothing. */
    static final School NOTHING = new School(Quality.NO_SCHOOL, 0, 0, 0, 0, Map.of(), 0, 0, 0, 0, 0, 0);

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
        return reached >= Quality.FEW;
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

    School plus(School other) {
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
