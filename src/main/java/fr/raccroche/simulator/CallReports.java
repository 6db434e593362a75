package fr.raccroche.simulator;

import java.util.LinkedHashMap;
import java.util.Map;

/** Tells the account about each step of a call, as far as it asked to be told. */
final class CallReports {

    private static final int NOWHERE_TO_TELL = 21_262;

    private final Exchange exchange;

    CallReports(Exchange exchange) {
        this.exchange = exchange;
    }

    void tell(Call call, String event, String status, Map<String, String> details) {
        String url = call.order.statusCallback();
        if (url == null || !call.order.events().contains(event)) {
            return;
        }
        Map<String, String> fields = exchange.callFields(call, status);
        fields.putAll(details);
        fields.put("Timestamp", Exchange.rfc2822(exchange.timeline().now()));
        fields.put("CallbackSource", "call-progress-events");
        fields.put("SequenceNumber", String.valueOf(call.sequence++));
        exchange.tell(call.sid, url, fields);
    }

    void tellEnd(Call call, String sipCode) {
        var details = new LinkedHashMap<String, String>();
        details.put("CallDuration", String.valueOf(call.seconds()));
        details.put("Duration", String.valueOf((call.seconds() + 59) / 60));
        if (!sipCode.isEmpty()) {
            details.put("SipResponseCode", sipCode);
        }
        tell(call, "completed", call.status.text, details);
    }

    /** What was found at the other end: a person or a machine. */
    void tellDetection(Call call, Detection detection) {
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
}
