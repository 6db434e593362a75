package fr.raccroche.simulator;

import static fr.raccroche.simulator.TestingWorld.OUR_NUMBER;
import static fr.raccroche.simulator.TestingWorld.eventually;
import static fr.raccroche.simulator.people.TestingPeople.line;
import static fr.raccroche.simulator.people.TestingPeople.youth;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.twilio.rest.api.v2010.account.Call;
import com.twilio.rest.api.v2010.account.CallCreator;
import com.twilio.rest.api.v2010.account.Conference;
import com.twilio.rest.api.v2010.account.conference.Participant;
import com.twilio.type.PhoneNumber;
import fr.raccroche.simulator.TestingProduct.Received;
import fr.raccroche.simulator.people.Condition;
import fr.raccroche.simulator.people.People;
import fr.raccroche.simulator.people.Speaker;
import fr.raccroche.simulator.people.Stance;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What instructions, detection and calls from outside do to a call. */
class CallPlayerTest {

    private static final String MOBILE = "+33639980001";
    private static final String OTHER = "+33639980002";
    private static final String VOICEMAIL = "+33639980013";
    private static final String NOBODY = "+33639980004";
    private static final String GOODBYE = "<Response><Say>Au revoir</Say></Response>";

    private static final Set<Call.Status> ENDS = Set.of(Call.Status.COMPLETED, Call.Status.NO_ANSWER, Call.Status.BUSY);

    private TestingWorld world;

    @BeforeEach
    void open() throws IOException {
        world = new TestingWorld(
                youth("1", Stance.WANTS_CIO, line(MOBILE, Condition.WORKS)),
                youth("2", Stance.WANTS_CIO, line(OTHER, Condition.WORKS)),
                youth("3", Stance.WANTS_CIO, line(VOICEMAIL, Condition.ALWAYS_VOICEMAIL)),
                youth("4", Stance.WANTS_CIO, line(NOBODY, Condition.NOBODY)));
        world.product.answer(
                "/agent",
                "<Response><Dial><Conference statusCallback='/rooms'"
                        + " statusCallbackEvent='start end join leave mute hold modify speaker announcement'>agent-7"
                        + "</Conference></Dial></Response>");
        world.product.answer("/goodbye", GOODBYE);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @ParameterizedTest
    @CsvSource({"9, 9", "92, 9", "'', "})
    void keysGoToTheActionAndSilenceToTheNextVerb(String keys, String heard) {
        world.simulator.knobs().pressKeys(MOBILE, keys);
        world.product.answer(
                "/answer",
                "<Response><Gather numDigits='1' action='/keys'><Say>Pour être rappelé, tapez 1</Say></Gather>"
                        + "<Redirect>/silent</Redirect></Response>");
        world.product.answer("/keys", GOODBYE);
        world.product.answer("/silent", GOODBYE);
        finish(place(MOBILE));
        assertThat(world.product.received("/keys").stream().map(request -> request.field("Digits")))
                .isEqualTo(heard == null ? List.of() : List.of(heard));
        assertThat(world.product.received("/silent")).hasSize(heard == null ? 1 : 0);
    }

    @Test
    void theLedgerKnowsWhatAPersonHeardToItsEndAndNothingElse() {
        world.simulator.knobs().pressKeys(MOBILE, "");
        world.product.answer(
                "/answer",
                "<Response><Say>Bonjour</Say><Gather action='/keys'><Say>Tapez 1</Say></Gather><Say>"
                        + "encore un mot ".repeat(20) + "</Say></Response>");
        finish(place(MOBILE).setTimeLimit(20));
        assertThat(world.simulator.ledger().heard())
                .extracting(HeardSentence::number, HeardSentence::text)
                .containsExactly(tuple(MOBILE, "Bonjour"), tuple(MOBILE, "Tapez 1"));
    }

    @Test
    void aMachinePressesNoKeys() {
        world.product.answer("/answer", "<Response><Gather action='/keys'/></Response>");
        finish(place(VOICEMAIL));
        assertThat(world.product.received("/keys")).isEmpty();
    }

    @Test
    void aVoiceMessageGoesToTheActionAndEndsTheCall() {
        world.product.answer(
                "/answer",
                "<Response><Record maxLength='30' action='/message' recordingStatusCallback='/recorded'/></Response>");
        Call call = place(MOBILE).create(world.twilio);
        world.passTimeUntil(() -> !world.product.received("/message").isEmpty());
        assertThat(world.product.received("/message")).singleElement().satisfies(request -> {
            assertThat(request.genuine()).isTrue();
            assertThat(request.field("CallStatus")).isEqualTo("completed");
            assertThat(request.field("RecordingDuration")).isEqualTo("8");
            assertThat(request.field("RecordingUrl")).contains(request.field("RecordingSid"));
        });
        eventually(() -> world.product.received("/recorded").size() == 1);
        assertThat(status(call)).isEqualTo(Call.Status.COMPLETED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<Response>", "<html/>", "<Response><Transfer/></Response>"})
    void whenInstructionsCannotBeReadTheFallbackIsAsked(String document) {
        world.product.answer("/answer", document);
        world.product.answer("/fallback", "<Response><Pause length='20'/></Response>");
        finish(place(MOBILE).setFallbackUrl(URI.create(world.product.url("/fallback"))));
        assertThat(world.product.received("/fallback")).singleElement().satisfies(request -> {
            assertThat(request.field("ErrorCode")).isEqualTo("12100");
            assertThat(request.field("ErrorUrl")).isEqualTo(world.product.url("/answer"));
        });
    }

    @Test
    void whenInstructionsCannotBeHadTheFallbackIsAskedOnce() {
        world.product.answerStatus("/answer", 500);
        world.product.answerStatus("/fallback", 500, 500);
        finish(place(MOBILE).setFallbackUrl(URI.create(world.product.url("/fallback"))));
        assertThat(world.product.received("/fallback"))
                .singleElement()
                .satisfies(request -> assertThat(request.field("ErrorCode")).isEqualTo("11200"));
        assertThat(world.simulator.errorCount(11200)).isEqualTo(2);
    }

    @Test
    void aDialledNumberIsConnectedAndItsEndReported() {
        world.product.answer(
                "/answer",
                "<Response><Dial action='/after' callerId='" + OUR_NUMBER + "' timeLimit='60'><Number"
                        + " statusCallback='/leg' statusCallbackEvent='initiated ringing answered completed'>" + OTHER
                        + "</Number></Dial></Response>");
        world.product.answer("/after", GOODBYE);
        Call call = place(MOBILE).create(world.twilio);
        world.passTimeUntil(() -> !world.product.received("/after").isEmpty());
        eventually(() -> world.product.received("/leg").size() == 4);
        Received after = world.product.received("/after").getFirst();
        assertThat(after.field("DialCallStatus")).isEqualTo("completed");
        assertThat(after.field("DialCallDuration")).isEqualTo("60");
        assertThat(world.product.received("/leg")).allSatisfy(event -> {
            assertThat(event.field("CallSid")).isEqualTo(after.field("DialCallSid"));
            assertThat(event.field("ParentCallSid")).isEqualTo(call.getSid());
            assertThat(event.field("Direction")).isEqualTo("outbound-dial");
            assertThat(event.field("From")).isEqualTo(OUR_NUMBER);
        });
        assertThat(world.simulator.ledger().rings()).extracting(Ring::number).containsExactly(MOBILE, OTHER);
    }

    @Test
    void aDialledNumberThatNobodyAnswersIsReportedAndTheCallGoesOn() {
        world.product.answer(
                "/answer", "<Response><Dial timeout='15' action='/after'>" + NOBODY + "</Dial></Response>");
        world.product.answer("/after", "<Response><Pause length='60'/></Response>");
        Call call = place(MOBILE).create(world.twilio);
        world.passTimeUntil(() -> !world.product.received("/after").isEmpty());
        assertThat(world.product.received("/after").getFirst().field("DialCallStatus"))
                .isEqualTo("no-answer");
        assertThat(status(call)).isEqualTo(Call.Status.IN_PROGRESS);
    }

    @Test
    void whoHangsUpEndsTheLegThatRings() {
        world.product.answer("/answer", "<Response><Dial timeout='60'>" + NOBODY + "</Dial></Response>");
        Call call = place(MOBILE).create(world.twilio);
        world.passTimeUntil(() -> world.simulator.ledger().ringCount() == 2);
        assertThat(Call.updater(call.getSid())
                        .setStatus(Call.UpdateStatus.COMPLETED)
                        .update(world.twilio)
                        .getStatus())
                .isEqualTo(Call.Status.COMPLETED);
        eventually(() -> world.simulator.isQuiet());
        assertThat(Call.reader().setParentCallSid(call.getSid()).read(world.twilio))
                .singleElement()
                .satisfies(leg -> assertThat(leg.getStatus()).isEqualTo(Call.Status.CANCELED));
    }

    @Test
    void aClientIsRungUnlessItTalksOrIsUnknown() {
        world.product.answer("/answer", dialsClient("7"));
        world.product.answer("/after", GOODBYE);
        finish(place(MOBILE));
        assertThat(afterwards()).containsExactly("no-answer");

        Headset headset = world.simulator.connect(TestingWorld.token("7"));
        eventually(() -> !world.product.received("/rooms").isEmpty());
        finish(place(MOBILE));
        assertThat(afterwards()).containsExactly("no-answer", "busy");

        headset.disconnect();
        Call call = place(MOBILE).create(world.twilio);
        world.passTimeUntil(() -> headset.talk().isPresent());
        assertThat(headset.talk().orElseThrow().number()).isEqualTo(MOBILE);
        headset.disconnect();
        world.passTimeUntil(() -> status(call) == Call.Status.COMPLETED);
        assertThat(afterwards()).containsExactly("no-answer", "busy", "completed");
        assertThat(headset.talk()).isEmpty();
    }

    private static String dialsClient(String identity) {
        return "<Response><Dial action='/after'><Client>" + identity + "</Client></Dial></Response>";
    }

    private List<String> afterwards() {
        return world.product.received("/after").stream()
                .map(request -> request.field("DialCallStatus"))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        MOBILE + ", Enable, human",
        VOICEMAIL + ", Enable, machine_start",
        VOICEMAIL + ", DetectMessageEnd, machine_end"
    })
    void detectionThatBlocksHoldsTheCallInSilence(String number, String detection, String answeredBy) {
        world.product.answer("/answer", GOODBYE);
        Call call = finish(place(number).setMachineDetection(detection));
        assertThat(world.product.received("/answer")).singleElement().satisfies(request -> {
            assertThat(request.field("AnsweredBy")).startsWith(answeredBy);
            assertThat(Integer.parseInt(request.field("MachineDetectionDuration")))
                    .isGreaterThan(2_000);
        });
        assertThat(Call.fetcher(call.getSid()).fetch(world.twilio).getAnsweredBy())
                .startsWith(answeredBy);
    }

    @Test
    void detectionBesideTheCallReportsLater() {
        world.product.answer("/answer", "<Response><Pause length='60'/></Response>");
        Call call = place(VOICEMAIL)
                .setMachineDetection("Enable")
                .setAsyncAmd("true")
                .setAsyncAmdStatusCallback(URI.create(world.product.url("/machine")))
                .create(world.twilio);
        world.passTimeUntil(() -> !world.product.received("/answer").isEmpty());
        assertThat(world.product.received("/answer").getFirst().fields()).doesNotContainKey("AnsweredBy");
        world.passTimeUntil(() -> !world.product.received("/machine").isEmpty());
        assertThat(world.product.received()).extracting(Received::path).containsExactly("/answer", "/machine");
        assertThat(world.product.received("/machine")).singleElement().satisfies(event -> {
            assertThat(event.genuine()).isTrue();
            assertThat(event.field("CallSid")).isEqualTo(call.getSid());
            assertThat(event.field("AccountSid")).isEqualTo(TestingWorld.ACCOUNT);
            assertThat(event.field("AnsweredBy")).isEqualTo("machine_start");
        });
    }

    @Test
    void aResultThatHasNowhereToGoIsAWarning() {
        world.product.answer("/answer", "<Response><Pause length='60'/></Response>");
        finish(place(VOICEMAIL).setMachineDetection("Enable").setAsyncAmd("true"));
        assertThat(world.simulator.errorCount(21262)).isEqualTo(1);
    }

    @Test
    void detectionErrsNowAndThen() {
        var people = new People(List.of(youth("1", Stance.WANTS_CIO, line(MOBILE, Condition.WORKS))), 1);
        List<String> found = IntStream.range(0, 1_000)
                .mapToObj(ring ->
                        people.detected(Speaker.VOICEMAIL, MOBILE, ring, false).answeredBy())
                .toList();
        assertThat(found.stream().filter("machine_start"::equals).count()).isBetween(900L, 970L);
        assertThat(found).contains("human", "unknown");
    }

    @Test
    void aPersonWhoRingsIsPutThrough() throws IOException {
        answerCalls();
        Headset headset = world.simulator.connect(TestingWorld.token("7"));
        world.product.answer("/inbound", "<Response><Dial><Conference>agent-7</Conference></Dial></Response>");
        eventually(() -> world.product.received("/rooms").size() == 1);
        world.simulator.receiveCall(MOBILE, OUR_NUMBER);
        eventually(() -> headset.talk().isPresent());
        assertThat(world.product.received("/inbound")).singleElement().satisfies(request -> {
            assertThat(request.genuine()).isTrue();
            assertThat(request.field("From")).isEqualTo(MOBILE);
            assertThat(request.field("To")).isEqualTo(OUR_NUMBER);
            assertThat(request.field("Direction")).isEqualTo("inbound");
            assertThat(request.field("CallStatus")).isEqualTo("ringing");
        });
        Talk talk = headset.talk().orElseThrow();
        assertThat(talk.number()).isEqualTo(MOBILE);
        assertThat(world.simulator.ledger().rings()).isEmpty();
        var outcome = talk.interview("1");
        world.passTimeUntil(outcome::isDone);
        assertThat(outcome.join().code()).isEqualTo("REFERRAL");
        eventually(() -> {
            world.clock.advance(Duration.ofSeconds(1));
            return !world.product.received("/over").isEmpty();
        });
        assertThat(world.product.received("/over").getFirst().field("CallStatus"))
                .isEqualTo("completed");
        eventually(world.simulator::isQuiet);
    }

    @Test
    void aPhoneThatRingsUsIsEngaged() throws IOException {
        answerCalls();
        world.product.answer("/inbound", "<Response><Pause length='100'/></Response>");
        world.simulator.receiveCall(MOBILE, OUR_NUMBER);
        eventually(() -> world.product.received("/inbound").size() == 1);
        Call call = place(MOBILE).create(world.twilio);
        world.passTimeUntil(() -> status(call) == Call.Status.BUSY);
    }

    @Test
    void aCallThatIsRejectedWasNeverAnswered() throws IOException {
        answerCalls();
        world.product.answer("/inbound", "<Response><Reject reason='busy'/></Response>");
        world.simulator.receiveCall(MOBILE, OUR_NUMBER);
        eventually(() -> !world.product.received("/over").isEmpty());
        assertThat(world.product.received("/over").getFirst().field("CallStatus"))
                .isEqualTo("busy");
        assertThat(world.product.received("/over").getFirst().field("CallDuration"))
                .isEqualTo("0");
    }

    @Test
    void someWhoMissACallRingBack() throws IOException {
        answerCalls();
        world.product.answer("/inbound", GOODBYE);
        // too short for anybody to pick up
        for (int i = 0; i < 60; i++) {
            finish(place(MOBILE).setTimeout(2));
        }
        world.clock.advance(Duration.ofHours(3));
        eventually(() -> !world.product.received("/inbound").isEmpty());
        eventually(() -> world.simulator.isQuiet());
        assertThat(world.product.received("/inbound")).hasSizeBetween(1, 20).allSatisfy(call -> {
            assertThat(call.field("From")).isEqualTo(MOBILE);
            assertThat(call.field("To")).isEqualTo(OUR_NUMBER);
        });
    }

    /** The same world, with a voice URL for the number. */
    private void answerCalls() throws IOException {
        world.close();
        world = TestingWorld.answering("/inbound", youth("1", Stance.WANTS_CIO, line(MOBILE, Condition.WORKS)));
        world.product.answer(
                "/agent",
                "<Response><Dial><Conference statusCallback='/rooms' statusCallbackEvent='join'>agent-7"
                        + "</Conference></Dial></Response>");
        world.product.answer("/answer", GOODBYE);
    }

    @Test
    void aRoomTellsAllThatHappensInIt() {
        world.product.answer("/answer", "<Response><Dial><Conference>agent-7</Conference></Dial></Response>");
        Headset headset = world.simulator.connect(TestingWorld.token("7"));
        eventually(() -> told().contains("participant-join"));
        Call call = place(MOBILE).create(world.twilio);
        world.passTimeUntil(() -> headset.talk().isPresent());
        for (boolean muted : new boolean[] {true, false}) {
            assertThat(Participant.updater("agent-7", call.getSid())
                            .setMuted(muted)
                            .update(world.twilio)
                            .getMuted())
                    .isEqualTo(muted);
        }
        for (boolean held : new boolean[] {true, false}) {
            assertThat(Participant.updater("agent-7", call.getSid())
                            .setHold(held)
                            .update(world.twilio)
                            .getHold())
                    .isEqualTo(held);
        }
        String room = world.product.received("/rooms").getFirst().field("ConferenceSid");
        assertThat(Conference.updater(room)
                        .setAnnounceUrl(URI.create(world.product.url("/announcement")))
                        .update(world.twilio)
                        .getSid())
                .isEqualTo(room);
        world.passTimeUntil(() -> told().contains("announcement-end"));
        headset.disconnect();
        eventually(() -> told().contains("participant-leave"));
        assertThat(told())
                .contains(
                        "conference-start",
                        "participant-speech-start",
                        "participant-speech-stop",
                        "participant-mute",
                        "participant-unmute",
                        "participant-hold",
                        "participant-unhold",
                        "participant-modify");
    }

    @Test
    void aStayInARoomMayBeLimited() {
        world.product.answer(
                "/answer",
                "<Response><Dial timeLimit='20' action='/after'><Conference>agent-7</Conference></Dial></Response>");
        world.product.answer("/after", "<Response><Pause length='60'/></Response>");
        Call call = place(MOBILE).create(world.twilio);
        world.passTimeUntil(() -> !world.product.received("/after").isEmpty());
        assertThat(status(call)).isEqualTo(Call.Status.IN_PROGRESS);
        assertThat(world.product.received("/after").getFirst().field("DialCallStatus"))
                .isEqualTo("answered");
    }

    private List<String> told() {
        return world.product.received("/rooms").stream()
                .map(event -> event.field("StatusCallbackEvent"))
                .toList();
    }

    private Call finish(CallCreator creator) {
        Call call = creator.create(world.twilio);
        world.passTimeUntil(Duration.ofSeconds(1), () -> ENDS.contains(status(call)));
        return call;
    }

    private Call.Status status(Call call) {
        return Call.fetcher(call.getSid()).fetch(world.twilio).getStatus();
    }

    private CallCreator place(String number) {
        return Call.creator(
                        new PhoneNumber(number), new PhoneNumber(OUR_NUMBER), URI.create(world.product.url("/answer")))
                .setTimeout(25);
    }
}
