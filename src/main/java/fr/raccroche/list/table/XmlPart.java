package fr.raccroche.list.table;

import fr.raccroche.list.table.Refused.Reason;
import java.io.CharConversionException;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UnsupportedEncodingException;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * An XML part of a workbook, read forward in bounded memory. It resolves nothing, and refuses a document type, more
 * bytes than the workbook announced, bytes that changed on their way, and one piece of markup that never ends.
 */
final class XmlPart implements Closeable {

    /** A longer cell is no cell of a table; in characters. */
    static final int LONGEST_TEXT = TextRows.LONGEST_LINE;

    private static final int LONGEST_MARKUP = 4 << 20;

    private final String partName;
    private final PartStream stream;
    private final XMLStreamReader reader;
    private final StringBuilder text = new StringBuilder();
    private boolean start;
    private String element = "";

    XmlPart(ZipFile zip, ZipEntry entry) throws IOException, Refused {
        partName = entry.getName();
        try {
            stream = new PartStream(zip.getInputStream(entry), entry);
            reader = factory().createXMLStreamReader(stream);
        } catch (XMLStreamException e) {
            throw refused(e);
        } catch (ZipException | EOFException e) {
            throw damaged();
        }
    }

    private static XMLInputFactory factory() {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setXMLReporter((message, type, about, where) -> {});
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        // without document types only &amp; and its like are counted here, and a long list has many of them
        factory.setProperty("jdk.xml.maxGeneralEntitySizeLimit", 0);
        factory.setProperty("jdk.xml.totalEntitySizeLimit", 0);
        return factory;
    }

    /** Goes to the next start or end of an element; false at the end of the part. */
    boolean next() throws IOException, Refused {
        while (true) {
            int event = event();
            if (event == XMLStreamConstants.START_ELEMENT || event == XMLStreamConstants.END_ELEMENT) {
                start = event == XMLStreamConstants.START_ELEMENT;
                element = reader.getLocalName();
                return true;
            }
            if (event == XMLStreamConstants.END_DOCUMENT) {
                stream.finish();
                return false;
            }
        }
    }

    /** Goes to the next start of an element with this name, false when there is none. */
    boolean goTo(String name) throws IOException, Refused {
        while (next()) {
            if (starts(name)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the last step went to the start of such an element. */
    boolean starts(String name) {
        return start && element.equals(name);
    }

    /** Whether the last step went to the end of such an element. */
    boolean ends(String name) {
        return !start && element.equals(name);
    }

    /** An attribute of the element that starts here, whatever its namespace. */
    @Nullable
    String attribute(String attribute) {
        return reader.getAttributeValue(null, attribute);
    }

    /** An attribute from a namespace, as {@code r:id}. */
    @Nullable
    String attributeElsewhere(String attribute) {
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            String namespace = reader.getAttributeNamespace(i);
            if (reader.getAttributeLocalName(i).equals(attribute) && namespace != null && !namespace.isEmpty()) {
                return reader.getAttributeValue(i);
            }
        }
        return null;
    }

    /** The text of the element that starts here, without that of elements within it; goes to its end. */
    String text() throws IOException, Refused {
        text.setLength(0);
        for (int depth = 1; depth > 0; ) {
            switch (event()) {
                case XMLStreamConstants.START_ELEMENT -> depth++;
                case XMLStreamConstants.END_ELEMENT -> depth--;
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                    if (depth == 1) {
                        add();
                    }
                }
                case XMLStreamConstants.END_DOCUMENT -> throw damaged();
                default -> {}
            }
        }
        return text.toString();
    }

    private void add() throws Refused {
        if (text.length() + reader.getTextLength() > LONGEST_TEXT) {
            throw new Refused(Reason.ZIP_BOMB, null);
        }
        text.append(reader.getTextCharacters(), reader.getTextStart(), reader.getTextLength());
    }

    private int event() throws IOException, Refused {
        try {
            stream.grant();
            int event = reader.next();
            if (event == XMLStreamConstants.DTD) {
                throw new Refused(Reason.DOCTYPE, null);
            }
            return event;
        } catch (XMLStreamException e) {
            throw refused(e);
        }
    }

    /** The parser wraps what its stream threw; what is no fault of the file is thrown on. */
    private Refused refused(XMLStreamException failure) throws IOException {
        for (Throwable cause = failure; cause != null; cause = cause(cause)) {
            if (cause instanceof TooMuch) {
                return new Refused(Reason.ZIP_BOMB, null);
            }
            if (cause instanceof IOException io && !ofTheFile(io)) {
                throw io;
            }
        }
        return damaged();
    }

    private static boolean ofTheFile(IOException failure) {
        return failure instanceof ZipException
                || failure instanceof EOFException
                || failure instanceof CharConversionException
                || failure instanceof UnsupportedEncodingException;
    }

    private static @Nullable Throwable cause(Throwable failure) {
        return failure instanceof XMLStreamException xml && xml.getNestedException() != null
                ? xml.getNestedException()
                : failure.getCause();
    }

    Refused damaged() {
        return new Refused(Reason.DAMAGED, partName.length() < 100 ? partName : null);
    }

    /** How many bytes of the part were read. */
    long position() {
        return stream.position();
    }

    /** In bytes. */
    long size() {
        return stream.size;
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }

    /** More bytes than announced, or than one piece of markup may have. */
    private static final class TooMuch extends IOException {

        private static final long serialVersionUID = 1L;
    }

    private final class PartStream extends CountingStream {

        private final long size;
        private final long sum;
        private final CRC32 crc = new CRC32();
        private long allowed;

        PartStream(InputStream stream, ZipEntry entry) {
            super(stream);
            size = entry.getSize();
            sum = entry.getCrc();
            grant();
        }

        /** The parser has made use of what it read: it may read on. */
        void grant() {
            allowed = position() + LONGEST_MARKUP;
        }

        @Override
        public int read(byte[] block, int from, int length) throws IOException {
            int read = super.read(block, from, length);
            if (position() > size || position() > allowed) {
                throw new TooMuch();
            }
            if (read > 0) {
                crc.update(block, from, read);
            }
            return read;
        }

        /** At the end of the document the parser has seen all bytes. */
        void finish() throws Refused {
            if (position() != size || crc.getValue() != sum) {
                throw damaged();
            }
        }
    }
}
