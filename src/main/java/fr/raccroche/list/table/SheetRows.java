package fr.raccroche.list.table;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rows of one sheet of a workbook, one at a time. */
final class SheetRows implements Rows {

    private final XmlPart part;
    private final SharedStrings strings;
    private final CellFormats formats;
    private final MergedCells merged;
    private final List<String> cells = new ArrayList<>();
    private int first;
    private int line;
    private int width;
    private long formulas;
    private long unknown;
    private long cut;
    private boolean hidden;
    private Set<Integer> struck = Set.of();

    SheetRows(XmlPart part, SharedStrings strings, CellFormats formats, MergedCells merged) {
        this.part = part;
        this.strings = strings;
        this.formats = formats;
        this.merged = merged;
    }

    @Override
    public void expect(int cells, int named) {
        width = cells;
    }

    @Override
    public long position() {
        return part.position();
    }

    @Override
    public long size() {
        return part.size();
    }

    @Override
    public void close() throws IOException {
        part.close();
    }

    @Override
    public void goTo(int wanted) {
        first = wanted;
    }

    @Override
    public long formulas() {
        return formulas;
    }

    @Override
    public long formulasWithoutValue() {
        return unknown;
    }

    @Override
    public long cutTexts() {
        return cut;
    }

    @Override
    public @Nullable TableRow next() throws IOException, Refused {
        while (part.goTo("row")) {
            line = number(part.attribute("r"), line + 1);
            hidden = isYes(part.attribute("hidden")) || "0".equals(part.attribute("ht"));
            readCells();
            if (line >= first && !CsvRow.blank(cells)) {
                return new TableRow(
                        line,
                        Arrays.asList(cells.toArray(new String[0])),
                        null,
                        hidden || !struck.isEmpty() ? new TableRow.Marks(hidden, struck) : null);
            }
        }
        return null;
    }

    /** The cells of a row with each value under all the columns that its joined cell covers; null where none is joined. */
    @Nullable
    List<String> across(TableRow row) {
        return merged.across(row.line(), row.cells() == null ? List.of() : row.cells());
    }

    private static boolean isYes(@Nullable String value) {
        return "1".equals(value) || "true".equals(value);
    }

    /** Rows and cells may leave their place out; a place that leads back is not believed. */
    private static int number(@Nullable String given, int least) {
        try {
            return given == null ? least : Math.max(least, Integer.parseInt(given));
        } catch (NumberFormatException e) {
            return least;
        }
    }

    private void readCells() throws IOException, Refused {
        cells.clear();
        struck = Set.of();
        int place = -1;
        while (part.next() && !part.ends("row")) {
            if (part.starts("c")) {
                place = Math.max(place + 1, column(part.attribute("r"), place + 1));
                String cell = cell();
                if (!cell.isEmpty()) {
                    // what stands far out shows that it is too far, and not how far
                    int at = Math.min(place, TableFile.MOST_COLUMNS);
                    while (cells.size() <= at) {
                        cells.add("");
                    }
                    cells.set(at, unmarked(cell, at));
                }
            }
        }
        merged.fillDown(line, cells);
        while (cells.size() > Math.max(width, 1) && CsvRow.blank(cells.getLast())) {
            cells.removeLast();
        }
        while (cells.size() < width) {
            cells.add("");
        }
    }

    /** A text without the mark of what is struck through in it; the place of one that is wholly so is kept. */
    private String unmarked(String cell, int place) {
        if (cell.charAt(0) == RichText.CUT) {
            cut++;
            return cell.substring(1);
        }
        if (cell.charAt(0) != RichText.STRUCK) {
            return cell;
        }
        struck = struck.isEmpty() ? new HashSet<>() : struck;
        struck.add(place);
        return cell.substring(1);
    }

    /** The number of a column, from 0, out of a place like {@code AB12}. */
    static int column(@Nullable String place, int otherwise) {
        if (place == null) {
            return otherwise;
        }
        int column = 0;
        for (int i = 0; i < place.length() && column <= TableFile.MOST_COLUMNS; i++) {
            char c = place.charAt(i);
            if (c < 'A' || c > 'Z') {
                break;
            }
            column = column * 26 + c - 'A' + 1;
        }
        return column == 0 ? otherwise : column - 1;
    }

    private String cell() throws IOException, Refused {
        String type = part.attribute("t");
        String style = part.attribute("s");
        String value = null;
        String formula = null;
        while (part.next() && !part.ends("c")) {
            if (part.starts("v")) {
                value = part.text();
            } else if (part.starts("is")) {
                value = RichText.of(part, "is");
            } else if (part.starts("f")) {
                formula = part.text();
            }
        }
        formulas += formula == null ? 0 : 1;
        if (formula != null && (value == null || (value.isEmpty() && !"str".equals(type)))) {
            // as a text file has it, so that both are treated alike
            unknown++;
            return "=" + formula;
        }
        if (value == null || value.isEmpty()) {
            return "";
        }
        String text = text(type == null ? "n" : type, value, style);
        boolean wholly = formats.strikes(style) && !CsvRow.blank(text);
        return wholly && text.charAt(0) != RichText.STRUCK ? RichText.STRUCK + text : text;
    }

    private String text(String type, String value, @Nullable String style) throws IOException, Refused {
        return switch (type) {
            case "s" -> shared(value);
            case "n" -> formats.text(value.strip(), style);
            case "b" -> value.equals("1") ? "VRAI" : "FAUX";
            case "d" -> value.endsWith("T00:00:00") ? value.substring(0, value.indexOf('T')) : value;
            case "str" -> RichText.unescaped(value);
            default -> value;
        };
    }

    private String shared(String number) throws IOException, Refused {
        try {
            String text = strings.get(Integer.parseInt(number));
            if (text != null) {
                return text;
            }
        } catch (NumberFormatException e) {
            throw part.damaged();
        }
        throw part.damaged();
    }
}
