package fr.raccroche.simulator;

import static fr.raccroche.simulator.TestingWorld.OUR_NUMBER;
import static fr.raccroche.simulator.TestingWorld.eventually;
import static fr.raccroche.simulator.people.TestingPeople.line;
import static fr.raccroche.simulator.people.TestingPeople.youth;
import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.rest.api.v2010.account.Call;
import com.twilio.rest.api.v2010.account.Conference;
import com.twilio.rest.api.v2010.account.conference.Participant;
import com.twilio.type.PhoneNumber;
import com.twilio.type.Twiml;
import fr.raccroche.simulator.TestingProduct.Received;
import fr.raccroche.simulator.people.Condition;
import fr.raccroche.simulator.people.Question;
import fr.raccroche.simulator.people.Stance;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConferencesTest {

    private static final String MOBILE = "+33639980001";

    private TestingWorld world;
    private Headset headset;

    @BeforeEach
    void open() throws IOException {
        world = new TestingWorld(youth("1", Stance.WANTS_CIO, line(MOBILE, Condition.WORKS)));
        world.product.answer(
                "/agent",
                "<Response><Dial><Conference startConferenceOnEnter='true' endConferenceOnExit='false' beep='false'"
                        + " waitUrl='' statusCallback='/rooms' statusCallbackEvent='start end join leave'>agent-7"
                        + "</Conference></Dial></Response>");
        headset = world.simulator.connect(TestingWorld.token("7"));
        eventually(() -> !world.product.received("/rooms").isEmpty());
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void anAgentWaitsAloneInARoomThatHasNotBegun() {
        assertThat(rooms()).singleElement().satisfies(room -> {
            assertThat(room.getFriendlyName()).isEqualTo("agent-7");
            assertThat(room.getStatus()).isEqualTo(Conference.Status.INIT);
        });
        assertThat(headset.isConnected()).isTrue();
        assertThat(headset.talk()).isEmpty();
        assertThat(world.product.received("/agent")).singleElement().satisfies(request -> {
            assertThat(request.genuine()).isTrue();
            assertThat(request.field("From")).isEqualTo("client:7");
            assertThat(request.field("CallStatus")).isEqualTo("ringing");
            assertThat(request.field("Direction")).isEqualTo("inbound");
        });
    }

    @Test
    void aPersonWhoEntersTalksWithTheAgent() {
        Call call = callYouth("false");
        world.passTimeUntil(() -> headset.talk().isPresent());
        Talk talk = headset.talk().orElseThrow();
        assertThat(talk.number()).isEqualTo(MOBILE);
        assertThat(talk.callSid()).isEqualTo(call.getSid());
        assertThat(headset.heardSince(0)).extracting(SpokenLine::text).containsExactly("Allô ?");
        talk.ask(Question.STRUCTURE);
        world.passTimeUntil(() -> headset.heardSince(2).size() == 1);
        assertThat(headset.heardSince(2))
                .extracting(SpokenLine::text)
                .containsExactly("Le CIO, pour parler d'orientation.");
        talk.ask(Question.GOODBYE);
        world.passTimeUntil(() -> headset.talk().isEmpty());
        assertThat(headset.isConnected()).isTrue();
    }

    @Test
    void anInterviewBringsOutTheTruthAndEndsTheCall() {
        callYouth("false");
        world.passTimeUntil(() -> headset.talk().isPresent());
        var outcome = headset.talk().orElseThrow().interview("1");
        world.passTimeUntil(outcome::isDone);
        assertThat(outcome.join().fields())
                .containsEntry("outcome", "REFERRAL")
                .containsEntry("structureKind", "CIO")
                .containsEntry("agreedBy", "YOUTH");
        world.passTimeUntil(world.simulator::isQuiet);
    }

    @Test
    void anInterviewThatIsCutShortIsInterrupted() {
        Call call = callYouth("false");
        world.passTimeUntil(() -> headset.talk().isPresent());
        var outcome = headset.talk().orElseThrow().interview("1");
        assertThat(Call.updater(call.getSid())
                        .setStatus(Call.UpdateStatus.COMPLETED)
                        .update(world.twilio)
                        .getStatus())
                .isEqualTo(Call.Status.COMPLETED);
        assertThat(outcome.join().code()).isEqualTo("INTERRUPTED");
    }

    @Test
    void roomEventsTellWhoComesAndGoes() {
        Call call = callYouth("false");
        world.passTimeUntil(() -> headset.talk().isPresent());
        headset.talk().orElseThrow().ask(Question.GOODBYE);
        world.passTimeUntil(() -> world.product.received("/rooms").size() == 4);
        List<Received> events = inOrder("/rooms");
        assertThat(events)
                .extracting(event -> event.field("StatusCallbackEvent"))
                .containsExactly("participant-join", "participant-join", "conference-start", "participant-leave");
        assertThat(events).allSatisfy(event -> {
            assertThat(event.genuine()).isTrue();
            assertThat(event.field("FriendlyName")).isEqualTo("agent-7");
            assertThat(event.field("ConferenceSid")).matches("CF[0-9a-f]{32}");
        });
        assertThat(events.get(1).field("CallSid")).isEqualTo(call.getSid());
        assertThat(events.get(3).field("CallSid")).isEqualTo(call.getSid());
    }

    @Test
    void aParticipantWhoEndsTheRoomOnExitSendsTheOthersOut() {
        callYouth("true");
        world.passTimeUntil(() -> headset.talk().isPresent());
        headset.talk().orElseThrow().ask(Question.GOODBYE);
        world.passTimeUntil(() -> !headset.isConnected());
        eventually(() -> inOrder("/rooms").stream()
                .anyMatch(event ->
                        event.field("ReasonConferenceEnded").equals("participant-with-end-conference-on-exit-left")));
        assertThat(rooms()).extracting(Conference::getStatus).containsExactly(Conference.Status.COMPLETED);
    }

    @Test
    void aPersonLeftInSilenceHangsUpAfterAWhile() {
        Call call = callYouth("false");
        world.passTimeUntil(() -> headset.talk().isPresent());
        headset.disconnect();
        assertThat(Call.fetcher(call.getSid()).fetch(world.twilio).getStatus()).isEqualTo(Call.Status.IN_PROGRESS);
        world.passTimeUntil(
                () -> Call.fetcher(call.getSid()).fetch(world.twilio).getStatus() == Call.Status.COMPLETED);
    }

    @Test
    void aParticipantCanBeAddedWatchedAndRemoved() {
        Participant participant = Participant.creator("agent-7", new PhoneNumber(OUR_NUMBER), new PhoneNumber(MOBILE))
                .setLabel("youth")
                .setEndConferenceOnExit(false)
                .create(world.twilio);
        assertThat(participant.getStatus()).isEqualTo(Participant.Status.QUEUED);
        world.passTimeUntil(() -> headset.talk().isPresent());
        assertThat(Participant.fetcher("agent-7", "youth").fetch(world.twilio).getStatus())
                .isEqualTo(Participant.Status.CONNECTED);
        assertThat(StreamSupport.stream(
                                Participant.reader("agent-7").read(world.twilio).spliterator(), false)
                        .count())
                .isEqualTo(2);
        assertThat(Participant.updater("agent-7", participant.getCallSid())
                        .setMuted(true)
                        .update(world.twilio)
                        .getMuted())
                .isTrue();
        assertThat(Participant.deleter("agent-7", participant.getCallSid()).delete(world.twilio))
                .isTrue();
        assertThat(headset.talk()).isEmpty();
    }

    @Test
    void aRoomCanBeEndedThroughTheApi() {
        Conference ended = Conference.updater(rooms().getFirst().getSid())
                .setStatus(Conference.UpdateStatus.COMPLETED)
                .update(world.twilio);
        assertThat(ended.getStatus()).isEqualTo(Conference.Status.COMPLETED);
        eventually(() -> !headset.isConnected());
    }

    @Test
    void aDocumentThatCannotBePlayedEndsTheCallAndIsCounted() {
        Call call = Call.creator(
                        new PhoneNumber(MOBILE), new PhoneNumber(OUR_NUMBER), new Twiml("<Response><Play/></Response>"))
                .create(world.twilio);
        world.passTimeUntil(
                () -> Call.fetcher(call.getSid()).fetch(world.twilio).getStatus() == Call.Status.COMPLETED);
        assertThat(world.simulator.errorCount(12100)).isEqualTo(1);
    }

    private Call callYouth(String endConferenceOnExit) {
        return Call.creator(
                        new PhoneNumber(MOBILE),
                        new PhoneNumber(OUR_NUMBER),
                        new Twiml("<Response><Dial><Conference beep='false' endConferenceOnExit='" + endConferenceOnExit
                                + "'>agent-7</Conference></Dial></Response>"))
                .create(world.twilio);
    }

    private List<Conference> rooms() {
        return StreamSupport.stream(Conference.reader().read(world.twilio).spliterator(), false)
                .toList();
    }

    private List<Received> inOrder(String path) {
        return world.product.received(path).stream()
                .sorted(Comparator.comparingInt(event -> Integer.parseInt(event.field("SequenceNumber"))))
                .toList();
    }
}
