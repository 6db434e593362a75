package fr.raccroche.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TwimlTest {

    private static final String BASE = "http://127.0.0.1:8080/webhooks/twilio/answer/abc";

    @Test
    void readsTheVerbsInOrder() throws Twiml.Unreadable {
        assertThat(Twiml.parse(
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
    void readsAConferenceWithItsCallbacks() throws Twiml.Unreadable {
        assertThat(Twiml.parse(
                        "<Response><Dial><Conference startConferenceOnEnter='false' endConferenceOnExit='true' waitUrl=''"
                                + " statusCallback='/events#rc=5&amp;rp=all' statusCallbackEvent='join leave'>agent-7"
                                + "</Conference></Dial></Response>",
                        BASE))
                .containsExactly(new Verb.DialConference(
                        "agent-7",
                        false,
                        true,
                        "http://127.0.0.1:8080/events#rc=5&rp=all",
                        Set.of("join", "leave"),
                        null));
    }

    @Test
    void anEmptyResponseIsADocument() throws Twiml.Unreadable {
        assertThat(Twiml.parse("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>", BASE))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bonjour",
                "<html><body>Erreur</body></html>",
                "<Response><Say>Bonjour</Response>",
                "<Response><Gather/></Response>",
                "<Response><Dial><Number>+33639980001</Number></Dial></Response>",
                "<Response><Dial/></Response>",
                "<Response><Pause length='long'/></Response>",
                "<Response><Dial><Conference endConferenceOnExit='yes'>a</Conference></Dial></Response>"
            })
    void refusesWhatTwilioCouldNotPlay(String document) {
        assertThatThrownBy(() -> Twiml.parse(document, BASE)).isInstanceOf(Twiml.Unreadable.class);
    }

    @Test
    void neverReadsExternalEntities() {
        String document = "<!DOCTYPE Response [<!ENTITY secret SYSTEM \"file:///etc/hostname\">]>"
                + "<Response><Say>&secret;</Say></Response>";
        assertThatThrownBy(() -> Twiml.parse(document, BASE)).isInstanceOf(Twiml.Unreadable.class);
    }
}
