package fr.raccroche.telephony;

import com.twilio.http.HttpMethod;
import com.twilio.twiml.VoiceResponse;
import com.twilio.twiml.voice.Conference;
import com.twilio.twiml.voice.Dial;
import com.twilio.twiml.voice.Gather;
import com.twilio.twiml.voice.Hangup;
import com.twilio.twiml.voice.Pause;
import com.twilio.twiml.voice.Record;
import com.twilio.twiml.voice.Redirect;
import com.twilio.twiml.voice.Say;
import fr.raccroche.platform.PlatformConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;

/** The few answers that we give Twilio, built by the SDK so that no name can add a verb. */
@ApplicationScoped
public class Twiml {

    private static final int SLOWEST_LETTERS_PER_SECOND = 10;
    private static final Duration LEAD = Duration.ofSeconds(5);

    private final PlatformConfig platform;

    Twiml(PlatformConfig platform) {
        this.platform = platform;
    }

    /** Keeps an agent's line in the conference of their own, where youths join them one after the other. */
    public String waitFor(String identity) {
        Conference conference = new Conference.Builder(room(identity))
                .beep(Conference.Beep.FALSE)
                .startConferenceOnEnter(true)
                .endConferenceOnExit(false)
                .waitUrl("")
                .statusCallback(platform.at("/webhooks/twilio/conference/" + identity + "#rc=5&rp=all"))
                .statusCallbackMethod(HttpMethod.POST)
                .statusCallbackEvents(List.of(Conference.Event.JOIN, Conference.Event.LEAVE))
                .build();
        return xml(new VoiceResponse.Builder()
                .dial(new Dial.Builder().conference(conference).build()));
    }

    /** Brings an answering youth to the agent; the call ends when the youth leaves, not the agent's line. */
    public String join(String identity) {
        Conference conference = new Conference.Builder(room(identity))
                .beep(Conference.Beep.FALSE)
                .startConferenceOnEnter(true)
                .endConferenceOnExit(false)
                .build();
        return xml(new VoiceResponse.Builder()
                .dial(new Dial.Builder().conference(conference).build()));
    }

    /** Says one sentence, lets the caller wait for a moment and asks at {@code path} what is next. */
    public String waitAndAsk(String sentence, Duration wait, String path) {
        return xml(new VoiceResponse.Builder()
                .say(french(sentence))
                .pause(new Pause.Builder().length((int) wait.toSeconds()).build())
                .redirect(new Redirect.Builder(platform.at(path))
                        .method(HttpMethod.POST)
                        .build()));
    }

    /** Asks for one key, which goes to {@code path}; nothing after {@code patience} goes there too. */
    public String askForKey(String sentence, Duration patience, String path) {
        return xml(new VoiceResponse.Builder()
                .gather(new Gather.Builder()
                        .numDigits(1)
                        .timeout((int) patience.toSeconds())
                        .actionOnEmptyResult(true)
                        .action(platform.at(path))
                        .method(HttpMethod.POST)
                        .say(french(sentence))
                        .build()));
    }

    /** Asks for a message; {@code path} learns where Twilio keeps it, whether the caller hangs up or not. */
    public String askForMessage(String sentence, Duration longest, String path) {
        return xml(new VoiceResponse.Builder()
                .say(french(sentence))
                .record(new Record.Builder()
                        .playBeep(true)
                        .maxLength((int) longest.toSeconds())
                        .action(platform.at(path))
                        .method(HttpMethod.POST)
                        .recordingStatusCallback(platform.at(path + "#rc=5&rp=all"))
                        .recordingStatusCallbackMethod(HttpMethod.POST)
                        .build()));
    }

    /** Ends the call without a word. */
    public String hangUp() {
        return xml(new VoiceResponse.Builder().hangup(new Hangup.Builder().build()));
    }

    /** Says one sentence in French, then ends the call: nobody is left in silence. */
    public String sayAndHangUp(String sentence) {
        return xml(new VoiceResponse.Builder().say(french(sentence)).hangup(new Hangup.Builder().build()));
    }

    /** How long saying {@code sentence} takes at most, the moment until Twilio begins included. */
    public static Duration longest(String sentence) {
        return LEAD.plusSeconds(sentence.length() / SLOWEST_LETTERS_PER_SECOND);
    }

    private static Say french(String sentence) {
        return new Say.Builder(sentence).language(Say.Language.FR_FR).build();
    }

    private static String room(String identity) {
        return "agent-" + identity;
    }

    private static String xml(VoiceResponse.Builder response) {
        return response.build().toXml();
    }
}
