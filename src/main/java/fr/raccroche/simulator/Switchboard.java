package fr.raccroche.simulator;

import fr.raccroche.simulator.Call.Status;
import fr.raccroche.simulator.People.Reaction;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Places calls, lets phones ring, connects and ends calls, and tells the account about each step. */
final class Switchboard {

    private static final Duration DIALLING = Duration.ofMillis(200);
    private static final Duration SETUP = Duration.ofSeconds(1);
    private static final Duration CALL_WAITING = Duration.ofSeconds(3);
    private static final Duration LONGEST_RECORDING = Duration.ofSeconds(90);
    private static final int KEPT_CALLS = 20_000;

    private final Exchange exchange;
    private final Timeline timeline;
    private final CallPlayer player;
    private final Conferences conferences;
    private final Map<String, Call> calls = new LinkedHashMap<>();
    /** Live calls per number; a second one finds the line engaged. */
    private final Map<String, Integer> engaged = new HashMap<>();

    private int liveToPeople;

    Switchboard(Exchange exchange) {
        this.exchange = exchange;
        this.timeline = exchange.timeline();
        this.conferences = new Conferences(exchange, this);
        this.player = new CallPlayer(exchange, this, conferences);
        conferences.onLeaving(player::leftConference);
    }

    Conferences conferences() {
        return conferences;
    }

    Optional<Call> find(String sid) {
        return Optional.ofNullable(calls.get(sid));
    }

    /** Newest first. */
    List<Call> newestFirst() {
        return List.copyOf(calls.values()).reversed();
    }

    /** Calls to people that are not over. */
    int liveToPeople() {
        return liveToPeople;
    }

    /** Takes the order; nothing happens before {@link #dial}. */
    Call place(Call.Order order) {
        Call call = register(new Call(exchange.sids().next("CA"), order, timeline.now(), null));
        liveToPeople++;
        return call;
    }

    /** Begins the call; the request that placed it has been answered. */
    void dial(Call call) {
        call.plan(timeline.after(DIALLING, () -> initiated(call)));
    }

    /** A softphone calls in; the application URL says what happens next. */
    Call callIn(Headset headset) {
        var order = new Call.Order(
                "client:" + headset.identity(),
                "",
                exchange.settings().applicationVoiceUrl(),
                null,
                null,
                null,
                Set.of(),
                Exchange.NO_LIMIT,
                Exchange.NO_LIMIT,
                null);
        Call call = register(new Call(exchange.sids().next("CA"), order, timeline.now(), headset));
        call.status = Status.RINGING;
        call.started = timeline.now();
        return call;
    }

    /** Asks for the first instructions of a leg that is connected. */
    void play(Call call) {
        player.start(call);
    }

    /** New instructions for a call in progress. */
    void redirect(Call call, @Nullable String url, @Nullable String twiml) {
        conferences.leave(call, false);
        player.restart(call, url, twiml);
    }

    void answered(Call call) {
        call.status = Status.IN_PROGRESS;
        call.answered = timeline.now();
        call.updated = timeline.now();
    }

    /** Hangs up; a call that is over stays as it is. */
    void end(Call call, Status status) {
        end(call, status, "");
    }

    private void end(Call call, Status status, String sipCode) {
        if (call.isOver()) {
            return;
        }
        Instant now = timeline.now();
        call.status = status;
        call.ended = now;
        call.updated = now;
        call.cancelPlanned();
        conferences.leave(call, true);
        if (call.headset != null) {
            call.headset.dropped(call);
        } else {
            liveToPeople--;
            release(call);
        }
        tellEnd(call, sipCode);
    }

    private Call register(Call call) {
        calls.put(call.sid, call);
        if (calls.size() > KEPT_CALLS) {
            calls.values().stream()
                    .filter(Call::isOver)
                    .findFirst()
                    .map(old -> old.sid)
                    .ifPresent(calls::remove);
        }
        return call;
    }

    private void initiated(Call call) {
        call.started = timeline.now();
        tell(call, "initiated", "initiated", Map.of());
        Reaction reaction =
                exchange.people().reactionOf(call.to(), exchange.ledger().ringsOf(call.to()), timeline.now());
        call.plan(timeline.after(SETUP, () -> connect(call, reaction)));
    }

    private void connect(Call call, Reaction reaction) {
        switch (reaction) {
            case Reaction.NotInService gone -> end(call, Status.FAILED, "404");
            case Reaction.Busy busy -> end(call, Status.BUSY, "486");
            case Reaction.RingsOut silent -> ring(call, null);
            case Reaction.PicksUp pickup -> ring(call, pickup);
        }
    }

    private void ring(Call call, Reaction.@Nullable PicksUp pickup) {
        boolean callWaiting = engaged.merge(call.to(), 1, Integer::sum) > 1;
        call.rang = true;
        call.status = Status.RINGING;
        call.updated = timeline.now();
        exchange.ledger().ringStarted(call.sid, call.to(), timeline.now());
        tell(call, "ringing", "ringing", Map.of());
        Duration timeout = call.order.ringTimeout();
        if (callWaiting) {
            call.plan(timeline.after(CALL_WAITING, () -> end(call, Status.BUSY, "486")));
        } else if (pickup != null && pickup.after().compareTo(timeout) < 0) {
            call.plan(timeline.after(pickup.after(), () -> pickUp(call, pickup)));
        } else {
            call.plan(timeline.after(timeout, () -> end(call, Status.NO_ANSWER)));
        }
    }

    private void pickUp(Call call, Reaction.PicksUp pickup) {
        answered(call);
        exchange.ledger().ringAnswered(call.sid, timeline.now());
        call.voice = new Voice(
                pickup.persona(), pickup.speaker(), exchange.people().wasSpokenTo(pickup.persona()), timeline.now());
        call.hangsUpEarly = pickup.hangsUpEarly();
        tell(call, "answered", Status.IN_PROGRESS.text, Map.of());
        call.plan(timeline.after(call.order.timeLimit(), () -> end(call, Status.COMPLETED)));
        waitInSilence(call);
        if (pickup.speaker() == Speaker.VOICEMAIL) {
            call.plan(timeline.after(LONGEST_RECORDING, () -> end(call, Status.COMPLETED)));
        }
        if (call.order.room() != null) {
            conferences.join(call, call.order.room());
        } else {
            player.start(call);
        }
    }

    /** A person who hears nothing hangs up after a while. */
    void waitInSilence(Call call) {
        stopWaiting(call);
        call.patience = timeline.after(exchange.settings().silencePatience(), () -> end(call, Status.COMPLETED));
    }

    void stopWaiting(Call call) {
        if (call.patience != null) {
            call.patience.cancel();
            call.patience = null;
        }
    }

    private void release(Call call) {
        stopWaiting(call);
        if (call.rang) {
            exchange.ledger().ringEnded(call.sid, timeline.now());
            engaged.computeIfPresent(call.to(), (number, live) -> live > 1 ? live - 1 : null);
        }
    }

    private void tellEnd(Call call, String sipCode) {
        var details = new LinkedHashMap<String, String>();
        details.put("CallDuration", String.valueOf(call.seconds()));
        details.put("Duration", String.valueOf((call.seconds() + 59) / 60));
        if (!sipCode.isEmpty()) {
            details.put("SipResponseCode", sipCode);
        }
        tell(call, "completed", call.status.text, details);
    }

    private void tell(Call call, String event, String status, Map<String, String> details) {
        String url = call.order.statusCallback();
        if (url == null || !call.order.events().contains(event)) {
            return;
        }
        Map<String, String> fields = exchange.callFields(call, status);
        fields.putAll(details);
        fields.put("Timestamp", Exchange.rfc2822(timeline.now()));
        fields.put("CallbackSource", "call-progress-events");
        fields.put("SequenceNumber", String.valueOf(call.sequence++));
        exchange.tell(call.sid, url, fields);
    }
}
