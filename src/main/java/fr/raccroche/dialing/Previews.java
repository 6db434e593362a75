package fr.raccroche.dialing;

import fr.raccroche.campaign.AttemptResult;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.InTurn;
import fr.raccroche.platform.Nothing;
import fr.raccroche.platform.Outbox;
import fr.raccroche.platform.Sql;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;

/** Files that agents read before they call, or pass on. */
@ApplicationScoped
public class Previews {

    private final Database database;
    private final Attempts attempts;
    private final Agents agents;
    private final Settlement settlement;
    private final Claims claims;
    private final Outbox outbox;
    private final Bell bell;
    private final Clock clock;

    Previews(
            Database database,
            Attempts attempts,
            Agents agents,
            Settlement settlement,
            Claims claims,
            Outbox outbox,
            Bell bell,
            Clock clock) {
        this.database = database;
        this.attempts = attempts;
        this.agents = agents;
        this.settlement = settlement;
        this.claims = claims;
        this.outbox = outbox;
        this.bell = bell;
        this.clock = clock;
    }

    /** The agent pressed call: the file that they hold is dialled if the rules still allow it. */
    public Uni<Void> call(Sql sql, Attempt preview, Instant now) {
        return claims.mayCall(sql, preview, now)
                .chain(may -> may ? dial(sql, preview, now) : giveBack(sql, preview, now));
    }

    private Uni<Void> dial(Sql sql, Attempt preview, Instant now) {
        return attempts.promote(sql, preview, now)
                .chain(() -> agents.decided(sql, preview.agentId()))
                .chain(() -> agents.move(sql, preview.agentId(), Agents.State.DIALING, now))
                .chain(() -> outbox.put(sql, Outbox.CALLS_TO_PLACE, new CallToPlace(preview.id())));
    }

    /** The agent decided not to call now: the youth goes back to the queue and nothing is counted. */
    public Uni<Void> pass(Sql sql, Attempt preview, Instant now) {
        return agents.decided(sql, preview.agentId()).chain(() -> giveBack(sql, preview, now));
    }

    private Uni<Void> giveBack(Sql sql, Attempt preview, Instant now) {
        return settlement.settle(sql, preview, Ending.of(AttemptResult.PASSED), now);
    }

    /** A file that nobody decided about in the campaign's time goes back; after two in a row the agent pauses. */
    @Scheduled(
            every = "${raccroche.dialing.tick}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> end() {
        Instant now = clock.instant();
        return database.inTransaction(Stragglers::readTooLong)
                .chain(found -> InTurn.each(found, preview -> end(preview, now)))
                .onFailure()
                .recoverWithUni(Nothing.but("Files read too long could not go back"));
    }

    private Uni<Void> end(Attempt found, Instant now) {
        return database.inTransaction(sql -> attempts.ifOpen(
                        sql,
                        found.id(),
                        attempt -> attempt.state() != AttemptState.PREVIEW
                                ? Nothing.happens()
                                : agents.ranOut(sql, attempt.agentId()).chain(() -> giveBack(sql, attempt, now))))
                .invoke(() -> bell.ring(found.agentId()));
    }
}
