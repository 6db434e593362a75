package fr.raccroche.simulator;

import static fr.raccroche.simulator.TestingWorld.OUR_NUMBER;
import static fr.raccroche.simulator.TestingWorld.eventually;
import static fr.raccroche.simulator.people.TestingPeople.line;
import static fr.raccroche.simulator.people.TestingPeople.youth;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import com.twilio.exception.ApiException;
import com.twilio.http.HttpMethod;
import com.twilio.rest.api.v2010.account.Call;
import com.twilio.type.PhoneNumber;
import fr.raccroche.simulator.TestingProduct.Received;
import fr.raccroche.simulator.people.Condition;
import fr.raccroche.simulator.people.Stance;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the network does when it is told to misbehave, seen from a product that writes everything down. */
class BadLineTest {

    private static final String WORKS = "+33639980001";
    private static final String GONE = "+33639980002";

    private TestingWorld world;
    private Knobs knobs;

    @BeforeEach
    void open() throws IOException {
        world = new TestingWorld(
                youth("1", Stance.IN_SOLUTION, line(WORKS, Condition.WORKS)),
                youth("2", Stance.IN_SOLUTION, line(GONE, Condition.NOT_IN_SERVICE)));
        world.product.answer("/answer", "<Response><Pause length='30'/></Response>");
        knobs = world.simulator.knobs();
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void anOvertakenCallbackComesAfterTheNextOne() {
        knobs.reorderCallbacks(100);
        assertThat(place(WORKS, "/events")).isNotEmpty();
        world.passTimeUntil(() -> knobs.injected().containsKey("overtaken_callbacks"));
        knobs.reorderCallbacks(0);
        world.passTimeUntil(Duration.ofSeconds(2), () -> numbers("/events").size() == 4);
        assertThat(numbers("/events")).containsSubsequence("1", "0").contains("2", "3");
        assertThat(knobs.injected()).containsEntry("overtaken_callbacks", 1L);
    }

    @Test
    void theLastCallbackOfACallWaitsForNobodyForLong() {
        knobs.reorderCallbacks(100);
        assertThat(place(GONE, "/events")).isNotEmpty();
        world.passTimeUntil(() -> numbers("/events").size() == 2);
        assertThat(knobs.injected()).containsEntry("overtaken_callbacks", 2L);
    }

    @Test
    void heldCallbacksLeaveTogether() {
        knobs.holdCallbacks();
        for (int i = 0; i < 5; i++) {
            assertThat(place(GONE, "/events")).isNotEmpty();
        }
        world.passTimeUntil(() -> world.simulator.nextEvent().isEmpty());
        assertThat(world.product.received("/events")).isEmpty();
        assertThat(world.simulator.isQuiet()).isFalse();

        knobs.releaseCallbacks();
        eventually(() -> world.product.received("/events").size() == 10);
        eventually(() -> world.simulator.isQuiet());
    }

    @Test
    void aForgedCallbackIsNeitherSignedNorOurs() {
        knobs.forgeCallbacks(100);
        knobs.dropCallbacks(100);
        for (int i = 0; i < 10; i++) {
            assertThat(place(GONE, "/events#rc=5&rp=all")).isNotEmpty();
        }
        world.passTimeUntil(() -> world.product.received("/events").size() == 20);
        List<Received> forged = world.product.received("/events");
        assertThat(forged)
                .noneMatch(event -> event.genuine() && event.field("AccountSid").equals(TestingWorld.ACCOUNT));
        assertThat(forged).anyMatch(event -> !event.genuine()).anyMatch(Received::genuine);
        assertThat(forged).allMatch(event -> event.field("CallStatus").equals("completed"));
        eventually(() -> world.simulator.forgeriesBelieved() == 20);
    }

    @Test
    void aRefusedForgeryIsNotBelievedAndNotTriedAgain() {
        knobs.forgeCallbacks(100);
        knobs.dropCallbacks(100);
        world.product.answerStatus("/events", 403, 403);
        assertThat(place(GONE, "/events#rc=5&rp=all")).isNotEmpty();
        world.passTimeUntil(() -> world.product.received("/events").size() == 2);
        eventually(() -> world.simulator.isQuiet());
        assertThat(world.product.received("/events")).hasSize(2);
        assertThat(world.simulator.forgeriesBelieved()).isZero();
    }

    @Test
    void unknownFieldsAreSignedToo() {
        knobs.addUnknownFields(true);
        assertThat(place(GONE, "/events")).isNotEmpty();
        world.passTimeUntil(() -> world.product.received("/events").size() == 2);
        assertThat(world.product.received("/events")).allSatisfy(event -> {
            assertThat(event.genuine()).isTrue();
            assertThat(event.fields()).containsKey("StirVerstat").hasSizeGreaterThan(12);
        });
    }

    @Test
    void aDoubledCallbackIsTheSameCallback() {
        knobs.duplicateCallbacks(100);
        assertThat(place(GONE, "/events")).isNotEmpty();
        world.passTimeUntil(() -> world.product.received("/events").size() == 4);
        assertThat(world.product.received("/events").stream()
                        .map(event -> event.headers().get("I-twilio-idempotency-token"))
                        .distinct())
                .hasSize(2);
    }

    @Test
    void callbacksMayComeBeforeTheAnswerThatTheyFollowFrom() throws InterruptedException {
        knobs.delayAnswers(Duration.ofMillis(400));
        var answered = new ArrayList<String>();
        Thread placing = Thread.ofVirtual().start(() -> answered.add(place(WORKS, "/events")));
        world.passTimeUntil(
                Duration.ofMillis(20), () -> !world.product.received("/events").isEmpty());
        assertThat(answered).isEmpty();
        placing.join();
        assertThat(answered)
                .containsExactly(world.product.received("/events").getFirst().field("CallSid"));
    }

    @ParameterizedTest
    @EnumSource(names = {"INTERNAL_ERROR", "UNAVAILABLE", "CLOSE", "GARBAGE"})
    void aCallThatWasTakenBeforeTheFaultRings(Fault fault) {
        knobs.failNext(1, fault, Moment.AFTER_CREATION);
        assertThat(catchThrowableOfType(ApiException.class, () -> place(WORKS, "/events")))
                .isNotNull();
        world.passTimeUntil(() -> world.simulator.ledger().ringCount() == 1);
        assertThat(world.simulator.ledger().requestsFor(WORKS)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void aCallThatWasNotTakenNeverRings(Fault fault) {
        knobs.failNext(1, fault, Moment.BEFORE_CREATION);
        Thread placing = Thread.ofVirtual()
                .start(() -> assertThat(catchThrowableOfType(ApiException.class, () -> place(WORKS, "/events")))
                        .isNotNull());
        eventually(() -> world.simulator.ledger().requestsFor(WORKS) == 1);
        world.clock.advance(Duration.ofMinutes(5));
        assertThat(world.simulator.isQuiet()).isTrue();
        assertThat(world.simulator.ledger().rings()).isEmpty();
        placing.interrupt();
    }

    @Test
    void aCallGoesOnWhileItsRequestHangs() {
        knobs.failNext(1, Fault.HANG, Moment.AFTER_CREATION);
        Thread placing = Thread.ofVirtual().start(() -> place(WORKS, "/events"));
        world.passTimeUntil(() -> world.simulator.ledger().ringCount() == 1);
        assertThat(placing.isAlive()).isTrue();
        placing.interrupt();
    }

    @Test
    void anOutageEndsAtItsTime() {
        knobs.failUntil(world.clock.instant().plusSeconds(30), Fault.TOO_MANY_REQUESTS);
        assertThat(refusal(() -> place(WORKS, "/events"))).isEqualTo(20429);
        assertThat(refusal(() -> Call.reader().read(world.twilio))).isEqualTo(20429);
        world.clock.advance(Duration.ofSeconds(31));
        assertThat(place(WORKS, "/events")).startsWith("CA");
    }

    @Test
    void burstsHaveTheShareThatWasAskedForAndFailSeveralInARow() {
        knobs.badLine(new BadLine(0, 0, 0, 0, 10));
        var failed = new ArrayList<Boolean>();
        var faults = new HashSet<PlannedAnswer>();
        for (int i = 0; i < 20_000; i++) {
            var fault = knobs.faultOf(true, world.clock.instant());
            failed.add(fault.isPresent());
            fault.ifPresent(faults::add);
        }
        double share = failed.stream().filter(fails -> fails).count() / (double) failed.size();
        assertThat(share).isCloseTo(0.10, within(0.025));
        long bursts = IntStream.range(1, failed.size())
                .filter(i -> failed.get(i) && !failed.get(i - 1))
                .count();
        assertThat(share * failed.size() / bursts).isBetween(4.0, 12.0);
        assertThat(faults)
                .extracting(PlannedAnswer::fault)
                .contains(Fault.INTERNAL_ERROR, Fault.UNAVAILABLE, Fault.TOO_MANY_REQUESTS);
        assertThat(faults)
                .as("429 means not processed")
                .noneMatch(
                        fault -> fault.fault() == Fault.TOO_MANY_REQUESTS && fault.moment() == Moment.AFTER_CREATION);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 101})
    void aShareIsAPercentage(int share) {
        assertThatIllegalArgumentException().isThrownBy(() -> knobs.dropCallbacks(share));
    }

    @Test
    void callsBeyondTheRateWaitTheirTurn() {
        knobs.paceCalls(Duration.ofSeconds(1));
        for (int i = 0; i < 5; i++) {
            assertThat(place(GONE, "/events")).isNotEmpty();
        }
        eventually(() -> queueTimes().contains("4000"));
        assertThat(queueTimes()).containsExactlyInAnyOrder("0", "1000", "2000", "3000", "4000");
        world.clock.advance(Duration.ofMillis(2_300));
        eventually(() -> world.product.received("/events").stream()
                        .filter(event -> event.field("SequenceNumber").equals("0"))
                        .count()
                == 3);
        world.passTimeUntil(() -> world.product.received("/events").size() == 10);
    }

    @Test
    void whatWaitsForADayIsCancelled() {
        knobs.paceCalls(Duration.ofHours(13));
        for (int i = 0; i < 3; i++) {
            assertThat(place(GONE, "/events" + i)).isNotEmpty();
        }
        eventually(() -> queueTimes().contains("93600000"));
        world.clock.advance(Duration.ofHours(30));
        eventually(() -> world.simulator.isQuiet());
        assertThat(statuses("/events0")).containsExactlyInAnyOrder("initiated", "failed");
        assertThat(statuses("/events1")).containsExactlyInAnyOrder("initiated", "failed");
        assertThat(statuses("/events2")).containsExactly("canceled");
    }

    private List<String> statuses(String path) {
        return world.product.received(path).stream()
                .map(event -> event.field("CallStatus"))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"1, 10004", "2, 0"})
    void anAccountMayHaveOnlySoManyCallsAtOnce(int limit, int refused) {
        knobs.limitCallsAtOnce(limit);
        assertThat(place(WORKS, "/events")).isNotEmpty();
        if (refused == 0) {
            assertThat(place(GONE, "/events")).isNotEmpty();
        } else {
            assertThat(refusal(() -> place(GONE, "/events"))).isEqualTo(refused);
        }
        world.passTimeUntil(Duration.ofSeconds(5), () -> world.simulator.isQuiet());
        assertThat(place(GONE, "/events")).isNotEmpty();
    }

    private List<String> numbers(String path) {
        return world.product.received(path).stream()
                .map(event -> event.field("SequenceNumber"))
                .toList();
    }

    private List<String> queueTimes() {
        var times = new ArrayList<String>();
        Call.reader().read(world.twilio).forEach(call -> times.add(call.getQueueTime()));
        return times;
    }

    private static int refusal(Runnable request) {
        return catchThrowableOfType(ApiException.class, request::run).getCode();
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
