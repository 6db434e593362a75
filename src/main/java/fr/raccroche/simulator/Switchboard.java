package fr.raccroche.simulator;

import fr.raccroche.simulator.Call.Detection;
import fr.raccroche.simulator.Call.Status;
import fr.raccroche.simulator.Call.Way;
import fr.raccroche.simulator.people.Detected;
import fr.raccroche.simulator.people.People;
import fr.raccroche.simulator.people.Reaction;
import fr.raccroche.simulator.people.Speaker;
import fr.raccroche.simulator.people.Voice;
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
    /** Twilio cancels what waited that long for its turn. */
    private static final Duration LONGEST_QUEUEING = Duration.ofHours(24);

    private static final int KEPT_CALLS = 20_000;
    private static final int CONCURRENCY_EXCEEDED = 10_004;
    private static final int UNANSWERED_CALL = 11_200;
    private static final int NOWHERE_TO_TELL = 21_262;

    private final Exchange exchange;
    private final Timeline timeline;
    private final CallPlayer player;
    private final Conferences conferences;
    private final Headsets headsets;
    private final Map<String, Call> calls = new LinkedHashMap<>();
    /** Live calls per number; a second one finds the line engaged. */
    private final Map<String, Integer> engaged = new HashMap<>();
    /** When the account may begin its next call. */
    private Instant nextTurn = Instant.MIN;

    private int liveToPeople;

    Switchboard(Exchange exchange) {
        this.exchange = exchange;
        this.timeline = exchange.timeline();
        this.headsets = new Headsets(timeline, this);
        this.conferences = new Conferences(exchange, this);
        this.player = new CallPlayer(exchange, this, conferences);
        conferences.onLeaving(player::leftConference);
    }

    Conferences conferences() {
        return conferences;
    }

    Headsets headsets() {
        return headsets;
    }

    Optional<Call> find(String sid) {
        return Optional.ofNullable(calls.get(sid));
    }

    /** Newest first. */
    List<Call> newestFirst() {
        return List.copyOf(calls.values()).reversed();
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
    Call place(Call.Order order) {
        if (!exchange.knobs().allowsAnotherCall(liveToPeople)) {
            throw new ApiError(429, CONCURRENCY_EXCEEDED, "Call concurrency limit exceeded");
        }
        Call call = register(Way.PLACED, order, null, null);
        liveToPeople++;
        return call;
    }

    /** Begins the call when it is the account's turn; the request that placed it has been answered. */
    void dial(Call call) {
        call.queued = waitForTurn();
        if (call.queued.compareTo(LONGEST_QUEUEING) > 0) {
            call.plan(timeline.after(LONGEST_QUEUEING, () -> end(call, Status.CANCELED)));
        } else {
            call.plan(timeline.after(DIALLING.plus(call.queued), () -> initiated(call)));
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
        var order = Call.Order.plain(
                "client:" + headset.identity(), "", exchange.settings().applicationVoiceUrl());
        Call call = register(Way.INCOMING, order, headset, null);
        call.status = Status.RINGING;
        call.started = timeline.now();
        return call;
    }

    /** A person rings one of the account's numbers; the number's voice URL says what happens next. */
    void receive(String from, String to) {
        Optional<String> url = exchange.settings().inboundVoiceUrl();
        if (url.isEmpty()) {
            exchange.report(UNANSWERED_CALL, from, to, "The number has no voice URL");
            return;
        }
        Call.Order order = Call.Order.plain(from, to, url.get())
                .reportingTo(
                        exchange.settings().inboundStatusUrl().orElse(null),
                        Set.of("completed"),
                        Exchange.NO_LIMIT,
                        Exchange.NO_LIMIT);
        Call call = register(Way.INCOMING, order, null, null);
        liveToPeople++;
        call.status = Status.RINGING;
        call.started = timeline.now();
        engaged.merge(from, 1, Integer::sum);
        call.voice = exchange.people().caller(from, timeline.now()).orElse(null);
        waitInSilence(call);
        player.start(call);
    }

    /** Rings a number or a client for {@code parent}, and connects both when it answers. */
    void connect(Call parent, Verb.DialParty dial) {
        Optional<Headset> headset = dial.client() ? headsets.find(dial.to()) : Optional.empty();
        String from = dial.callerId() == null ? parent.from() : dial.callerId();
        Call.Order order = Call.Order.plain(from, dial.client() ? "client:" + dial.to() : dial.to(), null)
                .reportingTo(dial.statusCallback(), dial.events(), dial.timeout(), dial.timeLimit());
        Call child = register(Way.DIALED, order, headset.orElse(null), parent);
        parent.child = child;
        parent.dialing = dial;
        if (!dial.client()) {
            liveToPeople++;
            child.plan(timeline.after(DIALLING, () -> initiated(child)));
        } else {
            child.plan(timeline.after(DIALLING, () -> ringClient(child)));
        }
    }

    /** A client that is not registered rings nowhere; one that talks is busy. */
    private void ringClient(Call child) {
        child.started = timeline.now();
        tell(child, "initiated", "initiated", Map.of());
        @Nullable Headset headset = child.headset;
        if (headset == null) {
            end(child, Status.NO_ANSWER);
        } else if (headset.isConnected()) {
            end(child, Status.BUSY, "486");
        } else {
            child.status = Status.RINGING;
            tell(child, "ringing", "ringing", Map.of());
            child.plan(timeline.after(SETUP, () -> {
                headset.takes(child);
                answered(child);
                tell(child, "answered", Status.IN_PROGRESS.text, Map.of());
                child.plan(timeline.after(child.order.timeLimit(), () -> end(child, Status.COMPLETED)));
                bridge(child);
            }));
        }
    }

    private void bridge(Call child) {
        @Nullable Call parent = child.parent;
        if (parent == null || parent.isOver()) {
            end(child, Status.COMPLETED);
            return;
        }
        if (parent.status == Status.RINGING) {
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
        call.status = Status.IN_PROGRESS;
        call.answered = timeline.now();
        call.updated = timeline.now();
    }

    /** Everybody hangs up at once, as at the end of a day. */
    void endAll() {
        for (Call call : List.copyOf(calls.values())) {
            if (call.isWithPerson()) {
                end(call, call.answered == null ? Status.NO_ANSWER : Status.COMPLETED);
            }
        }
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
        Talk.endOf(call);
        if (call.headset != null) {
            call.headset.dropped(call);
        }
        if (call.isWithPerson()) {
            liveToPeople--;
            release(call);
        }
        tellEnd(call, sipCode);
        hangUpChild(call);
        returnToParent(call);
        ringBack(call);
    }

    private void hangUpChild(Call call) {
        @Nullable Call child = call.child;
        call.child = null;
        if (child != null) {
            end(child, child.status == Status.IN_PROGRESS ? Status.COMPLETED : Status.CANCELED);
        }
    }

    private void returnToParent(Call call) {
        @Nullable Call parent = call.parent;
        if (parent != null && parent.child == call) {
            parent.child = null;
            player.dialEnded(parent, call);
        }
    }

    /** Whoever finds a missed call may ring the number that was shown. */
    private void ringBack(Call call) {
        boolean missed = call.way == Way.PLACED && call.rang && call.answered == null;
        if (missed
                && exchange.knobs().ringsBack()
                && exchange.settings().inboundVoiceUrl().isPresent()) {
            exchange.people()
                    .ringsBackAfter(call.to(), exchange.ledger().ringsOf(call.to()))
                    .ifPresent(delay -> timeline.after(delay, () -> receive(call.to(), call.from())));
        }
    }

    private Call register(Way way, Call.Order order, @Nullable Headset headset, @Nullable Call parent) {
        return register(new Call(exchange.sids().next("CA"), way, order, timeline.now(), headset, parent));
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
        People people = exchange.people();
        Reaction reaction = exchange.knobs()
                .nextScenario(call.to())
                .map(scenario -> people.reaction(scenario, call.to()))
                .orElseGet(() -> people.reactionOf(call.to(), exchange.ledger().ringsOf(call.to()), timeline.now()));
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
        @Nullable Detection detection = call.order.detection();
        if (detection == null) {
            begin(call);
        } else {
            detect(call, detection, pickup.speaker());
        }
    }

    private void begin(Call call) {
        if (call.parent != null) {
            bridge(call);
        } else if (call.order.room() != null) {
            conferences.join(call, call.order.room());
        } else {
            player.start(call);
        }
    }

    /** Without {@code async}, the person hears nothing until the machine has made up its mind. */
    private void detect(Call call, Detection detection, Speaker speaker) {
        Detected found = exchange.people()
                .detected(speaker, call.to(), exchange.ledger().ringsOf(call.to()), detection.messageEnd());
        call.plan(timeline.after(found.after(), () -> {
            call.answeredBy = found.answeredBy();
            call.detectionTime = found.after();
            if (detection.async()) {
                tellDetection(call, detection);
            } else {
                begin(call);
            }
        }));
        if (detection.async()) {
            begin(call);
        }
    }

    private void tellDetection(Call call, Detection detection) {
        if (detection.callback() == null) {
            exchange.report(NOWHERE_TO_TELL, call.sid, "", "No AMD status callback URL provided");
            return;
        }
        var fields = new LinkedHashMap<String, String>();
        fields.put("CallSid", call.sid);
        fields.put("AccountSid", exchange.settings().accountSid());
        fields.putAll(exchange.detectionFields(call));
        exchange.tell(call.sid, detection.callback(), fields);
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
        }
        if (call.rang || call.way == Way.INCOMING) {
            engaged.computeIfPresent(call.person(), (number, live) -> live > 1 ? live - 1 : null);
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
