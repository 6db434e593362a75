package fr.raccroche.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TwimlReaderTest {

    private static final String BASE = "http://127.0.0.1:8080/webhooks/twilio/answer/abc";

    @Test
    void readsTheVerbsInOrder() throws Unreadable {
        assertThat(TwimlReader.parse(
                        "<Response><Say language='fr-FR'> Bonjour </Say><Pause length='3'/><Redirect>other</Redirect>"
                                + "<Reject reason='busy'/><Hangup/></Response>",
                        BASE))
                .containsExactly(
                        new Verb.Say("Bonjour"),
                        new Verb.Pause(Duration.ofSeconds(3)),
                        new Verb.Redirect("http://127.0.0.1:8080/webhooks/twilio/answer/other"),
                        new Verb.Reject(true),
                        new Verb.Hangup());
    }

    @Test
    void readsAConferenceWithItsCallbacks() throws Unreadable {
        assertThat(TwimlReader.parse(
                        "<Response><Dial><Conference startConferenceOnEnter='false' endConferenceOnExit='true' waitUrl=''"
                                + " statusCallback='/events#rc=5&amp;rp=all' statusCallbackEvent='join leave'>agent-7"
                                + "</Conference></Dial></Response>",
                        BASE))
                .containsExactly(new Verb.DialConference(
                        "agent-7",
                        false,
                        true,
                        false,
                        "http://127.0.0.1:8080/events#rc=5&rp=all",
                        Set.of("join", "leave"),
                        null,
                        Exchange.NO_LIMIT));
    }

    @Test
    void readsWhatAsksForKeys() throws Unreadable {
        assertThat(TwimlReader.parse(
                        "<Response><Gather numDigits='1' timeout='8'><Say>Tapez 1</Say><Play loop='2'>/son.wav</Play>"
                                + "</Gather><Gather action='/keys' actionOnEmptyResult='true'/></Response>",
                        BASE))
                .containsExactly(
                        new Verb.Gather(
                                List.of(new Verb.Say("Tapez 1"), new Verb.Play("http://127.0.0.1:8080/son.wav", 2)),
                                1,
                                Duration.ofSeconds(8),
                                BASE,
                                false),
                        new Verb.Gather(
                                List.of(),
                                Integer.MAX_VALUE,
                                Duration.ofSeconds(5),
                                "http://127.0.0.1:8080/keys",
                                true));
    }

    @Test
    void readsWhoElseIsRung() throws Unreadable {
        assertThat(TwimlReader.parse(
                        "<Response><Dial timeout='20' timeLimit='600' answerOnBridge='true' callerId='+33199000001'"
                                + " action='/after'><Client statusCallback='/client' statusCallbackEvent='ringing answered'>"
                                + "<Identity>a7</Identity></Client></Dial><Dial>+33639980001</Dial></Response>",
                        BASE))
                .containsExactly(
                        new Verb.DialParty(
                                true,
                                "a7",
                                "+33199000001",
                                Duration.ofSeconds(20),
                                Duration.ofMinutes(10),
                                true,
                                "http://127.0.0.1:8080/client",
                                Set.of("ringing", "answered"),
                                "http://127.0.0.1:8080/after"),
                        new Verb.DialParty(
                                false,
                                "+33639980001",
                                null,
                                Duration.ofSeconds(30),
                                Duration.ofHours(4),
                                false,
                                null,
                                Set.of("completed"),
                                null));
    }

    @Test
    void anEmptyResponseIsADocument() throws Unreadable {
        assertThat(TwimlReader.parse("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>", BASE))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bonjour",
                "<html><body>Erreur</body></html>",
                "<Response><Say>Bonjour</Response>",
                "<Response><Gather><Dial>+33639980001</Dial></Gather></Response>",
                "<Response><Dial><Queue>attente</Queue></Dial></Response>",
                "<Response><Dial><Number>+33639980001</Number><Client>a7</Client></Dial></Response>",
                "<Response><Dial><Number/></Dial></Response>",
                "<Response><Dial/></Response>",
                "<Response><Enqueue>attente</Enqueue></Response>",
                "<Response><Pause length='long'/></Response>",
                "<Response><Dial><Conference endConferenceOnExit='yes'>a</Conference></Dial></Response>"
            })
    void refusesWhatTwilioCouldNotPlay(String document) {
        assertThatThrownBy(() -> TwimlReader.parse(document, BASE)).isInstanceOf(Unreadable.class);
    }

    @Test
    void neverReadsExternalEntities() {
        String document = "<!DOCTYPE Response [<!ENTITY secret SYSTEM \"file:///etc/hostname\">]>"
                + "<Response><Say>&secret;</Say></Response>";
        assertThatThrownBy(() -> TwimlReader.parse(document, BASE)).isInstanceOf(Unreadable.class);
    }
}
