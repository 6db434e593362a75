package fr.raccroche.list;

import fr.raccroche.directory.Communes;
import fr.raccroche.list.row.CellWarning;
import fr.raccroche.list.row.Column;
import fr.raccroche.list.row.Correction;
import fr.raccroche.list.row.Digest;
import fr.raccroche.list.row.Mapping;
import fr.raccroche.list.row.RowCells;
import fr.raccroche.list.row.RowIssue;
import fr.raccroche.list.row.RowRules;
import fr.raccroche.list.row.RowVerdict.Accepted;
import fr.raccroche.list.row.RowVerdict.Rejected;
import fr.raccroche.list.row.Who;
import fr.raccroche.list.row.WrittenDate;
import fr.raccroche.list.table.Refused;
import fr.raccroche.list.table.Refused.Reason;
import fr.raccroche.list.table.TableFile;
import fr.raccroche.list.table.TableRow;
import fr.raccroche.youth.Identity;
import java.io.IOException;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rows of one file on their way into the staging table: each is judged by itself, and against those known as written. */
final class Judging {

    private static final int ROWS_BETWEEN_SIGNS = 500;

    private final Load load;
    private final Mapping mapping;
    private final @Nullable KnownEntries known;
    private final RowRules rules;
    private final RowText text;
    private final Progress progress;
    private final Map<CellWarning, Integer> warnings = new HashMap<>();
    private int read;
    private int unchanged;
    private int rejected;
    private int corrected;
    private @Nullable LocalDate drawnOn;

    /** @param known who is on the list by what was written; null when nobody is looked for that way */
    Judging(
            Load load,
            Mapping mapping,
            @Nullable KnownEntries known,
            Communes communes,
            RowText text,
            Progress progress) {
        this.load = load;
        this.mapping = mapping;
        this.known = known;
        this.rules = new RowRules(communes, load.referenceDate());
        this.text = text;
        this.progress = progress;
    }

    @Nullable
    KnownEntries known() {
        return known;
    }

    /** Rows that were read. */
    int read() {
        return read;
    }

    /** Rows of people who stand on the list just as they are written; these are not staged. */
    int unchanged() {
        return unchanged;
    }

    /** Cells that were corrected. */
    int corrected() {
        return corrected;
    }

    /** What was dropped from accepted rows, and how often. */
    Map<CellWarning, Integer> warnings() {
        return warnings;
    }

    /** The day on which the file says it was drawn; null when it does not say. */
    @Nullable
    LocalDate drawnOn() {
        return drawnOn;
    }

    /**
     * Judges every row and sends it on its way.
     *
     * @throws Refused when the columns are not those that were agreed on, or there are no rows
     */
    void stage(TableFile table, StagedRows staged, CopyText corrections)
            throws SQLException, IOException, Refused, Canceled {
        if (!table.header().equals(mapping.headers())) {
            throw new Refused(Reason.HEADER_CHANGED, null);
        }
        int width = mapping.headers().size();
        for (TableRow row = table.next(); row != null; row = table.next()) {
            stage(table, row, width, staged, corrections);
            if (++read % ROWS_BETWEEN_SIGNS == 0) {
                progress.bytes = table.position();
                progress.rows = read;
                progress.rejected = rejected;
                progress.goOn();
            }
        }
        if (read == 0) {
            throw new Refused(Reason.NO_ROWS, null);
        }
        staged.finish();
        corrections.finish();
    }

    private void stage(TableFile table, TableRow row, int width, StagedRows staged, CopyText corrections)
            throws SQLException {
        List<String> cells = row.cells();
        if (cells == null) {
            reject(staged, row, whole(RowIssue.BROKEN_LINE, null), null);
        } else if (cells.size() != width) {
            reject(
                    staged,
                    row,
                    whole(RowIssue.FIELD_COUNT, cells.size() + " / " + width),
                    mapping.cells(cut(cells, width)));
        } else if (table.repeatsHeader(row)) {
            reject(staged, row, whole(RowIssue.HEADER_REPEATED, null), null);
        } else if (row.hasControls()) {
            reject(staged, row, whole(RowIssue.FORBIDDEN_CHARACTER, null), mapping.cells(cells));
        } else {
            judge(row, mapping.cells(cells), staged, corrections);
        }
    }

    private void judge(TableRow row, RowCells cells, StagedRows staged, CopyText corrections) throws SQLException {
        String drawn = drawnOn == null ? cells.get(Column.DATE_EXTRACTION) : "";
        if (!drawn.isBlank()) {
            drawnOn = WrittenDate.recent(drawn, load.referenceDate());
        }
        if (isYes(cells.get(Column.RETRAIT))) {
            staged.withdraw(row.line(), rules.who(cells), text.of(row));
            return;
        }
        long rawDigest = Digest.of(cells);
        int place = known == null ? -1 : known.find(rawDigest);
        if (known != null && place >= 0) {
            int earlier = known.meet(place, row.line());
            if (earlier == 0) {
                unchanged++;
            } else {
                reject(staged, row, whole(RowIssue.DUPLICATE, Integer.toString(earlier)), cells);
            }
            return;
        }
        switch (rules.judge(cells)) {
            case Rejected why -> reject(staged, row, why, cells);
            case Accepted accepted -> accept(staged, corrections, row.line(), accepted, rawDigest);
        }
    }

    private void accept(StagedRows staged, CopyText corrections, int line, Accepted accepted, long rawDigest)
            throws SQLException {
        staged.accept(line, accepted.person(), Digest.of(accepted.person()), rawDigest);
        accepted.warnings().forEach(warning -> warnings.merge(warning, 1, Integer::sum));
        for (Correction correction : Set.copyOf(accepted.corrections())) {
            corrected++;
            corrections
                    .value(load.id())
                    .value(line)
                    .value(correction.column().header())
                    .value(correction.raw().replace("\u0000", ""))
                    .value(correction.value())
                    .value(correction.kind().name())
                    .value(accepted.person().schoolUai())
                    .end();
        }
    }

    private void reject(StagedRows staged, TableRow row, Rejected why, @Nullable RowCells cells) throws SQLException {
        rejected++;
        Who who = cells == null ? new Who(null, null, null, null) : rules.who(cells);
        staged.reject(row.line(), why, who, text.of(row));
    }

    /** A rejection of the whole line rather than of one column. */
    private static Rejected whole(RowIssue issue, @Nullable String detail) {
        return new Rejected("ligne", issue, detail);
    }

    /** The first cells of a row that has more or fewer than the header: the person stands in them as a rule. */
    private static List<String> cut(List<String> cells, int width) {
        var cut = new ArrayList<>(cells.subList(0, Math.min(width, cells.size())));
        while (cut.size() < width) {
            cut.add("");
        }
        return cut;
    }

    private static boolean isYes(String cell) {
        return switch (Identity.fold(cell)) {
            case "1", "o", "oui", "x", "vrai", "true" -> true;
            default -> false;
        };
    }
}
