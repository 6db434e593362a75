package fr.raccroche.simulator;

import fr.raccroche.simulator.people.Detected;
import fr.raccroche.simulator.people.People;
import fr.raccroche.simulator.people.Reaction;
import fr.raccroche.simulator.people.Speaker;
import fr.raccroche.simulator.people.Voice;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What happens at the other end between dialling and the first instructions: it rings, somebody picks up or nobody does. */
final class Ringing {

    private static final Duration SETUP = Duration.ofSeconds(1);
    private static final Duration CALL_WAITING = Duration.ofSeconds(3);
    private static final Duration LONGEST_RECORDING = Duration.ofSeconds(90);

    private final Exchange exchange;
    private final Timeline timeline;
    private final Switchboard switchboard;
    private final CallReports reports;

    Ringing(Exchange exchange, Switchboard switchboard, CallReports reports) {
        this.exchange = exchange;
        this.timeline = exchange.timeline();
        this.switchboard = switchboard;
        this.reports = reports;
    }

    /** Looks for whoever has the number. */
    void initiate(Call call) {
        call.started = timeline.now();
        reports.tell(call, "initiated", "initiated", Map.of());
        People people = exchange.people();
        Reaction reaction = exchange.knobs()
                .nextScenario(call.to())
                .map(scenario -> people.reaction(scenario, call.to()))
                .orElseGet(() -> people.reactionOf(call.to(), exchange.ledger().ringsOf(call.to()), timeline.now()));
        call.plan(timeline.after(SETUP, () -> meet(call, reaction)));
    }

    /** A client that is not registered rings nowhere; one that talks is busy. */
    void ringClient(Call child) {
        child.started = timeline.now();
        reports.tell(child, "initiated", "initiated", Map.of());
        @Nullable Headset headset = child.headset;
        if (headset == null) {
            switchboard.end(child, CallStatus.NO_ANSWER);
        } else if (headset.isConnected()) {
            switchboard.end(child, CallStatus.BUSY, "486");
        } else {
            child.status = CallStatus.RINGING;
            reports.tell(child, "ringing", "ringing", Map.of());
            child.plan(timeline.after(SETUP, () -> {
                headset.takes(child);
                switchboard.answered(child);
                reports.tell(child, "answered", CallStatus.IN_PROGRESS.text, Map.of());
                child.plan(timeline.after(child.order.timeLimit(), () -> switchboard.end(child, CallStatus.COMPLETED)));
                switchboard.bridge(child);
            }));
        }
    }

    private void meet(Call call, Reaction reaction) {
        switch (reaction) {
            case Reaction.NotInService gone -> switchboard.end(call, CallStatus.FAILED, "404");
            case Reaction.Busy busy -> switchboard.end(call, CallStatus.BUSY, "486");
            case Reaction.RingsOut silent -> ring(call, null);
            case Reaction.PicksUp pickup -> ring(call, pickup);
        }
    }

    private void ring(Call call, Reaction.@Nullable PicksUp pickup) {
        boolean callWaiting = switchboard.engage(call.to());
        call.rang = true;
        call.status = CallStatus.RINGING;
        call.updated = timeline.now();
        exchange.ledger().ringStarted(call.sid, call.to(), timeline.now());
        reports.tell(call, "ringing", "ringing", Map.of());
        Duration timeout = call.order.ringTimeout();
        if (callWaiting) {
            call.plan(timeline.after(CALL_WAITING, () -> switchboard.end(call, CallStatus.BUSY, "486")));
        } else if (pickup != null && pickup.after().compareTo(timeout) < 0) {
            call.plan(timeline.after(pickup.after(), () -> pickUp(call, pickup)));
        } else {
            call.plan(timeline.after(timeout, () -> switchboard.end(call, CallStatus.NO_ANSWER)));
        }
    }

    private void pickUp(Call call, Reaction.PicksUp pickup) {
        switchboard.answered(call);
        exchange.ledger().ringAnswered(call.sid, timeline.now());
        call.voice = new Voice(
                pickup.persona(), pickup.speaker(), exchange.people().wasSpokenTo(pickup.persona()), timeline.now());
        call.hangsUpEarly = pickup.hangsUpEarly();
        reports.tell(call, "answered", CallStatus.IN_PROGRESS.text, Map.of());
        call.plan(timeline.after(call.order.timeLimit(), () -> switchboard.end(call, CallStatus.COMPLETED)));
        switchboard.waitInSilence(call);
        if (pickup.speaker() == Speaker.VOICEMAIL) {
            call.plan(timeline.after(LONGEST_RECORDING, () -> switchboard.end(call, CallStatus.COMPLETED)));
        }
        @Nullable Detection detection = call.order.detection();
        if (detection == null) {
            switchboard.begin(call);
        } else {
            detect(call, detection, pickup.speaker());
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
                reports.tellDetection(call, detection);
            } else {
                switchboard.begin(call);
            }
        }));
        if (detection.async()) {
            switchboard.begin(call);
        }
    }

    /** Whoever finds a missed call may ring the number that was shown. */
    void ringBack(Call call) {
        boolean missed = call.way == CallWay.PLACED && call.rang && call.answered == null;
        if (missed
                && exchange.knobs().ringsBack()
                && exchange.settings().urls().inboundVoice().isPresent()) {
            exchange.people()
                    .ringsBackAfter(call.to(), exchange.ledger().ringsOf(call.to()))
                    .ifPresent(delay -> timeline.after(delay, () -> switchboard.receive(call.to(), call.from())));
        }
    }
}
