package fr.raccroche.platform;

import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Function;
import java.util.function.Supplier;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * The one way to the database: a unit of work in one transaction.
 *
 * <p>Each unit of work gets a Vert.x context of its own, so that two units never share a session, whether they were
 * started by a request, a message, a timer or a worker thread. The work must be one sequential chain. When the
 * subscriber goes away the work still ends: a closed browser never leaves half an outcome.
 */
@ApplicationScoped
public class Database {

    private final Mutiny.SessionFactory sessions;
    private final Vertx vertx;

    Database(Mutiny.SessionFactory sessions, Vertx vertx) {
        this.sessions = sessions;
        this.vertx = vertx;
    }

    /** Runs {@code work} in a transaction: commits when it ends well, rolls back when it fails. */
    public <T> Uni<T> inTransaction(Function<Sql, Uni<T>> work) {
        return onContextOfItsOwn(() -> sessions.withStatelessTransaction(session -> work.apply(new Sql(session))));
    }

    /** Reads of one moment: what others commit meanwhile {@code work} does not see. It may not write. */
    public <T> Uni<T> inSnapshot(Function<Sql, Uni<T>> work) {
        return inTransaction(sql -> sql.update("set transaction isolation level repeatable read, read only")
                .run()
                .chain(() -> work.apply(sql)));
    }

    /** Runs one statement, which the server makes a transaction of its own: two trips to it less. */
    public <T> Uni<T> inOneStatement(Function<Sql, Uni<T>> statement) {
        return onContextOfItsOwn(() -> sessions.withStatelessSession(session -> statement.apply(new Sql(session))));
    }

    private <T> Uni<T> onContextOfItsOwn(Supplier<Uni<T>> work) {
        return Uni.createFrom().emitter(emitter -> {
            Context caller = Vertx.currentContext();
            Context own = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
            VertxContextSafetyToggle.setContextSafe(own, true);
            own.runOnContext(ignored -> start(work, caller, emitter));
        });
    }

    private static <T> void start(Supplier<Uni<T>> work, @Nullable Context caller, UniEmitter<? super T> emitter) {
        work.get()
                .subscribe()
                .with(
                        item -> back(caller, () -> emitter.complete(item)),
                        failure -> back(caller, () -> emitter.fail(failure)));
    }

    private static void back(@Nullable Context caller, Runnable answer) {
        if (caller == null) {
            answer.run();
        } else {
            caller.runOnContext(ignored -> answer.run());
        }
    }
}
