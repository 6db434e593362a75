package fr.raccroche.simulator;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Calls the product back: signed POST forms, each on a virtual thread of its own, so that two events may overtake each
 * other as they do at Twilio.
 */
final class Webhooks implements AutoCloseable {

    /** Real time after which a callback goes out although no later one has overtaken it. */
    private static final Duration LONGEST_OVERTAKING = Duration.ofMillis(200);

    private static final int REFUSED = 403;

    private final String authToken;
    private final Knobs knobs;
    private final RandomGenerator random;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final WebhookSender sender = new WebhookSender(threads);
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger believed = new AtomicInteger();
    /** Callbacks that wait, by URL, for the next one to that URL to be delivered. */
    private final Map<String, CountDownLatch> overtaken = new ConcurrentHashMap<>();

    Webhooks(String authToken, Knobs knobs, RandomGenerator random) {
        this.authToken = authToken;
        this.knobs = knobs;
        this.random = random;
    }

    /** Asks for instructions; knobs leave it alone. */
    void fetch(String url, Map<String, String> fields, Consumer<WebhookAnswer> then) {
        String token = token();
        submit(() -> then.accept(sender.deliver(url, fields, authToken, token)));
    }

    /** Tells about an event; the knobs may drop, double, delay, hold or forge it, or let the next one overtake it. */
    void tell(String url, Map<String, String> fields, Consumer<WebhookAnswer> then) {
        if (knobs.forges()) {
            forge(url, fields);
        }
        if (knobs.drops()) {
            return;
        }
        Map<String, String> sent = knobs.addsUnknownFields() ? withUnknownFields(fields) : fields;
        int copies = knobs.duplicates() ? 2 : 1;
        String token = token();
        @Nullable CountDownLatch overtaking = overtaken.remove(url);
        @Nullable CountDownLatch waiting = knobs.reorders() ? wait(url) : null;
        for (int i = 0; i < copies; i++) {
            submit(() -> {
                try {
                    awaitTurn(url, waiting);
                    then.accept(sender.deliver(url, sent, authToken, token));
                } finally {
                    if (overtaking != null) {
                        overtaking.countDown();
                    }
                }
            });
        }
    }

    private CountDownLatch wait(String url) {
        var latch = new CountDownLatch(1);
        overtaken.put(url, latch);
        return latch;
    }

    private void awaitTurn(String url, @Nullable CountDownLatch waiting) {
        try {
            knobs.awaitRelease();
            Thread.sleep(knobs.callbackDelay());
            if (waiting != null && !waiting.await(LONGEST_OVERTAKING.toMillis(), TimeUnit.MILLISECONDS)) {
                boolean unused = overtaken.remove(url, waiting);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Map<String, String> withUnknownFields(Map<String, String> fields) {
        var more = new LinkedHashMap<>(fields);
        more.put("X" + token().substring(0, 8), "1");
        more.put("StirVerstat", "TN-Validation-Passed-A");
        return more;
    }

    /** A lie about the same call or text: by somebody without the key, or truly signed but for another account. */
    private void forge(String url, Map<String, String> fields) {
        var lie = new LinkedHashMap<>(fields);
        lie.replace("CallStatus", "completed");
        lie.replace("MessageStatus", "failed");
        lie.replace("StatusCallbackEvent", "participant-leave");
        lie.replace("SequenceNumber", "99");
        String token = token();
        boolean stranger = token.charAt(0) < '8';
        if (!stranger) {
            lie.put("AccountSid", "AC" + token.replace("-", ""));
        }
        submit(() -> {
            if (sender.deliver(CallbackTarget.of(url).url(), lie, stranger ? token : authToken, token)
                            .status()
                    != REFUSED) {
                believed.incrementAndGet();
            }
        });
    }

    /** Forged callbacks that were not refused with 403. */
    int believed() {
        return believed.get();
    }

    /** Requests sent and not yet answered. */
    int inFlight() {
        return inFlight.get();
    }

    @Override
    public void close() {
        threads.shutdownNow();
        sender.close();
    }

    private void submit(Runnable work) {
        inFlight.incrementAndGet();
        threads.execute(() -> {
            try {
                work.run();
            } finally {
                inFlight.decrementAndGet();
            }
        });
    }

    private synchronized String token() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }
}
