package fr.raccroche.simulator;

import fr.raccroche.simulator.people.TextReply;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Short messages out, with their receipts, and the replies of people. */
final class Messaging {

    private static final Duration SENDING = Duration.ofSeconds(1);
    private static final Duration DELIVERY = Duration.ofSeconds(4);
    private static final int STOPPED = 21610;
    private static final int KEPT = 20_000;
    private static final Set<String> STOP_WORDS =
            Set.of("STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "ARRET", "ARRETE", "ARRETT");
    private static final Set<String> START_WORDS = Set.of("START", "YES", "UNSTOP");

    private final Exchange exchange;
    private final Timeline timeline;
    private final Map<String, Text> texts = new LinkedHashMap<>();
    /** "from to" pairs for which the recipient sent STOP. */
    private final Set<String> blocked = new HashSet<>();
    /** Deliveries tried, by number. */
    private final Map<String, Integer> deliveries = new HashMap<>();

    Messaging(Exchange exchange) {
        this.exchange = exchange;
        this.timeline = exchange.timeline();
    }

    Optional<Text> find(String sid) {
        return Optional.ofNullable(texts.get(sid));
    }

    List<Text> newestFirst() {
        return List.copyOf(texts.values()).reversed();
    }

    boolean isBlocked(String from, String to) {
        return blocked.contains(from + " " + to);
    }

    /** Takes the order; nothing happens before {@link #send}. */
    Text accept(String from, String to, String body, @Nullable String statusCallback) {
        Text text = keep(new Text(exchange.sids().next("SM"), from, to, body, statusCallback, timeline.now(), false));
        exchange.ledger().textAccepted(text.sid, to, timeline.now());
        return text;
    }

    void send(Text text) {
        timeline.after(SENDING, () -> {
            text.sent = timeline.now();
            advance(text, TextStatus.SENT);
            timeline.after(DELIVERY, () -> deliver(text));
        });
    }

    /** A person writes to one of the account's numbers. */
    void receive(String from, String to, String body) {
        receive(from, to, body, new TextReply(body, TextReply.Meaning.ANYTHING));
    }

    private void receive(String from, String to, String body, TextReply meant) {
        Instant writtenAt = timeline.now();
        Text text = keep(new Text(exchange.sids().next("SM"), from, to, body, null, timeline.now(), true));
        String word = body.strip().toUpperCase(Locale.ROOT);
        boolean stop = STOP_WORDS.contains(word);
        if (stop) {
            blocked.add(to + " " + from);
        } else if (START_WORDS.contains(word)) {
            blocked.remove(to + " " + from);
        }
        String url = exchange.settings().urls().inboundSms();
        exchange.webhooks().tell(url, inboundFields(text), answer -> {
            if (!answer.isSuccess()) {
                exchange.report(11200, text.sid, url, answer.status() == 0 ? answer.body() : "HTTP " + answer.status());
            } else if (stop || meant.refuses()) {
                exchange.ledger().stopAcknowledged(from, timeline.now());
            } else {
                meant.notBefore(writtenAt).ifPresent(hour -> exchange.ledger().hourNamedBy(from, hour, timeline.now()));
            }
        });
    }

    private Text keep(Text text) {
        texts.put(text.sid, text);
        if (texts.size() > KEPT) {
            texts.remove(texts.keySet().iterator().next());
        }
        return text;
    }

    private void deliver(Text text) {
        int earlier = deliveries.merge(text.to, 1, Integer::sum) - 1;
        int error = exchange.knobs()
                .textError(text.to)
                .orElseGet(() -> exchange.people().inboxes().error(text.to, earlier));
        if (error != 0) {
            text.errorCode = error;
            advance(text, error == STOPPED ? TextStatus.FAILED : TextStatus.UNDELIVERED);
            return;
        }
        advance(text, TextStatus.DELIVERED);
        exchange.people().inboxes().reply(text.to).ifPresent(reply -> {
            timeline.after(
                    exchange.people().inboxes().replyDelay(text.to),
                    () -> receive(text.to, text.from, reply.words(), reply));
        });
    }

    private void advance(Text text, TextStatus status) {
        text.status = status;
        text.updated = timeline.now();
        if (text.statusCallback != null) {
            exchange.tell(text.sid, text.statusCallback, statusFields(text));
        }
    }

    private Map<String, String> statusFields(Text text) {
        Map<String, String> fields = commonFields(text);
        fields.put("SmsStatus", text.status.text);
        fields.put("MessageStatus", text.status.text);
        if (text.errorCode != 0) {
            fields.put("ErrorCode", String.valueOf(text.errorCode));
        }
        return fields;
    }

    private Map<String, String> inboundFields(Text text) {
        Map<String, String> fields = commonFields(text);
        fields.put("SmsMessageSid", text.sid);
        fields.put("SmsStatus", text.status.text);
        fields.put("Body", text.body);
        fields.put("NumMedia", "0");
        fields.put("NumSegments", "1");
        fields.put("FromCountry", "FR");
        fields.put("ToCountry", "FR");
        return fields;
    }

    private Map<String, String> commonFields(Text text) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("MessageSid", text.sid);
        fields.put("SmsSid", text.sid);
        fields.put("AccountSid", exchange.settings().accountSid());
        fields.put("From", text.from);
        fields.put("To", text.to);
        fields.put("ApiVersion", Exchange.API_VERSION);
        return fields;
    }
}
