package fr.raccroche.simulator.run;

import com.fasterxml.jackson.databind.JsonNode;
import fr.raccroche.simulator.Headset;
import fr.raccroche.simulator.Ledger;
import fr.raccroche.simulator.Simulator;
import fr.raccroche.simulator.Talk;
import fr.raccroche.simulator.people.LegalHours;
import fr.raccroche.simulator.people.Outcome;
import fr.raccroche.simulator.people.Speaker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One agent at work: signed in, headset on, taking call after call and noting what came of each. */
final class SimulatedAgent {

    private static final Logger LOG = Logger.getLogger(SimulatedAgent.class);
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration BRIDGING = Duration.ofSeconds(5);
    private static final Duration BRIDGE_POLL = Duration.ofMillis(5);
    private static final Duration SEEN_EVERY = Duration.ofSeconds(10);
    private static final Duration LONGEST_TALK = Duration.ofMinutes(5);

    private final ProductClient client;
    private final Simulator simulator;
    private final Clock clock;
    private final long campaign;
    private final BooleanSupplier goOn;
    private final DeskHints hints;
    private @Nullable Headset headset;
    private long lastNoted = -1;
    private long lastSeen = System.nanoTime() - SEEN_EVERY.toNanos();
    private volatile String doing = "starting";

    SimulatedAgent(ProductClient client, Simulator simulator, Clock clock, long campaign, BooleanSupplier goOn) {
        this.client = client;
        this.simulator = simulator;
        this.clock = clock;
        this.campaign = campaign;
        this.goOn = goOn;
        this.hints = new DeskHints(client, goOn);
    }

    /** Works until the run is over. */
    void work() {
        hints.follow();
        while (goOn.getAsBoolean()) {
            try {
                step();
            } catch (Stopped e) {
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                LOG.warnf(e, "An agent stumbled while %s; goes on with the next step.", doing);
                rest();
            }
        }
    }

    /** For the report of a run that does not move. */
    String doing() {
        return doing + (client.trouble().isEmpty() ? "" : " (last trouble: " + client.trouble() + ")");
    }

    private void step() throws InterruptedException {
        putHeadsetOn();
        beSeen();
        doing = "reading the desk";
        hints.forget();
        JsonNode state = client.getJson("/desk/state");
        String presence = state.path("presence").asText();
        JsonNode call = state.path("call");
        if (state.path("caller").isObject()) {
            identify(state.path("caller"));
            return;
        }
        switch (presence) {
            case "OFFLINE", "PAUSED" -> becomeReady();
            case "PREVIEW" -> dialPreview();
            case "IN_CALL", "WRAP_UP" -> attend(call, presence);
            default -> waitForHint(presence);
        }
    }

    private void putHeadsetOn() {
        if (headset == null || !headset.isConnected()) {
            doing = "putting the headset on";
            headset = simulator.connect(
                    client.getJson("/desk/voice-token").path("token").asText());
        }
    }

    /** As the script of the desk's page does. */
    private void beSeen() {
        if (System.nanoTime() - lastSeen >= SEEN_EVERY.toNanos()) {
            lastSeen = System.nanoTime();
            client.post("/desk/seen", Map.of());
        }
    }

    private void becomeReady() throws InterruptedException {
        doing = "becoming ready";
        var form = Map.of("state", "READY", "campaign", String.valueOf(campaign));
        if (!client.post("/desk/presence", form).isSuccess()) {
            waitForHint("not ready yet");
        }
    }

    private void dialPreview() throws InterruptedException {
        doing = "dialling the file shown";
        if (!client.post("/desk/call", Map.of()).isSuccess()) {
            waitForHint("the file shown cannot be dialled yet");
        }
    }

    /** Somebody rings whom the desk does not know for sure: the first of those it may be, or nobody. */
    private void identify(JsonNode caller) {
        doing = "asking who rings";
        String id = caller.path("id").asText();
        JsonNode file = caller.path("files").path(0);
        ProductAnswer answer = file.isMissingNode()
                ? client.post("/desk/caller/dismiss", Map.of("caller", id))
                : client.post(
                        "/desk/caller/identify",
                        Map.of(
                                "caller",
                                id,
                                "campaign",
                                file.path("campaignId").asText(),
                                "youth",
                                file.path("youthId").asText(),
                                "self",
                                "yes"));
        if (!answer.isSuccess()) {
            client.post("/desk/caller/dismiss", Map.of("caller", id));
        }
    }

    private void attend(JsonNode call, String presence) throws InterruptedException {
        long attempt = call.path("attemptId").asLong(-1);
        if (attempt < 0 || attempt == lastNoted) {
            waitForHint(presence);
            return;
        }
        Optional<Talk> talk = presence.equals("IN_CALL") ? bridged(call) : talkAbout(call);
        if (talk.isEmpty() && presence.equals("IN_CALL") && isStillInCall(attempt)) {
            client.post("/desk/hangup", Map.of());
        }
        Outcome outcome = talk.isPresent() ? converse(talk.get(), call) : Outcome.interrupted();
        if (talk.isPresent() && talk.get().speaker() == Speaker.VOICEMAIL && leavesMessage(call)) {
            return;
        }
        note(call, outcome);
    }

    /** The webhooks that put both into one room may take a moment. */
    private Optional<Talk> bridged(JsonNode call) throws InterruptedException {
        doing = "waiting for the voice of attempt " + call.path("attemptId");
        Optional<Talk> talk = talkAbout(call);
        long deadline = System.nanoTime() + BRIDGING.toNanos();
        while (talk.isEmpty() && System.nanoTime() < deadline && goOn.getAsBoolean()) {
            Thread.sleep(BRIDGE_POLL);
            talk = talkAbout(call);
            if (talk.isEmpty()
                    && hints.take()
                    && !isStillInCall(call.path("attemptId").asLong())) {
                return Optional.empty();
            }
        }
        return talk;
    }

    private Optional<Talk> talkAbout(JsonNode call) {
        return Optional.ofNullable(headset)
                .flatMap(Headset::talk)
                .filter(talk -> talk.number().equals(call.path("number").asText()));
    }

    private boolean isStillInCall(long attempt) {
        JsonNode state = client.getJson("/desk/state");
        return state.path("presence").asText().equals("IN_CALL")
                && state.path("call").path("attemptId").asLong(-1) == attempt;
    }

    private Outcome converse(Talk talk, JsonNode call) throws InterruptedException {
        doing = "talking in attempt " + call.path("attemptId");
        try {
            return talk.interview(call.path("youth").path("ine").asText())
                    .get(LONGEST_TALK.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return Outcome.interrupted();
        }
    }

    /** Nobody listens: the product says its message, or refuses because two were left already. */
    private boolean leavesMessage(JsonNode call) {
        doing = "leaving a message in attempt " + call.path("attemptId");
        var form = Map.of(
                "attemptId", call.path("attemptId").asText(),
                "actionId", call.path("actionId").asText());
        if (client.post("/desk/message", form).isSuccess()) {
            acknowledge(call, Outcome.of("VOICEMAIL"));
            lastNoted = call.path("attemptId").asLong();
            return true;
        }
        client.post("/desk/hangup", Map.of());
        return false;
    }

    private void note(JsonNode call, Outcome outcome) {
        doing = "noting " + outcome.code() + " for attempt " + call.path("attemptId");
        ProductAnswer answer = postOutcome(call, outcome);
        if (answer.status() == 409 && outcome.code().equals("CALLBACK")) {
            // the last call of a youth: nothing can be promised any more
            answer = postOutcome(call, Outcome.interrupted());
        } else if (answer.status() == 400) {
            LOG.errorf("The product refused %s: %s", outcome.fields(), answer.body());
            answer = postOutcome(call, Outcome.interrupted());
        } else if (answer.isSuccess()) {
            acknowledge(call, outcome);
        }
        if (answer.status() == 404) {
            LOG.warnf("Attempt %s is no longer ours; its outcome is lost.", call.path("attemptId"));
        }
        lastNoted = call.path("attemptId").asLong();
    }

    private ProductAnswer postOutcome(JsonNode call, Outcome outcome) {
        var form = new LinkedHashMap<>(outcome.fields());
        form.put("actionId", call.path("actionId").asText());
        form.put("attemptId", call.path("attemptId").asText());
        form.put("next", "READY");
        return client.post("/desk/outcome", form);
    }

    private void acknowledge(JsonNode call, Outcome outcome) {
        String ine = call.path("youth").path("ine").asText();
        String number = call.path("number").asText();
        Instant now = clock.instant();
        Ledger ledger = simulator.ledger();
        ledger.outcomeAcknowledged(ine, outcome.code(), now);
        switch (outcome.code()) {
            case "OBJECTED" -> {
                ledger.objectionAcknowledged(ine, now);
                ledger.noOnThePhone(number, now);
            }
            case "WRONG_NUMBER" -> ledger.numberRests(number, Instant.MAX, now);
            case "CALLBACK" ->
                ledger.hourNamed(
                        ine,
                        LocalDateTime.parse(outcome.field("callbackAt"))
                                .atZone(LegalHours.PARIS)
                                .toInstant(),
                        now);
            case "REFERRAL" -> ledger.agreementAcknowledged(ine, outcome.field("structureKind"), now);
            default -> {}
        }
    }

    private void waitForHint(String presence) throws InterruptedException {
        doing = "waiting, desk says " + presence;
        hints.await();
    }

    private static void rest() {
        try {
            Thread.sleep(POLL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
