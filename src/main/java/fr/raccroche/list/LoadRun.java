package fr.raccroche.list;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.raccroche.directory.Communes;
import fr.raccroche.list.row.Column;
import fr.raccroche.list.row.Correction;
import fr.raccroche.list.row.Digest;
import fr.raccroche.list.row.Mapping;
import fr.raccroche.list.row.RowIssue;
import fr.raccroche.list.row.RowRules;
import fr.raccroche.list.row.RowRules.Accepted;
import fr.raccroche.list.row.RowRules.Rejected;
import fr.raccroche.list.row.RowRules.Warning;
import fr.raccroche.list.row.Who;
import fr.raccroche.list.row.WrittenDate;
import fr.raccroche.list.table.Refused;
import fr.raccroche.list.table.Refused.Reason;
import fr.raccroche.list.table.TableFile;
import fr.raccroche.youth.Identity;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One turn of one load on a blocking connection: reads and judges the file, says what it would do, does it, or undoes it.
 *
 * <p>Every turn is one transaction (reading marks its beginning in one of its own), so that a killed process leaves
 * either the state before the turn or the one after it; the next turn begins again from the stored file.
 */
public final class LoadRun {

    private static final int ROWS_BETWEEN_SIGNS = 500;
    private static final int SAMPLES = 5;
    /** A list older than this is most likely last year's. */
    private static final int MOST_DAYS = 300;

    private final LoadSql sql;
    private final Staging staging;
    private final Load load;
    private final Communes communes;
    private final ObjectMapper json;
    private final Progress progress;

    /** How far a turn is, for others to see; and whether it shall stop. */
    public static final class Progress {
        volatile long bytes;
        volatile int rows;
        volatile int rejected;
        volatile boolean canceled;
        boolean over;
    }

    /** Somebody asked to stop. */
    static final class Canceled extends Exception {
        private static final long serialVersionUID = 1L;
    }

    public LoadRun(Connection connection, Load load, Communes communes, ObjectMapper json, Progress progress) {
        this.sql = new LoadSql(connection, load.id());
        this.staging = new Staging(sql);
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
        try {
            fetch(file);
            return read(file);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private Preview read(Path file) throws SQLException, IOException, Refused, Canceled {
        Mapping mapping = Mapping.fromJson(Objects.requireNonNull(load.mapping()));
        Path corrections = Files.createTempFile("raccroche-list", null);
        try {
            clear();
            long before = stamp(load.listId());
            Staged read = stage(file, mapping, corrections);
            staging.lock();
            if (stamp(load.listId()) != before) {
                read = stage(file, mapping, corrections);
            }
            Rows rows = read.rows();
            KnownEntries known = read.known();
            sql.copyFrom("list_correction (load_id, line, field, raw, value, kind, school_uai)", corrections);
            sql.execute("set local work_mem = '128MB'");
            staging.rejectRepeated();
            goOn();
            staging.match();
            goOn();
            staging.place(known, load.listId(), load.complete());
            goOn();
            fetchTextOf(staging.rejectedLater(), file, mapping);
            keepRejects();
            keepWarnings(rows.warnings);
            Preview preview = preview(rows);
            sql.run(
                    """
                    update list_load set state = 'PREVIEW', preview = ?, staged = ?, base_version = ?, seen_version = ?,
                           bytes_read = file_bytes, rows_read = ?, rows_rejected = ?, cancel_asked = false
                     where id = ?""",
                    text(preview),
                    (int) sql.number("select count(*) from {rows}"),
                    stamp(load.listId()),
                    stamp(null),
                    preview.count().rows(),
                    preview.count().rejected(),
                    load.id());
            return preview;
        } finally {
            Files.deleteIfExists(corrections);
        }
    }

    private record Staged(Rows rows, @Nullable KnownEntries known) {}

    /** Judges every row against the list as it is now; once {@link Staging#lock} is held, it stays so. */
    private Staged stage(Path file, Mapping mapping, Path corrections)
            throws SQLException, IOException, Refused, Canceled {
        KnownEntries known = KnownEntries.of(sql, load.listId());
        var rows = new Rows(mapping, known);
        try (TableFile table = TableFile.open(file, mapping.layout());
                CopyText staged = staging.open();
                var spool = new CopyText(new BufferedOutputStream(Files.newOutputStream(corrections)))) {
            rows.stage(table, staged, spool);
        }
        return new Staged(rows, known);
    }

    private void clear() throws SQLException {
        for (String table : List.of("rejected_row", "list_warning", "list_correction")) {
            sql.run("delete from " + table + " where load_id = ?", load.id());
        }
    }

    private void fetch(Path file) throws SQLException, IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            sql.each(
                    "select bytes from list_load_part where load_id = ? order by n",
                    1,
                    row -> {
                        try {
                            out.write(row.getBytes(1));
                        } catch (IOException e) {
                            throw new SQLException(e);
                        }
                    },
                    load.id());
        }
    }

    private void goOn() throws Canceled {
        if (progress.canceled) {
            throw new Canceled();
        }
    }

    /** The rows of one file on their way into the staging table. */
    private final class Rows {

        private final Mapping mapping;
        private final @Nullable KnownEntries known;
        private final RowRules rules = new RowRules(communes, load.referenceDate());
        private final Map<Warning, Integer> warnings = new HashMap<>();
        private int read;
        private int unchanged;
        private int rejected;
        private int corrected;
        private @Nullable LocalDate drawnOn;

        Rows(Mapping mapping, @Nullable KnownEntries known) {
            this.mapping = mapping;
            this.known = known;
        }

        void stage(TableFile table, CopyText staged, CopyText corrections)
                throws SQLException, IOException, Refused, Canceled {
            if (!table.header().equals(mapping.headers())) {
                throw new Refused(Reason.HEADER_CHANGED, null);
            }
            int width = mapping.headers().size();
            for (TableFile.Row row = table.next(); row != null; row = table.next()) {
                stage(table, row, width, staged, corrections);
                if (++read % ROWS_BETWEEN_SIGNS == 0) {
                    progress.bytes = table.position();
                    progress.rows = read;
                    progress.rejected = rejected;
                    goOn();
                }
            }
            if (read == 0) {
                throw new Refused(Reason.NO_ROWS, null);
            }
            staged.finish();
            corrections.finish();
        }

        private void stage(TableFile table, TableFile.Row row, int width, CopyText staged, CopyText corrections)
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
            } else if (controls(row.raw())) {
                reject(staged, row, whole(RowIssue.FORBIDDEN_CHARACTER, null), mapping.cells(cells));
            } else {
                judge(row, mapping.cells(cells), staged, corrections);
            }
        }

        private void judge(TableFile.Row row, RowRules.Cells cells, CopyText staged, CopyText corrections)
                throws SQLException {
            String drawn = drawnOn == null ? cells.get(Column.DATE_EXTRACTION) : "";
            if (!drawn.isBlank()) {
                drawnOn = WrittenDate.recent(drawn, load.referenceDate());
            }
            if (isYes(cells.get(Column.RETRAIT))) {
                Staging.withdraw(staged, row.line(), rules.who(cells), text(row));
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

        private void accept(CopyText staged, CopyText corrections, int line, Accepted accepted, long rawDigest)
                throws SQLException {
            Staging.accept(staged, line, accepted.person(), Digest.of(accepted.person()), rawDigest);
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

        private void reject(CopyText staged, TableFile.Row row, Rejected why, RowRules.@Nullable Cells cells)
                throws SQLException {
            rejected++;
            Who who = cells == null ? new Who(null, null, null, null) : rules.who(cells);
            Staging.reject(staged, row.line(), why, who, text(row));
        }
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

    /** The cells of a row as one JSON text; a line that cannot be cut is one cell. */
    private String text(TableFile.Row row) {
        List<String> cells = row.cells();
        return text(cells == null ? List.of(row.raw()) : cells).replace("\\u0000", "");
    }

    private String text(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A rejection of the whole line rather than of one column. */
    private static Rejected whole(RowIssue issue, @Nullable String detail) {
        return new Rejected("ligne", issue, detail);
    }

    /** Whether a text holds control characters, tabs and line breaks excepted. */
    private static boolean controls(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' && c != '\t' && c != '\n' && c != '\r') {
                return true;
            }
        }
        return false;
    }

    /** Rows that were rejected after they had been accepted: their text is read from the file again. */
    private void fetchTextOf(Set<Integer> lines, Path file, Mapping mapping) throws SQLException, IOException, Refused {
        if (lines.isEmpty()) {
            return;
        }
        try (TableFile table = TableFile.open(file, mapping.layout());
                CopyText cells = staging.cells()) {
            for (TableFile.Row row = table.next(); row != null; row = table.next()) {
                if (lines.contains(row.line())) {
                    cells.value(row.line()).value(text(row)).end();
                }
            }
            cells.finish();
        }
    }

    private void keepRejects() throws SQLException {
        sql.run("""
                insert into rejected_row (load_id, line, field, reason, detail, cells)
                select ?, r.line, r.field, r.reason, r.detail, coalesce(r.cells, c.cells, '[]')
                  from {rows} r left join {cells} c using (line) where r.verdict = 'R'""", load.id());
        forgetCorrections(staging.rejectedLater());
    }

    /** Lines one by one from the index: a join has no statistics to go by, and may take hours. */
    private void forgetCorrections(Set<Integer> lines) throws SQLException {
        if (!lines.isEmpty()) {
            String all = lines.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
            sql.run(
                    "delete from list_correction where load_id = ? and line = any (cast(? as integer[]))",
                    load.id(),
                    all);
        }
    }

    private void keepWarnings(Map<Warning, Integer> counts) throws SQLException {
        for (var count : counts.entrySet()) {
            sql.run(
                    "insert into list_warning (load_id, field, reason, rows) values (?, ?, ?, ?)",
                    load.id(),
                    count.getKey().column().header(),
                    count.getKey().issue(),
                    count.getValue());
        }
    }

    /** Grows with every version that is applied or undone, of one list or of all. */
    private long stamp(@Nullable Long list) throws SQLException {
        return list == null
                ? sql.number("select count(*) + count(undone_at) from list_version")
                : sql.number("select count(*) + count(undone_at) from list_version where list_id = ?", list);
    }

    private Preview preview(Rows rows) throws SQLException {
        int[] places = new int[6];
        sql.each("""
                select count(*) filter (where place = 'NEW' and not known), count(*) filter (where place = 'NEW' and known),
                       count(*) filter (where place = 'BACK'), count(*) filter (where place = 'CHANGED'),
                       count(*) filter (where place = 'UNCHANGED'),
                       count(*) filter (where known and place in ('NEW', 'BACK') and exists (
                             select from handoff h where h.youth_id = p.youth_id and h.state <> 'CLOSED'))
                  from {place} p""", row -> {
            for (int i = 0; i < places.length; i++) {
                places[i] = row.getInt(i + 1);
            }
        });
        int listed = load.listId() == null
                ? 0
                : count("select count(*) from list_entry where list_id = " + load.listId()
                        + " and withdrawn_by is null");
        var count = new PreviewCount(
                rows.read,
                places[0],
                places[1],
                places[2],
                places[3],
                places[4] + rows.unchanged,
                count("select count(*) from {missing}"),
                count("select count(*) from {rows} where verdict = 'W'"),
                count("select count(*) from {rows} where verdict = 'R'"),
                count("select count(*) from {rows} where verdict = 'D'"),
                count("""
                        select count(*) from {rows} r where r.verdict = 'R' and r.reason in ('BROKEN_LINE', 'FIELD_COUNT')
                           and not exists (select from youth y where y.ine = r.ine)
                           and not exists (select from youth y where y.siei_number = r.siei_number)
                           and not exists (select from youth y
                                            where y.name_key = r.name_key and y.birth_date = r.birth_date)"""),
                places[5],
                rows.warnings.values().stream().mapToInt(Integer::intValue).sum(),
                rows.corrected);
        return new Preview(count, listed, age(rows.drawnOn), samples());
    }

    private FileAge age(@Nullable LocalDate drawnOn) throws SQLException {
        return new FileAge(
                drawnOn == null ? null : drawnOn.toString(),
                listDrawnOn(),
                replaced(),
                drawnOn != null && drawnOn.isBefore(load.referenceDate().minusDays(MOST_DAYS)));
    }

    private @Nullable String listDrawnOn() throws SQLException {
        return sql.first("""
                select cast(max(extracted_on) as text) from list_version
                 where list_id = ? and undone_at is null""", row -> row.getString(1), load.listId());
    }

    /** The number of the version that had these bytes, unless it is the latest. */
    private @Nullable Integer replaced() throws SQLException {
        return sql.first("""
                select v.number from list_version v join list_load w on w.sha256 = v.sha256
                 where w.id = ? and v.list_id = w.list_id and v.number is not null and v.undone_at is null
                   and exists (select from list_version x where x.list_id = v.list_id and x.number > v.number
                                  and x.undone_at is null)
                 order by v.number desc limit 1""", row -> row.getInt(1), load.id());
    }

    private int count(String query) throws SQLException {
        return (int) sql.number(query);
    }

    private List<PreviewSample> samples() throws SQLException {
        var samples = new ArrayList<PreviewSample>();
        sample(samples, SampleKind.NEW, """
                select r.line, r.last_name, r.first_name, null from {rows} r join {place} p using (line)
                 where p.place in ('NEW', 'BACK') order by line""");
        sample(samples, SampleKind.CHANGED, """
                select r.line, r.last_name, r.first_name, concat_ws(',',
                       case when r.last_name <> y.last_name then 'nom' end,
                       case when r.first_name <> y.first_name then 'prenom' end,
                       case when r.birth_date <> y.birth_date then 'date_naissance' end,
                       case when r.address <> y.address or y.address is null and r.address is not null
                            then 'adresse' end,
                       case when r.commune_insee <> y.commune_insee or y.commune_insee is null
                             and r.commune_insee is not null then 'commune' end,
                       case when r.email <> y.email or y.email is null and r.email is not null then 'courriel' end,
                       case when r.school_uai <> y.school_uai then 'uai_dernier_etablissement' end,
                       case when r.last_training <> y.last_training then 'derniere_formation' end,
                       case when exists (select unnest(r.e164) except
                                         select e164 from phone_number n where n.youth_id = y.id)
                            then 'tel_jeune' end)
                  from {rows} r join {place} p using (line) join youth y on y.id = p.youth_id
                 where p.place = 'CHANGED' order by line""");
        sample(samples, SampleKind.WITHDRAWN, """
                select coalesce(x.line, 0), y.last_name, y.first_name, null
                  from {missing} x join youth y on y.id = x.youth_id order by y.last_name, y.first_name""");
        sample(samples, SampleKind.DOUBTFUL, """
                select line, last_name, first_name, reason from {rows} where verdict = 'D' order by line""");
        sample(samples, SampleKind.FOLLOWED, """
                select r.line, r.last_name, r.first_name, null from {rows} r join {place} p using (line)
                 where p.known and p.place in ('NEW', 'BACK') and exists (
                       select from handoff h where h.youth_id = p.youth_id and h.state <> 'CLOSED') order by line""");
        return samples;
    }

    private void sample(List<PreviewSample> samples, SampleKind kind, String query) throws SQLException {
        sql.each(
                query + " limit " + SAMPLES,
                row -> samples.add(new PreviewSample(
                        kind,
                        row.getInt(1),
                        row.getString(2),
                        row.getString(3),
                        Objects.requireNonNullElse(row.getString(4), ""))));
    }

    /**
     * Whether what the preview says still holds: no version was applied or undone since, and the staged rows are there
     * (a crash of the database server empties them). Nothing else is applied, decided or undone from here on until the
     * transaction ends.
     */
    boolean isFresh() throws SQLException {
        staging.lock();
        boolean sameList = load.listId() == null || Objects.equals(load.baseVersion(), stamp(load.listId()));
        return sameList && Objects.equals(load.seenVersion(), stamp(null)) && isStaged();
    }

    private boolean isStaged() throws SQLException {
        return sql.number("select count(*) from pg_class where relname = ?", sql.named("{rows}")) == 1
                && sql.number("select count(*) from pg_class where relname = ?", sql.named("{place}")) == 1
                && Objects.equals(load.staged(), count("select count(*) from {rows}"));
    }

    /** Does what the preview said and ends the load; answers the version. */
    public long apply(Preview preview, Instant at) throws SQLException {
        staging.lock();
        Mapping mapping = Mapping.fromJson(Objects.requireNonNull(load.mapping()));
        long list = load.listId() == null ? createList(at) : load.listId();
        sql.number("select id from dropout_list where id = ? for update", list);
        long version = createVersion(list, mapping, preview, at);
        new Merge(sql, list, version, json).apply(load.listName(), at);
        keepDoubtful(version);
        sql.run("""
                update list_load set state = 'DONE', list_id = ?, version_id = ?, ended_at = ?, cancel_asked = false
                 where id = ?""", list, version, at, load.id());
        sql.run("delete from list_load_part where load_id = ?", load.id());
        keepProfile(mapping, at);
        sql.dropTables();
        return version;
    }

    private long createList(Instant at) throws SQLException {
        return sql.number(
                "insert into dropout_list (source_id, name, reference_date, created_at, created_by)"
                        + " values (?, ?, ?, ?, ?) returning id",
                load.sourceId(),
                load.listName(),
                load.referenceDate(),
                at,
                load.createdBy());
    }

    private long createVersion(long list, Mapping mapping, Preview preview, Instant at) throws SQLException {
        return sql.number(
                """
                insert into list_version (list_id, number, file_name, sha256, complete, extracted_on, headers, loaded_at,
                       loaded_by, rows, created, joined, changed, unchanged, withdrawn, rejected, doubtful, followed, warnings)
                select ?, coalesce((select max(number) from list_version where list_id = ? and undone_at is null), 0) + 1,
                       w.file_name, w.sha256, w.complete, cast(? as date), ?, ?, w.created_by, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?
                  from list_load w where w.id = ?
                returning id""",
                list,
                list,
                preview.age().drawnOn(),
                text(mapping.headers()),
                at,
                preview.count().rows(),
                preview.count().created(),
                preview.count().joined() + preview.count().back(),
                preview.count().changed(),
                preview.count().unchanged(),
                preview.count().withdrawn(),
                preview.count().rejected(),
                preview.count().doubtful(),
                preview.count().followed(),
                preview.count().warnings(),
                load.id());
    }

    private void keepDoubtful(long version) throws SQLException {
        sql.run("""
                insert into doubtful_row (load_id, version_id, line, candidate_id, reason, person)
                select ?, ?, r.line, coalesce(v.youth_id, p.youth_id), r.reason, to_jsonb(r)
                  from {rows} r join {verdicts} v using (line) left join {place} p on p.line = v.of_line
                 where r.verdict = 'D'""", load.id(), version);
    }

    private void keepProfile(Mapping mapping, Instant at) throws SQLException {
        if (load.sourceId() != null) {
            sql.run("""
                    insert into mapping_profile (source_id, signature, mapping, used_at) values (?, ?, ?, ?)
                        on conflict (source_id, signature) do update
                       set mapping = excluded.mapping, used_at = excluded.used_at""", load.sourceId(), mapping.signature(), mapping.toJson(), at);
        }
    }

    /** Undoes the version that the load made, or says why not. */
    Merge.@Nullable Obstacle undo(Instant at) throws SQLException {
        staging.lock();
        long list = Objects.requireNonNull(load.listId());
        sql.number("select id from dropout_list where id = ? for update", list);
        long version = Objects.requireNonNull(load.versionId());
        var merge = new Merge(sql, list, version, json);
        Merge.Obstacle obstacle = merge.obstacle();
        if (obstacle == null) {
            merge.undo(at);
            sql.run("update list_version set undone_at = ? where id = ?", at, version);
        }
        return obstacle;
    }
}
