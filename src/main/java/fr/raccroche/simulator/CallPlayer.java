package fr.raccroche.simulator;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Fetches TwiML and carries it out, verb by verb, on one call. */
final class CallPlayer {

    private static final int UNREADABLE_DOCUMENT = 12100;
    private static final int UNANSWERED_REQUEST = 11200;
    private static final Duration THINKING = Duration.ofSeconds(2);
    private static final Duration VOICE_MESSAGE = Duration.ofSeconds(8);

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
        goOnFromDial(call, call.afterConference, Map.of("DialCallStatus", "answered"));
    }

    /** The leg that {@code call} dialled is over, and {@code call} goes on. */
    void dialEnded(Call call, Call dialed) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("DialCallSid", dialed.sid);
        fields.put("DialCallStatus", dialed.status.text);
        if (dialed.status == CallStatus.COMPLETED) {
            fields.put("DialCallDuration", String.valueOf(dialed.seconds()));
        }
        goOnFromDial(call, call.dialing == null ? null : call.dialing.action(), fields);
    }

    private void goOnFromDial(Call call, @Nullable String action, Map<String, String> fields) {
        int document = call.document;
        call.plan(timeline.after(Duration.ZERO, () -> {
            if (call.document != document || call.conference != null) {
                return;
            }
            if (action == null) {
                next(call);
            } else {
                fetch(call, action, fields);
            }
        }));
    }

    private void fetch(Call call, String url, Map<String, String> more) {
        int document = ++call.document;
        Map<String, String> fields = exchange.callFields(call, call.status.text);
        fields.putAll(exchange.detectionFields(call));
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

    private void received(Call call, String url, WebhookAnswer answer) {
        if (answer.isSuccess()) {
            play(call, url, answer.body());
        } else {
            fail(call, url, UNANSWERED_REQUEST, answer.status() == 0 ? answer.body() : "HTTP " + answer.status());
        }
    }

    private void play(Call call, String url, String document) {
        try {
            List<Verb> verbs = TwimlReader.parse(document, url);
            call.script.clear();
            call.script.addAll(verbs);
            next(call);
        } catch (Unreadable e) {
            fail(call, url, UNREADABLE_DOCUMENT, String.valueOf(e.getMessage()));
        }
    }

    /** Instructions that cannot be had or read: the fallback is asked, once. */
    private void fail(Call call, String url, int code, String reason) {
        exchange.report(code, call.sid, url, reason);
        String fallback = call.order.fallbackUrl();
        if (fallback == null || fallback.equals(url)) {
            switchboard.end(call, CallStatus.COMPLETED);
        } else {
            fetch(call, fallback, Map.of("ErrorCode", String.valueOf(code), "ErrorUrl", url));
        }
    }

    private void next(Call call) {
        if (call.isOver()) {
            return;
        }
        Verb verb = call.script.poll();
        if (call.status == CallStatus.RINGING && answers(verb)) {
            switchboard.answered(call);
        }
        switch (verb) {
            case null -> switchboard.end(call, CallStatus.COMPLETED);
            case Verb.Hangup hangup -> switchboard.end(call, CallStatus.COMPLETED);
            case Verb.Reject reject -> reject(call, reject);
            case Verb.Prompt prompt -> {
                hear(call, prompt, prompt.length());
                after(call, prompt.length(), () -> next(call));
            }
            case Verb.Redirect redirect -> fetch(call, redirect.url(), Map.of());
            case Verb.Gather gather -> gather(call, gather);
            case Verb.VoiceMessage message -> record(call, message);
            case Verb.DialConference dial -> conferences.join(call, dial);
            case Verb.DialParty dial -> switchboard.connect(call, dial);
        }
    }

    /** The ledger learns what a person heard out. */
    private void hear(Call call, Verb.Prompt prompt, Duration until) {
        if (prompt instanceof Verb.Say say && call.isWithPerson()) {
            after(call, until, () -> exchange.ledger().heard(call.person(), say.text(), timeline.now()));
        }
    }

    private static boolean answers(@Nullable Verb verb) {
        return !(verb instanceof Verb.Reject) && !(verb instanceof Verb.DialParty dial && dial.answerOnBridge());
    }

    private void reject(Call call, Verb.Reject reject) {
        boolean unanswered = call.status == CallStatus.RINGING;
        if (unanswered) {
            switchboard.end(call, reject.busy() ? CallStatus.BUSY : CallStatus.NO_ANSWER);
        } else {
            switchboard.end(call, CallStatus.COMPLETED);
        }
    }

    /** The person hears everything and then presses keys, or lets the time pass. */
    private void gather(Call call, Verb.Gather gather) {
        Duration prompts = Duration.ZERO;
        for (Verb.Prompt prompt : gather.prompts()) {
            prompts = prompts.plus(prompt.length());
            hear(call, prompt, prompts);
        }
        String keys = exchange.people()
                .keys(call.voice, call.person(), exchange.ledger().ringsOf(call.person()));
        String pressed = exchange.knobs().keysPressedBy(call.person()).orElse(keys);
        String digits = pressed.substring(0, Math.min(gather.digits(), pressed.length()));
        if (!digits.isEmpty()) {
            boolean all = digits.length() == gather.digits();
            Duration waiting = all ? THINKING : THINKING.plus(gather.timeout());
            after(call, prompts.plus(waiting), () -> fetch(call, gather.action(), Map.of("Digits", digits)));
        } else if (gather.askedAnyway()) {
            after(call, prompts.plus(gather.timeout()), () -> fetch(call, gather.action(), Map.of("Digits", "")));
        } else {
            after(call, prompts.plus(gather.timeout()), () -> next(call));
        }
    }

    /** The person speaks for a moment and hangs up. */
    private void record(Call call, Verb.VoiceMessage message) {
        Duration length = message.longest().compareTo(VOICE_MESSAGE) < 0 ? message.longest() : VOICE_MESSAGE;
        after(call, length, () -> {
            var recording = new LinkedHashMap<String, String>();
            String sid = exchange.sids().next("RE");
            recording.put("RecordingSid", sid);
            recording.put(
                    "RecordingUrl",
                    "https://api.twilio.com/" + Exchange.API_VERSION + "/Accounts/"
                            + exchange.settings().accountSid() + "/Recordings/" + sid);
            recording.put("RecordingDuration", String.valueOf(length.toSeconds()));
            if (message.statusCallback() != null) {
                var status = new LinkedHashMap<>(recording);
                status.put("AccountSid", exchange.settings().accountSid());
                status.put("CallSid", call.sid);
                status.put("RecordingStatus", "completed");
                exchange.tell(call.sid, message.statusCallback(), status);
            }
            recording.put("Digits", "hangup");
            switchboard.end(call, CallStatus.COMPLETED);
            Map<String, String> fields = exchange.callFields(call, call.status.text);
            fields.putAll(recording);
            exchange.webhooks().fetch(message.action(), fields, answer -> {});
        });
    }

    private void after(Call call, Duration time, Runnable work) {
        int document = call.document;
        call.plan(timeline.after(time, () -> {
            if (call.document == document) {
                work.run();
            }
        }));
    }
}
