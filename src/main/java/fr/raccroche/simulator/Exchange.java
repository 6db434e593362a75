package fr.raccroche.simulator;

import fr.raccroche.simulator.people.People;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What every part of the simulated telephone network works with. */
record Exchange(
        SimulatorSettings settings,
        Timeline timeline,
        Webhooks webhooks,
        Knobs knobs,
        ErrorLog errors,
        Ledger ledger,
        People people,
        Sids sids) {

    static final String API_VERSION = "2010-04-01";
    static final Duration NO_LIMIT = Duration.ofDays(3650);
    private static final DateTimeFormatter RFC_2822 = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss Z", Locale.US)
            .withZone(ZoneOffset.UTC);

    static String rfc2822(Instant instant) {
        return RFC_2822.format(instant);
    }

    /** The fields every request about a call carries. */
    Map<String, String> callFields(Call call, String status) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("CallSid", call.sid);
        fields.put("AccountSid", settings.accountSid());
        fields.put("From", call.from());
        fields.put("To", call.to());
        fields.put("Caller", call.from());
        fields.put("Called", call.to());
        fields.put("CallStatus", status);
        fields.put("ApiVersion", API_VERSION);
        if (call.parent != null) {
            fields.put("ParentCallSid", call.parent.sid);
        }
        fields.put("Direction", call.way.text);
        return fields;
    }

    /** What the search for an answering machine found; nothing before it ends. */
    Map<String, String> detectionFields(Call call) {
        return call.answeredBy == null
                ? Map.of()
                : Map.of(
                        "AnsweredBy",
                        call.answeredBy,
                        "MachineDetectionDuration",
                        String.valueOf(call.detectionTime.toMillis()));
    }

    void report(int code, String about, String url, String detail) {
        errors.add(new ErrorLog.LoggedError(code, timeline.now(), about, url, detail));
    }

    /** Sends an event; an answer that is not a success is error 11200. */
    void tell(String about, String url, Map<String, String> fields) {
        webhooks.tell(url, fields, answer -> {
            if (!answer.isSuccess()) {
                report(11200, about, url, answer.status() == 0 ? answer.body() : "HTTP " + answer.status());
            }
        });
    }
}
