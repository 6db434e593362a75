package fr.raccroche.dialing;

import fr.raccroche.platform.Database;
import fr.raccroche.platform.InTurn;
import fr.raccroche.platform.Nothing;
import fr.raccroche.platform.Outbox;
import fr.raccroche.telephony.CallRecord;
import fr.raccroche.telephony.Calls;
import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.Stream;

/**
 * Repairs what the network did not report. It alone would bring every attempt to its end, with all webhooks lost.
 */
@ApplicationScoped
public class Sweeper {

    /** The name under which the scheduler knows the check of the agents' lines. */
    static final String LINES = "lines of agents";

    private final Database database;
    private final Outbox outbox;
    private final Attempts attempts;
    private final Calls calls;
    private final CallTracker tracker;
    private final LineWatch watch;
    private final Absence absence;
    private final DialingConfig config;

    Sweeper(
            Database database,
            Outbox outbox,
            Attempts attempts,
            Calls calls,
            CallTracker tracker,
            LineWatch watch,
            Absence absence,
            DialingConfig config) {
        this.database = database;
        this.outbox = outbox;
        this.attempts = attempts;
        this.calls = calls;
        this.tracker = tracker;
        this.watch = watch;
        this.absence = absence;
        this.config = config;
    }

    @Scheduled(
            every = "${raccroche.dialing.sweep}",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> sweep() {
        return database.inTransaction(attempts::doubtExpired)
                .chain(() -> repair(AttemptState.UNKNOWN, this::resolve))
                .chain(() -> repair(AttemptState.INTENT, this::putAgain))
                .chain(this::takeBack)
                .chain(watch::leaveNobodyAlone)
                .chain(this::hangUpLeftovers)
                .chain(this::hangUpUnwanted)
                .chain(this::askTwilio)
                .onFailure()
                .recoverWithUni(failure -> {
                    Log.warnf(failure, "The sweeper could not finish its round. Will be tried again.");
                    return Nothing.happens();
                });
    }

    /** The outcome is recorded, but the youth may still wait in the agent's conference. */
    private Uni<Void> hangUpLeftovers() {
        return each(
                database.inTransaction(Stragglers::leftOnTheLine),
                attempt -> calls.hangUp(String.valueOf(attempt.callSid())).chain(() -> ask(attempt)));
    }

    /** Nobody's phone goes on ringing who objected meanwhile, whatever way that came in. */
    public Uni<Void> hangUpUnwanted() {
        return each(
                database.inTransaction(Stragglers::unwanted),
                attempt -> calls.hangUp(String.valueOf(attempt.callSid())).chain(() -> ask(attempt)));
    }

    private interface Repair {
        Uni<Void> apply(Attempt attempt);
    }

    private Uni<Void> repair(AttemptState state, Repair repair) {
        return each(
                database.inTransaction(
                        sql -> Stragglers.silentFor(sql, config.silence().dividedBy(4), state)),
                repair);
    }

    private Uni<Void> askTwilio() {
        return each(
                database.inTransaction(sql -> Stragglers.silentFor(
                        sql, config.silence(), AttemptState.QUEUED, AttemptState.RINGING, AttemptState.ANSWERED)),
                attempt -> watch.leaveNobodyInSilence(attempt).chain(() -> ask(attempt)));
    }

    /** Lines of agents that are over, without a word from the network. */
    @Scheduled(
            identity = LINES,
            every = "${raccroche.dialing.silence}",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> checkLines() {
        return watch.checkLines()
                .onFailure()
                .recoverWithUni(Nothing.but("The lines of the agents could not be checked"));
    }

    /** One after the other; one that fails is tried again in the next round and does not stop the others. */
    private Uni<Void> each(Uni<List<Attempt>> found, Repair repair) {
        return found.chain(attempts ->
                InTurn.eachOnItsOwn(attempts, attempt -> orLater(attempt, repair), "An attempt could not be repaired"));
    }

    private Uni<Void> orLater(Attempt attempt, Repair repair) {
        return repair.apply(attempt)
                .onFailure()
                .call(() -> database.inTransaction(sql -> attempts.touch(sql, attempt.id())));
    }

    /** An intent whose event is stuck: the event is put again; the state lets only one of them dial. */
    private Uni<Void> putAgain(Attempt attempt) {
        return database.inTransaction(sql -> outbox.put(sql, Outbox.CALLS_TO_PLACE, new CallToPlace(attempt.id()))
                        .chain(() -> attempts.touch(sql, attempt.id())))
                .invoke(() -> outbox.nudge(Outbox.CALLS_TO_PLACE));
    }

    /** Did Twilio take this call? Its own list knows; an unknown call is given up after the grace time, and counts. */
    private Uni<Void> resolve(Attempt attempt) {
        return database.inTransaction(sql -> Stragglers.doubt(sql, attempt, config.grace()))
                .chain(doubt -> calls.between(doubt.number(), attempt.e164(), doubt.since())
                        .chain(this::unbound)
                        .onFailure(failure -> doubt.expired())
                        .recoverWithItem(List.of())
                        .chain(unbound -> unbound.size() == 1
                                ? tracker.learned(attempt, unbound.getFirst())
                                : doubt.expired() ? tracker.lost(attempt) : Nothing.happens()));
    }

    private Uni<List<CallRecord>> unbound(List<CallRecord> found) {
        return database.inTransaction(sql -> {
            Uni<List<CallRecord>> free = Uni.createFrom().item(List.of());
            for (CallRecord call : found) {
                free = free.chain(
                        list -> attempts.isBound(sql, call.sid()).map(bound -> bound ? list : with(list, call)));
            }
            return free;
        });
    }

    private static List<CallRecord> with(List<CallRecord> list, CallRecord call) {
        return Stream.concat(list.stream(), Stream.of(call)).toList();
    }

    private Uni<Void> ask(Attempt attempt) {
        return attempt.callSid() == null
                ? Nothing.happens()
                : calls.fetch(attempt.callSid())
                        .chain(call -> call == null ? tracker.vanished(attempt) : tracker.learned(attempt, call));
    }

    /** Agents who are gone no longer get calls; what they left unfinished goes back. */
    private Uni<Void> takeBack() {
        return absence.signOff()
                .chain(() -> each(
                        database.inTransaction(sql -> Stragglers.abandonedBy(sql, config.forgotten())),
                        absence::giveBack));
    }
}
