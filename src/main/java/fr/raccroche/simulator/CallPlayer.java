package fr.raccroche.simulator;

import fr.raccroche.simulator.Call.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Fetches TwiML and carries it out, verb by verb, on one call. */
final class CallPlayer {

    private static final int UNREADABLE_DOCUMENT = 12100;
    private static final int UNANSWERED_REQUEST = 11200;
    private static final int LETTERS_PER_SECOND = 14;

    private final Exchange exchange;
    private final Timeline timeline;
    private final Switchboard switchboard;
    private final Conferences conferences;

    CallPlayer(Exchange exchange, Switchboard switchboard, Conferences conferences) {
        this.exchange = exchange;
        this.timeline = exchange.timeline();
        this.switchboard = switchboard;
        this.conferences = conferences;
    }

    void start(Call call) {
        restart(call, call.order.url(), call.order.twiml());
    }

    void restart(Call call, @Nullable String url, @Nullable String twiml) {
        if (url != null) {
            fetch(call, url, Map.of());
        } else if (twiml != null) {
            call.document++;
            play(call, "http://127.0.0.1/", twiml);
        }
    }

    /** The call is out of its conference and goes on, unless it is over. */
    void leftConference(Call call) {
        String action = call.afterConference;
        int document = call.document;
        call.plan(timeline.after(Duration.ZERO, () -> {
            if (call.document == document && call.conference == null) {
                goOn(call, action);
            }
        }));
    }

    private void goOn(Call call, @Nullable String action) {
        if (action == null) {
            next(call);
        } else {
            fetch(call, action, Map.of("DialCallStatus", "answered"));
        }
    }

    private void fetch(Call call, String url, Map<String, String> more) {
        int document = ++call.document;
        Map<String, String> fields = exchange.callFields(call, call.status.text);
        fields.putAll(more);
        exchange.webhooks()
                .fetch(
                        url,
                        fields,
                        answer -> timeline.run(() -> {
                            if (!call.isOver() && call.document == document) {
                                received(call, url, answer);
                            }
                        }));
    }

    private void received(Call call, String url, Webhooks.Answer answer) {
        if (answer.isSuccess()) {
            play(call, url, answer.body());
        } else {
            String reason = answer.status() == 0 ? answer.body() : "HTTP " + answer.status();
            exchange.report(UNANSWERED_REQUEST, call.sid, url, reason);
            switchboard.end(call, Status.COMPLETED);
        }
    }

    private void play(Call call, String url, String document) {
        try {
            List<Verb> verbs = Twiml.parse(document, url);
            call.script.clear();
            call.script.addAll(verbs);
            next(call);
        } catch (Twiml.Unreadable e) {
            exchange.report(UNREADABLE_DOCUMENT, call.sid, url, String.valueOf(e.getMessage()));
            switchboard.end(call, Status.COMPLETED);
        }
    }

    private void next(Call call) {
        if (call.isOver()) {
            return;
        }
        Verb verb = call.script.poll();
        if (call.status == Status.RINGING && !(verb instanceof Verb.Reject)) {
            switchboard.answered(call);
        }
        switch (verb) {
            case null -> switchboard.end(call, Status.COMPLETED);
            case Verb.Hangup hangup -> switchboard.end(call, Status.COMPLETED);
            case Verb.Reject reject -> reject(call, reject);
            case Verb.Say say -> nextAfter(call, speaking(say.text()));
            case Verb.Pause pause -> nextAfter(call, pause.length());
            case Verb.Redirect redirect -> fetch(call, redirect.url(), Map.of());
            case Verb.DialConference dial -> conferences.join(call, dial);
        }
    }

    private void reject(Call call, Verb.Reject reject) {
        boolean unanswered = call.status == Status.RINGING;
        if (unanswered) {
            switchboard.end(call, reject.busy() ? Status.BUSY : Status.NO_ANSWER);
        } else {
            switchboard.end(call, Status.COMPLETED);
        }
    }

    private void nextAfter(Call call, Duration time) {
        int document = call.document;
        call.plan(timeline.after(time, () -> {
            if (call.document == document) {
                next(call);
            }
        }));
    }

    private static Duration speaking(String text) {
        return Duration.ofSeconds(1 + text.length() / LETTERS_PER_SECOND);
    }
}
