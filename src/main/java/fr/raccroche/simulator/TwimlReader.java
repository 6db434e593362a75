package fr.raccroche.simulator;

import fr.raccroche.simulator.Verb.Prompt;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** Reads TwiML documents; what it does not know is an error, so that a typing mistake never passes unseen. */
final class TwimlReader {

    private static final int LONGEST_DIAL_SECONDS = 14_400;
    private static final int ENDLESS = 3_000;

    private TwimlReader() {}

    /** A document Twilio would refuse (error 12100). */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1;

        Unreadable(String message) {
            super(message);
        }
    }

    /** The verbs in order; relative URLs are resolved against the document's own. */
    static List<Verb> parse(String xml, String documentUrl) throws Unreadable {
        Element root = document(xml);
        if (!root.getTagName().equals("Response")) {
            throw new Unreadable("The root element is " + root.getTagName());
        }
        var verbs = new ArrayList<Verb>();
        for (Element element : children(root)) {
            verbs.add(verb(element, documentUrl));
        }
        return verbs;
    }

    private static Verb verb(Element element, String base) throws Unreadable {
        return switch (element.getTagName()) {
            case "Say", "Play", "Pause" -> prompt(element, base);
            case "Hangup" -> new Verb.Hangup();
            case "Reject" ->
                new Verb.Reject(attribute(element, "reason", "rejected").equals("busy"));
            case "Redirect" -> new Verb.Redirect(resolve(base, text(element)));
            case "Gather" -> gather(element, base);
            case "Record" ->
                new Verb.VoiceMessage(
                        seconds(element, "maxLength", 3_600),
                        resolve(base, element.getAttribute("action")),
                        url(element, "recordingStatusCallback", base));
            case "Dial" -> dial(element, base);
            default -> throw new Unreadable("Unknown verb " + element.getTagName());
        };
    }

    private static Prompt prompt(Element element, String base) throws Unreadable {
        return switch (element.getTagName()) {
            case "Say" -> new Verb.Say(text(element));
            case "Play" -> {
                if (text(element).isEmpty()) {
                    throw new Unreadable("Play has nothing to play");
                }
                long times = number(element, "loop", 1);
                yield new Verb.Play(resolve(base, text(element)), times == 0 ? ENDLESS : (int) times);
            }
            case "Pause" -> new Verb.Pause(seconds(element, "length", 1));
            default -> throw new Unreadable("Nothing that can be said: " + element.getTagName());
        };
    }

    private static Verb gather(Element gather, String base) throws Unreadable {
        var prompts = new ArrayList<Prompt>();
        for (Element element : children(gather)) {
            prompts.add(prompt(element, base));
        }
        return new Verb.Gather(
                prompts,
                (int) number(gather, "numDigits", Integer.MAX_VALUE),
                seconds(gather, "timeout", 5),
                resolve(base, gather.getAttribute("action")),
                truth(gather, "actionOnEmptyResult", false));
    }

    private static Verb dial(Element dial, String base) throws Unreadable {
        List<Element> nouns = children(dial);
        if (nouns.size() > 1) {
            throw new Unreadable("Dial with several nouns is not simulated");
        }
        if (nouns.isEmpty()) {
            return party(dial, dial, false, text(dial), base);
        }
        Element noun = nouns.getFirst();
        return switch (noun.getTagName()) {
            case "Conference" -> conference(dial, noun, base);
            case "Number" -> party(dial, noun, false, text(noun), base);
            case "Client" -> party(dial, noun, true, identity(noun), base);
            default -> throw new Unreadable("Dial cannot reach a " + noun.getTagName());
        };
    }

    private static Verb conference(Element dial, Element conference, String base) throws Unreadable {
        return new Verb.DialConference(
                text(conference),
                truth(conference, "startConferenceOnEnter", true),
                truth(conference, "endConferenceOnExit", false),
                truth(conference, "muted", false),
                url(conference, "statusCallback", base),
                events(conference, "none"),
                url(dial, "action", base),
                seconds(dial, "timeLimit", Exchange.NO_LIMIT.toSeconds()));
    }

    private static Verb party(Element dial, Element noun, boolean client, String to, String base) throws Unreadable {
        if (to.isEmpty()) {
            throw new Unreadable("Dial reaches nobody");
        }
        String callerId = dial.getAttribute("callerId");
        return new Verb.DialParty(
                client,
                to,
                callerId.isEmpty() ? null : callerId,
                seconds(dial, "timeout", 30),
                seconds(dial, "timeLimit", LONGEST_DIAL_SECONDS),
                truth(dial, "answerOnBridge", false),
                noun.equals(dial) ? null : url(noun, "statusCallback", base),
                events(noun, "completed"),
                url(dial, "action", base));
    }

    private static String identity(Element client) {
        return children(client).stream()
                .filter(child -> child.getTagName().equals("Identity"))
                .findFirst()
                .map(TwimlReader::text)
                .orElseGet(() -> text(client));
    }

    private static Set<String> events(Element noun, String normal) {
        return Set.copyOf(List.of(attribute(noun, "statusCallbackEvent", normal).split(" +", -1)));
    }

    private static Element document(String xml) throws Unreadable {
        try {
            DocumentBuilder builder = safeFactory().newDocumentBuilder();
            builder.setErrorHandler(new DefaultHandler());
            return builder.parse(new InputSource(new StringReader(xml))).getDocumentElement();
        } catch (SAXException | IOException e) {
            throw new Unreadable("Not XML: " + e.getMessage());
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("The JDK's own XML parser is missing a feature", e);
        }
    }

    private static DocumentBuilderFactory safeFactory() throws ParserConfigurationException {
        var factory = DocumentBuilderFactory.newDefaultInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        factory.setXIncludeAware(false);
        factory.setExpandEntityReferences(false);
        return factory;
    }

    private static List<Element> children(Element parent) {
        var elements = new ArrayList<Element>();
        for (@Nullable Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                elements.add(element);
            }
        }
        return elements;
    }

    private static String text(Element element) {
        return element.getTextContent().strip();
    }

    private static String attribute(Element element, String name, String normal) {
        String value = element.getAttribute(name);
        return value.isEmpty() ? normal : value;
    }

    private static boolean truth(Element element, String name, boolean normal) throws Unreadable {
        return switch (attribute(element, name, String.valueOf(normal))) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new Unreadable(name + " must be true or false");
        };
    }

    private static long number(Element element, String name, long normal) throws Unreadable {
        String value = attribute(element, name, String.valueOf(normal));
        if (!value.matches("\\d{1,10}")) {
            throw new Unreadable(name + " must be a number");
        }
        return Math.min(Integer.MAX_VALUE, Long.parseLong(value));
    }

    private static Duration seconds(Element element, String name, long normal) throws Unreadable {
        return Duration.ofSeconds(number(element, name, normal));
    }

    private static @Nullable String url(Element element, String name, String base) throws Unreadable {
        String value = element.getAttribute(name);
        return value.isEmpty() ? null : resolve(base, value);
    }

    private static String resolve(String base, String url) throws Unreadable {
        if (url.isEmpty()) {
            return base;
        }
        try {
            return URI.create(base).resolve(url).toString();
        } catch (IllegalArgumentException e) {
            throw new Unreadable("Not a URL: " + url);
        }
    }
}
