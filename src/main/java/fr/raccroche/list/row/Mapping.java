package fr.raccroche.list.row;

import fr.raccroche.list.table.FormulaGuard;
import fr.raccroche.list.table.Layout;
import fr.raccroche.platform.Hashes;
import fr.raccroche.youth.Identity;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which of our columns stands in which column of a file.
 *
 * @param headers as in the file
 * @param columns one for each header; null for a column of the file that is not read
 * @param monthFirst whether its dates are written month, day, year
 */
public record Mapping(Layout layout, List<String> headers, List<@Nullable Column> columns, boolean monthFirst) {

    public Mapping {
        if (headers.size() != columns.size()) {
            throw new IllegalArgumentException("one column for each header");
        }
        headers = List.copyOf(headers);
        columns = Collections.unmodifiableList(new ArrayList<>(columns));
    }

    public Mapping(Layout layout, List<String> headers, List<@Nullable Column> columns) {
        this(layout, headers, columns, false);
    }

    /** The same for dates in another order. */
    public Mapping withMonthFirst(boolean first) {
        return new Mapping(layout, headers, columns, first);
    }

    /**
     * What is wrong with a mapping.
     *
     * @param column the one that is missing or stands twice; {@code TEL_JEUNE} where there is no telephone of anybody
     * @param places the columns of the file concerned, from 0
     */
    public record Problem(Flaw flaw, Column column, List<Integer> places) {

        /** Which flaw. */
        public enum Flaw {
            MISSING,
            NO_PHONE,
            TWICE
        }
    }

    /**
     * Guesses a mapping: by the names of the columns, where these say nothing by what stands in them.
     *
     * @param sample the first rows
     */
    public static Mapping propose(Layout layout, List<String> headers, List<List<String>> sample) {
        var proposal = new Proposal(headers);
        proposal.byContents(sample);
        var mapping = new Mapping(layout, headers, proposal.columns());
        return mapping.withMonthFirst(DateOrder.of(mapping, sample) == DateOrder.MONTH_FIRST);
    }

    /** Where each column stands in the file, from 0; of a column that stands twice the first place. */
    public Map<Column, Integer> places() {
        var places = new EnumMap<Column, Integer>(Column.class);
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            if (column != null) {
                places.putIfAbsent(column, i);
            }
        }
        return places;
    }

    /** A row of this file by column, without the apostrophes of {@link FormulaGuard}. */
    public RowCells cells(List<String> row) {
        return reader().cells(row);
    }

    /** Reads rows of this file by column; the places of the columns are looked up once. */
    public Reader reader() {
        return new Reader(this);
    }

    /** Rows of one file by column. */
    public static final class Reader {

        private static final int[] NOWHERE = {};

        private final Map<Column, int[]> places = new EnumMap<>(Column.class);

        private Reader(Mapping mapping) {
            for (Column column : Column.all()) {
                List<Integer> found = mapping.placesOf(column);
                places.put(column, found.stream().mapToInt(Integer::intValue).toArray());
            }
        }

        /** A row by column, without the apostrophes of {@link FormulaGuard}; of several columns with telephones all. */
        public RowCells cells(List<String> row) {
            return column -> {
                int[] found = places.getOrDefault(column, NOWHERE);
                if (found.length <= 1 || !column.isList()) {
                    return found.length == 0 || found[0] >= row.size() ? "" : FormulaGuard.unguarded(row.get(found[0]));
                }
                var all = new StringBuilder();
                for (int place : found) {
                    String cell = place >= row.size() ? "" : FormulaGuard.unguarded(row.get(place));
                    all.append(all.isEmpty() || cell.isBlank() ? "" : "\n").append(cell.isBlank() ? "" : cell);
                }
                return all.toString();
            };
        }

        /** Where a column stands in the file, from 0; empty when it does not. */
        public int[] places(Column column) {
            return places.getOrDefault(column, NOWHERE).clone();
        }
    }

    /** Whether rows can be read with it. */
    public boolean complete() {
        return problems().isEmpty();
    }

    /** Columns without which nobody can be called; {@code TEL_JEUNE} stands for any telephone. */
    List<Column> missing() {
        return problems().stream()
                .filter(problem -> problem.flaw() != Problem.Flaw.TWICE)
                .map(Problem::column)
                .toList();
    }

    /** Everything that is wrong, in the order of our columns. */
    public List<Problem> problems() {
        var problems = new ArrayList<Problem>();
        for (Column column : Column.all()) {
            List<Integer> found = placesOf(column);
            if (found.size() > 1 && !column.isList()) {
                problems.add(new Problem(Problem.Flaw.TWICE, column, found));
            }
            if (found.isEmpty() && column.identifies() && !named(column)) {
                problems.add(new Problem(Problem.Flaw.MISSING, column, List.of()));
            }
            if (column == Column.TEL_JEUNE && columns.stream().noneMatch(any -> any != null && any.phone())) {
                problems.add(new Problem(Problem.Flaw.NO_PHONE, column, List.of()));
            }
        }
        return problems;
    }

    /** Whether a name stands in one column with the other. */
    private boolean named(Column column) {
        return column != Column.DATE_NAISSANCE
                && (columns.contains(Column.NOM_PRENOM) || columns.contains(Column.PRENOM_NOM));
    }

    private List<Integer> placesOf(Column column) {
        var found = new ArrayList<Integer>(1);
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i) == column) {
                found.add(i);
            }
        }
        return found;
    }

    /** Whether the file is one of rejected rows, corrected and sent again. */
    public boolean isRejectFile() {
        return RejectColumns.areIn(headers);
    }

    /**
     * The key under which the mapping of a source is found again: the same for the same names in any order, whatever
     * their case and accents, and for the rejects of such a file.
     */
    public String signature() {
        String names = RejectColumns.without(headers).stream()
                .map(Identity::fold)
                .filter(name -> !name.isEmpty())
                .sorted()
                .collect(Collectors.joining("\n"));
        return HexFormat.of().formatHex(Hashes.sha256(names));
    }

    /** The same choices for another file of the source, whose columns may stand in another order. */
    public Mapping appliedTo(Layout other, List<String> names) {
        var rest = new HashMap<String, List<@Nullable Column>>();
        for (int i = 0; i < headers.size(); i++) {
            rest.computeIfAbsent(Identity.fold(headers.get(i)), name -> new ArrayList<>())
                    .add(columns.get(i));
        }
        var chosen = new ArrayList<@Nullable Column>();
        for (String name : names) {
            List<@Nullable Column> same = rest.get(Identity.fold(name));
            chosen.add(same == null || same.isEmpty() ? null : same.removeFirst());
        }
        return new Mapping(other, names, chosen, monthFirst);
    }

    /** As text to keep. */
    public String toJson() {
        Charset charset = layout.charset();
        return new JsonObject()
                .put("kind", layout.kind())
                .put("charset", charset == null ? null : charset.name())
                .put("separator", Character.toString(layout.separator()))
                .put("headerLine", layout.headerLine())
                .put("sheet", layout.sheet())
                .put("ownersAbove", layout.extent().ownersAbove())
                .put("furtherSheets", new JsonArray(layout.extent().furtherSheets()))
                .put("setAside", layout.extent().setAside())
                .put("monthFirst", monthFirst)
                .put("headers", new JsonArray(headers))
                .put(
                        "columns",
                        columns.stream()
                                .map(column -> column == null ? null : column.name())
                                .collect(JsonArray::new, JsonArray::add, JsonArray::addAll))
                .encode();
    }

    /** The inverse of {@link #toJson}. */
    public static Mapping fromJson(String json) {
        var object = new JsonObject(json);
        String charset = object.getString("charset");
        var layout = new Layout(
                Layout.Kind.valueOf(object.getString("kind")),
                charset == null ? null : Charset.forName(charset),
                object.getString("separator").charAt(0),
                object.getInteger("headerLine"),
                object.getString("sheet"),
                new Layout.Extent(
                        object.getBoolean("ownersAbove", false),
                        texts(object.getJsonArray("furtherSheets", new JsonArray())),
                        object.getBoolean("setAside", false)));
        return new Mapping(
                layout,
                texts(object.getJsonArray("headers")),
                columns(object.getJsonArray("columns")),
                object.getBoolean("monthFirst", false));
    }

    private static List<String> texts(JsonArray array) {
        return array.stream().map(text -> (String) Objects.requireNonNull(text)).toList();
    }

    private static List<@Nullable Column> columns(JsonArray array) {
        var columns = new ArrayList<@Nullable Column>();
        for (Object name : array) {
            columns.add(name == null ? null : Column.valueOf((String) name));
        }
        return columns;
    }
}
