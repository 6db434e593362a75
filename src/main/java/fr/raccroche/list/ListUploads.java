package fr.raccroche.list;

import fr.raccroche.directory.Directory;
import fr.raccroche.list.ListImport.Upload;
import fr.raccroche.platform.Problem;
import io.agroal.api.AgroalDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.WorkerExecutor;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Clock;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Takes list files in, one at a time on a thread of their own: whoever waits holds neither a database connection nor a
 * thread that sign-in needs.
 */
@ApplicationScoped
public class ListUploads {

    private final AgroalDataSource source;
    private final Directory directory;
    private final WorkerExecutor turn;
    private final ListMessages messages;
    private final Clock clock;

    ListUploads(AgroalDataSource source, Directory directory, Vertx vertx, ListMessages messages, Clock clock) {
        this.source = source;
        this.directory = directory;
        this.turn = vertx.createSharedWorkerExecutor("raccroche-lists", 1);
        this.messages = messages;
        this.clock = clock;
    }

    /**
     * Loads a CSV file and gives the id of its list; the same bytes again give the same list.
     *
     * @param fileName as the sender named it
     * @param name the list's name for people
     * @param referenceDate the day on which ages count
     * @param account who loads it; null when the program itself does
     * @return fails with a {@link Problem} 400 when the file is refused as a whole; nothing of it is kept then
     */
    public Uni<Long> load(Path file, String fileName, String name, LocalDate referenceDate, @Nullable Long account) {
        var upload = new Upload(file, fileName, name, referenceDate, account, clock.instant());
        return turn.executeBlocking(() -> load(upload), true);
    }

    private Long load(Upload upload) throws Exception {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            return new ListImport(connection, directory.communes()).load(upload);
        } catch (Refused refused) {
            throw Problem.badRequest("list-refused", sentence(refused));
        }
    }

    private String sentence(Refused refused) {
        String detail = refused.detail();
        return detail == null
                ? messages.refused(refused.reason())
                : messages.refused(refused.reason()) + " " + detail + ".";
    }
}
