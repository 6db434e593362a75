package fr.raccroche.list.table;

import fr.raccroche.list.table.Refused.Reason;
import fr.raccroche.youth.Identity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds out how a file is to be read, from its first rows. */
final class Recognition {

    private static final int SHEETS = 100;
    /** Words in the name of a sheet whose people nobody is to call. */
    private static final Pattern PAST = Pattern.compile(
            "\\b(ancien|archive|re ?inscri|ne (pas|plus)|pas appeler|refus|oppos|doublon|corbeille|supprim|modele|exemple|retir|annule|obsolete|brouillon)");

    private static final int ROWS = 50;
    private static final int CHARACTERS = 1 << 18;
    private static final Pattern MARKUP =
            Pattern.compile("\\s*<(!doctype|html|\\?xml|table|meta|head)\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern DATA = Pattern.compile("[0-9 ./+-]+|[0-9]{7,10}[A-Za-z]{1,2}|.*@.*", Pattern.DOTALL);

    private final ToIntFunction<List<String>> knownNames;

    /** @param knownNames how many columns a row of names speaks of */
    Recognition(ToIntFunction<List<String>> knownNames) {
        this.knownNames = knownNames;
    }

    Layout layout(Path file) throws IOException, Refused {
        byte[] start = start(file);
        if (starts(start, 'P', 'K', 3, 4) || starts(start, 'P', 'K', 5, 6)) {
            return workbook(file);
        }
        if (starts(start, 0xD0, 0xCF, 0x11, 0xE0)) {
            throw encrypted(file) ? new Refused(Reason.ENCRYPTED, null) : new Refused(Reason.UNREAD_FORMAT, ".xls");
        }
        return text(file);
    }

    /**
     * The sheet that names most columns; among equals the first. Hidden ones count only where no other has a header; what
     * else has the same columns is read with it, unless its name says that these people are done with.
     */
    private Layout workbook(Path file) throws IOException, Refused {
        try (WorkbookFile workbook = WorkbookFile.open(file)) {
            Map<String, Head> shown = new LinkedHashMap<>();
            Map<String, Head> hidden = new LinkedHashMap<>();
            for (String name : workbook.sheets().stream().limit(SHEETS).toList()) {
                try (Rows rows = workbook.rows(name)) {
                    var head = head(rows, ';');
                    if (!head.rows().isEmpty()) {
                        (workbook.isHidden(name) ? hidden : shown).put(name, head);
                    }
                }
            }
            boolean any = shown.values().stream().anyMatch(head -> head.known() > 1);
            Map<String, Head> eligible =
                    any || hidden.isEmpty() ? shown : shown.isEmpty() ? hidden : both(shown, hidden);
            String sheet = best(eligible);
            if (sheet == null) {
                throw new Refused(Reason.EMPTY, null);
            }
            Head best = Objects.requireNonNull(eligible.get(sheet));
            TableRow names = best.header();
            var header = new Header(best.names());
            var further = new ArrayList<String>();
            for (var other : shown.entrySet()) {
                Head head = other.getValue();
                boolean alike = head.known() > 1 && !head.isEmpty() && header.order(head.names()) != null;
                if (alike && !other.getKey().equals(sheet) && !isPast(other.getKey())) {
                    further.add(other.getKey());
                }
            }
            return Layout.workbook(sheet, names.line()).with(new Layout.Extent(best.owners() != null, further, false));
        }
    }

    private static @Nullable String best(Map<String, Head> heads) {
        String best = null;
        for (var head : heads.entrySet()) {
            if (best == null || better(head, best, heads)) {
                best = head.getKey();
            }
        }
        return best;
    }

    private static boolean better(Map.Entry<String, Head> head, String best, Map<String, Head> heads) {
        int known = head.getValue().known();
        int most = Objects.requireNonNull(heads.get(best)).known();
        // a sheet of the past may say more, and never speaks first
        boolean instead = isPast(best) && known > 1 && !isPast(head.getKey());
        return instead || (known > most && (isPast(best) || !isPast(head.getKey()) || most < 2));
    }

    private static Map<String, Head> both(Map<String, Head> shown, Map<String, Head> hidden) {
        var all = new LinkedHashMap<>(shown);
        all.putAll(hidden);
        return all;
    }

    /** Whether a sheet, by its name, holds people who are not to be called. */
    static boolean isPast(String sheet) {
        return PAST.matcher(Identity.fold(sheet)).find();
    }

    /** An encrypted XLSX hides in the container of the old formats, under a name in two-byte letters. */
    private static boolean encrypted(Path file) throws IOException {
        byte[] name = "EncryptedPackage".getBytes(StandardCharsets.UTF_16LE);
        try (InputStream stream = Files.newInputStream(file)) {
            var window = new byte[1 << 16];
            int kept = 0;
            for (int read = stream.read(window); read >= 0; read = stream.read(window, kept, window.length - kept)) {
                int length = kept + read;
                for (int i = 0; i + name.length <= length; i++) {
                    if (Arrays.equals(window, i, i + name.length, name, 0, name.length)) {
                        return true;
                    }
                }
                kept = Math.min(length, name.length - 1);
                System.arraycopy(window, length - kept, window, 0, kept);
            }
            return false;
        }
    }

    private Layout text(Path file) throws IOException, Refused {
        Charset charset = Encoding.of(file);
        refuseByFirstLine(file, charset);
        Head best = null;
        for (char separator : Layout.SEPARATORS) {
            try (var rows = new TextRows(file, charset, separator)) {
                var head = head(rows, separator);
                best = best == null || head.betterThan(best) ? head : best;
            }
        }
        if (best == null || best.rows().isEmpty()) {
            throw new Refused(Reason.EMPTY, null);
        }
        if (best.known() < 2 && best.width() < 2) {
            throw new Refused(Reason.NO_SEPARATOR, null);
        }
        TableRow header = best.header();
        if (header.hasControls()) {
            throw new Refused(Reason.NOT_TEXT, null);
        }
        return Layout.text(charset, best.separator(), header.line())
                .with(new Layout.Extent(best.owners() != null, List.of(), false));
    }

    /** Refuses by its first line what is no table: binary data, or a page of the web named like a spreadsheet. */
    private static void refuseByFirstLine(Path file, Charset charset) throws IOException, Refused {
        try (var rows = new TextRows(file, charset, '\0')) {
            TableRow first = rows.next();
            if (first != null && first.hasControls()) {
                throw new Refused(Reason.NOT_TEXT, null);
            }
            if (first != null && MARKUP.matcher(first.raw()).lookingAt()) {
                throw new Refused(Reason.UNREAD_FORMAT, "HTML");
            }
        }
    }

    private static byte[] start(Path file) throws IOException {
        try (InputStream stream = Files.newInputStream(file)) {
            return stream.readNBytes(8);
        }
    }

    private static boolean starts(byte[] start, int... magic) {
        for (int i = 0; i < magic.length; i++) {
            if (i >= start.length || (start[i] & 0xFF) != magic[i]) {
                return false;
            }
        }
        return true;
    }

    private Head head(Rows source, char separator) throws IOException, Refused {
        var rows = new ArrayList<TableRow>();
        int characters = 0;
        TableRow row = source.next();
        for (; row != null; row = source.next()) {
            rows.add(row);
            characters += row.length();
            if (rows.size() == ROWS || characters > CHARACTERS) {
                break;
            }
        }
        var widths = new HashMap<Integer, Integer>();
        Named named = null;
        TableRow above = null;
        for (TableRow each : rows) {
            List<String> cells = each.cells();
            if (cells != null) {
                widths.merge(cells.size(), 1, Integer::sum);
                Named plain = new Named(each, null, cells, known(cells));
                Named owned = above == null ? null : owned(source, above, each);
                Named better = owned != null && isOwned(owned, plain) ? owned : plain;
                named = named == null || better.known() > named.known() ? better : named;
                above = each;
            }
        }
        Map.Entry<Integer, Integer> most = widths.entrySet().stream()
                .max(Map.Entry.<Integer, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .orElse(Map.entry(0, 0));
        return new Head(
                rows,
                most.getKey(),
                most.getValue(),
                named != null && named.known() > 0 ? named : null,
                row == null,
                separator);
    }

    private int known(List<String> names) {
        return names.size() > TableFile.MOST_COLUMNS ? 0 : knownNames.applyAsInt(names);
    }

    private @Nullable Named owned(Rows source, TableRow above, TableRow row) throws Refused {
        List<String> cells = row.cells();
        List<String> over = above.cells();
        if (cells == null
                || over == null
                || Math.max(cells.size(), over.size()) > TableFile.MOST_COLUMNS
                || row.line() - above.line() > Header.LINES_ABOVE) {
            return null;
        }
        List<String> names = Header.owned(Header.owners(source, above), TableFile.names(Header.spread(source, row)));
        return new Named(row, above, names, known(names));
    }

    /**
     * Whether the line above says whose the columns are: one of its cells names a person, and with it the names mean at least
     * as much, but for those that are somebody else's.
     */
    private boolean isOwned(Named owned, Named plain) {
        List<String> over = owned.owners() == null || owned.owners().cells() == null
                ? List.of()
                : owned.owners().cells();
        // a title stands alone, in front
        if (over.stream().filter(cell -> !cell.isBlank()).count() < 2
                && !over.isEmpty()
                && !over.getFirst().isBlank()) {
            return false;
        }
        if (owned.known() < 2 || owned.known() > plain.known()) {
            return owned.known() > 1;
        }
        return owned.known() * 2 > plain.known()
                && over.stream()
                        .filter(cell -> !cell.isBlank())
                        .anyMatch(cell -> known(List.of(cell + Header.OWNED + "nom", "nom")) == 2);
    }

    /**
     * A line that names columns.
     *
     * @param owners the line above it, where that says whose they are
     * @param names with whose they are
     * @param known how many columns of ours they name
     */
    private record Named(TableRow row, @Nullable TableRow owners, List<String> names, int known) {}

    /**
     * The first rows of a file.
     *
     * @param width how many cells most rows have
     * @param alike how many rows have so many
     * @param naming the row that names most columns, the first of these
     * @param over whether the file has no more rows
     */
    private record Head(
            List<TableRow> rows,
            int width,
            int alike,
            @Nullable Named naming,
            boolean over,
            char separator) {

        int known() {
            return naming == null ? 0 : naming.known();
        }

        @Nullable
        TableRow owners() {
            return naming != null && naming.known() > 1 ? naming.owners() : null;
        }

        /** The names of the columns; empty where none are known. */
        List<String> names() throws Refused {
            return naming == null ? List.of() : TableFile.names(naming.names());
        }

        /** Whether nothing stands below the names. */
        boolean isEmpty() {
            return naming != null
                    && over
                    && naming.row().line() == rows.getLast().line();
        }

        boolean betterThan(Head other) {
            if (known() != other.known() && Math.max(known(), other.known()) > 1) {
                return known() > other.known();
            }
            return (width > 1 ? alike * 100 + width : 0) > (other.width > 1 ? other.alike * 100 + other.width : 0);
        }

        /** The row that names the columns: by names that are known, else the first that looks like names. */
        TableRow header() throws Refused {
            TableRow header = naming != null && naming.known() > 1 ? naming.row() : looksLikeNames();
            if (TableFile.names(header.cells() == null ? List.of() : header.cells())
                    .isEmpty()) {
                throw new Refused(Reason.NO_HEADER, null);
            }
            if (over && header.line() == rows.getLast().line()) {
                throw new Refused(Reason.NO_ROWS, null);
            }
            return header;
        }

        private TableRow looksLikeNames() throws Refused {
            for (TableRow row : rows) {
                List<String> cells = row.cells();
                if (cells != null && cells.size() >= width && width > 1) {
                    if (cells.stream()
                            .noneMatch(
                                    cell -> cell.isBlank() || DATA.matcher(cell).matches())) {
                        return row;
                    }
                    break;
                }
            }
            throw new Refused(Reason.NO_HEADER, null);
        }
    }
}
