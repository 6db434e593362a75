package fr.raccroche.simulator;

import fr.raccroche.simulator.people.Scenario;
import java.time.Duration;
import java.time.Instant;
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

    private final RandomGenerator random;
    private final RequestFaults faults;
    private final Map<String, Integer> textErrors = new ConcurrentHashMap<>();
    private final Map<String, String> keys = new ConcurrentHashMap<>();
    private final Map<String, Queue<Scenario>> scripts = new ConcurrentHashMap<>();
    private final Map<String, Long> injected = new ConcurrentSkipListMap<>();
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
        this.faults = new RequestFaults(random);
    }

    /** Everything as at the start again; callbacks that were held leave. */
    public synchronized void reset() {
        faults.clear();
        textErrors.clear();
        keys.clear();
        scripts.clear();
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
        line = line.dropping(percent);
    }

    /** Share of callbacks that are sent twice, 0 to 100. */
    public void duplicateCallbacks(int percent) {
        line = line.duplicating(percent);
    }

    /** Share of callbacks that the next one about the same call overtakes, 0 to 100. */
    public void reorderCallbacks(int percent) {
        line = line.reordering(percent);
    }

    /** Share of callbacks beside which a stranger sends a lie with a bad signature or another account's, 0 to 100. */
    public void forgeCallbacks(int percent) {
        line = line.forging(percent);
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
        faults.plan(times, fault, moment);
    }

    /** Every request fails this way until {@code end}, business time; nothing is done. */
    public synchronized void failUntil(Instant end, Fault fault) {
        faults.failUntil(end, fault);
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
        Optional<PlannedAnswer> answer = faults.next(creation, now, line.bursts());
        answer.ifPresent(planned -> count("failed_requests"));
        return answer;
    }

    boolean drops() {
        return happens(line.drop()) && count("dropped_callbacks");
    }

    boolean duplicates() {
        return happens(line.duplicate()) && count("duplicated_callbacks");
    }

    boolean reorders() {
        return happens(line.reorder()) && count("overtaken_callbacks");
    }

    boolean forges() {
        return happens(line.forge()) && count("forged_callbacks");
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

    private synchronized boolean happens(int percent) {
        return percent > 0 && random.nextInt(100) < percent;
    }
}
