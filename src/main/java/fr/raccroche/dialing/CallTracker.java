package fr.raccroche.dialing;

import fr.raccroche.campaign.AttemptResult;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.InTurn;
import fr.raccroche.platform.Nothing;
import fr.raccroche.platform.Outbox;
import fr.raccroche.platform.Sql;
import fr.raccroche.telephony.CallStatus;
import fr.raccroche.telephony.Calls;
import fr.raccroche.telephony.VoiceWebhook;
import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jspecify.annotations.Nullable;

/**
 * Follows calls: applies what the network reports, in any order and however often, and repairs what it did not report.
 * The sweeper alone would bring every attempt to its end, with all webhooks lost.
 */
@ApplicationScoped
public class CallTracker {

    /**
     * One report on a call, from a webhook or from asking Twilio.
     *
     * @param dialled false when Twilio's own record says that the call never left its queue
     */
    record Report(
            String token,
            @Nullable String sid,
            CallStatus status,
            @Nullable Integer sipCode,
            boolean dialled) {

        Report(String token, @Nullable String sid, CallStatus status, @Nullable Integer sipCode) {
            this(token, sid, status, sipCode, true);
        }
    }

    private final Database database;
    private final Outbox outbox;
    private final Attempts attempts;
    private final Agents agents;
    private final Settlement settlement;
    private final Calls calls;
    private final Dialer dialer;
    private final AgentLine line;
    private final Clock clock;
    private final Event<Agents.Changed> changes;
    private final DialingConfig config;
    private volatile long lastRound;
    private volatile long steadySince;

    CallTracker(
            Database database,
            Outbox outbox,
            Attempts attempts,
            Agents agents,
            Settlement settlement,
            Calls calls,
            Dialer dialer,
            AgentLine line,
            Clock clock,
            Event<Agents.Changed> changes,
            DialingConfig config) {
        this.database = database;
        this.outbox = outbox;
        this.attempts = attempts;
        this.agents = agents;
        this.settlement = settlement;
        this.calls = calls;
        this.dialer = dialer;
        this.line = line;
        this.clock = clock;
        this.changes = changes;
        this.config = config;
    }

    @Incoming("call-events")
    Uni<Void> on(String payload) {
        long eventId = outbox.read(payload, VoiceWebhook.Reported.class).eventId();
        Instant now = clock.instant();
        return database.inTransaction(sql -> attempts.reported(sql, eventId)
                        .chain(reported ->
                                reported == null ? Uni.createFrom().item(Step.NONE) : step(sql, reported, now)))
                .invoke(step -> announce(step.changed()))
                .chain(step -> step.canceled() == null ? Nothing.happens() : canceled(step.canceled()));
    }

    /**
     * What a stored report led to.
     *
     * @param canceled a report that is not applied yet: Twilio is to say first whether the phone can have rung
     */
    private record Step(@Nullable Changed changed, @Nullable Report canceled) {

        static final Step NONE = new Step(null, null);
    }

    private Uni<Step> step(Sql sql, ReportedCall reported, Instant now) {
        return mayNotHaveRung(sql, reported)
                .chain(unsure -> unsure
                        ? Uni.createFrom().item(new Step(null, report(reported)))
                        : apply(sql, reported, now).map(changed -> new Step(changed, null)));
    }

    private Uni<Boolean> mayNotHaveRung(Sql sql, ReportedCall reported) {
        Attempt attempt = reported.attempt();
        return reported.status().equals("canceled") && attempt.isOpen() && attempt.rangAt() == null
                ? attempts.rang(sql, attempt.token()).map(rang -> !rang)
                : Uni.createFrom().item(false);
    }

    /** A ring whose report is late or lost counts: only Twilio's own record can say that there was none. */
    private Uni<Void> canceled(Report report) {
        return (report.sid() == null ? Nothing.<Calls.CallRecord>found() : calls.fetch(report.sid()))
                .onFailure()
                .recoverWithNull()
                .map(call -> new Report(
                        report.token(),
                        report.sid(),
                        report.status(),
                        report.sipCode(),
                        call == null || call.dialled()))
                .chain(known -> database.inTransaction(sql -> apply(sql, known, clock.instant())))
                .invoke(this::announce)
                .replaceWithVoid();
    }

    private Uni<@Nullable Changed> apply(Sql sql, ReportedCall reported, Instant now) {
        return reported.status().startsWith(VoiceWebhook.ANSWERED_BY)
                ? detected(sql, reported)
                : apply(sql, reported.attempt(), report(reported), now);
    }

    /** Whether a machine answered is a hint to the agent, and changes nothing else. */
    private Uni<@Nullable Changed> detected(Sql sql, ReportedCall reported) {
        Attempt attempt = reported.attempt();
        return isOther(attempt, reported.sid())
                ? Nothing.found()
                : attempts.answeredBy(sql, attempt.id(), reported.status().substring(VoiceWebhook.ANSWERED_BY.length()))
                        .replaceWith(new Changed(attempt, false));
    }

    private static Report report(ReportedCall reported) {
        String code = reported.sipCode();
        return new Report(
                reported.attempt().token(),
                reported.sid(),
                CallStatus.of(reported.status()),
                code == null || !code.matches("\\d{3}") ? null : Integer.valueOf(code));
    }

    /** Tells the agent; a call that is over left a text behind, and a line that the next youth may join. */
    private void announce(@Nullable Changed changed) {
        if (changed == null) {
            return;
        }
        changes.fire(new Agents.Changed(changed.attempt().agentId()));
        if (changed.over()) {
            outbox.nudge(Outbox.SMS_TO_SEND);
            dialer.nudge();
        }
    }

    /** An attempt of which something new is known, as it was before. */
    record Changed(Attempt attempt, boolean over) {}

    /** Applies a report to its attempt; null when it says nothing new. */
    Uni<@Nullable Changed> apply(Sql sql, Report report, Instant now) {
        return attempts.byToken(sql, report.token())
                .chain(attempt -> attempt == null ? Nothing.found() : apply(sql, attempt, report, now));
    }

    private Uni<@Nullable Changed> apply(Sql sql, Attempt attempt, Report report, Instant now) {
        AttemptState state = state(report.status());
        return isForeign(attempt, report) || state.rank() <= attempt.state().rank()
                ? Nothing.found()
                : attempts.advance(sql, attempt, state, report.sid(), now)
                        .chain(() -> follow(sql, attempt, state, report, now))
                        .replaceWith(new Changed(attempt, state.isOver()));
    }

    private static boolean isForeign(Attempt attempt, Report report) {
        return report.sid() != null && isOther(attempt, report.sid());
    }

    private static boolean isOther(Attempt attempt, String sid) {
        return attempt.callSid() != null && !attempt.callSid().equals(sid);
    }

    static AttemptState state(CallStatus status) {
        return switch (status) {
            case QUEUED, INITIATED -> AttemptState.QUEUED;
            case RINGING -> AttemptState.RINGING;
            case IN_PROGRESS -> AttemptState.ANSWERED;
            case COMPLETED -> AttemptState.COMPLETED;
            case BUSY -> AttemptState.BUSY;
            case NO_ANSWER -> AttemptState.NO_ANSWER;
            case FAILED -> AttemptState.FAILED;
            case CANCELED -> AttemptState.CANCELED;
        };
    }

    private Uni<Void> follow(Sql sql, Attempt before, AttemptState state, @Nullable Report report, Instant now) {
        if (!before.isOpen()) {
            return Nothing.happens();
        }
        Integer sipCode = report == null ? null : report.sipCode();
        return switch (state) {
            case ANSWERED -> agents.move(sql, before.agentId(), Agents.State.IN_CALL, now);
            case COMPLETED ->
                before.isUnheard()
                        ? settlement.settle(
                                sql, before, Ending.of(AttemptResult.ABANDONED).withCode(sipCode), now)
                        : agents.move(sql, before.agentId(), Agents.State.WRAP_UP, now);
            case BUSY ->
                settlement.settle(sql, before, Ending.of(AttemptResult.BUSY).withCode(sipCode), now);
            case NO_ANSWER ->
                settlement.settle(
                        sql, before, Ending.of(AttemptResult.NO_ANSWER).withCode(sipCode), now);
            case CANCELED ->
                settlement.settle(
                        sql,
                        before,
                        Ending.of(
                                        report == null || report.dialled() || before.rangAt() != null
                                                ? AttemptResult.NO_ANSWER
                                                : AttemptResult.NOT_PLACED)
                                .withCode(sipCode),
                        now);
            case FAILED ->
                attempts.rang(sql, before.token())
                        .chain(rang -> settlement.settle(
                                sql, before, Ending.of(unfinished(before, rang)).withCode(sipCode), now));
            case LOST -> settlement.settle(sql, before, Ending.of(AttemptResult.LOST), now);
            case PREVIEW, INTENT, DIALING, UNKNOWN, QUEUED, RINGING, PASSED -> Nothing.happens();
        };
    }

    /** A call that failed after it rang used an attempt up; one that never rang did not. */
    private static AttemptResult unfinished(Attempt attempt, boolean rang) {
        return attempt.rangAt() == null && !rang ? AttemptResult.TECHNICAL : AttemptResult.NO_ANSWER;
    }

    @Scheduled(
            every = "${raccroche.dialing.sweep:5s}",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> sweep() {
        return database.inTransaction(attempts::doubtExpired)
                .chain(() -> repair(AttemptState.UNKNOWN, this::resolve))
                .chain(() -> repair(AttemptState.INTENT, this::putAgain))
                .chain(this::takeBack)
                .chain(line::leaveNobodyAlone)
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
                attempt -> leaveNobodyInSilence(attempt).chain(() -> ask(attempt)));
    }

    /** The agent's line broke, and the sentence that the youth should have heard was lost too. */
    private Uni<Void> leaveNobodyInSilence(Attempt attempt) {
        String sid = attempt.callSid();
        return attempt.state() != AttemptState.ANSWERED || sid == null
                ? Nothing.happens()
                : database.inTransaction(sql -> agents.peek(sql, attempt.agentId()))
                        .chain(agent ->
                                agent != null && agent.audio() ? Nothing.happens() : line.apologise(attempt, sid));
    }

    /** An agent whose line is over, without a word from the network, would answer calls that nobody hears. */
    @Scheduled(
            every = "${raccroche.dialing.silence:60s}",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> checkLines() {
        return database.inTransaction(agents::lines)
                .chain(lines -> InTurn.each(lines, this::check))
                .onFailure()
                .recoverWithUni(Nothing.but("The lines of the agents could not be checked"));
    }

    private Uni<Void> check(Agents.Line connected) {
        return calls.fetch(connected.callSid())
                .chain(call -> call == null || call.status().isFinal()
                        ? line.gone(connected.agentId(), connected.callSid())
                        : Nothing.happens());
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
        return database.inTransaction(sql -> outbox.put(sql, Outbox.CALLS_TO_PLACE, new Dialer.ToPlace(attempt.id()))
                        .chain(() -> attempts.touch(sql, attempt.id())))
                .invoke(() -> outbox.nudge(Outbox.CALLS_TO_PLACE));
    }

    /** Did Twilio take this call? Its own list knows; an unknown call is given up after the grace time, and counts. */
    private Uni<Void> resolve(Attempt attempt) {
        return database.inTransaction(sql -> from(sql, attempt))
                .chain(from -> calls.between(from.number(), attempt.e164(), from.since())
                        .chain(this::unbound)
                        .onFailure(failure -> from.expired())
                        .recoverWithItem(List.of())
                        .chain(unbound -> unbound.size() == 1
                                ? learned(attempt, unbound.getFirst())
                                : from.expired() ? lost(attempt) : Nothing.happens()));
    }

    private record Asked(String number, Instant since, boolean expired) {}

    private Uni<Asked> from(Sql sql, Attempt attempt) {
        return sql.query("""
                        select coalesce(a.shown, c.caller_number) as shown, a.planned_at,
                               a.lease_until < now() - :millis * interval '1 millisecond' as expired
                        from call_attempt a join campaign c on c.id = a.campaign_id where a.id = :id""")
                .set("millis", config.grace().toMillis())
                .set("id", attempt.id())
                .one(row ->
                        new Asked(row.text("shown"), row.instant("planned_at").minusSeconds(60), row.flag("expired")));
    }

    private Uni<List<Calls.CallRecord>> unbound(List<Calls.CallRecord> found) {
        return database.inTransaction(sql -> {
            Uni<List<Calls.CallRecord>> free = Uni.createFrom().item(List.of());
            for (Calls.CallRecord call : found) {
                free = free.chain(
                        list -> attempts.isBound(sql, call.sid()).map(bound -> bound ? list : with(list, call)));
            }
            return free;
        });
    }

    private static List<Calls.CallRecord> with(List<Calls.CallRecord> list, Calls.CallRecord call) {
        return Stream.concat(list.stream(), Stream.of(call)).toList();
    }

    private Uni<Void> lost(Attempt attempt) {
        Instant now = clock.instant();
        return database.inTransaction(sql -> attempts.ifOpen(
                        sql,
                        attempt.id(),
                        current -> current.state() == AttemptState.UNKNOWN
                                ? end(sql, current, AttemptState.LOST, now)
                                : Nothing.found()))
                .invoke(this::announce)
                .replaceWithVoid();
    }

    private Uni<Void> ask(Attempt attempt) {
        return attempt.callSid() == null
                ? Nothing.happens()
                : calls.fetch(attempt.callSid())
                        .chain(call -> call == null ? vanished(attempt) : learned(attempt, call));
    }

    /** Twilio no longer knows the call: it is over, and whether it rang nobody can say. */
    private Uni<Void> vanished(Attempt attempt) {
        Instant now = clock.instant();
        return database.inTransaction(sql -> attempts.byId(sql, attempt.id())
                        .chain(current -> current == null || current.state().isOver()
                                ? Nothing.found()
                                : end(
                                        sql,
                                        current,
                                        current.answeredAt() == null ? AttemptState.LOST : AttemptState.COMPLETED,
                                        now)))
                .invoke(this::announce)
                .replaceWithVoid();
    }

    private Uni<@Nullable Changed> end(Sql sql, Attempt attempt, AttemptState state, Instant now) {
        return attempts.advance(sql, attempt, state, null, now)
                .chain(() -> follow(sql, attempt, state, null, now))
                .replaceWith(new Changed(attempt, true));
    }

    private Uni<Void> learned(Attempt attempt, Calls.CallRecord call) {
        Instant now = clock.instant();
        var report = new Report(attempt.token(), call.sid(), call.status(), null, call.dialled());
        return database.inTransaction(sql -> apply(sql, report, now).call(() -> attempts.touch(sql, attempt.id())))
                .invoke(this::announce)
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

    /** Agents who are gone no longer get calls; what they left unfinished goes back, without an invented outcome. */
    private Uni<Void> takeBack() {
        Instant now = clock.instant();
        return (pagesCouldBeSeen()
                        ? database.inTransaction(sql -> agents.signOffAbsent(sql, now))
                        : Uni.createFrom().item(List.<Long>of()))
                .invoke(gone -> gone.forEach(agent -> changes.fire(new Agents.Changed(agent))))
                .chain(() -> each(
                        database.inTransaction(sql -> Stragglers.abandonedBy(sql, config.forgotten())),
                        attempt -> forgotten(attempt, now)));
    }

    private Uni<Void> forgotten(Attempt found, Instant now) {
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
