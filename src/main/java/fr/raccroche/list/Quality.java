package fr.raccroche.list;

import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

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

    /** Schools with most rejected rows first. */
    static Quality of(List<SchoolCounts> counts, SchoolRejections rejections) {
        var schools = new TreeMap<String, School>(rejections.schools());
        counts.forEach(
                count -> schools.merge(count.uai(), count.school(), (rejected, counted) -> counted.plus(rejected)));
        School whole = schools.values().stream().reduce(School.NOTHING, School::plus);
        return new Quality(
                whole,
                schools.values().stream()
                        .sorted(Comparator.comparingInt(School::rejectedRows)
                                .reversed()
                                .thenComparing(School::uai))
                        .toList());
    }
}
