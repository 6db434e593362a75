package fr.raccroche.list;

import fr.raccroche.list.row.Column;
import fr.raccroche.list.row.RowIssue;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Rejected rows by school, taken one after the other. */
final class SchoolRejections {

    private final Map<String, School> schools = new HashMap<>();

    /** What was rejected, by the code of the school. */
    Map<String, School> schools() {
        return schools;
    }

    /** @param uai as written in the row */
    void add(String uai, RowIssue issue, String field) {
        String code = uai.strip().toUpperCase(Locale.ROOT);
        boolean birthDate = field.equals(Column.DATE_NAISSANCE.header()) && issue != RowIssue.UNDER_16;
        var one = new School(code, 0, 0, 0, 0, Map.of(issue, 1), birthDate ? 1 : 0, 0, 0, 0, 0, 0);
        schools.merge(code, one, School::plus);
    }
}
