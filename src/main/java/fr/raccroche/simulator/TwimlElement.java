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

/** An element of a TwiML document; relative URLs are resolved against {@code base}, the document's own. */
record TwimlElement(Element element, String base) {

    /** The root of a document. */
    static TwimlElement root(String xml, String base) throws Unreadable {
        try {
            DocumentBuilder builder = safeFactory().newDocumentBuilder();
            builder.setErrorHandler(new DefaultHandler());
            Element root = builder.parse(new InputSource(new StringReader(xml))).getDocumentElement();
            return new TwimlElement(root, base);
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

    String name() {
        return element.getTagName();
    }

    List<TwimlElement> children() {
        var elements = new ArrayList<TwimlElement>();
        for (@Nullable Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child) {
                elements.add(new TwimlElement(child, base));
            }
        }
        return elements;
    }

    String text() {
        return element.getTextContent().strip();
    }

    String attribute(String name, String normal) {
        String value = element.getAttribute(name);
        return value.isEmpty() ? normal : value;
    }

    boolean truth(String name, boolean normal) throws Unreadable {
        return switch (attribute(name, String.valueOf(normal))) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new Unreadable(name + " must be true or false");
        };
    }

    /** A whole number, at most the largest int. */
    long number(String name, long normal) throws Unreadable {
        String value = attribute(name, String.valueOf(normal));
        if (!value.matches("\\d{1,10}")) {
            throw new Unreadable(name + " must be a number");
        }
        return Math.min(Integer.MAX_VALUE, Long.parseLong(value));
    }

    Duration seconds(String name, long normal) throws Unreadable {
        return Duration.ofSeconds(number(name, normal));
    }

    /** The events that an element asks for. */
    Set<String> events(String normal) {
        return Set.copyOf(List.of(attribute("statusCallbackEvent", normal).split(" +", -1)));
    }

    @Nullable
    String url(String name) throws Unreadable {
        String value = element.getAttribute(name);
        return value.isEmpty() ? null : resolve(value);
    }

    /** The address in an attribute, the document's own when there is none. */
    String resolved(String name) throws Unreadable {
        return resolve(element.getAttribute(name));
    }

    String resolve(String url) throws Unreadable {
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
