package fr.raccroche.simulator;

import fr.raccroche.simulator.Verb.Prompt;
import java.util.ArrayList;
import java.util.List;

/** Reads TwiML documents; what it does not know is an error, so that a typing mistake never passes unseen. */
final class TwimlReader {

    private static final int LONGEST_DIAL_SECONDS = 14_400;
    private static final int ENDLESS = 3_000;

    private TwimlReader() {}

    /** The verbs in order; relative URLs are resolved against the document's own. */
    static List<Verb> parse(String xml, String documentUrl) throws Unreadable {
        TwimlElement root = TwimlElement.root(xml, documentUrl);
        if (!root.name().equals("Response")) {
            throw new Unreadable("The root element is " + root.name());
        }
        var verbs = new ArrayList<Verb>();
        for (TwimlElement element : root.children()) {
            verbs.add(verb(element));
        }
        return verbs;
    }

    private static Verb verb(TwimlElement element) throws Unreadable {
        return switch (element.name()) {
            case "Say", "Play", "Pause" -> prompt(element);
            case "Hangup" -> new Verb.Hangup();
            case "Reject" ->
                new Verb.Reject(element.attribute("reason", "rejected").equals("busy"));
            case "Redirect" -> new Verb.Redirect(element.resolve(element.text()));
            case "Gather" -> gather(element);
            case "Record" ->
                new Verb.VoiceMessage(
                        element.seconds("maxLength", 3_600),
                        element.resolved("action"),
                        element.url("recordingStatusCallback"));
            case "Dial" -> dial(element);
            default -> throw new Unreadable("Unknown verb " + element.name());
        };
    }

    private static Prompt prompt(TwimlElement element) throws Unreadable {
        return switch (element.name()) {
            case "Say" -> new Verb.Say(element.text());
            case "Play" -> {
                if (element.text().isEmpty()) {
                    throw new Unreadable("Play has nothing to play");
                }
                long times = element.number("loop", 1);
                yield new Verb.Play(element.resolve(element.text()), times == 0 ? ENDLESS : (int) times);
            }
            case "Pause" -> new Verb.Pause(element.seconds("length", 1));
            default -> throw new Unreadable("Nothing that can be said: " + element.name());
        };
    }

    private static Verb gather(TwimlElement gather) throws Unreadable {
        var prompts = new ArrayList<Prompt>();
        for (TwimlElement element : gather.children()) {
            prompts.add(prompt(element));
        }
        return new Verb.Gather(
                prompts,
                (int) gather.number("numDigits", Integer.MAX_VALUE),
                gather.seconds("timeout", 5),
                gather.resolved("action"),
                gather.truth("actionOnEmptyResult", false));
    }

    private static Verb dial(TwimlElement dial) throws Unreadable {
        List<TwimlElement> nouns = dial.children();
        if (nouns.size() > 1) {
            throw new Unreadable("Dial with several nouns is not simulated");
        }
        if (nouns.isEmpty()) {
            return party(dial, dial, false, dial.text());
        }
        TwimlElement noun = nouns.getFirst();
        return switch (noun.name()) {
            case "Conference" -> conference(dial, noun);
            case "Number" -> party(dial, noun, false, noun.text());
            case "Client" -> party(dial, noun, true, identity(noun));
            default -> throw new Unreadable("Dial cannot reach a " + noun.name());
        };
    }

    private static Verb conference(TwimlElement dial, TwimlElement conference) throws Unreadable {
        return new Verb.DialConference(
                conference.text(),
                conference.truth("startConferenceOnEnter", true),
                conference.truth("endConferenceOnExit", false),
                conference.truth("muted", false),
                conference.url("statusCallback"),
                conference.events("none"),
                dial.url("action"),
                dial.seconds("timeLimit", Exchange.NO_LIMIT.toSeconds()));
    }

    private static Verb party(TwimlElement dial, TwimlElement noun, boolean client, String to) throws Unreadable {
        if (to.isEmpty()) {
            throw new Unreadable("Dial reaches nobody");
        }
        String callerId = dial.attribute("callerId", "");
        return new Verb.DialParty(
                client,
                to,
                callerId.isEmpty() ? null : callerId,
                dial.seconds("timeout", 30),
                dial.seconds("timeLimit", LONGEST_DIAL_SECONDS),
                dial.truth("answerOnBridge", false),
                noun.equals(dial) ? null : noun.url("statusCallback"),
                noun.events("completed"),
                dial.url("action"));
    }

    private static String identity(TwimlElement client) {
        return client.children().stream()
                .filter(child -> child.name().equals("Identity"))
                .findFirst()
                .map(TwimlElement::text)
                .orElseGet(client::text);
    }
}
