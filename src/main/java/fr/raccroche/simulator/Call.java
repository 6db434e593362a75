package fr.raccroche.simulator;

import fr.raccroche.simulator.Timeline.Planned;
import fr.raccroche.simulator.people.Voice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One call leg; touched only in turns of the timeline. */
final class Call {

    final String sid;
    final CallOrder order;
    final Instant created;
    final CallWay way;
    /** Set on the leg of a softphone. */
    final @Nullable Headset headset;
    /** The leg whose TwiML dialled this one. */
    final @Nullable Call parent;

    /** The leg that this one's TwiML dials. */
    @Nullable
    Call child;

    Verb.@Nullable DialParty dialing;
    /** How long it waited for the account's turn. */
    Duration queued = Duration.ZERO;

    /** What the search for a machine found; null before it ends, or when nobody wants to know. */
    @Nullable
    String answeredBy;

    Duration detectionTime = Duration.ZERO;

    CallStatus status = CallStatus.QUEUED;
    Instant updated;

    @Nullable
    Instant started;

    @Nullable
    Instant answered;

    @Nullable
    Instant ended;

    boolean rang;
    int sequence;

    final Deque<Verb> script = new ArrayDeque<>();
    /** Counts documents, so that the answer to an abandoned request for instructions is recognised. */
    int document;

    @Nullable
    Conference conference;
    /** Where to go on after the conference; null goes on with the script. */
    @Nullable
    String afterConference;

    /** Who picked up, on a leg to a person. */
    @Nullable
    Voice voice;

    boolean hangsUpEarly;

    /** The conversation of a person with an agent. */
    @Nullable
    Talk talk;

    @Nullable
    Planned patience;

    private final List<Planned> planned = new ArrayList<>();

    Call(String sid, CallWay way, CallOrder order, Instant created, @Nullable Headset headset, @Nullable Call parent) {
        this.sid = sid;
        this.way = way;
        this.order = order;
        this.created = created;
        this.updated = created;
        this.headset = headset;
        this.parent = parent;
    }

    String from() {
        return order.from();
    }

    String to() {
        return order.to();
    }

    /** The number of the person on this leg, whoever rang whom. */
    String person() {
        return way == CallWay.INCOMING ? from() : to();
    }

    /** Whether a phone, and not a softphone, is at the other end. */
    boolean isWithPerson() {
        return !person().startsWith("client:");
    }

    boolean isOver() {
        return status.isFinal();
    }

    /** Seconds of conversation; 0 for a call nobody answered. */
    long seconds() {
        Instant from = answered;
        Instant to = ended;
        return from == null || to == null ? 0 : Duration.between(from, to).toSeconds();
    }

    /** Remembers something planned that loses its meaning when the call is over. */
    void plan(Planned entry) {
        planned.add(entry);
    }

    void cancelPlanned() {
        planned.forEach(Planned::cancel);
        planned.clear();
    }
}
