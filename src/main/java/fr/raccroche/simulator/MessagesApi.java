package fr.raccroche.simulator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code /Messages}: send, read, list. */
final class MessagesApi {

    private static final Pattern E164 = Pattern.compile("\\+[1-9]\\d{7,14}");
    private static final Pattern FRENCH_LANDLINE = Pattern.compile("\\+33[1-59]\\d{8}");
    private static final int LONGEST_BODY = 1_600;

    private final Exchange exchange;
    private final Messaging texts;

    MessagesApi(Exchange exchange, Messaging texts) {
        this.exchange = exchange;
        this.texts = texts;
    }

    HttpReply create(Form form) {
        String to = recipient(form);
        String from = sender(form, to);
        Text text = texts.accept(from, to, body(form), CallOrders.callbackUrl(form, "StatusCallback"));
        return HttpReply.json(201, render(text)).then(() -> exchange.timeline().run(() -> texts.send(text)));
    }

    HttpReply fetch(String sid) {
        Text text = texts.find(sid).orElseThrow(() -> ApiError.notFound("/Messages/" + sid + ".json"));
        return HttpReply.json(200, render(text));
    }

    HttpReply list(Request request) {
        Form query = request.query();
        List<Text> found = texts.newestFirst().stream()
                .filter(text -> query.get("To").map(text.to::equals).orElse(true))
                .filter(text -> query.get("From").map(text.from::equals).orElse(true))
                .toList();
        return ListPage.of(request, "messages", found, this::render);
    }

    private static String recipient(Form form) {
        String to = form.get("To").orElseThrow(() -> ApiError.badRequest(21604, "A 'To' phone number is required."));
        if (!E164.matcher(to).matches()) {
            throw ApiError.badRequest(21211, "Invalid 'To' Phone Number: " + to);
        }
        if (FRENCH_LANDLINE.matcher(to).matches()) {
            throw ApiError.badRequest(21635, "'To' number cannot be a landline: " + to);
        }
        return to;
    }

    private String sender(Form form, String to) {
        String from = form.get("From").orElseThrow(() -> ApiError.badRequest(21603, "A 'From' number is required."));
        if (!exchange.settings().numbers().contains(from)) {
            throw ApiError.badRequest(
                    21606, "The 'From' phone number " + from + " is not a valid, SMS-capable number of this account");
        }
        if (texts.isBlocked(from, to)) {
            throw ApiError.badRequest(21610, "Attempt to send to unsubscribed recipient");
        }
        return from;
    }

    private static String body(Form form) {
        String body = form.get("Body").orElseThrow(() -> ApiError.badRequest(21602, "Message body is required."));
        if (body.length() > LONGEST_BODY) {
            throw ApiError.badRequest(21617, "The message body exceeds the 1600 character limit.");
        }
        return body;
    }

    private Map<String, @Nullable Object> render(Text text) {
        String uri = "/" + Exchange.API_VERSION + "/Accounts/"
                + exchange.settings().accountSid() + "/Messages/" + text.sid + ".json";
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("sid", text.sid);
        json.put("account_sid", exchange.settings().accountSid());
        json.put("messaging_service_sid", null);
        json.put("to", text.to);
        json.put("from", text.from);
        json.put("body", text.body);
        json.put("status", text.status.text);
        json.put("direction", text.inbound ? "inbound" : "outbound-api");
        json.put("date_created", Exchange.rfc2822(text.created));
        json.put("date_updated", Exchange.rfc2822(text.updated));
        json.put("date_sent", text.sent == null ? null : Exchange.rfc2822(text.sent));
        json.put("num_segments", "1");
        json.put("num_media", "0");
        json.put("price", null);
        json.put("price_unit", "USD");
        json.put("error_code", text.errorCode == 0 ? null : text.errorCode);
        json.put("error_message", null);
        json.put("api_version", Exchange.API_VERSION);
        json.put("uri", uri);
        json.put("subresource_uris", Map.of());
        return json;
    }
}
