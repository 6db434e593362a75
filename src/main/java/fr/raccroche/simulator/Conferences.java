package fr.raccroche.simulator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The rooms of the account: who is in, when they start and end, and the events they send. */
final class Conferences {

    private static final int KEPT = 5_000;

    private final Exchange exchange;
    private final Timeline timeline;
    private final Switchboard switchboard;
    private final Map<String, Conference> bySid = new LinkedHashMap<>();
    private final Map<String, Conference> openByName = new LinkedHashMap<>();
    private Consumer<Call> leaving = call -> {};

    Conferences(Exchange exchange, Switchboard switchboard) {
        this.exchange = exchange;
        this.timeline = exchange.timeline();
        this.switchboard = switchboard;
    }

    /** Who goes on with a call that is out of its room. */
    void onLeaving(Consumer<Call> next) {
        leaving = next;
    }

    /** By SID, or by name while it is open. */
    Optional<Conference> find(String sidOrName) {
        return Optional.ofNullable(bySid.get(sidOrName)).or(() -> Optional.ofNullable(openByName.get(sidOrName)));
    }

    List<Conference> newestFirst() {
        return List.copyOf(bySid.values()).reversed();
    }

    Conference openOrCreate(String name) {
        return openByName.computeIfAbsent(name, key -> {
            var conference = new Conference(exchange.sids().next("CF"), name, timeline.now());
            bySid.put(conference.sid, conference);
            forgetOldest();
            return conference;
        });
    }

    /** Events go where the first to ask wants them. */
    void listen(Conference conference, @Nullable String url, Set<String> events) {
        if (conference.statusCallback == null && url != null) {
            conference.statusCallback = url;
            conference.events = events;
        }
    }

    void join(Call call, Verb.DialConference dial) {
        Conference conference = openOrCreate(dial.room());
        listen(conference, dial.statusCallback(), dial.events());
        conference.invited.remove(call.sid);
        var participant = new Participant(call, dial.startsOnEnter(), dial.endsOnExit());
        participant.muted = dial.muted();
        conference.participants.put(call.sid, participant);
        call.conference = conference;
        call.afterConference = dial.action();
        if (!dial.timeLimit().equals(Exchange.NO_LIMIT)) {
            call.plan(timeline.after(dial.timeLimit(), () -> leaveInTime(call, conference)));
        }
        tell(conference, "join", "participant-join", call, Map.of());
        startIfReady(conference);
        if (conference.status == ConferenceStatus.IN_PROGRESS) {
            List<Call> present = conference.participants.values().stream()
                    .map(other -> other.call)
                    .toList();
            Talk.beginBetween(present, exchange, switchboard);
        }
    }

    private void leaveInTime(Call call, Conference conference) {
        if (conference.equals(call.conference)) {
            leave(call, false);
            leaving.accept(call);
        }
    }

    /** What changed for one participant through the API. */
    void changed(Conference conference, Call call, boolean wasMuted, boolean wasHeld) {
        @Nullable Participant participant = conference.participants.get(call.sid);
        if (participant == null) {
            return;
        }
        if (participant.muted != wasMuted) {
            tell(conference, "mute", participant.muted ? "participant-mute" : "participant-unmute", call, Map.of());
        }
        if (participant.hold != wasHeld) {
            tell(conference, "hold", participant.hold ? "participant-hold" : "participant-unhold", call, Map.of());
        }
        tell(conference, "modify", "participant-modify", call, Map.of());
    }

    /** A participant said something. */
    void spoke(Call call) {
        @Nullable Conference conference = call.conference;
        if (conference != null) {
            tell(conference, "speaker", "participant-speech-start", call, Map.of());
            tell(conference, "speaker", "participant-speech-stop", call, Map.of());
        }
    }

    /** Plays something to the room, or to one participant of it. */
    void announce(Conference conference, String url, @Nullable Call listener) {
        Verb.Play announcement = new Verb.Play(url, 1);
        timeline.after(
                announcement.length(),
                () -> tell(
                        conference,
                        "announcement",
                        "announcement-end",
                        listener,
                        Map.of("ReasonAnnouncementEnded", "completed", "AnnounceUrl", url)));
    }

    /** Takes a call out of its room; {@code over} when it will not go on. */
    void leave(Call call, boolean over) {
        Conference conference = call.conference;
        if (conference == null) {
            openByName.values().forEach(open -> open.invited.remove(call.sid));
            return;
        }
        Participant left = out(conference, call, over ? "participant_hung_up" : "participant_updated");
        if (left != null && left.endsOnExit) {
            end(conference, "participant-with-end-conference-on-exit-left", call.sid);
        } else if (conference.participants.isEmpty()) {
            end(conference, "last-participant-left", call.sid);
        }
    }

    void end(Conference conference, String reason, @Nullable String callEnding) {
        if (conference.status == ConferenceStatus.COMPLETED) {
            return;
        }
        conference.status = ConferenceStatus.COMPLETED;
        conference.updated = timeline.now();
        conference.reasonEnded = reason;
        conference.callEnding = callEnding;
        openByName.remove(conference.name);
        for (Participant participant : List.copyOf(conference.participants.values())) {
            out(conference, participant.call, "conference_ended");
            leaving.accept(participant.call);
        }
        var details = new LinkedHashMap<String, String>();
        details.put("ReasonConferenceEnded", reason);
        if (callEnding != null) {
            details.put("CallSidEndingConference", callEnding);
        }
        tell(conference, "end", "conference-end", null, details);
    }

    private @Nullable Participant out(Conference conference, Call call, String reason) {
        tell(conference, "leave", "participant-leave", call, Map.of("ReasonParticipantLeft", reason));
        List<Talk> talks = talksOf(conference, call);
        Participant left = conference.participants.remove(call.sid);
        call.conference = null;
        talks.forEach(Talk::breakOff);
        return left;
    }

    private static List<Talk> talksOf(Conference conference, Call call) {
        return conference.participants.values().stream()
                .map(participant -> participant.call.talk)
                .filter(talk -> talk != null && talk.involves(call))
                .distinct()
                .toList();
    }

    private void startIfReady(Conference conference) {
        boolean ready = conference.status == ConferenceStatus.INIT
                && conference.participants.size() > 1
                && conference.participants.values().stream().anyMatch(participant -> participant.startsOnEnter);
        if (ready) {
            conference.status = ConferenceStatus.IN_PROGRESS;
            conference.updated = timeline.now();
            tell(conference, "start", "conference-start", null, Map.of());
        }
    }

    private void forgetOldest() {
        if (bySid.size() > KEPT) {
            bySid.values().stream()
                    .filter(conference -> conference.status == ConferenceStatus.COMPLETED)
                    .findFirst()
                    .map(conference -> conference.sid)
                    .ifPresent(bySid::remove);
        }
    }

    /** {@code wanted} is what an account asks for to be told about {@code event}. */
    private void tell(
            Conference conference, String wanted, String event, @Nullable Call call, Map<String, String> details) {
        String url = conference.statusCallback;
        if (url == null || !conference.events.contains(wanted)) {
            return;
        }
        var fields = new LinkedHashMap<String, String>();
        fields.put("ConferenceSid", conference.sid);
        fields.put("FriendlyName", conference.name);
        fields.put("AccountSid", exchange.settings().accountSid());
        fields.put("StatusCallbackEvent", event);
        fields.put("Timestamp", Exchange.rfc2822(timeline.now()));
        fields.put("SequenceNumber", String.valueOf(++conference.sequence));
        if (call != null) {
            participantFields(conference, call, fields);
        }
        fields.putAll(details);
        exchange.tell(conference.sid, url, fields);
    }

    private static void participantFields(Conference conference, Call call, Map<String, String> fields) {
        Participant participant = conference.participants.get(call.sid);
        fields.put("CallSid", call.sid);
        fields.put("Muted", String.valueOf(participant != null && participant.muted));
        fields.put("Hold", String.valueOf(participant != null && participant.hold));
        fields.put("Coaching", "false");
        fields.put("EndConferenceOnExit", String.valueOf(participant != null && participant.endsOnExit));
        fields.put("StartConferenceOnEnter", String.valueOf(participant == null || participant.startsOnEnter));
        if (call.order.label() != null) {
            fields.put("ParticipantLabel", call.order.label());
        }
    }
}
