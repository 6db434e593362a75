package fr.raccroche.platform;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.WorkerExecutor;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Callable;

/** Bounded threads for what blocks or computes: Twilio, files, password hashing. Never inside a transaction. */
@ApplicationScoped
public class Workers {

    private final WorkerExecutor remote;
    private final WorkerExecutor heavy;

    Workers(Vertx vertx) {
        remote = vertx.createSharedWorkerExecutor("raccroche-remote", 16);
        heavy = vertx.createSharedWorkerExecutor(
                "raccroche-heavy", Math.max(2, Runtime.getRuntime().availableProcessors()));
    }

    /** Waits for another machine; the answer comes back on the caller's context. */
    public <T> Uni<T> remote(Callable<T> call) {
        return remote.executeBlocking(call, false);
    }

    /** Computes or reads files; at most one per core at a time. */
    public <T> Uni<T> heavy(Callable<T> work) {
        return heavy.executeBlocking(work, false);
    }
}
