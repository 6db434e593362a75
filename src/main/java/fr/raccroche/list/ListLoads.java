package fr.raccroche.list;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.raccroche.directory.Directory;
import fr.raccroche.list.LoadRun.Canceled;
import fr.raccroche.list.LoadRun.Progress;
import fr.raccroche.list.row.Mapping;
import fr.raccroche.list.row.Vocabulary;
import fr.raccroche.list.table.Layout;
import fr.raccroche.list.table.Refused;
import fr.raccroche.list.table.TableFile;
import fr.raccroche.platform.Problem;
import io.agroal.api.AgroalDataSource;
import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.WorkerExecutor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;

/**
 * Takes list files in (R01, R08): keeps the file, recognises it, and works the loads off one after the other on a thread
 * of its own. A load that a killed process left behind is taken up again by whichever node sees it first.
 *
 * <p>Every method answers on the caller's context; the work itself is blocking JDBC, apart from sign-in's and the desk's
 * connections.
 */
@ApplicationScoped
public class ListLoads {

    private static final int PART = 1 << 20;
    /** Where a header stands, as a rule. */
    private static final int TOP_LINES = 6;

    private static final int SAMPLE_ROWS = 50;
    private static final int PARTS_OF_A_START = 16;
    private static final int MOST_FAILURES = 2;
    private static final int LOCK_CLASS = 0x5261_0003;
    private static final String IN_USE_ELSEWHERE = "23503";
    private static final String UNIQUE = "23505";
    private static final String LOCK_TIMEOUT = "55P03";

    private final AgroalDataSource source;
    private final Directory directory;
    private final ObjectMapper json;
    private final ListMessages messages;
    private final Clock clock;
    private final WorkerExecutor turn;
    private final WorkerExecutor desk;
    private final ScheduledExecutorService signs;
    private volatile boolean stopped;

    ListLoads(
            AgroalDataSource source,
            Directory directory,
            ObjectMapper json,
            ListMessages messages,
            Vertx vertx,
            Clock clock) {
        this.source = source;
        this.directory = directory;
        this.json = json;
        this.messages = messages;
        this.clock = clock;
        this.turn = vertx.createSharedWorkerExecutor("raccroche-lists", 1);
        this.desk = vertx.createSharedWorkerExecutor("raccroche-list-files", 2);
        this.signs = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("raccroche-list-signs").factory());
    }

    /**
     * What somebody sends.
     *
     * @param fileName as the sender named it
     * @param listId the list it is a version of; null for a new list
     * @param listName name of a new list; ignored for a known one
     * @param sourceId who drew the list; null when nobody says
     * @param referenceDate the day on which ages count
     * @param complete whether people whom the file lacks leave the list
     * @param requestKey the sender's own key for this request; the same key again is the same load
     * @param direct whether it goes through unless it is alarming
     */
    public record Submission(
            Path file,
            String fileName,
            @Nullable Long listId,
            String listName,
            @Nullable Long sourceId,
            LocalDate referenceDate,
            boolean complete,
            @Nullable String requestKey,
            boolean direct,
            @Nullable Long account) {}

    /**
     * Keeps the file and recognises it; answers the id of the load.
     *
     * <p>A new list from bytes that made a list before is a version of that one; what a program sends, only where the
     * list is of its own source. A file that cannot be read at all gives a load in state REFUSED with the reason. The
     * same key of the same source answers the load it made before; fails with a {@link Problem} 409 when that was made
     * of something else.
     */
    public Uni<Long> submit(Submission submission) {
        return desk.executeBlocking(() -> keep(submission), false).onItem().invoke(this::nudge);
    }

    private long keep(Submission submission) throws SQLException, IOException {
        byte[] sha256 = sha256(submission.file());
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            var sql = new LoadSql(connection, 0);
            Long known = submission.requestKey() == null ? null : repeated(sql, submission, sha256);
            if (known != null) {
                return known;
            }
            long id = insert(sql, submission, sha256);
            keepParts(connection, id, submission.file());
            recognise(sql, id, submission);
            connection.commit();
            return id;
        } catch (SQLException e) {
            if (UNIQUE.equals(e.getSQLState()) && submission.requestKey() != null) {
                return keep(submission);
            }
            throw e;
        }
    }

    private @Nullable Long repeated(LoadSql sql, Submission submission, byte[] sha256) throws SQLException {
        Load earlier = sql.first(
                "select " + Load.COLUMNS + " from list_load where source_id = ? and request_key = ?",
                Load::of,
                submission.sourceId(),
                submission.requestKey());
        if (earlier == null) {
            return null;
        }
        boolean same =
                sql.number("select count(*) from list_load where id = ? and sha256 = ?", earlier.id(), sha256) == 1
                        && (earlier.complete() == submission.complete() || isRejectFile(earlier))
                        && (submission.listId() == null || submission.listId().equals(earlier.listId()));
        if (!same) {
            throw Problem.conflict("key-reused", messages.keyReused());
        }
        return earlier.id();
    }

    private static boolean isRejectFile(Load load) {
        return load.mapping() != null && Mapping.fromJson(load.mapping()).isRejectFile();
    }

    private long insert(LoadSql sql, Submission submission, byte[] sha256) throws SQLException, IOException {
        return sql.number(
                """
                insert into list_load (source_id, list_id, list_name, reference_date, complete, file_name, sha256,
                       request_key, state, direct, file_bytes, created_at, created_by)
                select coalesce(?, l.source_id), l.id, coalesce(l.name, ?), ?, ?, ?, ?, ?, 'MAPPING', ?, ?, ?, ?
                  from (values (1)) as one
                  left join dropout_list l on l.id = coalesce(?, (
                       select max(v.list_id) from list_version v join dropout_list d on d.id = v.list_id
                        where v.sha256 = ? and v.undone_at is null and (not ? or d.source_id = ?)))
                returning id""",
                submission.sourceId(),
                submission.listName(),
                submission.referenceDate(),
                submission.complete(),
                submission.fileName(),
                sha256,
                submission.requestKey(),
                submission.direct(),
                Files.size(submission.file()),
                clock.instant(),
                submission.account(),
                submission.listId(),
                sha256,
                submission.direct(),
                submission.sourceId());
    }

    private static void keepParts(Connection connection, long id, Path file) throws SQLException, IOException {
        try (InputStream stream = Files.newInputStream(file);
                var statement = connection.prepareStatement(
                        "insert into list_load_part (load_id, n, bytes) values (?, ?, ?)")) {
            int n = 0;
            for (byte[] part = stream.readNBytes(PART); part.length > 0; part = stream.readNBytes(PART)) {
                statement.setLong(1, id);
                statement.setInt(2, n++);
                statement.setBytes(3, part);
                statement.executeUpdate();
            }
        }
    }

    /** Finds out how to read the file: as the source's last file of the same columns was, else by looking at it. */
    private void recognise(LoadSql sql, long id, Submission submission) throws SQLException, IOException {
        try {
            Mapping proposed = propose(submission.file(), null);
            Mapping mapping = Objects.requireNonNullElse(profile(sql, id, proposed), proposed);
            sql.run(
                    "update list_load set mapping = ?, complete = complete and not ? where id = ?",
                    mapping.toJson(),
                    mapping.isRejectFile(),
                    id);
            if (submission.direct() && mapping.complete()) {
                move(sql, id, LoadState.MAPPING, LoadState.QUEUED);
            }
        } catch (Refused refused) {
            refuse(sql, id, refused);
        }
    }

    private static Mapping propose(Path file, @Nullable Layout layout) throws IOException, Refused {
        Layout chosen = layout == null ? TableFile.recognise(file, Vocabulary::known) : layout;
        try (TableFile table = TableFile.open(file, chosen)) {
            return Mapping.propose(chosen, table.header(), sample(table));
        }
    }

    private static List<List<String>> sample(TableFile table) throws IOException, Refused {
        var rows = new ArrayList<List<String>>(SAMPLE_ROWS);
        for (TableFile.Row row = table.next(); row != null && rows.size() < SAMPLE_ROWS; row = table.next()) {
            if (row.cells() != null) {
                rows.add(row.cells());
            }
        }
        return rows;
    }

    private static @Nullable Mapping profile(LoadSql sql, long load, Mapping proposed) throws SQLException {
        String kept = sql.first("""
                select p.mapping from mapping_profile p join list_load l on l.source_id = p.source_id
                 where l.id = ? and p.signature = ?""", row -> row.getString(1), load, proposed.signature());
        if (kept == null) {
            return null;
        }
        Mapping profile = Mapping.fromJson(kept);
        return profile.appliedTo(proposed.layout(), proposed.headers());
    }

    private void refuse(LoadSql sql, long id, Refused refused) throws SQLException {
        sql.run(
                "update list_load set state = 'REFUSED', refusal = ?, refusal_detail = ?, ended_at = ? where id = ?",
                refused.reason(),
                refused.detail(),
                clock.instant(),
                id);
        sql.run("delete from list_load_part where load_id = ?", id);
    }

    private static boolean move(LoadSql sql, long id, LoadState from, LoadState to) throws SQLException {
        return sql.run("""
                        update list_load set state = ?, cancel_asked = false, failures = case when state = ? then failures else 0 end
                         where id = ? and state = ?""", to, to, id, from) == 1;
    }

    /**
     * The first rows of a load that waits for its mapping.
     *
     * @param layout another way to read the file; null for the one that was recognised
     * @param rows how many rows
     * @return fails with a {@link Problem} 400 when the file cannot be read that way, 409 when it waits no longer
     */
    Uni<FileLook> look(long load, @Nullable Layout layout, int rows) {
        return blocking(() -> {
            Load found = find(load);
            Mapping kept = layout == null && found.mapping() != null ? Mapping.fromJson(found.mapping()) : null;
            Layout known = kept == null ? layout : kept.layout();
            boolean startIsEnough = known != null && known.kind() == Layout.Kind.TEXT;
            return withFile(load, startIsEnough ? PARTS_OF_A_START : Integer.MAX_VALUE, file -> {
                Mapping mapping = kept == null ? propose(file, layout) : kept;
                try (TableFile table = TableFile.open(file, mapping.layout())) {
                    var first = new ArrayList<FirstRow>(rows);
                    for (TableFile.Row row = table.next(); row != null && first.size() < rows; row = table.next()) {
                        first.add(new FirstRow(row.line(), row.cells() == null ? List.of(row.raw()) : row.cells()));
                    }
                    return new FileLook(mapping, TableFile.top(file, mapping.layout(), TOP_LINES), first, table.sheets());
                }
            });
        });
    }

    /** Something done with the stored file of a load. */
    private interface WithFile<T> {
        T apply(Path file) throws SQLException, IOException, Refused;
    }

    private <T> T withFile(long load, int parts, WithFile<T> work) throws SQLException, IOException, Refused {
        Path file = Files.createTempFile("raccroche-list", null);
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            var sql = new LoadSql(connection, load);
            if (sql.number("select count(*) from list_load_part where load_id = ?", load) == 0) {
                throw Problem.conflict("load-ended", messages.loadEnded());
            }
            try (var out = Files.newOutputStream(file)) {
                sql.each(
                        "select bytes from list_load_part where load_id = ? and n < ? order by n",
                        1,
                        row -> {
                            try {
                                out.write(row.getBytes(1));
                            } catch (IOException e) {
                                throw new SQLException(e);
                            }
                        },
                        load,
                        parts);
            }
            connection.rollback();
            return work.apply(file);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /**
     * Makes a load that waits for its mapping a version of another list, or a new list; false when it waits no longer.
     *
     * @param list null for a new list, which keeps the name that was given
     * @param complete whether people whom the file lacks leave the list; never so with a file of rejects
     */
    Uni<Boolean> assign(long load, @Nullable Long list, boolean complete) {
        return change(sql -> {
            String mapping = sql.first(
                    "select mapping from list_load where id = ? and state = 'MAPPING' for update",
                    row -> row.getString(1),
                    load);
            if (mapping == null) {
                return false;
            }
            Mapping present = Mapping.fromJson(mapping);
            sql.run("""
                    update list_load w
                       set list_id = l.id, complete = ?, list_name = coalesce(l.name, w.list_name),
                           source_id = case when l.id is null then w.source_id else l.source_id end
                      from (values (1)) as one left join dropout_list l on l.id = ?
                     where w.id = ?""", complete && !present.isRejectFile(), list, load);
            Mapping kept = profile(sql, load, present);
            if (kept != null) {
                sql.run("update list_load set mapping = ? where id = ?", kept.toJson(), load);
            }
            return true;
        });
    }

    /** Reads the file this way from now on; false when the load waits for no mapping. */
    Uni<Boolean> map(long load, Mapping mapping) {
        return change(sql -> sql.run(
                        "update list_load set mapping = ?, state = 'QUEUED' where id = ? and state in ('MAPPING', 'PREVIEW')",
                        mapping.toJson(),
                        load)
                == 1);
    }

    /** Back to the columns, from a preview that shows they are wrong. */
    Uni<Boolean> remap(long load) {
        return change(sql -> move(sql, load, LoadState.PREVIEW, LoadState.MAPPING));
    }

    /** Does what the preview says; false when there is no preview to agree to. */
    Uni<Boolean> confirm(long load) {
        return change(sql -> move(sql, load, LoadState.PREVIEW, LoadState.CONFIRMED));
    }

    /** Gives a load up: at once when it waits, within a second when it is at work; false when it is over. */
    Uni<Boolean> cancel(long load) {
        return change(sql -> {
            int ended = sql.run("""
                    update list_load set state = 'CANCELED', ended_at = ?
                     where id = ? and state in ('MAPPING', 'QUEUED', 'PREVIEW', 'CONFIRMED')""", clock.instant(), load);
            if (ended == 1) {
                leaveNothing(new LoadSql(sql.connection(), load), load);
            }
            return ended == 1 || sql.run("""
                            update list_load set cancel_asked = true
                             where id = ? and state in ('READING', 'APPLYING')""", load) == 1;
        });
    }

    /** Undoes the version a load made, when its turn comes; the load says whether that was possible. */
    Uni<Boolean> undo(long load, long account) {
        return change(sql -> sql.run("""
                        update list_version v set undone_by = ? from list_load l
                         where l.id = ? and l.state = 'DONE' and v.id = l.version_id and v.undone_at is null""", account, load) == 1
                && sql.run(
                                "update list_load set state = 'UNDOING', refusal = null where id = ? and state = 'DONE'",
                                load)
                        == 1);
    }

    /** One change on a connection of its own. */
    private interface Change {
        boolean of(LoadSql sql) throws SQLException;
    }

    private Uni<Boolean> change(Change change) {
        return blocking(() -> {
                    try (Connection connection = source.getConnection()) {
                        connection.setAutoCommit(false);
                        boolean done = change.of(new LoadSql(connection, 0));
                        connection.commit();
                        return done;
                    }
                })
                .onItem()
                .invoke(this::nudge);
    }

    private <T> Uni<T> blocking(Callable<T> work) {
        return desk.executeBlocking(
                () -> {
                    try {
                        return work.call();
                    } catch (Refused refused) {
                        throw Problem.badRequest("list-refused", sentence(refused.reason(), refused.detail()));
                    }
                },
                false);
    }

    /** Why a file was refused, in words. */
    String sentence(Refused.Reason reason, @Nullable String detail) {
        return detail == null ? messages.refused(reason) : messages.refused(reason) + " " + detail + ".";
    }

    private Load find(long load) throws SQLException {
        try (Connection connection = source.getConnection()) {
            Load found = find(new LoadSql(connection, load), load);
            if (found == null) {
                throw Problem.notFound(messages.noSuchLoad());
            }
            return found;
        }
    }

    private static @Nullable Load find(LoadSql sql, long load) throws SQLException {
        return sql.first("select " + Load.COLUMNS + " from list_load where id = ?", Load::of, load);
    }

    /** Says that there may be work. */
    void nudge() {
        if (!stopped) {
            turn.executeBlocking(this::workOff, true)
                    .subscribe()
                    .with(done -> {}, failure -> Log.error("A list load failed and will be tried again", failure));
        }
    }

    @Scheduled(every = "5s", delayed = "3s", skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void look() {
        nudge();
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
        signs.shutdownNow();
    }

    /** Works off whatever waits; answers how many turns that took. */
    private int workOff() throws SQLException {
        int turns = 0;
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            var sql = new LoadSql(connection, 0);
            for (Long load = next(sql, 0); load != null && !stopped; load = next(sql, load)) {
                if (sql.number("select pg_try_advisory_lock(?, ?)::integer", LOCK_CLASS, load.intValue()) == 1) {
                    try {
                        work(connection, load);
                        turns++;
                    } catch (SQLException | IOException | RuntimeException e) {
                        Log.errorf(e, "List load %d failed", load);
                        connection.rollback();
                        failed(new LoadSql(connection, load), load);
                        connection.commit();
                    } finally {
                        connection.rollback();
                        sql.number("select pg_advisory_unlock(?, ?)::integer", LOCK_CLASS, load.intValue());
                        connection.commit();
                    }
                }
            }
            connection.rollback();
        }
        return turns;
    }

    /** Another try, until there were enough: then an undo is off, and anything else has ended. */
    private void failed(LoadSql sql, long load) throws SQLException {
        sql.run("update list_load set failures = failures + 1 where id = ?", load);
        sql.run("""
                update list_load set state = 'DONE', refusal = 'FAILED', failures = 0
                 where id = ? and state = 'UNDOING' and failures > ?""", load, MOST_FAILURES);
        int ended = sql.run("""
                update list_load set state = 'REFUSED', refusal = 'FAILED', ended_at = ?
                 where id = ? and failures > ?""", clock.instant(), load, MOST_FAILURES);
        if (ended == 1) {
            leaveNothing(sql, load);
        }
    }

    /** What was kept of a file that came to nothing. */
    private static void leaveNothing(LoadSql sql, long load) throws SQLException {
        for (String table : List.of("list_load_part", "rejected_row", "list_correction", "list_warning")) {
            sql.run("delete from " + table + " where load_id = ?", load);
        }
        sql.dropTables();
    }

    private static @Nullable Long next(LoadSql sql, long after) throws SQLException {
        return sql.first("""
                select id from list_load
                 where state in ('QUEUED', 'READING', 'CONFIRMED', 'APPLYING', 'UNDOING') and id > ?
                 order by id limit 1""", row -> row.getLong(1), after);
    }

    private void work(Connection connection, long id) throws SQLException, IOException {
        var sql = new LoadSql(connection, id);
        Load load = find(sql, id);
        if (load == null || !load.state().isWorking()) {
            return;
        }
        var progress = new Progress();
        var ticking =
                signs.scheduleWithFixedDelay(() -> sign(connection, id, progress), 300, 300, TimeUnit.MILLISECONDS);
        try {
            turn(connection, sql, load, progress);
        } catch (Refused refused) {
            connection.rollback();
            refuse(sql, id, refused);
            connection.commit();
        } catch (Canceled e) {
            giveUp(connection, sql, id);
        } catch (SQLException e) {
            connection.rollback();
            if (!progress.canceled) {
                throw e;
            }
            giveUp(connection, sql, id);
        } finally {
            ticking.cancel(false);
            synchronized (progress) {
                progress.over = true;
            }
        }
    }

    private void turn(Connection connection, LoadSql sql, Load load, Progress progress)
            throws SQLException, IOException, Refused, Canceled {
        switch (load.state()) {
            case QUEUED, READING -> read(connection, sql, load, progress);
            case CONFIRMED, APPLYING -> apply(connection, sql, load, progress);
            case UNDOING -> undo(connection, sql, load, progress);
            case MAPPING, PREVIEW, DONE, REFUSED, CANCELED, UNDONE -> {}
        }
    }

    private LoadRun run(Connection connection, Load load, Progress progress) {
        return new LoadRun(connection, load, directory.communes(), json, progress);
    }

    private void read(Connection connection, LoadSql sql, Load load, Progress progress)
            throws SQLException, IOException, Refused, Canceled {
        move(sql, load.id(), load.state(), LoadState.READING);
        connection.commit();
        Preview preview = run(connection, load, progress).read();
        if (load.direct() && !preview.isAlarming()) {
            move(sql, load.id(), LoadState.PREVIEW, LoadState.CONFIRMED);
            connection.commit();
            apply(connection, sql, Objects.requireNonNull(find(sql, load.id())), progress);
        } else {
            connection.commit();
        }
    }

    /** What was previewed, if it still holds; else the file is read again and, when it says the same, applied. */
    private void apply(Connection connection, LoadSql sql, Load load, Progress progress)
            throws SQLException, IOException, Refused, Canceled {
        move(sql, load.id(), load.state(), LoadState.APPLYING);
        connection.commit();
        Preview agreed = preview(load);
        var run = run(connection, load, progress);
        if (run.isFresh()) {
            run.apply(agreed, clock.instant());
            connection.commit();
            return;
        }
        Preview now = run.read();
        if (now.equals(agreed) || (load.direct() && !now.isAlarming())) {
            run(connection, Objects.requireNonNull(find(sql, load.id())), progress)
                    .apply(now, clock.instant());
        } else {
            sql.run("update list_load set refusal = 'CHANGED_MEANWHILE' where id = ?", load.id());
        }
        connection.commit();
    }

    private Preview preview(Load load) {
        try {
            return json.readValue(Objects.requireNonNull(load.preview()), Preview.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private void undo(Connection connection, LoadSql sql, Load load, Progress progress) throws SQLException {
        Merge.Obstacle obstacle;
        try {
            obstacle = run(connection, load, progress).undo(clock.instant());
        } catch (SQLException e) {
            if (!IN_USE_ELSEWHERE.equals(e.getSQLState())) {
                throw e;
            }
            connection.rollback();
            obstacle = Merge.Obstacle.IN_USE;
        }
        sql.run(
                "update list_load set state = ?, refusal = ? where id = ?",
                obstacle == null ? LoadState.UNDONE : LoadState.DONE,
                obstacle,
                load.id());
        connection.commit();
    }

    /**
     * Decides about a doubtful row (R13): it means the youth it resembles, or somebody else.
     *
     * @return fails with a {@link Problem} 409 when it was decided meanwhile or a load is being applied
     */
    Uni<Boolean> decide(long doubtful, boolean merge, long account) {
        return blocking(() -> locked("d" + doubtful, sql -> {
            Doubtful row = open(sql, doubtful);
            sql.number("select id from dropout_list where id = ? for update", row.list());
            long version = sql.number("""
                    insert into list_version (list_id, file_name, sha256, complete, headers, loaded_at, loaded_by, rows)
                    select list_id, file_name, sha256, false, headers, ?, ?, 1 from list_version where id = ?
                    returning id""", clock.instant(), account, row.version());
            new Staging(sql).decided(row.person(), merge ? Long.valueOf(row.candidate()) : apart(sql, row), row.list());
            new Merge(sql, row.list(), version, json).apply(row.listName(), clock.instant());
            sql.run(
                    "update doubtful_row set state = ?, decision_id = ?, decided_at = ?, decided_by = ? where id = ?",
                    merge ? "MERGED" : "KEPT_APART",
                    version,
                    clock.instant(),
                    account,
                    doubtful);
            sql.dropTables();
            return true;
        }));
    }

    /**
     * Takes a decision back; the row is open again.
     *
     * @return fails with a {@link Problem} 409 that says why when it can no longer be undone
     */
    Uni<Boolean> undecide(long doubtful, long account) {
        return blocking(() -> locked("d" + doubtful, sql -> {
            Decision decision = sql.first("""
                    select v.id, v.list_id from doubtful_row d join list_version v on v.id = d.decision_id
                     where d.id = ? and d.state <> 'OPEN' for update of d""", row -> new Decision(row.getLong(1), row.getLong(2)), doubtful);
            if (decision == null) {
                throw Problem.conflict("not-decided", messages.notDecided());
            }
            sql.number("select id from dropout_list where id = ? for update", decision.list());
            var merge = new Merge(sql, decision.list(), decision.version(), json);
            Merge.Obstacle obstacle = merge.obstacle();
            if (obstacle != null) {
                throw Problem.conflict("cannot-undo", messages.obstacle(obstacle));
            }
            sql.run("""
                    update doubtful_row set state = 'OPEN', decision_id = null, decided_at = null, decided_by = null
                     where id = ?""", doubtful);
            merge.undo(clock.instant());
            sql.run(
                    "update list_version set undone_at = ?, undone_by = ? where id = ?",
                    clock.instant(),
                    account,
                    decision.version());
            return true;
        }));
    }

    /** Whom an earlier decision about the same row made; null when it is the first. */
    private static @Nullable Long apart(LoadSql sql, Doubtful row) throws SQLException {
        return sql.first("""
                select y.id from doubtful_row d join youth y on y.version_id = d.decision_id
                 where d.candidate_id = ? and d.state = 'KEPT_APART'
                   and y.name_key = cast(? as jsonb) ->> 'name_key'
                   and y.birth_date = cast(cast(? as jsonb) ->> 'birth_date' as date)
                 order by y.id limit 1""", found -> found.getLong(1), row.candidate(), row.person(), row.person());
    }

    private record Decision(long version, long list) {}

    private record Doubtful(long list, String listName, long version, long candidate, String person) {}

    private Doubtful open(LoadSql sql, long doubtful) throws SQLException {
        Doubtful row = sql.first(
                """
                select v.list_id, l.name, v.id, d.candidate_id, d.person
                  from doubtful_row d join list_version v on v.id = d.version_id join dropout_list l on l.id = v.list_id
                 where d.id = ? and d.state = 'OPEN' and v.undone_at is null for update of d""",
                found -> new Doubtful(
                        found.getLong(1), found.getString(2), found.getLong(3), found.getLong(4), found.getString(5)),
                doubtful);
        if (row == null) {
            throw Problem.conflict("already-decided", messages.alreadyDecided());
        }
        return row;
    }

    /** One change that no load may cross; a load at work makes it fail soon instead of waiting long. */
    private boolean locked(String tables, Change change) throws SQLException {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            var sql = new LoadSql(connection, tables);
            try {
                sql.execute("set local lock_timeout = '3s'");
                sql.number("select 1 from (select pg_advisory_xact_lock(?)) as locked", Staging.LOCK);
                boolean done = change.of(sql);
                connection.commit();
                return done;
            } catch (SQLException e) {
                connection.rollback();
                switch (Objects.requireNonNullElse(e.getSQLState(), "")) {
                    case LOCK_TIMEOUT -> throw Problem.conflict("busy", messages.busy());
                    case IN_USE_ELSEWHERE ->
                        throw Problem.conflict("cannot-undo", messages.obstacle(Merge.Obstacle.IN_USE));
                    default -> throw e;
                }
            } catch (RuntimeException e) {
                connection.rollback();
                throw e;
            }
        }
    }

    private void giveUp(Connection connection, LoadSql sql, long id) throws SQLException {
        connection.rollback();
        sql.run("update list_load set state = 'CANCELED', ended_at = ? where id = ?", clock.instant(), id);
        leaveNothing(sql, id);
        connection.commit();
    }

    /** Shows how far the turn is, and ends its statement when somebody asked to stop. */
    private void sign(Connection working, long id, Progress progress) {
        try (Connection connection = source.getConnection();
                var statement = connection.prepareStatement("""
                        update list_load set bytes_read = greatest(bytes_read, ?), rows_read = greatest(rows_read, ?),
                               rows_rejected = greatest(rows_rejected, ?)
                         where id = ? and state in ('READING', 'APPLYING') returning cancel_asked""")) {
            statement.setLong(1, progress.bytes);
            statement.setInt(2, progress.rows);
            statement.setInt(3, progress.rejected);
            statement.setLong(4, id);
            statement.setQueryTimeout(1);
            try (var row = statement.executeQuery()) {
                if (row.next() && row.getBoolean(1)) {
                    progress.canceled = true;
                    synchronized (progress) {
                        if (!progress.over) {
                            working.unwrap(BaseConnection.class).cancelQuery();
                        }
                    }
                }
            }
        } catch (SQLException e) {
            Log.debug("The progress of a list load could not be shown", e);
        }
    }

    private static byte[] sha256(Path file) throws IOException {
        try (InputStream stream = new BufferedInputStream(Files.newInputStream(file))) {
            var digest = MessageDigest.getInstance("SHA-256");
            var block = new byte[1 << 16];
            for (int read = stream.read(block); read >= 0; read = stream.read(block)) {
                digest.update(block, 0, read);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
