package fr.raccroche.dialing;

import fr.raccroche.campaign.AttemptResult;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Nothing;
import fr.raccroche.platform.Sql;
import fr.raccroche.telephony.Calls;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;

/** Takes leave of people with whom nobody talks: they hear a sentence instead of silence, and what follows is settled. */
@ApplicationScoped
class Farewell {

    private final Database database;
    private final Attempts attempts;
    private final CallbackBooking booking;
    private final Settlement settlement;
    private final Calls calls;
    private final LastWords words;
    private final Clock clock;
    private final DialingConfig config;

    Farewell(
            Database database,
            Attempts attempts,
            CallbackBooking booking,
            Settlement settlement,
            Calls calls,
            LastWords words,
            Clock clock,
            DialingConfig config) {
        this.database = database;
        this.attempts = attempts;
        this.booking = booking;
        this.settlement = settlement;
        this.calls = calls;
        this.words = words;
        this.clock = clock;
        this.config = config;
    }

    Uni<Void> takeLeave(LeftAlone left) {
        if (left.attempt() != null) {
            return takeLeave(left.attempt());
        }
        return left.caller() == null
                ? Nothing.happens()
                : apologise(left.caller().callSid());
    }

    /**
     * A talk that broke off has an outcome to be recorded; who never heard an agent was abandoned. A phone that still rings
     * stops: whoever picks up at this very moment passes the gate.
     */
    private Uni<Void> takeLeave(Attempt left) {
        String sid = left.callSid();
        if (left.state() != AttemptState.ANSWERED) {
            return sid == null ? Nothing.happens() : calls.cancel(sid);
        }
        return (left.isAlone() ? abandon(left) : Nothing.happens())
                .chain(() -> sid == null ? Nothing.happens() : apologise(left, sid));
    }

    private Uni<Void> abandon(Attempt alone) {
        Instant now = clock.instant();
        return database.inTransaction(sql -> attempts.ifOpen(
                        sql,
                        alone.id(),
                        attempt -> attempt.isAlone() ? abandon(sql, attempt, now) : Nothing.<Void>found()))
                .replaceWithVoid();
    }

    private Uni<Void> abandon(Sql sql, Attempt attempt, Instant now) {
        return settlement
                .settle(sql, attempt, Ending.of(AttemptResult.ABANDONED), now)
                .chain(() -> callBack(sql, attempt, now))
                .chain(() -> words.to(sql, attempt))
                .replaceWithVoid();
    }

    /** Whom we called is called again anyway; who rang us, and found nobody there, is called back. */
    private Uni<Void> callBack(Sql sql, Attempt abandoned, Instant now) {
        return abandoned.inbound()
                ? booking.book(sql, abandoned.campaignId(), abandoned.youthId(), now.plus(config.callsBackAfter()), now)
                        .replaceWithVoid()
                : Nothing.happens();
    }

    /** Says the sentence to the youth of an attempt. */
    Uni<Void> apologise(Attempt attempt, String callSid) {
        return database.inTransaction(sql -> words.to(sql, attempt))
                .chain(sentence -> calls.sayAndHangUp(callSid, sentence))
                .chain(said -> said
                        ? Nothing.happens()
                        : database.inTransaction(sql -> attempts.speakNoMore(sql, attempt.id())));
    }

    /** Says the sentence to a caller whom nobody knows yet. */
    Uni<Void> apologise(String callSid) {
        return calls.sayAndHangUp(callSid, words.toCaller()).replaceWithVoid();
    }
}
