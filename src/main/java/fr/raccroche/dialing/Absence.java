package fr.raccroche.dialing;

import fr.raccroche.campaign.AttemptResult;
import fr.raccroche.platform.Database;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Agents who are gone: they no longer get calls, and what they left unfinished goes back. */
@ApplicationScoped
class Absence {

    private final Database database;
    private final Attempts attempts;
    private final Agents agents;
    private final Settlement settlement;
    private final Bell bell;
    private final Clock clock;
    private volatile long lastRound;
    private volatile long steadySince;

    Absence(Database database, Attempts attempts, Agents agents, Settlement settlement, Bell bell, Clock clock) {
        this.database = database;
        this.attempts = attempts;
        this.agents = agents;
        this.settlement = settlement;
        this.bell = bell;
        this.clock = clock;
    }

    /** Agents whose page is gone no longer wait for calls. */
    Uni<Void> signOff() {
        Instant now = clock.instant();
        return (pagesCouldBeSeen()
                        ? database.inTransaction(sql -> agents.signOffAbsent(sql, now))
                        : Uni.createFrom().item(List.<Long>of()))
                .invoke(gone -> gone.forEach(bell::tell))
                .replaceWithVoid();
    }

    /** After an outage of ours nobody's page was seen: who is there keeps their place, and calls come when it is seen. */
    private boolean pagesCouldBeSeen() {
        long now = System.nanoTime();
        if (lastRound == 0 || now - lastRound > Agents.ABSENCE.toNanos() / 2) {
            steadySince = now;
        }
        lastRound = now;
        return now - steadySince > Agents.ABSENCE.toNanos();
    }

    /** What somebody left unfinished goes back, without an invented outcome. */
    Uni<Void> giveBack(Attempt found) {
        Instant now = clock.instant();
        return database.inTransaction(sql -> attempts.ifOpen(
                sql,
                found.id(),
                attempt -> agents.want(sql, attempt.agentId(), Agents.State.OFFLINE)
                        .chain(() -> settlement.settle(
                                sql,
                                attempt,
                                Ending.of(
                                        attempt.state() == AttemptState.PREVIEW
                                                ? AttemptResult.PASSED
                                                : AttemptResult.INTERRUPTED),
                                now))));
    }
}
