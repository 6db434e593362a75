package fr.raccroche.platform;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL of our own when none is configured: data stay in a directory, commits survive {@code kill -9}.
 *
 * <p>One process at a time may hold a directory. A server that a killed process left behind is ended first; nothing
 * that was committed is lost by that.
 */
public final class EmbeddedDatabase implements AutoCloseable {

    /** Its steps interest nobody; a strong reference keeps the level. */
    private static final Logger QUIET = Logger.getLogger("io.zonky.test");

    private final EmbeddedPostgres server;
    private final FileChannel lockFile;

    private EmbeddedDatabase(EmbeddedPostgres server, FileChannel lockFile) {
        this.server = server;
        this.lockFile = lockFile;
    }

    /**
     * Starts the server on the data in {@code directory}, which is created when missing.
     *
     * @throws InUse when another process holds the directory
     */
    public static EmbeddedDatabase start(Path directory) throws IOException {
        QUIET.setLevel(Level.WARNING);
        Files.createDirectories(directory);
        var lockFile = FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        @Nullable FileLock lock = lockFile.tryLock();
        if (lock == null) {
            lockFile.close();
            throw new InUse(directory);
        }
        Path data = directory.resolve("postgres").toAbsolutePath();
        endOrphan(data.resolve("postmaster.pid"));
        ProcessBuilder.Redirect log = ProcessBuilder.Redirect.appendTo(
                directory.resolve("postgres.log").toFile());
        return new EmbeddedDatabase(
                server(data).setOutputRedirector(log).setErrorRedirector(log).start(), lockFile);
    }

    private static EmbeddedPostgres.Builder server(Path data) {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPGStartupWait(Duration.ofSeconds(60))
                .setServerConfig("fsync", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_connections", "100")
                .setServerConfig("shared_buffers", "256MB")
                .setServerConfig("max_wal_size", "2GB")
                .setServerConfig("random_page_cost", "1.1")
                .setServerConfig("timezone", "UTC");
    }

    private static void endOrphan(Path pidFile) throws IOException {
        if (!Files.exists(pidFile)) {
            return;
        }
        long pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
        var orphan = ProcessHandle.of(pid)
                .filter(process -> process.info().command().orElse("").contains("postgres"));
        if (orphan.isPresent()) {
            orphan.get().destroy();
            if (!hasEnded(orphan.get())) {
                orphan.get().destroyForcibly();
                var unused = hasEnded(orphan.get());
            }
        }
        Files.deleteIfExists(pidFile);
    }

    private static boolean hasEnded(ProcessHandle process) {
        try {
            process.onExit().get(20, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** {@code host:port/database}, without scheme. */
    public String address() {
        return "127.0.0.1:" + server.getPort() + "/postgres";
    }

    @Override
    public void close() throws IOException {
        server.close();
        lockFile.close();
    }

    /** Another process runs on the same data. */
    public static final class InUse extends IOException {
        private static final long serialVersionUID = 1L;

        InUse(Path directory) {
            super("The data in " + directory + " are in use by another Raccroche.");
        }
    }
}
