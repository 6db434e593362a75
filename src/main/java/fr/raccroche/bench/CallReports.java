package fr.raccroche.bench;

import fr.raccroche.telephony.TwilioConfig;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What Twilio would report on calls, signed and over HTTP. */
record CallReports(TwilioConfig twilio) {

    /** The life of a call. */
    static final List<String> LIFE = List.of("initiated", "ringing", "in-progress", "completed");

    static String sid(int call) {
        return "CA%032x".formatted(call);
    }

    /** What Twilio says about a call. */
    private SortedMap<String, String> fields(int call, int sequence) {
        var fields = new TreeMap<String, String>();
        fields.put("AccountSid", twilio.accountSid());
        fields.put("ApiVersion", "2010-04-01");
        fields.put("CallSid", sid(call));
        fields.put("CallStatus", LIFE.get(sequence));
        fields.put("CallbackSource", "call-progress-events");
        fields.put("Direction", "outbound-api");
        fields.put("From", "+33199000100");
        fields.put("SequenceNumber", Integer.toString(sequence));
        fields.put("Timestamp", "Tue, 24 Nov 2026 09:00:00 +0000");
        fields.put("To", "+33639980000");
        return fields;
    }

    /** Tells the life of one call after the other, as Twilio does. */
    BenchClients.Client open(URI server) throws Exception {
        var http = new BenchHttp(server);
        var mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(twilio.authToken().getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
        return new BenchClients.Client() {
            @Override
            public void run(int number) throws Exception {
                String path = "/webhooks/twilio/call/call-" + number;
                for (int sequence = 0; sequence < LIFE.size(); sequence++) {
                    SortedMap<String, String> fields = fields(number, sequence);
                    http.post(path, "X-Twilio-Signature: " + signature(mac, server + path, fields), form(fields));
                }
            }

            @Override
            public void close() throws IOException {
                http.close();
            }
        };
    }

    private static String signature(Mac mac, String url, SortedMap<String, String> fields)
            throws GeneralSecurityException {
        String signed = url
                + fields.entrySet().stream()
                        .map(field -> field.getKey() + field.getValue())
                        .collect(Collectors.joining());
        return Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    }

    private static String form(SortedMap<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
