package fr.raccroche.dialing;

import fr.raccroche.campaign.AttemptResult;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Nothing;
import fr.raccroche.platform.Outbox;
import fr.raccroche.platform.Sql;
import fr.raccroche.telephony.CallRecord;
import fr.raccroche.telephony.CallStatus;
import fr.raccroche.telephony.Calls;
import fr.raccroche.telephony.VoiceWebhook;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Predicate;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jspecify.annotations.Nullable;

/**
 * Follows calls: applies what the network reports, in any order and however often. What it does not report the
 * {@link Sweeper} finds out.
 */
@ApplicationScoped
public class CallTracker {

    private final Database database;
    private final Outbox outbox;
    private final Attempts attempts;
    private final Agents agents;
    private final Settlement settlement;
    private final Calls calls;
    private final Bell bell;
    private final Clock clock;

    CallTracker(
            Database database,
            Outbox outbox,
            Attempts attempts,
            Agents agents,
            Settlement settlement,
            Calls calls,
            Bell bell,
            Clock clock) {
        this.database = database;
        this.outbox = outbox;
        this.attempts = attempts;
        this.agents = agents;
        this.settlement = settlement;
        this.calls = calls;
        this.bell = bell;
        this.clock = clock;
    }

    @Incoming(Outbox.CALL_EVENTS)
    Uni<Void> on(String payload) {
        long eventId = outbox.read(payload, VoiceWebhook.Reported.class).eventId();
        Instant now = clock.instant();
        return database.inTransaction(sql -> attempts.reported(sql, eventId)
                        .chain(reported ->
                                reported == null ? Uni.createFrom().item(Effect.NONE) : step(sql, reported, now)))
                .invoke(effect -> announce(effect.moved()))
                .chain(effect -> effect.canceled() == null ? Nothing.happens() : canceled(effect.canceled()));
    }

    /**
     * What a stored report led to.
     *
     * @param canceled a report that is not applied yet: Twilio is to say first whether the phone can have rung
     */
    private record Effect(@Nullable Moved moved, @Nullable CallReport canceled) {

        static final Effect NONE = new Effect(null, null);
    }

    private Uni<Effect> step(Sql sql, ReportedCall reported, Instant now) {
        return mayNotHaveRung(sql, reported)
                .chain(unsure -> unsure
                        ? Uni.createFrom().item(new Effect(null, report(reported)))
                        : apply(sql, reported, now).map(moved -> new Effect(moved, null)));
    }

    private Uni<Boolean> mayNotHaveRung(Sql sql, ReportedCall reported) {
        Attempt attempt = reported.attempt();
        return reported.status().equals("canceled") && attempt.isOpen() && attempt.rangAt() == null
                ? attempts.rang(sql, attempt.token()).map(rang -> !rang)
                : Uni.createFrom().item(false);
    }

    /** A ring whose report is late or lost counts: only Twilio's own record can say that there was none. */
    private Uni<Void> canceled(CallReport report) {
        return (report.sid() == null ? Nothing.<CallRecord>found() : calls.fetch(report.sid()))
                .onFailure()
                .recoverWithNull()
                .map(call -> new CallReport(
                        report.token(),
                        report.sid(),
                        report.status(),
                        report.sipCode(),
                        call == null || call.dialled()))
                .chain(known -> database.inTransaction(sql -> apply(sql, known, clock.instant())))
                .invoke(this::announce)
                .replaceWithVoid();
    }

    private Uni<@Nullable Moved> apply(Sql sql, ReportedCall reported, Instant now) {
        return reported.status().startsWith(VoiceWebhook.ANSWERED_BY)
                ? detected(sql, reported)
                : apply(sql, reported.attempt(), report(reported), now);
    }

    /** Whether a machine answered is a hint to the agent, and changes nothing else. */
    private Uni<@Nullable Moved> detected(Sql sql, ReportedCall reported) {
        Attempt attempt = reported.attempt();
        return isOther(attempt, reported.sid())
                ? Nothing.found()
                : attempts.answeredBy(sql, attempt.id(), reported.status().substring(VoiceWebhook.ANSWERED_BY.length()))
                        .replaceWith(new Moved(attempt, false));
    }

    private static CallReport report(ReportedCall reported) {
        String code = reported.sipCode();
        return new CallReport(
                reported.attempt().token(),
                reported.sid(),
                CallStatus.of(reported.status()),
                code == null || !code.matches("\\d{3}") ? null : Integer.valueOf(code));
    }

    /** Tells the agent; a call that is over left a text behind, and a line that the next youth may join. */
    private void announce(@Nullable Moved moved) {
        if (moved == null) {
            return;
        }
        if (moved.over()) {
            outbox.nudge(Outbox.SMS_TO_SEND);
            bell.ring(moved.attempt().agentId());
        } else {
            bell.tell(moved.attempt().agentId());
        }
    }

    /** An attempt of which something new is known, as it was before. */
    public record Moved(Attempt attempt, boolean over) {}

    /** Applies a report to its attempt; null when it says nothing new. */
    public Uni<@Nullable Moved> apply(Sql sql, CallReport report, Instant now) {
        return attempts.byToken(sql, report.token())
                .chain(attempt -> attempt == null ? Nothing.found() : apply(sql, attempt, report, now));
    }

    private Uni<@Nullable Moved> apply(Sql sql, Attempt attempt, CallReport report, Instant now) {
        AttemptState state = state(report.status());
        return isForeign(attempt, report) || state.rank() <= attempt.state().rank()
                ? Nothing.found()
                : attempts.advance(sql, attempt, state, report.sid(), now)
                        .chain(() -> follow(sql, attempt, state, report, now))
                        .replaceWith(new Moved(attempt, state.isOver()));
    }

    private static boolean isForeign(Attempt attempt, CallReport report) {
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

    private Uni<Void> follow(Sql sql, Attempt before, AttemptState state, @Nullable CallReport report, Instant now) {
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

    /** Twilio took the call. */
    Uni<Void> placed(long id, String sid) {
        return database.inTransaction(sql -> attempts.placed(sql, id, sid));
    }

    /** Nobody knows whether Twilio took the call: the sweeper finds out. */
    Uni<Void> inDoubt(long id) {
        return database.inTransaction(sql -> attempts.inDoubt(sql, id));
    }

    /**
     * Twilio is not asked for the call: no phone rings. An event that comes twice may have been answered meanwhile by the
     * other one's request, and then the call takes its course.
     */
    Uni<Void> notAsked(long id) {
        return fail(id, AttemptResult.NOT_PLACED, null, attempt -> attempt.state() == AttemptState.INTENT);
    }

    /**
     * Twilio surely did not take the call: no phone rings.
     *
     * @param code Twilio's code; null when it was not reached
     */
    Uni<Void> notPlaced(long id, AttemptResult result, @Nullable Integer code) {
        return fail(id, result, code, attempt -> true);
    }

    private Uni<Void> fail(long id, AttemptResult result, @Nullable Integer code, Predicate<Attempt> stillSo) {
        Instant now = clock.instant();
        return database.inTransaction(sql -> attempts.ifOpen(
                        sql,
                        id,
                        attempt -> stillSo.test(attempt)
                                ? attempts.advance(sql, attempt, AttemptState.FAILED, null, now)
                                        .chain(() -> settlement.settle(
                                                sql, attempt, Ending.of(result).withCode(code), now))
                                        .replaceWith(attempt)
                                : Nothing.found()))
                .invoke(attempt -> {
                    if (attempt != null) {
                        bell.ring(attempt.agentId());
                    }
                })
                .replaceWithVoid();
    }

    /** An attempt in doubt that Twilio does not know is given up, and counts. */
    Uni<Void> lost(Attempt attempt) {
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

    /** Twilio no longer knows the call: it is over, and whether it rang nobody can say. */
    Uni<Void> vanished(Attempt attempt) {
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

    private Uni<@Nullable Moved> end(Sql sql, Attempt attempt, AttemptState state, Instant now) {
        return attempts.advance(sql, attempt, state, null, now)
                .chain(() -> follow(sql, attempt, state, null, now))
                .replaceWith(new Moved(attempt, true));
    }

    /** Twilio itself says how the call stands. */
    Uni<Void> learned(Attempt attempt, CallRecord call) {
        Instant now = clock.instant();
        var report = new CallReport(attempt.token(), call.sid(), call.status(), null, call.dialled());
        return database.inTransaction(sql -> apply(sql, report, now).call(() -> attempts.touch(sql, attempt.id())))
                .invoke(this::announce)
                .replaceWithVoid();
    }
}
