package fr.raccroche.simulator;

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
final class Twiml {

    private Twiml() {}

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
            case "Say" -> new Verb.Say(text(element));
            case "Pause" -> new Verb.Pause(Duration.ofSeconds(number(element, "length", 1)));
            case "Hangup" -> new Verb.Hangup();
            case "Reject" ->
                new Verb.Reject(attribute(element, "reason", "rejected").equals("busy"));
            case "Redirect" -> new Verb.Redirect(resolve(base, text(element)));
            case "Dial" -> dial(element, base);
            default -> throw new Unreadable("Unknown verb " + element.getTagName());
        };
    }

    private static Verb dial(Element dial, String base) throws Unreadable {
        List<Element> nouns = children(dial);
        if (nouns.size() != 1 || !nouns.getFirst().getTagName().equals("Conference")) {
            throw new Unreadable("Dial needs exactly one Conference");
        }
        Element conference = nouns.getFirst();
        String callback = conference.getAttribute("statusCallback");
        String action = dial.getAttribute("action");
        return new Verb.DialConference(
                text(conference),
                truth(conference, "startConferenceOnEnter", true),
                truth(conference, "endConferenceOnExit", false),
                callback.isEmpty() ? null : resolve(base, callback),
                Set.copyOf(List.of(
                        attribute(conference, "statusCallbackEvent", "none").split(" +", -1))),
                action.isEmpty() ? null : resolve(base, action));
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
        if (!value.matches("\\d{1,5}")) {
            throw new Unreadable(name + " must be a number of seconds");
        }
        return Long.parseLong(value);
    }

    private static String resolve(String base, String url) throws Unreadable {
        try {
            return URI.create(base).resolve(url).toString();
        } catch (IllegalArgumentException e) {
            throw new Unreadable("Not a URL: " + url);
        }
    }
}
