package fr.raccroche.list.table;

import fr.raccroche.list.table.Refused.Reason;
import fr.raccroche.youth.Identity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names of the columns, and how rows that hold them in another order are brought into theirs. */
final class Header {

    /** Stands between whose a column is, as the line above the names says it, and its name. */
    static final String OWNED = " › ";

    /** How far above the names their owners stand at most. */
    static final int LINES_ABOVE = 3;

    private final List<String> names;
    private final List<String> folded;
    private final Set<String> known;

    Header(List<String> names) {
        this.names = List.copyOf(names);
        this.folded = names.stream().map(Identity::fold).toList();
        this.known = new HashSet<>(folded);
        names.forEach(name -> known.add(Identity.fold(lower(name))));
    }

    List<String> names() {
        return names;
    }

    int width() {
        return names.size();
    }

    /** How many columns there are up to the last one that has a name. */
    int named() {
        int named = names.size();
        while (named > 0 && names.get(named - 1).isEmpty()) {
            named--;
        }
        return named;
    }

    /** The same with unnamed columns behind. */
    Header widened(int width) {
        var wide = new ArrayList<>(names);
        while (wide.size() < width) {
            wide.add("");
        }
        return new Header(wide);
    }

    /** The header that stands on a line; {@code rows} go on below it. */
    static Header read(Rows rows, int line, boolean ownersAbove) throws IOException, Refused {
        rows.goTo(ownersAbove ? Math.max(1, line - LINES_ABOVE) : line);
        TableRow above = null;
        TableRow row = rows.next();
        while (row != null && row.line() < line) {
            above = row;
            row = rows.next();
        }
        if (row == null || row.cells() == null || row.line() != line) {
            throw new Refused(Reason.NO_HEADER, null);
        }
        return new Header(
                above == null
                        ? TableFile.names(row.cells())
                        : owned(owners(rows, above), TableFile.names(spread(rows, row))));
    }

    /** Whose the columns are: what stands in a cell, or was joined with it, counts for the empty ones behind it too. */
    static List<String> owners(Rows rows, TableRow above) throws Refused {
        List<String> joined = rows instanceof SheetRows sheet ? sheet.across(above) : null;
        if (joined != null) {
            return TableFile.names(joined);
        }
        var owners = new ArrayList<String>();
        String last = "";
        for (String name : TableFile.names(above.cells() == null ? List.of() : above.cells())) {
            last = name.isEmpty() ? last : name;
            owners.add(last);
        }
        return owners;
    }

    static List<String> spread(Rows rows, TableRow row) {
        List<String> joined = rows instanceof SheetRows sheet ? sheet.across(row) : null;
        List<String> cells = row.cells() == null ? List.of() : row.cells();
        return joined == null ? cells : joined;
    }

    /** Names with whose they are in front. */
    static List<String> owned(List<String> owners, List<String> names) {
        int width = Math.max(names.size(), owners.size());
        var owned = new ArrayList<String>(width);
        for (int i = 0; i < width; i++) {
            // behind the last cell of the line above its owner goes on
            String owner = owners.isEmpty() ? "" : owners.get(Math.min(i, owners.size() - 1));
            String name = i < names.size() ? names.get(i) : "";
            if (name.isEmpty() || owner.isEmpty() || owner.equals(name)) {
                owned.add(name.isEmpty() && i < owners.size() ? owner : name);
            } else {
                owned.add(owner + OWNED + name);
            }
        }
        return owned;
    }

    /**
     * Where each column stands in a row of names, by place from 0; null when the row does not hold the same names. A header
     * of two lines is met again by its lower one too.
     */
    int @Nullable [] order(List<String> cells) {
        if (cells.isEmpty() || !known.contains(Identity.fold(cells.getFirst()))) {
            return null;
        }
        int[] order = new int[names.size()];
        var taken = new boolean[cells.size()];
        for (int i = 0; i < order.length; i++) {
            order[i] = place(cells, i, taken);
            if (order[i] < 0 && !folded.get(i).isEmpty()) {
                return sameLower(cells) ? straight() : null;
            }
        }
        for (int i = 0; i < cells.size(); i++) {
            if (!taken[i] && !CsvRow.blank(cells.get(i))) {
                return sameLower(cells) ? straight() : null;
            }
        }
        return order;
    }

    private int place(List<String> cells, int column, boolean[] taken) {
        if (column < cells.size()
                && !taken[column]
                && Identity.fold(cells.get(column)).equals(folded.get(column))) {
            taken[column] = true;
            return column;
        }
        for (int i = 0; i < cells.size(); i++) {
            if (!taken[i] && Identity.fold(cells.get(i)).equals(folded.get(column))) {
                taken[i] = true;
                return i;
            }
        }
        return -1;
    }

    private int[] straight() {
        int[] order = new int[names.size()];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        return order;
    }

    private boolean sameLower(List<String> cells) {
        for (int i = 0; i < Math.max(cells.size(), names.size()); i++) {
            if (!lower(cells, i)) {
                return false;
            }
        }
        return true;
    }

    private boolean lower(List<String> cells, int i) {
        String name = i < names.size() ? names.get(i) : "";
        return Identity.fold(lower(name)).equals(i < cells.size() ? Identity.fold(cells.get(i)) : "");
    }

    private static String lower(String name) {
        int owned = name.indexOf(OWNED);
        return owned < 0 ? name : name.substring(owned + OWNED.length());
    }

    /** Whether columns stand where those of the file do. */
    static boolean isStraight(int[] order) {
        for (int i = 0; i < order.length; i++) {
            if (order[i] != i) {
                return false;
            }
        }
        return true;
    }
}
