package fr.raccroche.list.row;

import fr.raccroche.youth.Identity;
import java.util.ArrayList;
import java.util.List;

/** Three columns that stand behind the others in a file of rejected rows: where, which column, and why. */
public final class RejectColumns {

    public static final List<String> NAMES = List.of("ligne", "colonne", "motif");

    private RejectColumns() {}

    /** Whether a header has all three. */
    public static boolean areIn(List<String> headers) {
        return headers.stream().map(Identity::fold).toList().containsAll(NAMES);
    }

    /** A header without the three columns of an earlier file of rejected rows. */
    public static List<String> without(List<String> headers) {
        return placesOfOthers(headers).stream().map(headers::get).toList();
    }

    /** The places of the columns that are not the three. */
    public static List<Integer> placesOfOthers(List<String> headers) {
        boolean present = areIn(headers);
        var others = new ArrayList<Integer>();
        for (int i = 0; i < headers.size(); i++) {
            if (!present || !NAMES.contains(Identity.fold(headers.get(i)))) {
                others.add(i);
            }
        }
        return others;
    }
}
