package fr.raccroche.list.table;

import fr.raccroche.list.table.Refused.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds out how a file is to be read, from its first rows. */
final class Recognition {

    private static final int SHEETS = 20;
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

    /** The sheet that names most columns; among equals the first that is shown. */
    private Layout workbook(Path file) throws IOException, Refused {
        try (WorkbookFile workbook = WorkbookFile.open(file)) {
            Head best = null;
            String sheet = "";
            for (String name : workbook.sheets().stream().limit(SHEETS).toList()) {
                try (Rows rows = workbook.rows(name)) {
                    var head = head(rows, ';');
                    if (!head.rows().isEmpty() && (best == null || head.known() > best.known())) {
                        best = head;
                        sheet = name;
                    }
                }
            }
            if (best == null) {
                throw new Refused(Reason.EMPTY, null);
            }
            return Layout.workbook(sheet, best.header().line());
        }
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
        return Layout.text(charset, best.separator(), header.line());
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
        TableRow named = null;
        int known = 0;
        for (TableRow each : rows) {
            List<String> cells = each.cells();
            if (cells != null) {
                widths.merge(cells.size(), 1, Integer::sum);
                int knows = cells.size() > TableFile.MOST_COLUMNS ? 0 : knownNames.applyAsInt(cells);
                if (knows > known) {
                    known = knows;
                    named = each;
                }
            }
        }
        Map.Entry<Integer, Integer> most = widths.entrySet().stream()
                .max(Map.Entry.<Integer, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .orElse(Map.entry(0, 0));
        return new Head(rows, most.getKey(), most.getValue(), named, known, row == null, separator);
    }

    /**
     * The first rows of a file.
     *
     * @param width how many cells most rows have
     * @param alike how many rows have so many
     * @param named the row that names most columns, the first of these
     * @param known how many columns it names
     * @param over whether the file has no more rows
     */
    record Head(
            List<TableRow> rows,
            int width,
            int alike,
            @Nullable TableRow named,
            int known,
            boolean over,
            char separator) {

        boolean betterThan(Head other) {
            if (known != other.known && Math.max(known, other.known) > 1) {
                return known > other.known;
            }
            return (width > 1 ? alike * 100 + width : 0) > (other.width > 1 ? other.alike * 100 + other.width : 0);
        }

        /** The row that names the columns: by names that are known, else the first that looks like names. */
        TableRow header() throws Refused {
            TableRow header = named != null && known > 1 ? named : looksLikeNames();
            TableFile.names(header.cells() == null ? List.of() : header.cells());
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
