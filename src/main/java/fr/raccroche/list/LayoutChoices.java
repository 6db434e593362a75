package fr.raccroche.list;

import fr.raccroche.list.table.Layout;
import fr.raccroche.platform.Problem;
import jakarta.ws.rs.core.MultivaluedMap;
import java.nio.charset.Charset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The ways to read a file that a person may choose from.
 *
 * @param charsets of a text; none is chosen for a workbook
 * @param sheets of a workbook; empty for a text
 */
record LayoutChoices(
        boolean workbook, List<Choice> charsets, List<Choice> separators, List<Choice> sheets, int headerLine) {

    private static final int LAST_HEADER_LINE = 1000;

    /** Charsets by the name people know them under, the usual ones first. */
    private static final Map<String, String> CHARSETS = knownCharsets();

    private static Map<String, String> knownCharsets() {
        var charsets = new LinkedHashMap<String, String>();
        charsets.put("UTF-8", "UTF-8");
        charsets.put("windows-1252", "Windows-1252 (Excel)");
        charsets.put("ISO-8859-15", "ISO-8859-15");
        charsets.put("UTF-16LE", "UTF-16 (Excel, texte Unicode)");
        charsets.put("UTF-16BE", "UTF-16, octets inversés");
        charsets.put("x-MacRoman", "MacRoman (Mac)");
        charsets.put("IBM850", "IBM 850 (DOS)");
        return charsets;
    }

    /**
     * What was chosen, or null when nothing was.
     *
     * @param fields {@code charset} and {@code separator} (the character itself) of a text, {@code sheet} and {@code more}
     *     (sheets) of a workbook; {@code headerLine}, {@code owners}, {@code aside}
     */
    static @Nullable Layout chosen(MultivaluedMap<String, String> fields) {
        String charset = fields.getFirst("charset");
        String separator = fields.getFirst("separator");
        String sheet = fields.getFirst("sheet");
        Integer headerLine = line(fields.getFirst("headerLine"));
        boolean text = charset != null && !charset.isEmpty();
        boolean workbook = sheet != null && !sheet.isEmpty();
        if (!text && !workbook) {
            return null;
        }
        int line = headerLine == null ? 1 : headerLine;
        boolean known = line >= 1
                && line <= LAST_HEADER_LINE
                && (workbook
                        || (CHARSETS.containsKey(charset)
                                && separator != null
                                && separator.length() == 1
                                && Layout.SEPARATORS.contains(separator.charAt(0))));
        if (!known) {
            throw Problem.badRequest("layout-unknown", "Cette façon de lire n'existe pas.");
        }
        List<String> more = fields.getOrDefault("more", List.of()).stream()
                .filter(name -> workbook && !name.isEmpty() && !name.equals(sheet))
                .distinct()
                .toList();
        Layout chosen = sheet != null && workbook
                ? Layout.workbook(sheet, line)
                : Layout.text(
                        Charset.forName(charset), String.valueOf(separator).charAt(0), line);
        return chosen.with(new Layout.Extent(
                "yes".equals(fields.getFirst("owners")) && line > 1, more, "yes".equals(fields.getFirst("aside"))));
    }

    private static @Nullable Integer line(@Nullable String field) {
        try {
            return field == null || field.isBlank() ? null : Integer.valueOf(field.strip());
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    static LayoutChoices of(Layout layout, List<String> sheets, List<String> hidden) {
        return new LayoutChoices(
                layout.kind() == Layout.Kind.WORKBOOK,
                charsets(layout),
                separators(layout),
                sheets.stream()
                        .map(sheet -> new Choice(
                                sheet,
                                hidden.contains(sheet) ? sheet + " (masquée)" : sheet,
                                sheet.equals(layout.sheet())))
                        .toList(),
                layout.headerLine());
    }

    private static List<Choice> charsets(Layout layout) {
        String chosen = layout.charset() == null ? "" : layout.charset().name();
        return CHARSETS.entrySet().stream()
                .map(charset -> new Choice(
                        charset.getKey(), charset.getValue(), charset.getKey().equals(chosen)))
                .toList();
    }

    static String name(Charset charset) {
        return CHARSETS.getOrDefault(charset.name(), charset.name());
    }

    private static List<Choice> separators(Layout layout) {
        return Layout.SEPARATORS.stream()
                .map(separator -> new Choice(separator.toString(), name(separator), separator == layout.separator()))
                .toList();
    }

    static String name(char separator) {
        return switch (separator) {
            case ';' -> "point-virgule";
            case ',' -> "virgule";
            case '\t' -> "tabulation";
            case '|' -> "barre verticale";
            default -> Character.toString(separator);
        };
    }
}
