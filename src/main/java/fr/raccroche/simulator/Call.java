package fr.raccroche.simulator;

import fr.raccroche.simulator.Timeline.Planned;
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

    /** What the account asked for. {@code room} is set for a conference participant, else {@code url} or {@code twiml}. */
    record Order(
            String from,
            String to,
            @Nullable String url,
            @Nullable String twiml,
            Verb.@Nullable DialConference room,
            @Nullable String statusCallback,
            Set<String> events,
            Duration ringTimeout,
            Duration timeLimit,
            @Nullable String label) {}

    final String sid;
    final Order order;
    final Instant created;
    /** Set on the leg of a softphone. */
    final @Nullable Headset headset;

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

    Call(String sid, Order order, Instant created, @Nullable Headset headset) {
        this.sid = sid;
        this.order = order;
        this.created = created;
        this.updated = created;
        this.headset = headset;
    }

    String from() {
        return order.from();
    }

    String to() {
        return order.to();
    }

    String direction() {
        return headset == null ? "outbound-api" : "inbound";
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
