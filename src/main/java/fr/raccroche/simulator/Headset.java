package fr.raccroche.simulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** An agent's audio: the leg that holds it and what the agent hears as text. */
public final class Headset {

    private static final int KEPT_LINES = 200;

    private final String identity;
    private final Timeline timeline;
    private final Switchboard switchboard;
    private final Deque<SpokenLine> lines = new ArrayDeque<>();
    private final AtomicInteger listeners = new AtomicInteger();
    private long count;
    private @Nullable Call leg;
    private @Nullable Talk talk;

    Headset(String identity, Timeline timeline, Switchboard switchboard) {
        this.identity = identity;
        this.timeline = timeline;
        this.switchboard = switchboard;
    }

    /** The identity in the access token. */
    public String identity() {
        return identity;
    }

    /** Whether the leg is up. */
    public boolean isConnected() {
        return leg().isPresent();
    }

    /** SID of the leg while it is up. */
    public Optional<String> callSid() {
        return leg().map(call -> call.sid);
    }

    /** The conversation with whoever is on the line. */
    public Optional<Talk> talk() {
        return timeline.turn(() -> Optional.ofNullable(talk));
    }

    /** What was said after line {@code n}. */
    public List<SpokenLine> heardSince(long n) {
        return timeline.turn(() -> lines.stream().filter(line -> line.n() > n).toList());
    }

    /** Hangs the agent's leg up. */
    public void disconnect() {
        timeline.run(() -> leg().ifPresent(call -> switchboard.end(call, CallStatus.COMPLETED)));
    }

    /** Calls in, in place of an older leg. */
    Call connect() {
        return timeline.turn(() -> {
            disconnect();
            Call call = switchboard.callIn(this);
            leg = call;
            return call;
        });
    }

    /** Answers a call to this client. */
    void takes(Call call) {
        leg = call;
    }

    void dropped(Call call) {
        if (leg == call) {
            leg = null;
            talk = null;
        }
    }

    void talking(Talk current) {
        talk = current;
    }

    /** Another conversation may have begun before this one was over. */
    void stopTalking(Talk ended) {
        if (ended.equals(talk)) {
            talk = null;
        }
    }

    void hear(String speaker, String text) {
        lines.add(new SpokenLine(++count, speaker, text));
        if (lines.size() > KEPT_LINES) {
            lines.remove();
        }
    }

    void listen() {
        listeners.incrementAndGet();
    }

    /** Returns whether anyone still listens. */
    boolean stopListening() {
        return listeners.decrementAndGet() > 0;
    }

    boolean isListenedTo() {
        return listeners.get() > 0;
    }

    private Optional<Call> leg() {
        return timeline.turn(() -> Optional.ofNullable(leg).filter(call -> !call.isOver()));
    }
}
