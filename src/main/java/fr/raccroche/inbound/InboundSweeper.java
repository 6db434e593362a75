package fr.raccroche.inbound;

import fr.raccroche.dialing.DialingConfig;
import fr.raccroche.dialing.LineWatch;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.InTurn;
import fr.raccroche.platform.Nothing;
import fr.raccroche.telephony.Calls;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;

/** Looks after calls that came in and of which nothing is heard any more. */
@ApplicationScoped
class InboundSweeper {

    private final Database database;
    private final CallsIn inbound;
    private final CallEnds ends;
    private final LineWatch watch;
    private final Calls calls;
    private final Clock clock;
    private final DialingConfig config;

    InboundSweeper(
            Database database,
            CallsIn inbound,
            CallEnds ends,
            LineWatch watch,
            Calls calls,
            Clock clock,
            DialingConfig config) {
        this.database = database;
        this.inbound = inbound;
        this.ends = ends;
        this.watch = watch;
        this.calls = calls;
        this.clock = clock;
        this.config = config;
    }

    /** Twilio never said that a call ended, or an agent left while nobody knew who was on the line. */
    @Scheduled(
            every = "${raccroche.dialing.sweep}",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> sweep() {
        Instant now = clock.instant();
        return database.inTransaction(sql -> inbound.silentFor(sql, config.silence()))
                .chain(silent -> InTurn.each(silent, sid -> lookAfter(sid, now)))
                .chain(() -> database.inTransaction(sql -> inbound.forgottenBy(sql, config.forgotten())))
                .chain(agents -> InTurn.each(agents, agent -> ends.forget(agent, now)))
                .onFailure()
                .recoverWithUni(Nothing.but("Calls that came in could not be looked after"));
    }

    private Uni<Void> lookAfter(String callSid, Instant now) {
        return calls.fetch(callSid)
                .chain(call -> call == null || call.status().isFinal()
                        ? ends.ended(callSid, now)
                        : database.inTransaction(sql -> inbound.bySid(sql, callSid))
                                .chain(caller ->
                                        caller == null ? Nothing.happens() : watch.leaveNobodyInSilence(caller)));
    }
}
