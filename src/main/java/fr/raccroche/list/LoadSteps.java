package fr.raccroche.list;

import fr.raccroche.platform.Database;
import fr.raccroche.platform.Problem;
import fr.raccroche.platform.Sql;
import fr.raccroche.security.AccessAction;
import fr.raccroche.security.AccessLog;
import fr.raccroche.security.Account;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.net.URI;

/** A step that somebody takes with a load: it is found, does it, is logged, and shown as it is then. */
@ApplicationScoped
class LoadSteps {

    private final Database database;
    private final ListMessages lists;

    LoadSteps(Database database, ListMessages lists) {
        this.database = database;
        this.lists = lists;
    }

    /** Fails with a {@link Problem} 404 when there is no such load. */
    Uni<LoadView> find(long id) {
        return database.inTransaction(sql -> find(sql, id));
    }

    /** The same in the caller's transaction. */
    Uni<LoadView> find(Sql sql, long id) {
        return Loads.byId(sql, id).onItem().ifNull().failWith(() -> Problem.notFound(lists.noSuchLoad()));
    }

    /**
     * Takes a step and leads back to the load.
     *
     * @param action name in the access log
     * @param step false when the load is no longer where it can be taken: a {@link Problem} 409
     */
    Uni<Response> take(long id, Account account, AccessAction action, Uni<Boolean> step) {
        return step.invoke(this::refuseMoved)
                .chain(() -> database.inTransaction(sql -> AccessLog.record(sql, account, action, "load:" + id)))
                .replaceWith(() ->
                        Response.seeOther(URI.create("/lists/loads/" + id)).build());
    }

    private void refuseMoved(boolean done) {
        if (!done) {
            throw Problem.conflict(
                    "load-moved", "Ce fichier n'en est plus là : rechargez la page pour voir où il en est.");
        }
    }
}
