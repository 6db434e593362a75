package fr.raccroche.list;

import fr.raccroche.platform.Json;
import fr.raccroche.platform.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a supervisor says about doubtful rows (R13), and takes back; each decision is a version of its own. */
@ApplicationScoped
class Decisions {

    private static final String IN_USE_ELSEWHERE = "23503";
    private static final String LOCK_TIMEOUT = "55P03";

    private final ListDatabase database;
    private final Json json;
    private final ListMessages messages;
    private final Clock clock;

    Decisions(ListDatabase database, Json json, ListMessages messages, Clock clock) {
        this.database = database;
        this.json = json;
        this.messages = messages;
        this.clock = clock;
    }

    /** A row that waits for a decision; {@code person} as it was staged, as JSON. */
    private record Waiting(long list, String listName, long version, long candidate, String person) {}

    /** The version by which somebody decided. */
    private record Decision(long version, long list) {}

    /**
     * Decides about a doubtful row: it means the youth it resembles, or somebody else.
     *
     * @return fails with a {@link Problem} 409 when it was decided meanwhile or a load is being applied
     */
    Uni<Void> decide(long doubtful, boolean merge, long account) {
        return locked(doubtful, sql -> {
            Waiting row = waiting(sql, doubtful);
            lockList(sql, row.list());
            long version = createVersion(sql, row, account);
            new Staging(sql).decided(row.person(), merge ? Long.valueOf(row.candidate()) : apart(sql, row), row.list());
            new Merge(sql, row.list(), version, json).apply(row.listName(), clock.instant());
            sql.statement("""
                            update doubtful_row
                               set state = :state, decision_id = :version, decided_at = :now, decided_by = :account
                             where id = :id""")
                    .set("state", merge ? "MERGED" : "KEPT_APART")
                    .set("version", version)
                    .set("now", clock.instant())
                    .set("account", account)
                    .set("id", doubtful)
                    .run();
            sql.dropTables();
        });
    }

    private Waiting waiting(LoadSql sql, long doubtful) throws SQLException {
        Waiting row = sql.statement("""
                        select v.list_id, l.name, v.id, d.candidate_id, d.person
                          from doubtful_row d join list_version v on v.id = d.version_id
                          join dropout_list l on l.id = v.list_id
                         where d.id = :id and d.state = 'OPEN' and v.undone_at is null for update of d""")
                .set("id", doubtful)
                .first(found -> new Waiting(
                        found.getLong(1), found.getString(2), found.getLong(3), found.getLong(4), found.getString(5)));
        if (row == null) {
            throw Problem.conflict("already-decided", "Cette ligne a déjà reçu une décision.");
        }
        return row;
    }

    private long createVersion(LoadSql sql, Waiting row, long account) throws SQLException {
        return sql.statement("""
                        insert into list_version (list_id, file_name, sha256, complete, headers, loaded_at, loaded_by, rows)
                        select list_id, file_name, sha256, false, headers, :now, :account, 1
                          from list_version where id = :version
                        returning id""")
                .set("now", clock.instant())
                .set("account", account)
                .set("version", row.version())
                .number();
    }

    /** Whom an earlier decision about the same row made; null when it is the first. */
    private static @Nullable Long apart(LoadSql sql, Waiting row) throws SQLException {
        return sql.statement("""
                        select y.id from doubtful_row d join youth y on y.version_id = d.decision_id
                         where d.candidate_id = :candidate and d.state = 'KEPT_APART'
                           and y.name_key = cast(:person as jsonb) ->> 'name_key'
                           and y.birth_date = cast(cast(:person as jsonb) ->> 'birth_date' as date)
                         order by y.id limit 1""")
                .set("candidate", row.candidate())
                .set("person", row.person())
                .first(found -> found.getLong(1));
    }

    /**
     * Takes a decision back; the row is open again.
     *
     * @return fails with a {@link Problem} 409 that says why when it can no longer be undone
     */
    Uni<Void> undecide(long doubtful, long account) {
        return locked(doubtful, sql -> {
            Decision decision = decision(sql, doubtful);
            lockList(sql, decision.list());
            var merge = new Merge(sql, decision.list(), decision.version(), json);
            Merge.Obstacle obstacle = merge.obstacle();
            if (obstacle != null) {
                throw Problem.conflict("cannot-undo", messages.obstacle(obstacle));
            }
            sql.statement("""
                            update doubtful_row
                               set state = 'OPEN', decision_id = null, decided_at = null, decided_by = null
                             where id = :id""").set("id", doubtful).run();
            merge.undo(clock.instant());
            sql.statement("update list_version set undone_at = :now, undone_by = :account where id = :version")
                    .set("now", clock.instant())
                    .set("account", account)
                    .set("version", decision.version())
                    .run();
        });
    }

    private Decision decision(LoadSql sql, long doubtful) throws SQLException {
        Decision decision =
                sql.statement("""
                        select v.id, v.list_id from doubtful_row d join list_version v on v.id = d.decision_id
                         where d.id = :id and d.state <> 'OPEN' for update of d""").set("id", doubtful).first(row -> new Decision(row.getLong(1), row.getLong(2)));
        if (decision == null) {
            throw Problem.conflict("not-decided", "Cette ligne attend encore une décision.");
        }
        return decision;
    }

    /** Whoever changes a list locks it first. */
    private static void lockList(LoadSql sql, long list) throws SQLException {
        sql.statement("select id from dropout_list where id = :list for update")
                .set("list", list)
                .number();
    }

    /** Something that is decided. */
    private interface Deciding {
        void with(LoadSql sql) throws SQLException;
    }

    /** One change that no load may cross; a load at work makes it fail soon instead of waiting long. */
    private Uni<Void> locked(long doubtful, Deciding change) {
        return database.blocking(() -> change(doubtful, change)).replaceWithVoid();
    }

    private boolean change(long doubtful, Deciding change) throws Exception {
        try {
            return database.transact("d" + doubtful, sql -> {
                sql.execute("set local lock_timeout = '3s'");
                new Staging(sql).lock();
                change.with(sql);
                return true;
            });
        } catch (SQLException e) {
            throw conflict(e);
        }
    }

    /** Why a change was not possible, as a {@link Problem}; any other failure as it is. */
    private Exception conflict(SQLException failure) {
        return switch (Objects.requireNonNullElse(failure.getSQLState(), "")) {
            case LOCK_TIMEOUT ->
                Problem.conflict("busy", "Un chargement est en cours d'application. Réessayez dans un instant.");
            case IN_USE_ELSEWHERE -> Problem.conflict("cannot-undo", messages.obstacle(Merge.Obstacle.IN_USE));
            default -> failure;
        };
    }
}
