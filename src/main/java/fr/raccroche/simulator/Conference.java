package fr.raccroche.simulator;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A room in which calls hear each other; touched only in turns of the timeline. */
final class Conference {

    final String sid;
    final String name;
    final Instant created;
    /** Present in the room. */
    final Map<String, Participant> participants = new LinkedHashMap<>();
    /** Added through the API and still being called. */
    final Map<String, Call> invited = new LinkedHashMap<>();

    ConferenceStatus status = ConferenceStatus.INIT;
    Instant updated;
    /** Where events go: what the first participant who named a URL asked for. */
    @Nullable
    String statusCallback;

    Set<String> events = Set.of();
    int sequence;

    @Nullable
    String reasonEnded;

    @Nullable
    String callEnding;

    Conference(String sid, String name, Instant created) {
        this.sid = sid;
        this.name = name;
        this.created = created;
        this.updated = created;
    }
}
