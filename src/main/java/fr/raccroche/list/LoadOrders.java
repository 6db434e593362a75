package fr.raccroche.list;

import fr.raccroche.list.row.Mapping;
import fr.raccroche.list.table.Layout;
import fr.raccroche.platform.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What people say to a load: how its file is read, for which list it is, that it goes on, ends or is undone. Every order
 * answers whether the load was where it can be followed.
 */
@ApplicationScoped
class LoadOrders {

    private static final int PARTS_OF_A_START = 16;

    private final ListDatabase database;
    private final LoadWorker worker;
    private final ListMessages messages;
    private final Clock clock;

    LoadOrders(ListDatabase database, LoadWorker worker, ListMessages messages, Clock clock) {
        this.database = database;
        this.worker = worker;
        this.messages = messages;
        this.clock = clock;
    }

    /**
     * Reads the first rows of a load that waits for its mapping.
     *
     * @param layout another way to read the file; null for the one that was recognised
     * @param rows how many rows
     * @return fails with a {@link Problem} 400 when the file cannot be read that way, 409 when it waits no longer
     */
    Uni<FileLook> look(long load, @Nullable Layout layout, int rows) {
        return database.blocking(() -> {
            Path file = Files.createTempFile("raccroche-list", null);
            try {
                Optional<Mapping> kept = database.transact(sql -> fetch(sql, load, layout, file));
                return FileLook.at(file, kept.isPresent() ? kept.get() : ListIntake.propose(file, layout), rows);
            } finally {
                Files.deleteIfExists(file);
            }
        });
    }

    /** Fetches as much of the file as is looked at; answers the mapping that was recognised, unless another way is asked for. */
    private Optional<Mapping> fetch(LoadSql sql, long load, @Nullable Layout layout, Path file)
            throws SQLException, IOException {
        Load found = StoredLoads.find(sql, load);
        if (found == null) {
            throw Problem.notFound(messages.noSuchLoad());
        }
        if (!StoredFiles.isKept(sql, load)) {
            throw Problem.conflict("load-ended", "Ce fichier n'est plus en attente.");
        }
        Mapping kept = layout == null && found.mapping() != null ? Mapping.fromJson(found.mapping()) : null;
        Layout known = kept == null ? layout : kept.layout();
        boolean startIsEnough = known != null && known.kind() == Layout.Kind.TEXT;
        StoredFiles.fetch(sql, load, file, startIsEnough ? PARTS_OF_A_START : Integer.MAX_VALUE);
        return Optional.ofNullable(kept);
    }

    /**
     * Makes a load that waits for its mapping a version of another list, or a new list; false when it waits no longer.
     *
     * @param list null for a new list, which keeps the name that was given
     * @param complete whether people whom the file lacks leave the list; never so with a file of rejects
     */
    Uni<Boolean> assign(long load, @Nullable Long list, boolean complete) {
        return change(sql -> {
            String mapping = sql.statement(
                            "select mapping from list_load where id = :load and state = 'MAPPING' for update")
                    .set("load", load)
                    .first(row -> row.getString(1));
            if (mapping == null) {
                return false;
            }
            Mapping present = Mapping.fromJson(mapping);
            assign(sql, load, list, complete && !present.isRejectFile());
            Mapping kept = MappingProfiles.find(sql, load, present);
            if (kept != null) {
                sql.statement("update list_load set mapping = :mapping where id = :load")
                        .set("mapping", kept.toJson())
                        .set("load", load)
                        .run();
            }
            return true;
        });
    }

    private static void assign(LoadSql sql, long load, @Nullable Long list, boolean complete) throws SQLException {
        sql.statement("""
                        update list_load w
                           set list_id = l.id, complete = :complete, list_name = coalesce(l.name, w.list_name),
                               source_id = case when l.id is null then w.source_id else l.source_id end
                          from (values (1)) as one left join dropout_list l on l.id = :list
                         where w.id = :load""")
                .set("complete", complete)
                .set("list", list)
                .set("load", load)
                .run();
    }

    /** Reads the file this way from now on; false when the load waits for no mapping. */
    Uni<Boolean> map(long load, Mapping mapping) {
        return change(sql -> sql.statement("""
                                update list_load set mapping = :mapping, state = 'QUEUED'
                                 where id = :load and state in ('MAPPING', 'PREVIEW')""")
                        .set("mapping", mapping.toJson())
                        .set("load", load)
                        .run()
                == 1);
    }

    /** Back to the columns, from a preview that shows they are wrong. */
    Uni<Boolean> remap(long load) {
        return change(sql -> StoredLoads.move(sql, load, LoadState.PREVIEW, LoadState.MAPPING));
    }

    /** Does what the preview says; false when there is no preview to agree to. */
    Uni<Boolean> confirm(long load) {
        return change(sql -> StoredLoads.move(sql, load, LoadState.PREVIEW, LoadState.CONFIRMED));
    }

    /** Gives a load up: at once when it waits, within a second when it is at work; false when it is over. */
    Uni<Boolean> cancel(long load) {
        return change(sql -> {
            int ended = sql.statement("""
                            update list_load set state = 'CANCELED', ended_at = :now
                             where id = :load and state in ('MAPPING', 'QUEUED', 'PREVIEW', 'CONFIRMED')""")
                    .set("now", clock.instant())
                    .set("load", load)
                    .run();
            if (ended == 1) {
                StoredLoads.leaveNothing(new LoadSql(sql.connection(), load), load);
            }
            return ended == 1 || askToStop(sql, load);
        });
    }

    private static boolean askToStop(LoadSql sql, long load) throws SQLException {
        return sql.statement("""
                        update list_load set cancel_asked = true
                         where id = :load and state in ('READING', 'APPLYING')""").set("load", load).run() == 1;
    }

    /** Undoes the version a load made, when its turn comes; the load says whether that was possible. */
    Uni<Boolean> undo(long load, long account) {
        return change(sql -> {
            int undone =
                    sql.statement("""
                            update list_version v set undone_by = :account from list_load l
                             where l.id = :load and l.state = 'DONE' and v.id = l.version_id and v.undone_at is null""").set("account", account).set("load", load).run();
            return undone == 1 && sql.statement("""
                                    update list_load set state = 'UNDOING', refusal = null
                                     where id = :load and state = 'DONE'""").set("load", load).run() == 1;
        });
    }

    private Uni<Boolean> change(ListDatabase.Work<Boolean> work) {
        return database.inTransaction(work).onItem().invoke(worker::nudge);
    }
}
