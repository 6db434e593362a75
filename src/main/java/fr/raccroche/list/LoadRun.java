package fr.raccroche.list;

import fr.raccroche.directory.Communes;
import fr.raccroche.list.row.Mapping;
import fr.raccroche.list.table.Refused;
import fr.raccroche.list.table.TableFile;
import fr.raccroche.list.table.TableRow;
import fr.raccroche.platform.Json;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One turn of one load on a blocking connection: reads and judges the file, says what it would do, does it, or undoes it.
 *
 * <p>Every turn is one transaction (reading marks its beginning in one of its own), so that a killed process leaves
 * either the state before the turn or the one after it; the next turn begins again from the stored file.
 */
public final class LoadRun {

    private final LoadSql sql;
    private final Staging staging;
    private final LoadFindings findings;
    private final Load load;
    private final Communes communes;
    private final Json json;
    private final Progress progress;
    /** Whether who is written as before is known by that alone. */
    private boolean byDigest = true;

    public LoadRun(Connection connection, Load load, Communes communes, Json json, Progress progress) {
        this.sql = new LoadSql(connection, load.id());
        this.staging = new Staging(sql);
        this.findings = new LoadFindings(sql, load.id());
        this.load = load;
        this.communes = communes;
        this.json = json;
        this.progress = progress;
    }

    /**
     * Reads the file and keeps what it would do.
     *
     * @throws Refused when the file is refused as a whole
     */
    public Preview read() throws SQLException, IOException, Refused, Canceled {
        Path file = Files.createTempFile("raccroche-list", null);
        Path corrections = Files.createTempFile("raccroche-list", null);
        try {
            StoredFiles.fetch(sql, load.id(), file, Integer.MAX_VALUE);
            return read(file, corrections);
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(corrections);
        }
    }

    private Preview read(Path file, Path corrections) throws SQLException, IOException, Refused, Canceled {
        Mapping mapping = Mapping.fromJson(Objects.requireNonNull(load.mapping()));
        long before = stamp(load.listId());
        Judging judged = stage(file, mapping, corrections, false);
        boolean mixed = judged.mixesDates();
        if (mixed) {
            judged = stage(file, mapping, corrections, true);
        }
        staging.lock();
        if (stamp(load.listId()) != before) {
            judged = stage(file, mapping, corrections, mixed);
        }
        sql.execute("set local work_mem = '128MB'");
        if (compare(judged, corrections)) {
            byDigest = false;
            judged = stage(file, mapping, corrections, mixed);
            compare(judged, corrections);
        }
        fetchTextOf(staging.rejectedLater(), file, mapping);
        findings.keepRejects(staging.rejectedLater());
        findings.keepWarnings(judged.warnings());
        Preview preview = new Previews(sql, load).of(judged);
        keep(preview);
        return preview;
    }

    /**
     * Finds out what the staged rows mean. Answers whether somebody who stands on the list as one of their lines is written has
     * another line that says more: then all their lines have to be joined.
     */
    private boolean compare(Judging judged, Path corrections) throws SQLException, IOException, Canceled {
        findings.forget();
        staging.bar(judged.barred());
        findings.keepCorrections(corrections);
        var matching = new Matching(sql, staging);
        matching.joinRepeated();
        findings.keepJoined();
        progress.goOn();
        matching.match();
        progress.goOn();
        boolean more = new Placement(sql, staging).place(judged.known(), load.listId(), load.complete());
        progress.goOn();
        return more;
    }

    /** Judges every row against the list as it is now; once {@link Staging#lock} is held, it stays so. */
    private Judging stage(Path file, Mapping mapping, Path corrections, boolean mixed)
            throws SQLException, IOException, Refused, Canceled {
        var judging = new Judging(
                load,
                mapping,
                byDigest ? KnownEntries.of(sql, load.listId()) : null,
                communes,
                new RowText(json),
                progress,
                mixed);
        try (TableFile table = TableFile.open(file, mapping.layout());
                StagedRows staged = staging.open();
                var spool = new CopyText(new BufferedOutputStream(Files.newOutputStream(corrections)))) {
            judging.stage(table, staged, spool);
        }
        return judging;
    }

    /** Rows that were rejected after they had been accepted: their text is read from the file again. */
    private void fetchTextOf(Set<Integer> lines, Path file, Mapping mapping) throws SQLException, IOException, Refused {
        if (lines.isEmpty()) {
            return;
        }
        var text = new RowText(json);
        try (TableFile table = TableFile.open(file, mapping.layout());
                CopyText cells = staging.cells()) {
            for (TableRow row = table.next(); row != null; row = table.next()) {
                if (lines.contains(row.line())) {
                    cells.value(row.line()).value(text.of(row)).end();
                }
            }
            cells.finish();
        }
    }

    private void keep(Preview preview) throws SQLException {
        sql.statement("""
                        update list_load set state = 'PREVIEW', preview = :preview, staged = :staged,
                               base_version = :base, seen_version = :seen, bytes_read = file_bytes,
                               rows_read = :rows, rows_rejected = :rejected, cancel_asked = false
                         where id = :load""")
                .set("preview", json.write(preview))
                .set("staged", (int) sql.number("select count(*) from {rows}"))
                .set("base", stamp(load.listId()))
                .set("seen", stamp(null))
                .set("rows", preview.count().rows())
                .set("rejected", preview.count().rejected())
                .set("load", load.id())
                .run();
    }

    /** Grows with every version that is applied or undone, of one list or of all. */
    private long stamp(@Nullable Long list) throws SQLException {
        return list == null
                ? sql.number("select count(*) + count(undone_at) from list_version")
                : sql.statement("select count(*) + count(undone_at) from list_version where list_id = :list")
                        .set("list", list)
                        .number();
    }

    /**
     * Whether what the preview says still holds: no version was applied or undone since, and the staged rows are there
     * (a crash of the database server empties them). Nothing else is applied, decided or undone from here on until the
     * transaction ends.
     */
    boolean isFresh() throws SQLException {
        staging.lock();
        boolean sameList = load.listId() == null || Objects.equals(load.basis().listVersion(), stamp(load.listId()));
        return sameList
                && Objects.equals(load.basis().allVersions(), stamp(null))
                && staging.holds(load.basis().staged());
    }

    /** Does what the preview said and ends the load; answers the version. */
    public long apply(Preview preview, Instant at) throws SQLException {
        staging.lock();
        return new Versions(sql, load, json).apply(preview, at);
    }

    /** Undoes the version that the load made, or says why not. */
    Merge.@Nullable Obstacle undo(Instant at) throws SQLException {
        staging.lock();
        return new Versions(sql, load, json).undo(at);
    }
}
