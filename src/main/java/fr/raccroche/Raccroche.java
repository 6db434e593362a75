package fr.raccroche;

import fr.raccroche.platform.EmbeddedDatabase;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Starts a node. What is configured is used; what is not is brought along: an embedded PostgreSQL, a simulated Twilio
 * account, a business clock that opens on a working day, sample accounts and a sample campaign.
 */
@QuarkusMain
public final class Raccroche {

    private static final int STOPPED_BY_SIGNAL_WAIT_SECONDS = 20;

    private Raccroche() {}

    public static void main(String... args) throws IOException {
        System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
        try {
            var setup = Setup.read(args, System.getenv(), Clock.systemUTC());
            setup.database().ifPresent(Raccroche::closeAtTheEnd);
            setup.properties().forEach(System::setProperty);
            setup.announcements().forEach(System.out::println);
        } catch (Refused | EmbeddedDatabase.InUse e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
        Quarkus.run(null, Raccroche::end, new String[0]);
    }

    private static final CountDownLatch APPLICATION_ENDED = new CountDownLatch(1);

    private static void end(int code, @Nullable Throwable failure) {
        if (failure != null) {
            System.err.println("Raccroche could not start: " + rootOf(failure).getMessage());
        }
        APPLICATION_ENDED.countDown();
        System.exit(code);
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    /** The database outlives the application by a moment, whatever ends the process short of a kill. */
    private static void closeAtTheEnd(EmbeddedDatabase database) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                if (!APPLICATION_ENDED.await(STOPPED_BY_SIGNAL_WAIT_SECONDS, TimeUnit.SECONDS)) {
                    System.err.println("The application takes long to stop; the database stops now.");
                }
                database.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (IOException e) {
                System.err.println("The embedded database did not stop cleanly: " + e.getMessage());
            }
        }));
    }
}
