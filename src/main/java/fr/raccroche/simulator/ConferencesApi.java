package fr.raccroche.simulator;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code /Conferences} and {@code /Conferences/{sid or name}/Participants}. */
final class ConferencesApi {

    private static final int SHORTEST_RING = 5;

    private final Exchange exchange;
    private final Switchboard switchboard;
    private final Conferences conferences;
    private final CallOrders orders;

    ConferencesApi(Exchange exchange, Switchboard switchboard, CallOrders orders) {
        this.exchange = exchange;
        this.switchboard = switchboard;
        this.conferences = switchboard.conferences();
        this.orders = orders;
    }

    HttpReply list(Request request) {
        Form query = request.query();
        List<Conference> found = conferences.newestFirst().stream()
                .filter(conference ->
                        query.get("FriendlyName").map(conference.name::equals).orElse(true))
                .filter(conference ->
                        query.get("Status").map(conference.status.text::equals).orElse(true))
                .toList();
        return ListPage.of(request, "conferences", found, this::render);
    }

    HttpReply fetch(String sid) {
        return HttpReply.json(200, render(conference(sid)));
    }

    HttpReply update(String sid, Form form) {
        Conference conference = conference(sid);
        form.get("AnnounceUrl").ifPresent(url -> conferences.announce(conference, CallOrders.httpUrl(url), null));
        if (form.get("Status").filter("completed"::equals).isPresent()) {
            conferences.end(conference, "conference-ended-via-api", null);
        }
        return HttpReply.json(200, render(conference));
    }

    HttpReply addParticipant(String room, Form form) {
        String to = orders.callee(form);
        String from = orders.caller(form);
        if (form.get("Timeout")
                .filter(text -> text.length() == 1 && text.charAt(0) < '0' + SHORTEST_RING)
                .isPresent()) {
            throw ApiError.badRequest(20001, "Timeout must be at least " + SHORTEST_RING + " seconds");
        }
        Conference conference = conferences
                .find(room)
                .filter(found -> found.status != ConferenceStatus.COMPLETED)
                .orElseGet(() -> conferences.openOrCreate(room));
        conferences.listen(
                conference,
                CallOrders.callbackUrl(form, "ConferenceStatusCallback"),
                events(form, "ConferenceStatusCallbackEvent"));
        CallOrder order = orders.order(form, from, to, null, null, orders.detection(form, "AmdStatusCallback", true));
        Call call = switchboard.place(joining(order, conference, form));
        conference.invited.put(call.sid, call);
        return HttpReply.json(201, render(conference, call))
                .then(() -> exchange.timeline().run(() -> switchboard.dial(call)));
    }

    HttpReply listParticipants(Request request, String room) {
        Conference conference = conference(room);
        var present = new ArrayList<Call>(conference.invited.values());
        conference.participants.values().forEach(participant -> present.add(participant.call));
        return ListPage.of(request, "participants", present, call -> render(conference, call));
    }

    HttpReply fetchParticipant(String room, String call) {
        Conference conference = conference(room);
        return HttpReply.json(200, render(conference, participant(conference, call)));
    }

    HttpReply updateParticipant(String room, String call, Form form) {
        Conference conference = conference(room);
        Call found = participant(conference, call);
        Participant participant = conference.participants.get(found.sid);
        if (participant != null) {
            boolean wasMuted = participant.muted;
            boolean wasHeld = participant.hold;
            form.get("AnnounceUrl").ifPresent(url -> conferences.announce(conference, CallOrders.httpUrl(url), found));
            form.get("Muted").ifPresent(value -> participant.muted = Boolean.parseBoolean(value));
            form.get("Hold").ifPresent(value -> participant.hold = Boolean.parseBoolean(value));
            form.get("EndConferenceOnExit").ifPresent(value -> participant.endsOnExit = Boolean.parseBoolean(value));
            conferences.changed(conference, found, wasMuted, wasHeld);
        }
        return HttpReply.json(200, render(conference, found));
    }

    /** Removing a participant hangs that call up. */
    HttpReply removeParticipant(String room, String call) {
        Call found = participant(conference(room), call);
        switchboard.end(found, found.status == CallStatus.IN_PROGRESS ? CallStatus.COMPLETED : CallStatus.CANCELED);
        return HttpReply.noContent();
    }

    private Conference conference(String sidOrName) {
        return conferences.find(sidOrName).orElseThrow(() -> ApiError.notFound("/Conferences/" + sidOrName + ".json"));
    }

    private static Call participant(Conference conference, String sidOrLabel) {
        var everyone = new ArrayList<Call>(conference.invited.values());
        conference.participants.values().forEach(participant -> everyone.add(participant.call));
        return everyone.stream()
                .filter(call -> call.sid.equals(sidOrLabel) || sidOrLabel.equals(call.order.label()))
                .findFirst()
                .orElseThrow(() -> ApiError.notFound("/Participants/" + sidOrLabel + ".json"));
    }

    private static CallOrder joining(CallOrder order, Conference conference, Form form) {
        return order.into(new Verb.DialConference(
                conference.name,
                truth(form, "StartConferenceOnEnter", true),
                truth(form, "EndConferenceOnExit", false),
                truth(form, "Muted", false),
                null,
                Set.of(),
                null,
                Exchange.NO_LIMIT));
    }

    private static boolean truth(Form form, String name, boolean normal) {
        return form.get(name).map(Boolean::parseBoolean).orElse(normal);
    }

    private static Set<String> events(Form form, String name) {
        var events = new HashSet<String>();
        form.all(name).forEach(value -> events.addAll(List.of(value.split(" +", -1))));
        return events;
    }

    private Map<String, @Nullable Object> render(Conference conference) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("sid", conference.sid);
        json.put("account_sid", exchange.settings().accountSid());
        json.put("friendly_name", conference.name);
        json.put("status", conference.status.text);
        json.put("date_created", Exchange.rfc2822(conference.created));
        json.put("date_updated", Exchange.rfc2822(conference.updated));
        json.put("region", "us1");
        json.put("reason_conference_ended", conference.reasonEnded);
        json.put("call_sid_ending_conference", conference.callEnding);
        json.put("api_version", Exchange.API_VERSION);
        json.put("uri", uri(conference) + ".json");
        json.put("subresource_uris", Map.of("participants", uri(conference) + "/Participants.json"));
        return json;
    }

    private Map<String, @Nullable Object> render(Conference conference, Call call) {
        Participant participant = conference.participants.get(call.sid);
        Verb.DialConference ordered = call.order.room();
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("account_sid", exchange.settings().accountSid());
        json.put("call_sid", call.sid);
        json.put("call_sid_to_coach", null);
        json.put("coaching", false);
        json.put("conference_sid", conference.sid);
        json.put("label", call.order.label());
        json.put("muted", participant != null && participant.muted);
        json.put("hold", participant != null && participant.hold);
        json.put(
                "end_conference_on_exit",
                participant == null ? ordered != null && ordered.endsOnExit() : participant.endsOnExit);
        json.put("start_conference_on_enter", participant == null || participant.startsOnEnter);
        json.put("status", participantStatus(participant, call));
        json.put("date_created", Exchange.rfc2822(call.created));
        json.put("date_updated", Exchange.rfc2822(call.updated));
        json.put("queue_time", String.valueOf(call.queued.toMillis()));
        json.put("api_version", Exchange.API_VERSION);
        json.put("uri", uri(conference) + "/Participants/" + call.sid + ".json");
        return json;
    }

    private static String participantStatus(@Nullable Participant participant, Call call) {
        if (participant != null) {
            return "connected";
        }
        return switch (call.status) {
            case QUEUED -> "queued";
            case RINGING -> "ringing";
            case IN_PROGRESS -> "connecting";
            case COMPLETED -> "complete";
            case BUSY, FAILED, NO_ANSWER, CANCELED -> "failed";
        };
    }

    private String uri(Conference conference) {
        return "/" + Exchange.API_VERSION + "/Accounts/" + exchange.settings().accountSid() + "/Conferences/"
                + conference.sid;
    }
}
