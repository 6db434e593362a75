package fr.raccroche.list;

import fr.raccroche.list.row.Mapping;
import fr.raccroche.list.row.Vocabulary;
import fr.raccroche.list.table.Layout;
import fr.raccroche.list.table.Refused;
import fr.raccroche.list.table.TableFile;
import fr.raccroche.list.table.TableRow;
import fr.raccroche.platform.Hashes;
import fr.raccroche.platform.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Takes list files in (R01, R08): keeps the file and finds out how to read it. */
@ApplicationScoped
public class ListIntake {

    private static final int SAMPLE_ROWS = 50;
    private static final String UNIQUE = "23505";

    private final ListDatabase database;
    private final LoadWorker worker;
    private final Clock clock;

    ListIntake(ListDatabase database, LoadWorker worker, Clock clock) {
        this.database = database;
        this.worker = worker;
        this.clock = clock;
    }

    /**
     * Keeps the file and recognises it; answers the id of the load.
     *
     * <p>A new list from bytes that made a list before is a version of that one; what a program sends, only where the
     * list is of its own source. A file that cannot be read at all gives a load in state REFUSED with the reason. The
     * same key of the same source answers the load it made before; fails with a {@link Problem} 409 when that was made
     * of something else.
     */
    public Uni<Long> submit(Submission submission) {
        return database.blocking(() -> keep(submission)).onItem().invoke(worker::nudge);
    }

    private long keep(Submission submission) throws SQLException, IOException, Refused {
        byte[] sha256 = Hashes.sha256(submission.file());
        try {
            return database.transact(sql -> keep(sql, submission, sha256));
        } catch (SQLException e) {
            if (UNIQUE.equals(e.getSQLState()) && submission.requestKey() != null) {
                return keep(submission);
            }
            throw e;
        }
    }

    private long keep(LoadSql sql, Submission submission, byte[] sha256) throws SQLException, IOException {
        Long known = submission.requestKey() == null ? null : repeated(sql, submission, sha256);
        if (known != null) {
            return known;
        }
        long id = StoredLoads.insert(sql, submission, sha256, clock.instant());
        StoredFiles.keep(sql, id, submission.file());
        recognise(sql, id, submission);
        return id;
    }

    private @Nullable Long repeated(LoadSql sql, Submission submission, byte[] sha256) throws SQLException {
        Load earlier = StoredLoads.findRepeated(sql, submission);
        if (earlier == null) {
            return null;
        }
        boolean same = StoredLoads.hasHash(sql, earlier.id(), sha256)
                && (earlier.complete() == submission.complete() || isRejectFile(earlier))
                && (submission.listId() == null || submission.listId().equals(earlier.listId()));
        if (!same) {
            throw Problem.conflict(
                    "key-reused",
                    "Cette clé a déjà servi pour un autre envoi de cette source. Une clé vaut pour un seul envoi : prenez-en une nouvelle.");
        }
        return earlier.id();
    }

    private static boolean isRejectFile(Load load) {
        return load.mapping() != null && Mapping.fromJson(load.mapping()).isRejectFile();
    }

    /** Finds out how to read the file: as the source's last file of the same columns was, else by looking at it. */
    private void recognise(LoadSql sql, long id, Submission submission) throws SQLException, IOException {
        try {
            Mapping proposed = propose(submission.file(), null);
            if (submission.listId() == null) {
                Long origin = Targets.origin(sql, submission.fileName(), proposed);
                if (origin != null) {
                    StoredLoads.lead(sql, id, origin);
                }
            }
            Mapping mapping = Objects.requireNonNullElse(MappingProfiles.find(sql, id, proposed), proposed);
            StoredLoads.keepMapping(sql, id, mapping);
            if (submission.direct() && mapping.complete()) {
                StoredLoads.move(sql, id, LoadState.MAPPING, LoadState.QUEUED);
            }
        } catch (Refused refused) {
            StoredLoads.refuse(sql, id, refused, clock.instant());
        }
    }

    /**
     * Guesses what the columns of a file mean.
     *
     * @param layout how to read it; null to find that out too
     */
    static Mapping propose(Path file, @Nullable Layout layout) throws IOException, Refused {
        Layout chosen = layout == null ? TableFile.recognise(file, Vocabulary::known) : layout;
        try (TableFile table = TableFile.open(file, chosen)) {
            return Mapping.propose(chosen, table.header(), sample(table));
        }
    }

    private static List<List<String>> sample(TableFile table) throws IOException, Refused {
        var rows = new ArrayList<List<String>>(SAMPLE_ROWS);
        for (TableRow row = table.next(); row != null && rows.size() < SAMPLE_ROWS; row = table.next()) {
            if (row.cells() != null) {
                rows.add(row.cells());
            }
        }
        return rows;
    }
}
