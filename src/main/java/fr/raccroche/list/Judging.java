package fr.raccroche.list;

import fr.raccroche.directory.Communes;
import fr.raccroche.list.row.BarredNumber;
import fr.raccroche.list.row.CellWarning;
import fr.raccroche.list.row.Column;
import fr.raccroche.list.row.Correction;
import fr.raccroche.list.row.DateOrder;
import fr.raccroche.list.row.Digest;
import fr.raccroche.list.row.Mapping;
import fr.raccroche.list.row.PhoneWords;
import fr.raccroche.list.row.RowCells;
import fr.raccroche.list.row.RowIssue;
import fr.raccroche.list.row.RowRules;
import fr.raccroche.list.row.RowVerdict.Accepted;
import fr.raccroche.list.row.RowVerdict.Rejected;
import fr.raccroche.list.row.Vocabulary;
import fr.raccroche.list.row.Who;
import fr.raccroche.list.row.Withdrawal;
import fr.raccroche.list.row.WrittenDate;
import fr.raccroche.list.table.CsvRow;
import fr.raccroche.list.table.Refused;
import fr.raccroche.list.table.Refused.Reason;
import fr.raccroche.list.table.TableFile;
import fr.raccroche.list.table.TableRow;
import fr.raccroche.youth.PhoneNumbers;
import java.io.IOException;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rows of one file on their way into the staging table: each is judged by itself, and against those known as written. */
final class Judging {

    private static final int ROWS_BETWEEN_SIGNS = 500;

    /** Of the dates that tell their order, one in so many may be a slip of the pen. */
    private static final int SLIPS = 20;

    private final Load load;
    private final Mapping mapping;
    private final Mapping.Reader reader;
    private final RowMarks marks;
    private final @Nullable KnownEntries known;
    private final RowRules rules;
    private final RowText text;
    private final Progress progress;
    private final Map<CellWarning, Integer> warnings = new HashMap<>();
    private final Map<FileRemark.Kind, Integer> remarks = new EnumMap<>(FileRemark.Kind.class);
    private final Map<String, BarredNumber> barred = new LinkedHashMap<>();
    private @Nullable Mapping pasted;
    private boolean unreadable;
    private int told;
    private int contrary;
    private int read;
    private int unchanged;
    private int rejected;
    private int corrected;
    private @Nullable LocalDate drawnOn;
    private List<String> sheetsLeft = List.of();

    /**
     * @param known who is on the list by what was written; null when nobody is looked for that way
     * @param mixed whether birth dates stand in either order
     */
    Judging(
            Load load,
            Mapping mapping,
            @Nullable KnownEntries known,
            Communes communes,
            RowText text,
            Progress progress,
            boolean mixed) {
        this.load = load;
        this.mapping = mapping;
        this.reader = mapping.reader();
        this.marks = new RowMarks(reader, mapping.layout().extent().setAside());
        this.known = known;
        this.rules = new RowRules(communes, load.referenceDate(), mapping.monthFirst(), mixed);
        this.text = text;
        this.progress = progress;
        if (mixed) {
            remarks.put(FileRemark.Kind.DATES_MIXED, 1);
        }
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

    /** Numbers that the file says not to call. */
    Collection<BarredNumber> barred() {
        return barred.values();
    }

    /** Whether so many dates stand in the other order that it is not clear which one the others are in. */
    boolean mixesDates() {
        return contrary * SLIPS > told;
    }

    /** What there is to know about the file as a whole. */
    List<FileRemark> remarks() {
        var all = new ArrayList<FileRemark>();
        remarks.forEach((kind, count) -> all.add(new FileRemark(kind, count, "")));
        if (!sheetsLeft.isEmpty()) {
            all.add(new FileRemark(FileRemark.Kind.SHEETS_LEFT, sheetsLeft.size(), String.join(", ", sheetsLeft)));
        }
        return all;
    }

    private void remark(FileRemark.Kind kind, long count) {
        if (count > 0) {
            remarks.merge(kind, (int) count, Integer::sum);
        }
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
        remark(FileRemark.Kind.CELLS_STRUCK, table.cutTexts());
        remark(FileRemark.Kind.CELLS_BEYOND, table.cellsBeyond());
        remark(FileRemark.Kind.NUMBERS_BARRED, barred.size());
        sheetsLeft = table.sheetsLeft();
    }

    private void stage(TableFile table, TableRow row, int width, StagedRows staged, CopyText corrections)
            throws SQLException {
        List<String> cells = row.cells();
        if (cells == null) {
            reject(staged, row, whole(RowIssue.BROKEN_LINE, null), null);
        } else if (table.repeatsHeader(row)) {
            pasted = null;
            unreadable = false;
            reject(staged, row, whole(RowIssue.HEADER_REPEATED, null), null);
        } else if (cells.size() != width && pasted == null && !unreadable) {
            if (namesColumns(cells)) {
                paste(staged, row, cells);
            } else {
                reject(
                        staged,
                        row,
                        whole(RowIssue.FIELD_COUNT, cells.size() + " / " + width),
                        reader.cells(cut(cells, width)));
            }
        } else if (row.hasControls()) {
            reject(staged, row, whole(RowIssue.FORBIDDEN_CHARACTER, null), reader.cells(cells));
        } else {
            stageSound(row, cells, staged, corrections);
        }
    }

    private void stageSound(TableRow row, List<String> cells, StagedRows staged, CopyText corrections)
            throws SQLException {
        if (unreadable && !namesColumns(cells)) {
            reject(staged, row, whole(RowIssue.OTHER_COLUMNS, null), null);
            return;
        }
        RowIssue aside = marks.aside(row);
        if (aside != null) {
            remark(aside == RowIssue.ROW_STRUCK ? FileRemark.Kind.ROWS_STRUCK : FileRemark.Kind.ROWS_HIDDEN, 1);
            reject(staged, row, whole(aside, null), reader.cells(cells));
            return;
        }
        countErrors(cells);
        List<String> left = cells;
        if (row.marks() != null) {
            left = withoutStruck(row.marks(), cells);
        }
        judge(row, pasted == null ? reader.cells(left) : pasted.cells(left), staged, corrections);
    }

    /** The cells that are not struck through; a number that is so is not called, whoever brought it before. */
    private List<String> withoutStruck(TableRow.Marks shown, List<String> cells) {
        boolean anyway = mapping.layout().extent().setAside();
        remark(FileRemark.Kind.ROWS_READ_ANYWAY, anyway ? 1 : 0);
        remark(FileRemark.Kind.CELLS_STRUCK, anyway ? 0 : shown.struck().size());
        for (String cell : marks.struckPhones(cells, shown)) {
            for (PhoneNumbers.Reading reading : PhoneNumbers.readAll(cell)) {
                if (reading instanceof PhoneNumbers.Usable usable) {
                    barred.putIfAbsent(usable.e164(), new BarredNumber(usable.e164(), RowIssue.PHONE_SAID_WRONG, cell));
                }
            }
        }
        return marks.cells(cells, shown);
    }

    /** Formulas without their value and errors, alike in texts and workbooks. */
    private void countErrors(List<String> cells) {
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            if (cell.length() > 1 && (cell.charAt(0) == '=' || cell.charAt(0) == '#')) {
                remark(FileRemark.Kind.FORMULAS_WITHOUT_VALUE, RowRules.isFormula(cell) ? 1 : 0);
                remark(FileRemark.Kind.ERROR_CELLS, RowRules.isError(cell) ? 1 : 0);
            }
        }
    }

    /** Whether a row is the names of columns, other ones than above: two files of two kinds in one. */
    private static boolean namesColumns(List<String> cells) {
        int known = Vocabulary.known(cells);
        return known > 2
                && known * 2L
                        >= cells.stream().filter(cell -> !CsvRow.blank(cell)).count();
    }

    /** From here on the columns are others. */
    private void paste(StagedRows staged, TableRow row, List<String> names) throws SQLException {
        Mapping other = Mapping.propose(mapping.layout(), names, List.of());
        pasted = other.complete() ? other.withMonthFirst(mapping.monthFirst()) : null;
        unreadable = pasted == null;
        reject(staged, row, whole(RowIssue.HEADER_REPEATED, null), null);
    }

    private void judge(TableRow row, RowCells cells, StagedRows staged, CopyText corrections) throws SQLException {
        String drawn = drawnOn == null ? cells.get(Column.DATE_EXTRACTION) : "";
        if (!drawn.isBlank()) {
            drawnOn = WrittenDate.recent(drawn, load.referenceDate());
        }
        Withdrawal withdrawal = Withdrawal.of(cells.get(Column.RETRAIT));
        if (withdrawal == Withdrawal.YES || PhoneWords.forbid(cells.get(Column.REMARQUE))) {
            staged.withdraw(row.line(), rules.who(cells), text.of(row));
            return;
        }
        if (withdrawal == Withdrawal.UNCLEAR) {
            String unclear = cells.get(Column.RETRAIT);
            reject(staged, row, new Rejected(Column.RETRAIT.header(), RowIssue.WITHDRAWAL_UNCLEAR, unclear), cells);
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
            case Rejected why -> rejectJudged(staged, row, why, cells);
            case Accepted accepted -> accept(staged, corrections, row.line(), accepted, rawDigest);
        }
    }

    private void rejectJudged(StagedRows staged, TableRow row, Rejected why, RowCells cells) throws SQLException {
        List<String> all = row.cells();
        if (why.issue() == RowIssue.NOT_A_DATE || why.issue() == RowIssue.MISSING) {
            if (all != null && namesColumns(all)) {
                paste(staged, row, all);
                return;
            }
            DateOrder order = DateOrder.of(cells.get(Column.DATE_NAISSANCE));
            contrary += order == (mapping.monthFirst() ? DateOrder.DAY_FIRST : DateOrder.MONTH_FIRST) ? 1 : 0;
        }
        why.barred().forEach(number -> barred.putIfAbsent(number.e164(), number));
        reject(staged, row, why, cells);
    }

    private void accept(StagedRows staged, CopyText corrections, int line, Accepted accepted, long rawDigest)
            throws SQLException {
        staged.accept(line, accepted.person(), Digest.of(accepted.person()), rawDigest);
        told += accepted.person().birthDate().getDayOfMonth() > 12 ? 1 : 0;
        accepted.barred().forEach(number -> barred.putIfAbsent(number.e164(), number));
        accepted.warnings().forEach(warning -> warnings.merge(warning, 1, Integer::sum));
        for (Correction correction : Set.copyOf(accepted.corrections())) {
            corrected++;
            remark(FileRemark.Kind.ACCENTS_REPAIRED, correction.kind() == Correction.Kind.ACCENTS ? 1 : 0);
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
}
