package fr.raccroche.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Places calls, lets phones ring, connects and ends calls, and tells the account about each step. */
final class Switchboard {

    private static final Duration DIALLING = Duration.ofMillis(200);
    /** Twilio cancels what waited that long for its turn. */
    private static final Duration LONGEST_QUEUEING = Duration.ofHours(24);

    private static final int CONCURRENCY_EXCEEDED = 10_004;
    private static final int UNANSWERED_CALL = 11_200;

    private final Exchange exchange;
    private final Timeline timeline;
    private final CallPlayer player;
    private final Conferences conferences;
    private final Headsets headsets;
    private final CallRegister calls = new CallRegister();
    private final CallReports reports;
    private final Ringing ringing;
    /** Live calls per number; a second one finds the line engaged. */
    private final Map<String, Integer> engaged = new HashMap<>();
    /** When the account may begin its next call. */
    private Instant nextTurn = Instant.MIN;

    private int liveToPeople;

    Switchboard(Exchange exchange) {
        this.exchange = exchange;
        this.timeline = exchange.timeline();
        this.reports = new CallReports(exchange);
        this.ringing = new Ringing(exchange, this, reports);
        this.headsets = new Headsets(timeline, this);
        this.conferences = new Conferences(exchange, this);
        this.player = new CallPlayer(exchange, this, conferences);
        conferences.onLeaving(player::leftConference);
    }

    CallRegister calls() {
        return calls;
    }

    Conferences conferences() {
        return conferences;
    }

    Headsets headsets() {
        return headsets;
    }

    /** Calls with people that are not over. */
    int liveToPeople() {
        return liveToPeople;
    }

    /**
     * Takes the order; nothing happens before {@link #dial}.
     *
     * @throws ApiError when the account has too many calls already
     */
    Call place(CallOrder order) {
        if (!exchange.knobs().allowsAnotherCall(liveToPeople)) {
            throw new ApiError(429, CONCURRENCY_EXCEEDED, "Call concurrency limit exceeded");
        }
        Call call = register(CallWay.PLACED, order, null, null);
        liveToPeople++;
        return call;
    }

    /** Begins the call when it is the account's turn; the request that placed it has been answered. */
    void dial(Call call) {
        call.queued = waitForTurn();
        if (call.queued.compareTo(LONGEST_QUEUEING) > 0) {
            call.plan(timeline.after(LONGEST_QUEUEING, () -> end(call, CallStatus.CANCELED)));
        } else {
            call.plan(timeline.after(DIALLING.plus(call.queued), () -> ringing.initiate(call)));
        }
    }

    private Duration waitForTurn() {
        Instant now = timeline.now();
        Instant turn = nextTurn.isAfter(now) ? nextTurn : now;
        nextTurn = turn.plus(exchange.knobs().pace());
        return Duration.between(now, turn);
    }

    /** A softphone calls in; the application URL says what happens next. */
    Call callIn(Headset headset) {
        var order = CallOrder.plain(
                "client:" + headset.identity(), "", exchange.settings().urls().applicationVoice());
        Call call = register(CallWay.INCOMING, order, headset, null);
        call.status = CallStatus.RINGING;
        call.started = timeline.now();
        return call;
    }

    /** A person rings one of the account's numbers; the number's voice URL says what happens next. */
    void receive(String from, String to) {
        Optional<String> url = exchange.settings().urls().inboundVoice();
        if (url.isEmpty()) {
            exchange.report(UNANSWERED_CALL, from, to, "The number has no voice URL");
            return;
        }
        CallOrder order = CallOrder.plain(from, to, url.get())
                .reportingTo(
                        exchange.settings().urls().inboundStatus().orElse(null),
                        Set.of("completed"),
                        Exchange.NO_LIMIT,
                        Exchange.NO_LIMIT);
        Call call = register(CallWay.INCOMING, order, null, null);
        liveToPeople++;
        call.status = CallStatus.RINGING;
        call.started = timeline.now();
        boolean unused = engage(from);
        call.voice = exchange.people().caller(from, timeline.now()).orElse(null);
        waitInSilence(call);
        player.start(call);
    }

    /** Rings a number or a client for {@code parent}, and connects both when it answers. */
    void connect(Call parent, Verb.DialParty dial) {
        Optional<Headset> headset = dial.client() ? headsets.find(dial.to()) : Optional.empty();
        String from = dial.callerId() == null ? parent.from() : dial.callerId();
        CallOrder order = CallOrder.plain(from, dial.client() ? "client:" + dial.to() : dial.to(), null)
                .reportingTo(dial.statusCallback(), dial.events(), dial.timeout(), dial.timeLimit());
        Call child = register(CallWay.DIALED, order, headset.orElse(null), parent);
        parent.child = child;
        parent.dialing = dial;
        if (!dial.client()) {
            liveToPeople++;
            child.plan(timeline.after(DIALLING, () -> ringing.initiate(child)));
        } else {
            child.plan(timeline.after(DIALLING, () -> ringing.ringClient(child)));
        }
    }

    /** What follows once somebody has picked up: the leg that dialled, a room, or instructions. */
    void begin(Call call) {
        if (call.parent != null) {
            bridge(call);
        } else if (call.order.room() != null) {
            conferences.join(call, call.order.room());
        } else {
            player.start(call);
        }
    }

    /** Connects a leg with the one that dialled it. */
    void bridge(Call child) {
        @Nullable Call parent = child.parent;
        if (parent == null || parent.isOver()) {
            end(child, CallStatus.COMPLETED);
            return;
        }
        if (parent.status == CallStatus.RINGING) {
            answered(parent);
        }
        Talk.beginBetween(List.of(parent, child), exchange, this);
    }

    /** Asks for the first instructions of a leg that is connected. */
    void play(Call call) {
        player.start(call);
    }

    /** New instructions for a call in progress. */
    void redirect(Call call, @Nullable String url, @Nullable String twiml) {
        conferences.leave(call, false);
        hangUpChild(call);
        player.restart(call, url, twiml);
    }

    void answered(Call call) {
        call.status = CallStatus.IN_PROGRESS;
        call.answered = timeline.now();
        call.updated = timeline.now();
    }

    /** Everybody hangs up at once, as at the end of a day. */
    void endAll() {
        for (Call call : calls.oldestFirst()) {
            if (call.isWithPerson()) {
                end(call, call.answered == null ? CallStatus.NO_ANSWER : CallStatus.COMPLETED);
            }
        }
    }

    /** Hangs up; a call that is over stays as it is. */
    void end(Call call, CallStatus status) {
        end(call, status, "");
    }

    /** Hangs up with the code of the signalling protocol; empty for none. */
    void end(Call call, CallStatus status, String sipCode) {
        if (call.isOver()) {
            return;
        }
        Instant now = timeline.now();
        call.status = status;
        call.ended = now;
        call.updated = now;
        call.cancelPlanned();
        conferences.leave(call, true);
        Talk.endOf(call);
        if (call.headset != null) {
            call.headset.dropped(call);
        }
        if (call.isWithPerson()) {
            liveToPeople--;
            release(call);
        }
        reports.tellEnd(call, sipCode);
        hangUpChild(call);
        returnToParent(call);
        ringing.ringBack(call);
    }

    private void hangUpChild(Call call) {
        @Nullable Call child = call.child;
        call.child = null;
        if (child != null) {
            end(child, child.status == CallStatus.IN_PROGRESS ? CallStatus.COMPLETED : CallStatus.CANCELED);
        }
    }

    private void returnToParent(Call call) {
        @Nullable Call parent = call.parent;
        if (parent != null && parent.child == call) {
            parent.child = null;
            player.dialEnded(parent, call);
        }
    }

    private Call register(CallWay way, CallOrder order, @Nullable Headset headset, @Nullable Call parent) {
        return calls.keep(new Call(exchange.sids().next("CA"), way, order, timeline.now(), headset, parent));
    }

    /** A person who hears nothing hangs up after a while. */
    void waitInSilence(Call call) {
        stopWaiting(call);
        call.patience = timeline.after(exchange.settings().silencePatience(), () -> end(call, CallStatus.COMPLETED));
    }

    void stopWaiting(Call call) {
        if (call.patience != null) {
            call.patience.cancel();
            call.patience = null;
        }
    }

    /** Counts a live call of the number; whether it had one already. */
    boolean engage(String number) {
        return engaged.merge(number, 1, Integer::sum) > 1;
    }

    private void release(Call call) {
        stopWaiting(call);
        if (call.rang) {
            exchange.ledger().ringEnded(call.sid, timeline.now());
        }
        if (call.rang || call.way == CallWay.INCOMING) {
            engaged.computeIfPresent(call.person(), (number, live) -> live > 1 ? live - 1 : null);
        }
    }
}
