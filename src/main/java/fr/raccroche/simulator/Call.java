package fr.raccroche.simulator;

import fr.raccroche.simulator.Timeline.Planned;
import fr.raccroche.simulator.people.Voice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One call leg; touched only in turns of the timeline. */
final class Call {

    enum Status {
        QUEUED("queued"),
        RINGING("ringing"),
        IN_PROGRESS("in-progress"),
        COMPLETED("completed"),
        BUSY("busy"),
        FAILED("failed"),
        NO_ANSWER("no-answer"),
        CANCELED("canceled");

        final String text;

        Status(String text) {
            this.text = text;
        }

        boolean isFinal() {
            return switch (this) {
                case QUEUED, RINGING, IN_PROGRESS -> false;
                case COMPLETED, BUSY, FAILED, NO_ANSWER, CANCELED -> true;
            };
        }
    }

    /** Which way a leg goes. */
    enum Way {
        /** The account asked for it. */
        PLACED("outbound-api"),
        /** Another leg's TwiML dials it. */
        DIALED("outbound-dial"),
        /** A softphone or a person rings the account. */
        INCOMING("inbound");

        final String text;

        Way(String text) {
            this.text = text;
        }
    }

    /**
     * What the account asked for. {@code room} is set for a conference participant, else {@code url} or {@code twiml}.
     *
     * @param fallbackUrl asked for other instructions when those of {@code url} cannot be had or read
     * @param detection null when nobody wants to know whether a machine answered
     */
    record Order(
            String from,
            String to,
            @Nullable String url,
            @Nullable String fallbackUrl,
            @Nullable String twiml,
            Verb.@Nullable DialConference room,
            @Nullable String statusCallback,
            Set<String> events,
            Duration ringTimeout,
            Duration timeLimit,
            @Nullable String label,
            @Nullable Detection detection) {

        /** A leg of which nothing is reported and which lasts as long as its ends like. */
        static Order plain(String from, String to, @Nullable String url) {
            return new Order(
                    from, to, url, null, null, null, null, Set.of(), Exchange.NO_LIMIT, Exchange.NO_LIMIT, null, null);
        }

        Order into(Verb.DialConference other) {
            return new Order(
                    from,
                    to,
                    null,
                    null,
                    null,
                    other,
                    statusCallback,
                    events,
                    ringTimeout,
                    timeLimit,
                    label,
                    detection);
        }

        Order reportingTo(@Nullable String callback, Set<String> wanted, Duration ring, Duration limit) {
            return new Order(from, to, url, fallbackUrl, twiml, room, callback, wanted, ring, limit, label, detection);
        }
    }

    /**
     * Finding out whether a machine answered.
     *
     * @param messageEnd whether to wait for the end of its greeting
     * @param async whether the call goes on meanwhile
     * @param callback where the result goes; only for an asynchronous one
     */
    record Detection(
            boolean messageEnd, boolean async, @Nullable String callback) {}

    final String sid;
    final Order order;
    final Instant created;
    final Way way;
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

    Status status = Status.QUEUED;
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

    Call(String sid, Way way, Order order, Instant created, @Nullable Headset headset, @Nullable Call parent) {
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
        return way == Way.INCOMING ? from() : to();
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
