package fr.raccroche.list.table;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cells of a sheet that were joined into one: whoever looks at it sees the value in every row that the cell covers, and the
 * file has it in the first one alone.
 */
final class MergedCells {

    static final MergedCells NONE = new MergedCells(List.of());

    private static final int MOST = 100_000;

    private final List<Range> ranges;
    private final List<Filled> open = new ArrayList<>();
    private int next;

    /** A joined cell: columns from 0, lines from 1, all included. */
    private record Range(int left, int top, int right, int bottom) {}

    private record Filled(Range range, String value) {}

    private MergedCells(List<Range> ranges) {
        this.ranges =
                ranges.stream().sorted(Comparator.comparingInt(Range::top)).toList();
    }

    /** @param places like {@code A2:B3} */
    static MergedCells at(List<String> places) {
        var ranges = new ArrayList<Range>();
        for (String place : places) {
            int colon = place.indexOf(':');
            if (colon > 0 && ranges.size() < MOST) {
                String first = place.substring(0, colon);
                String last = place.substring(colon + 1);
                int top = line(first);
                int bottom = line(last);
                if (top > 0 && bottom >= top) {
                    ranges.add(new Range(SheetRows.column(first, 0), top, SheetRows.column(last, 0), bottom));
                }
            }
        }
        return new MergedCells(ranges);
    }

    private static int line(String place) {
        int start = 0;
        while (start < place.length() && !Character.isDigit(place.charAt(start))) {
            start++;
        }
        try {
            return Integer.parseInt(place, start, place.length(), 10);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** Fills the cells of a row that belong to one of an earlier row; lines come in their order. */
    void fillDown(int line, List<String> cells) {
        boolean blank = CsvRow.blank(cells);
        open.removeIf(filled -> filled.range.bottom < line);
        for (Filled filled : open) {
            int place = filled.range.left;
            if (!blank && place < TableFile.MOST_COLUMNS) {
                while (cells.size() <= place) {
                    cells.add("");
                }
                if (cells.get(place).isEmpty()) {
                    cells.set(place, filled.value);
                }
            }
        }
        while (next < ranges.size() && ranges.get(next).top <= line) {
            Range range = ranges.get(next++);
            if (range.top == line && range.bottom > line && range.left < cells.size()) {
                open.add(new Filled(range, cells.get(range.left)));
            }
        }
    }

    /** The cells of a row with the value of a joined cell under all columns that it covers; null where it joins none. */
    @Nullable
    List<String> across(int line, List<String> cells) {
        List<String> spread = null;
        for (Range range : ranges) {
            if (range.top <= line && range.bottom >= line && range.right > range.left && range.left < cells.size()) {
                spread = spread == null ? new ArrayList<>(cells) : spread;
                int right = Math.min(range.right, TableFile.MOST_COLUMNS);
                while (spread.size() <= right) {
                    spread.add("");
                }
                for (int i = range.left + 1; i <= right; i++) {
                    spread.set(i, cells.get(range.left));
                }
            }
        }
        return spread;
    }
}
