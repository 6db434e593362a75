package fr.raccroche.simulator;

import static fr.raccroche.simulator.TestingWorld.OUR_NUMBER;
import static fr.raccroche.simulator.TestingWorld.eventually;
import static fr.raccroche.simulator.people.TestingPeople.line;
import static fr.raccroche.simulator.people.TestingPeople.youth;
import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.http.HttpMethod;
import com.twilio.rest.api.v2010.account.Call;
import com.twilio.type.PhoneNumber;
import fr.raccroche.simulator.TestingProduct.Received;
import fr.raccroche.simulator.people.Condition;
import fr.raccroche.simulator.people.Stance;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CallEventsTest {

    private static final String WORKS = "+33639980001";
    private static final String GONE = "+33639980002";
    private static final String VOICEMAIL = "+33639980003";
    private static final String NOBODY = "+33639980004";

    private TestingWorld world;

    @BeforeEach
    void open() throws IOException {
        world = new TestingWorld(
                youth("1", Stance.IN_SOLUTION, line(WORKS, Condition.WORKS)),
                youth("2", Stance.IN_SOLUTION, line(GONE, Condition.NOT_IN_SERVICE)),
                youth("3", Stance.IN_SOLUTION, line(VOICEMAIL, Condition.ALWAYS_VOICEMAIL)),
                youth("4", Stance.IN_SOLUTION, line(NOBODY, Condition.NOBODY)));
        world.product.answer("/answer", "<Response><Pause length='90'/></Response>");
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void anAnsweredCallSendsFourEventsInOrder() {
        List<Received> events = eventsOf(WORKS);
        assertThat(events)
                .extracting(event -> event.field("CallStatus"))
                .containsExactly("initiated", "ringing", "in-progress", "completed");
        assertThat(events).extracting(event -> event.field("SequenceNumber")).containsExactly("0", "1", "2", "3");
        assertThat(Integer.parseInt(events.getLast().field("CallDuration"))).isBetween(90, 119);
        assertThat(events.getLast().field("Duration")).isEqualTo("2");
        assertThat(events.getFirst().fields()).doesNotContainKey("CallDuration");
    }

    @Test
    void everyEventIsSignedAndComplete() {
        List<Received> events = eventsOf(WORKS);
        assertThat(events).allSatisfy(event -> {
            assertThat(event.genuine()).isTrue();
            assertThat(event.headers()).containsKey("I-twilio-idempotency-token");
            assertThat(event.field("AccountSid")).isEqualTo(TestingWorld.ACCOUNT);
            assertThat(event.field("CallSid")).matches("CA[0-9a-f]{32}");
            assertThat(event.field("From")).isEqualTo(OUR_NUMBER);
            assertThat(event.field("To")).isEqualTo(WORKS);
            assertThat(event.field("Direction")).isEqualTo("outbound-api");
            assertThat(event.field("ApiVersion")).isEqualTo("2010-04-01");
            assertThat(event.field("CallbackSource")).isEqualTo("call-progress-events");
            assertThat(event.field("Timestamp"))
                    .startsWith("Tue, 24 Nov 2026 10:0")
                    .endsWith("+0000");
        });
        assertThat(world.product.received("/answer")).singleElement().satisfies(request -> {
            assertThat(request.genuine()).isTrue();
            assertThat(request.field("CallStatus")).isEqualTo("in-progress");
        });
    }

    @Test
    void aNumberOutOfServiceFailsWithoutRinging() {
        List<Received> events = eventsOf(GONE);
        assertThat(events).extracting(event -> event.field("CallStatus")).containsExactly("initiated", "failed");
        assertThat(events.getLast().field("SipResponseCode")).isEqualTo("404");
        assertThat(world.simulator.ledger().rings()).isEmpty();
    }

    @Test
    void aVoicemailPicksUpAfterTwentySeconds() {
        assertThat(eventsOf(VOICEMAIL))
                .extracting(event -> event.field("CallStatus"))
                .containsExactly("initiated", "ringing", "in-progress", "completed");
        var ring = world.simulator.ledger().rings().getFirst();
        assertThat(Duration.between(ring.start(), ring.answered().orElseThrow()))
                .isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void aPhoneNobodyAnswersRingsUntilTheTimeout() {
        assertThat(eventsOf(NOBODY))
                .extracting(event -> event.field("CallStatus"))
                .containsExactly("initiated", "ringing", "no-answer");
        var ring = world.simulator.ledger().rings().getFirst();
        assertThat(ring.answered()).isEmpty();
        assertThat(Duration.between(ring.start(), ring.end().orElseThrow())).isEqualTo(Duration.ofSeconds(25));
    }

    @Test
    void theAnswerToTheRequestComesBeforeAnyEvent() {
        String sid = place(WORKS, "/events");
        world.passTimeUntil(() -> !world.product.received("/events").isEmpty());
        assertThat(world.product.received("/events").getFirst().field("CallSid"))
                .isEqualTo(sid);
    }

    @Test
    void aSecondCallToAnEngagedPhoneRingsTooAndIsBusy() {
        String first = place(WORKS, "/events");
        String second = place(WORKS, "/second");
        world.passTimeUntil(() -> ends("/second"));
        assertThat(world.product.received("/second").stream()
                        .filter(event -> event.field("CallSid").equals(second))
                        .map(event -> event.field("CallStatus")))
                .contains("busy");
        assertThat(world.simulator.ledger().figures().simultaneousRings()).isEqualTo(1);
        assertThat(first).isNotEqualTo(second);
    }

    @Test
    void anEventIsSentAgainOnlyAsTheUrlAsks() {
        world.product.answerStatus("/events", 500, 500);
        String sid = place(WORKS, "/events#rc=2&rp=5xx");
        world.passTimeUntil(
                Duration.ofMillis(20), () -> !world.product.received("/events").isEmpty());
        eventually(() -> world.product.received("/events").size() == 3);
        List<Received> first = world.product.received("/events");
        assertThat(first).allSatisfy(event -> {
            assertThat(event.genuine()).isTrue();
            assertThat(event.field("SequenceNumber")).isEqualTo("0");
            assertThat(event.field("CallSid")).isEqualTo(sid);
        });
        assertThat(first.stream().map(event -> event.headers().get("I-twilio-idempotency-token")))
                .hasSize(3)
                .containsOnly(first.getFirst().headers().get("I-twilio-idempotency-token"));
    }

    @Test
    void withoutAskingAnAnswerOf500LosesTheEvent() {
        world.product.answerStatus("/events", 500);
        assertThat(place(GONE, "/events")).isNotEmpty();
        world.passTimeUntil(() -> ends("/events"));
        assertThat(world.product.received("/events")).hasSize(2);
        eventually(() -> world.simulator.errorCount(11200) == 1);
    }

    @Test
    void knobsDropAndDuplicateEvents() {
        world.simulator.knobs().dropCallbacks(100);
        assertThat(place(WORKS, "/events")).isNotEmpty();
        world.passTimeUntil(() -> world.simulator.ledger().rings().stream()
                .anyMatch(ring -> ring.end().isPresent()));
        assertThat(world.product.received("/events")).isEmpty();
        world.simulator.knobs().dropCallbacks(0);
        world.simulator.knobs().duplicateCallbacks(100);
        assertThat(place(GONE, "/twice")).isNotEmpty();
        world.passTimeUntil(() -> world.product.received("/twice").size() == 4);
    }

    private List<Received> eventsOf(String number) {
        assertThat(place(number, "/events")).isNotEmpty();
        world.passTimeUntil(() -> ends("/events"));
        return world.product.received("/events").stream()
                .sorted(Comparator.comparing(event -> event.field("SequenceNumber")))
                .toList();
    }

    private boolean ends(String path) {
        return world.product.received(path).stream()
                .anyMatch(event ->
                        List.of("completed", "failed", "no-answer", "busy").contains(event.field("CallStatus")));
    }

    private String place(String number, String callback) {
        return Call.creator(
                        new PhoneNumber(number), new PhoneNumber(OUR_NUMBER), URI.create(world.product.url("/answer")))
                .setStatusCallback(world.product.url(callback))
                .setStatusCallbackEvent(List.of("initiated", "ringing", "answered", "completed"))
                .setStatusCallbackMethod(HttpMethod.POST)
                .setTimeout(25)
                .create(world.twilio)
                .getSid();
    }
}
