package fr.raccroche;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL of its own beside an installation, as durable as a real one, that can be killed. */
final class TestingServer {

    /** After a kill PostgreSQL first makes every file of its directory durable. */
    static final Duration RECOVERY = Duration.ofSeconds(60);

    private final Path directory;
    private final int port;
    private @Nullable EmbeddedPostgres running;

    /** Nothing runs before {@link #start}. */
    TestingServer(Path directory) throws IOException {
        this.directory = directory;
        this.port = TestingPorts.free();
    }

    int port() {
        return port;
    }

    /** As an installation is told of it. */
    String url() {
        return url(port);
    }

    /** The same, reached through another port. */
    static String url(int port) {
        return "postgresql://127.0.0.1:" + port + "/postgres";
    }

    String jdbc() {
        return "jdbc:" + url() + "?user=postgres&password=postgres";
    }

    void start() throws IOException {
        running = EmbeddedPostgres.builder()
                .setDataDirectory(directory)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPort(port)
                .setPGStartupWait(RECOVERY)
                .setServerConfig("fsync", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("synchronous_commit", "on")
                .start();
    }

    /** {@code kill -9}; its workers notice and end. */
    void kill() throws IOException, InterruptedException, ExecutionException, TimeoutException {
        long pid = Long.parseLong(Files.readAllLines(directory.resolve("postmaster.pid"))
                .getFirst()
                .strip());
        var postmaster = ProcessHandle.of(pid);
        if (postmaster.isEmpty()) {
            return;
        }
        List<ProcessHandle> workers = postmaster.get().children().toList();
        assertThat(postmaster.get().destroyForcibly()).isTrue();
        for (ProcessHandle worker : workers) {
            var unused = worker.onExit().get(20, TimeUnit.SECONDS);
        }
        release();
    }

    /** What is left of it would hold its directory until the garbage is collected. */
    private void release() throws IOException {
        if (running != null) {
            running.close();
            running = null;
        }
    }
}
