package fr.raccroche.simulator;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /Calls}: place, read, list, change. */
final class CallsApi {

    private final Exchange exchange;
    private final Switchboard switchboard;
    private final CallOrders orders;

    CallsApi(Exchange exchange, Switchboard switchboard, CallOrders orders) {
        this.exchange = exchange;
        this.switchboard = switchboard;
        this.orders = orders;
    }

    HttpReply create(Form form) {
        CallOrder order = orders.order(form);
        Call call = switchboard.place(order);
        return HttpReply.json(201, render(call)).then(() -> exchange.timeline().run(() -> switchboard.dial(call)));
    }

    HttpReply fetch(String sid) {
        return HttpReply.json(200, render(call(sid)));
    }

    HttpReply list(Request request) {
        List<Call> found = switchboard.calls().newestFirst().stream()
                .filter(CallFilter.of(request.query()))
                .toList();
        return ListPage.of(request, "calls", found, this::render);
    }

    HttpReply update(String sid, Form form) {
        Call call = call(sid);
        @Nullable String status = form.get("Status").orElse(null);
        if (status != null) {
            changeStatus(call, status);
        } else {
            redirect(call, form.get("Url").orElse(null), form.get("Twiml").orElse(null));
        }
        return HttpReply.json(200, render(call));
    }

    HttpReply delete(String sid) {
        Call call = call(sid);
        if (!call.isOver()) {
            throw new ApiError(409, 20409, "Call is in progress");
        }
        return HttpReply.noContent();
    }

    Map<String, @Nullable Object> render(Call call) {
        String uri = "/" + Exchange.API_VERSION + "/Accounts/"
                + exchange.settings().accountSid() + "/Calls/" + call.sid + ".json";
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("sid", call.sid);
        json.put("account_sid", exchange.settings().accountSid());
        json.put("parent_call_sid", call.parent == null ? null : call.parent.sid);
        json.put("to", call.to());
        json.put("to_formatted", call.to());
        json.put("from", call.from());
        json.put("from_formatted", call.from());
        json.put("phone_number_sid", null);
        json.put("status", call.status.text);
        json.put("date_created", Exchange.rfc2822(call.created));
        json.put("date_updated", Exchange.rfc2822(call.updated));
        json.put("start_time", date(call.started));
        json.put("end_time", date(call.ended));
        json.put("duration", call.isOver() ? String.valueOf(call.seconds()) : null);
        json.put("price", null);
        json.put("price_unit", "USD");
        json.put("direction", call.way.text);
        json.put("answered_by", call.answeredBy);
        json.put("annotation", null);
        json.put("forwarded_from", null);
        json.put("group_sid", null);
        json.put("caller_name", "");
        json.put("queue_time", String.valueOf(call.queued.toMillis()));
        json.put("trunk_sid", "");
        json.put("api_version", Exchange.API_VERSION);
        json.put("uri", uri);
        json.put("subresource_uris", Map.of());
        return json;
    }

    private void changeStatus(Call call, String status) {
        switch (status) {
            case "completed" -> switchboard.end(call, endOf(call));
            case "canceled" -> {
                if (call.status == CallStatus.QUEUED || call.status == CallStatus.RINGING) {
                    switchboard.end(call, CallStatus.CANCELED);
                }
            }
            default -> throw ApiError.badRequest(20001, "Invalid call status " + status);
        }
    }

    /** "completed" on a call nobody has answered yet takes it back. */
    private static CallStatus endOf(Call call) {
        return call.status == CallStatus.IN_PROGRESS || call.way == CallWay.INCOMING
                ? CallStatus.COMPLETED
                : CallStatus.CANCELED;
    }

    private void redirect(Call call, @Nullable String url, @Nullable String twiml) {
        if (url == null && twiml == null) {
            throw ApiError.badRequest(21205, "Url parameter is required.");
        }
        if (call.status != CallStatus.IN_PROGRESS) {
            throw ApiError.badRequest(21220, "Call is not in-progress. Cannot redirect.");
        }
        switchboard.redirect(call, url == null ? null : CallOrders.httpUrl(url), twiml);
    }

    private Call call(String sid) {
        return switchboard.calls().find(sid).orElseThrow(() -> ApiError.notFound("/Calls/" + sid + ".json"));
    }

    private static @Nullable String date(@Nullable Instant instant) {
        return instant == null ? null : Exchange.rfc2822(instant);
    }
}
