package fr.raccroche.list;

import fr.raccroche.list.row.RowIssue;
import fr.raccroche.platform.Sql;
import io.smallrye.mutiny.Uni;
import java.util.List;

/**
 * What a load left out or changed, for the eye.
 *
 * @param rejected how many rows
 * @param under16 whether some of these are about somebody under sixteen
 * @param rejects the first rejected rows
 * @param dropped cells left out of accepted rows
 * @param corrected the first cells that were corrected
 */
record LostRows(
        int rejected,
        boolean under16,
        List<RejectView> rejects,
        List<DroppedCells> dropped,
        List<CorrectedCell> corrected) {

    private static final int SHOWN = 20;

    /** A rejected row with the reason in words. */
    record RejectView(int line, String field, String reason) {}

    private record Kept(List<DroppedCells> dropped, List<CorrectedCell> corrected) {}

    static Uni<LostRows> read(Sql sql, long load, ListMessages messages) {
        return kept(sql, load)
                .chain(kept -> Findings.rejections(sql, load)
                        .chain(counts -> Findings.rejects(sql, load, null, 0, SHOWN)
                                .map(rows -> of(counts, rows, kept, messages))));
    }

    private static Uni<Kept> kept(Sql sql, long load) {
        return Findings.dropped(sql, load)
                .chain(dropped ->
                        Findings.corrections(sql, load, SHOWN).map(corrected -> new Kept(dropped, corrected)));
    }

    private static LostRows of(List<RejectionCount> counts, List<RejectedRow> rows, Kept kept, ListMessages messages) {
        return new LostRows(
                counts.stream().mapToInt(RejectionCount::rows).sum(),
                counts.stream().anyMatch(each -> each.reason() == RowIssue.UNDER_16),
                rows.stream()
                        .map(row -> new RejectView(row.line(), row.field(), row.reason(messages)))
                        .toList(),
                kept.dropped(),
                kept.corrected());
    }
}
