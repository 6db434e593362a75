package fr.raccroche.simulator;

import fr.raccroche.simulator.people.Scenario;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What goes wrong on purpose; everything is off until it is set, and may be changed while calls run. */
public final class Knobs {

    /** What happens to a request to the REST API. */
    public enum Fault {
        INTERNAL_ERROR,
        UNAVAILABLE,
        /** Twilio answers this only to requests that it did not process. */
        TOO_MANY_REQUESTS,
        HANG,
        CLOSE,
        /** A success whose body nobody can read. */
        GARBAGE
    }

    /** Whether what was asked for is done all the same: a call or a message exists, a call is hung up. */
    public enum Moment {
        BEFORE_CREATION,
        AFTER_CREATION
    }

    /**
     * A bad line for a whole run, each a share in percent.
     *
     * @param drop callbacks that are never sent
     * @param duplicate callbacks that are sent twice
     * @param reorder callbacks that the next one about the same call overtakes
     * @param forge callbacks beside which somebody else sends one of their own
     * @param bursts requests that are answered 500, 503 or 429, several in a row
     */
    public record BadLine(int drop, int duplicate, int reorder, int forge, int bursts) {

        /** Everything works. */
        public static final BadLine NONE = new BadLine(0, 0, 0, 0, 0);

        public BadLine {
            for (int share : new int[] {drop, duplicate, reorder, forge, bursts}) {
                if (share < 0 || share > 100) {
                    throw new IllegalArgumentException("A share lies between 0 and 100 percent, not " + share);
                }
            }
        }
    }

    private record PlannedFault(Fault fault, Moment moment, boolean creationsOnly) {}

    private record Outage(Fault fault, Instant end) {}

    private static final int SHORTEST_BURST = 4;
    private static final int LONGEST_BURST = 12;
    private static final int MEAN_BURST = (SHORTEST_BURST + LONGEST_BURST) / 2;

    private final RandomGenerator random;
    private final Deque<PlannedFault> faults = new ArrayDeque<>();
    private final Map<String, Integer> textErrors = new ConcurrentHashMap<>();
    private final Map<String, String> keys = new ConcurrentHashMap<>();
    private final Map<String, Queue<Scenario>> scripts = new ConcurrentHashMap<>();
    private final Map<String, Long> injected = new ConcurrentSkipListMap<>();
    private @Nullable Outage outage;
    private volatile BadLine line = BadLine.NONE;
    private volatile boolean unknownFields;
    private volatile Duration callbackDelay = Duration.ZERO;
    private volatile Duration answerDelay = Duration.ZERO;
    private volatile CompletableFuture<Void> gate = CompletableFuture.completedFuture(null);
    private volatile Duration pace = Duration.ZERO;
    private volatile int callsAtOnce;
    private volatile boolean ringsBack = true;

    Knobs(RandomGenerator random) {
        this.random = random;
    }

    /** Everything as at the start again; callbacks that were held leave. */
    public synchronized void reset() {
        faults.clear();
        textErrors.clear();
        keys.clear();
        scripts.clear();
        outage = null;
        line = BadLine.NONE;
        unknownFields = false;
        callbackDelay = Duration.ZERO;
        answerDelay = Duration.ZERO;
        pace = Duration.ZERO;
        callsAtOnce = 0;
        releaseCallbacks();
    }

    public void badLine(BadLine shares) {
        line = shares;
    }

    /** Share of callbacks that are never sent, 0 to 100. */
    public void dropCallbacks(int percent) {
        line = new BadLine(percent, line.duplicate, line.reorder, line.forge, line.bursts);
    }

    /** Share of callbacks that are sent twice, 0 to 100. */
    public void duplicateCallbacks(int percent) {
        line = new BadLine(line.drop, percent, line.reorder, line.forge, line.bursts);
    }

    /** Share of callbacks that the next one about the same call overtakes, 0 to 100. */
    public void reorderCallbacks(int percent) {
        line = new BadLine(line.drop, line.duplicate, percent, line.forge, line.bursts);
    }

    /** Share of callbacks beside which a stranger sends a lie with a bad signature or another account's, 0 to 100. */
    public void forgeCallbacks(int percent) {
        line = new BadLine(line.drop, line.duplicate, line.reorder, percent, line.bursts);
    }

    /** Real time every callback waits before it is sent. */
    public void delayCallbacks(Duration delay) {
        callbackDelay = delay;
    }

    /** Keeps callbacks back until {@link #releaseCallbacks}, which sends all of them at once. */
    public synchronized void holdCallbacks() {
        if (gate.isDone()) {
            gate = new CompletableFuture<>();
        }
    }

    /** Sends what was held. */
    public void releaseCallbacks() {
        boolean unused = gate.complete(null);
    }

    /** Callbacks carry fields that no documentation names, as they may from one day to the next. */
    public void addUnknownFields(boolean wanted) {
        unknownFields = wanted;
    }

    /** Real time the answer to a creation is kept back, while the call or message is under way already. */
    public void delayAnswers(Duration delay) {
        answerDelay = delay;
    }

    /** The next {@code times} creations fail this way. */
    public synchronized void failNext(int times, Fault fault, Moment moment) {
        plan(times, new PlannedFault(fault, moment, true));
    }

    /** Every request fails this way until {@code end}, business time; nothing is done. */
    public synchronized void failUntil(Instant end, Fault fault) {
        outage = new Outage(fault, end);
    }

    /** Business time between two calls that the account begins; others wait in a queue. Twilio's normal is a second. */
    public void paceCalls(Duration apart) {
        pace = apart;
    }

    /** Calls the account may have at once; more are refused with 10004. 0 is no limit. */
    public void limitCallsAtOnce(int calls) {
        callsAtOnce = calls;
    }

    /** Whether people who missed a call ring back by themselves; a {@link #reset} leaves it as it is. */
    public void letRingBack(boolean wanted) {
        ringsBack = wanted;
    }

    /** Texts to {@code number} end undelivered with this error, 30003 for example; 0 delivers them. */
    public void failTexts(String number, int errorCode) {
        textErrors.put(number, errorCode);
    }

    /** Whoever is on the line at {@code number} presses these keys when asked to; empty presses none. */
    public void pressKeys(String number, String pressed) {
        keys.put(number, pressed);
    }

    /** The next calls to {@code number} go like this, one after the other, whoever it belongs to. */
    public void script(String number, Scenario... scenarios) {
        scripts.put(number, new ConcurrentLinkedQueue<>(List.of(scenarios)));
    }

    /** How often each fault happened so far, by name. */
    public Map<String, Long> injected() {
        return Map.copyOf(injected);
    }

    synchronized Optional<PlannedAnswer> faultOf(boolean creation, Instant now) {
        if (outage != null && now.isBefore(outage.end)) {
            return Optional.of(fail(outage.fault, Moment.BEFORE_CREATION));
        }
        @Nullable PlannedFault planned = faults.peek();
        if (planned == null && happens(line.bursts, MEAN_BURST)) {
            planBurst();
            planned = faults.peek();
        }
        if (planned == null || (planned.creationsOnly && !creation)) {
            return Optional.empty();
        }
        faults.remove();
        return Optional.of(fail(planned.fault, planned.moment));
    }

    /** How a request fails, and whether it is carried out all the same. */
    record PlannedAnswer(Fault fault, Moment moment) {}

    private PlannedAnswer fail(Fault fault, Moment moment) {
        count("failed_requests");
        return new PlannedAnswer(fault, moment);
    }

    private void plan(int times, PlannedFault fault) {
        for (int i = 0; i < times; i++) {
            faults.add(fault);
        }
    }

    private void planBurst() {
        int length = SHORTEST_BURST + random.nextInt(LONGEST_BURST - SHORTEST_BURST + 1);
        switch (random.nextInt(4)) {
            case 0 -> plan(length, new PlannedFault(Fault.INTERNAL_ERROR, Moment.BEFORE_CREATION, false));
            case 1 -> plan(length, new PlannedFault(Fault.INTERNAL_ERROR, Moment.AFTER_CREATION, false));
            case 2 -> plan(length, new PlannedFault(Fault.UNAVAILABLE, Moment.BEFORE_CREATION, false));
            default -> plan(length, new PlannedFault(Fault.TOO_MANY_REQUESTS, Moment.BEFORE_CREATION, false));
        }
    }

    boolean drops() {
        return happens(line.drop, 1) && count("dropped_callbacks");
    }

    boolean duplicates() {
        return happens(line.duplicate, 1) && count("duplicated_callbacks");
    }

    boolean reorders() {
        return happens(line.reorder, 1) && count("overtaken_callbacks");
    }

    boolean forges() {
        return happens(line.forge, 1) && count("forged_callbacks");
    }

    boolean addsUnknownFields() {
        return unknownFields;
    }

    Duration callbackDelay() {
        return callbackDelay;
    }

    Duration answerDelay() {
        return answerDelay;
    }

    /** Returns at once unless callbacks are held. */
    void awaitRelease() throws InterruptedException {
        try {
            gate.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("The gate is only ever opened", e);
        }
    }

    Duration pace() {
        return pace;
    }

    boolean ringsBack() {
        return ringsBack;
    }

    boolean allowsAnotherCall(int live) {
        return callsAtOnce == 0 || live < callsAtOnce;
    }

    Optional<Integer> textError(String number) {
        return Optional.ofNullable(textErrors.get(number));
    }

    Optional<String> keysPressedBy(String number) {
        return Optional.ofNullable(keys.get(number));
    }

    Optional<Scenario> nextScenario(String number) {
        @Nullable Queue<Scenario> script = scripts.get(number);
        return script == null ? Optional.empty() : Optional.ofNullable(script.poll());
    }

    private boolean count(String what) {
        injected.merge(what, 1L, Long::sum);
        return true;
    }

    /** With a probability of {@code percent} in a hundred times {@code rarer}. */
    private synchronized boolean happens(int percent, int rarer) {
        return percent > 0 && random.nextInt(100 * rarer) < percent;
    }
}
