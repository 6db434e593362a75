package fr.raccroche.youth;

import fr.raccroche.platform.Database;
import fr.raccroche.platform.Nothing;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Keeps no number longer than somebody is listed under it; what was said there is kept without it. */
@ApplicationScoped
class ForgottenTelephones {

    private final Database database;

    ForgottenTelephones(Database database) {
        this.database = database;
    }

    @Scheduled(every = "12h", delayed = "1h", skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> forget() {
        return database.inTransaction(Telephones::forget)
                .onFailure()
                .recoverWithUni(Nothing.but("Numbers of nobody could not be forgotten"));
    }
}
