package fr.raccroche.dialing;

import fr.raccroche.campaign.AttemptResult;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Nothing;
import fr.raccroche.platform.Outbox;
import fr.raccroche.telephony.Calls;
import fr.raccroche.telephony.Placement;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Dials attempts that wait for it. The only class that asks for calls. */
@ApplicationScoped
class Placing {

    private final Database database;
    private final Outbox outbox;
    private final LastCheck check;
    private final Calls calls;
    private final TwilioWatch twilio;
    private final CallTurns turns;
    private final CallTracker tracker;
    private final Clock clock;

    Placing(
            Database database,
            Outbox outbox,
            LastCheck check,
            Calls calls,
            TwilioWatch twilio,
            CallTurns turns,
            CallTracker tracker,
            Clock clock) {
        this.database = database;
        this.outbox = outbox;
        this.check = check;
        this.calls = calls;
        this.twilio = twilio;
        this.turns = turns;
        this.tracker = tracker;
        this.clock = clock;
    }

    /** Dials an attempt: when it is the account's turn, under a lease, committed before Twilio is asked, asked once. */
    @Incoming(Outbox.CALLS_TO_PLACE)
    Uni<Void> place(String payload) {
        return place(outbox.read(payload, CallToPlace.class).attemptId());
    }

    private Uni<Void> place(long id) {
        return database.inTransaction(sql -> check.step(sql, id, clock.instant()))
                .chain(step -> switch (step) {
                    case LastCheck.Step.Dial dial ->
                        calls.place(dial.order()).chain(placement -> placed(id, placement));
                    case LastCheck.Step.Wait wait -> turns.waitUntil(wait.at()).chain(() -> place(id));
                    case LastCheck.Step.GiveBack back -> tracker.notAsked(id);
                    case LastCheck.Step.Nothing nothing -> Nothing.happens();
                });
    }

    private Uni<Void> placed(long id, Placement placement) {
        return switch (placement) {
            case Placement.Placed placed -> {
                twilio.succeeded();
                yield tracker.placed(id, placed.sid());
            }
            case Placement.InDoubt doubt -> tracker.inDoubt(id).chain(twilio::failed);
            case Placement.NotPlaced refused
            when refused.isTooFast() ->
                database.inTransaction(sql -> turns.refused(sql, clock.instant()))
                        .chain(() -> tracker.notPlaced(id, AttemptResult.NOT_PLACED, refused.code()));
            case Placement.NotPlaced refused
            when refused.isForbidden() -> {
                Log.errorf(
                        "Twilio may not call there (code %s): look at the account's geographic permissions.",
                        refused.code());
                yield tracker.notPlaced(id, AttemptResult.TECHNICAL, refused.code());
            }
            case Placement.NotPlaced refused
            when refused.isOurs() ->
                tracker.notPlaced(id, AttemptResult.NOT_PLACED, refused.code()).chain(twilio::failed);
            case Placement.NotPlaced refused -> tracker.notPlaced(id, AttemptResult.TECHNICAL, refused.code());
        };
    }
}
