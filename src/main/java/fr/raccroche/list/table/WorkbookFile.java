package fr.raccroche.list.table;

import fr.raccroche.list.table.Refused.Reason;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * An XLSX file: its sheets, and their rows in bounded memory however many there are.
 *
 * <p>Read here rather than by a library: these keep all texts of a workbook in the heap, which a list of a region has
 * too many of, and leave it to their caller to notice a file that was made to do harm.
 */
final class WorkbookFile implements Closeable {

    /** All parts together, unpacked, in bytes. */
    static final long LARGEST = 1L << 30;

    private static final int MOST_PARTS = 2_000;
    private static final long LARGEST_DIRECTORY = 1 << 20;
    /** What a spreadsheet writes shrinks to a tenth, at best to a hundredth. */
    private static final long MOST_RATIO = 200;

    private static final long SMALL = 10 << 20;
    private static final int END_RECORD = 22;
    private static final int LONGEST_COMMENT = 0xFFFF;

    private final ZipFile zip;
    private final Map<String, ZipEntry> parts = new HashMap<>();
    private final Map<String, Sheet> sheets = new LinkedHashMap<>();
    private final SharedStrings strings;
    private final CellFormats formats;
    private final Map<String, List<String>> merged = new HashMap<>();

    private record Sheet(String part, boolean hidden) {}

    private WorkbookFile(ZipFile zip) throws IOException, Refused {
        this.zip = zip;
        listParts();
        refuseOtherFormats();
        refuseDocumentTypes();
        String main = target("", "_rels/.rels", "officeDocument", "xl/workbook.xml");
        String folder = main.substring(0, main.lastIndexOf('/') + 1);
        String links = folder + "_rels/" + main.substring(folder.length()) + ".rels";
        boolean from1904 = readSheets(main, links, folder);
        strings = new SharedStrings(part(target(folder, links, "sharedStrings", folder + "sharedStrings.xml")));
        try (XmlPart styles = part(target(folder, links, "styles", folder + "styles.xml"))) {
            formats = new CellFormats(styles, from1904);
        }
    }

    /** Opens a workbook, or says why it is refused. */
    static WorkbookFile open(Path file) throws IOException, Refused {
        refuseHugeDirectory(file);
        ZipFile zip;
        try {
            zip = new ZipFile(file.toFile());
        } catch (EOFException e) {
            throw new Refused(Reason.DAMAGED, null);
        } catch (ZipException e) {
            String why = String.valueOf(e.getMessage());
            throw new Refused(why.contains("encrypted") ? Reason.ENCRYPTED : Reason.DAMAGED, null);
        }
        try {
            return new WorkbookFile(zip);
        } catch (IOException | Refused | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    /** The names of the sheets, in their order, those that are shown first. */
    List<String> sheets() {
        return sheets.entrySet().stream()
                .sorted(Comparator.comparing(sheet -> sheet.getValue().hidden()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The rows of a sheet; one at a time is read. */
    SheetRows rows(String name) throws IOException, Refused {
        Sheet sheet = sheets.get(name);
        if (sheet == null) {
            throw new Refused(Reason.NO_SUCH_SHEET, name);
        }
        return new SheetRows(needed(sheet.part()), strings, formats, MergedCells.at(merged(sheet.part())));
    }

    boolean isHidden(String name) {
        Sheet sheet = sheets.get(name);
        return sheet != null && sheet.hidden();
    }

    /** The places of joined cells, which stand behind all rows; most sheets have none, and are not parsed for that. */
    private List<String> merged(String part) throws IOException, Refused {
        List<String> known = merged.get(part);
        if (known != null) {
            return known;
        }
        var places = new ArrayList<String>();
        ZipEntry entry = parts.get(key(part));
        if (entry != null && mentions(entry, "mergeCell ")) {
            try (XmlPart sheet = new XmlPart(zip, entry)) {
                while (sheet.goTo("mergeCell")) {
                    String place = sheet.attribute("ref");
                    if (place != null) {
                        places.add(place);
                    }
                }
            }
        }
        merged.put(part, places);
        return places;
    }

    /** Whether a part holds a word somewhere; reads as much of it as was announced. */
    private boolean mentions(ZipEntry entry, String word) throws IOException, Refused {
        byte[] wanted = word.getBytes(StandardCharsets.US_ASCII);
        long left = entry.getSize();
        int found = 0;
        var block = new byte[1 << 16];
        try (InputStream stream = zip.getInputStream(entry)) {
            for (int read = stream.read(block); read >= 0 && left > 0; read = stream.read(block)) {
                left -= read;
                for (int i = 0; i < read; i++) {
                    // no letter of the word is its first one again
                    found = block[i] == wanted[found] ? found + 1 : block[i] == wanted[0] ? 1 : 0;
                    if (found == wanted.length) {
                        return true;
                    }
                }
            }
        } catch (ZipException | EOFException e) {
            throw new Refused(Reason.DAMAGED, null);
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        try (zip) {
            strings.close();
        }
    }

    /** The directory of a zip is read into the heap as a whole: first see how much that is. */
    private static void refuseHugeDirectory(Path path) throws IOException, Refused {
        try (var file = new RandomAccessFile(path.toFile(), "r")) {
            var tail = bytes(file, Math.max(0, file.length() - END_RECORD - LONGEST_COMMENT), file.length());
            int end = tail.capacity() - END_RECORD;
            while (end >= 0 && tail.getInt(end) != 0x06054b50) {
                end--;
            }
            if (end < 0) {
                throw new Refused(Reason.DAMAGED, null);
            }
            long count = tail.getShort(end + 10) & 0xFFFF;
            long size = tail.getInt(end + 12) & 0xFFFFFFFFL;
            if (end >= 20 && tail.getInt(end - 20) == 0x07064b50) {
                long place = tail.getLong(end - 12);
                if (place < 0 || place > file.length() - 56) {
                    throw new Refused(Reason.DAMAGED, null);
                }
                var large = bytes(file, place, place + 56);
                count = large.getLong(32);
                size = large.getLong(40);
            }
            if (count < 0 || count > MOST_PARTS || size < 0 || size > LARGEST_DIRECTORY) {
                throw new Refused(Reason.ZIP_BOMB, null);
            }
        }
    }

    private static ByteBuffer bytes(RandomAccessFile file, long from, long to) throws IOException {
        var bytes = new byte[(int) (to - from)];
        file.seek(from);
        file.readFully(bytes);
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void listParts() throws Refused {
        long all = 0;
        for (ZipEntry entry : Collections.list(zip.entries())) {
            long size = entry.getSize();
            all += size;
            if (size < 0 || all > LARGEST || (size > SMALL && size > MOST_RATIO * entry.getCompressedSize())) {
                throw new Refused(Reason.ZIP_BOMB, null);
            }
            parts.put(key(entry.getName()), entry);
        }
    }

    /** Programs differ in case and slashes. */
    private static String key(String name) {
        String plain = name.replace('\\', '/').toLowerCase(Locale.ROOT);
        return plain.startsWith("/") ? plain.substring(1) : plain;
    }

    private void refuseOtherFormats() throws Refused {
        String other = otherFormat();
        if (other != null) {
            throw new Refused(Reason.UNREAD_FORMAT, other);
        }
    }

    private @Nullable String otherFormat() {
        if (parts.containsKey("xl/workbook.bin")) {
            return ".xlsb";
        }
        if (parts.containsKey("mimetype") || parts.containsKey("content.xml")) {
            return ".ods";
        }
        if (parts.containsKey("word/document.xml")) {
            return ".docx";
        }
        return parts.containsKey("[content_types].xml") ? null : ".zip";
    }

    /** Looks at the beginning of every part, of those too that are never read. */
    private void refuseDocumentTypes() throws IOException, Refused {
        for (var entry : parts.entrySet()) {
            if (entry.getKey().endsWith(".xml") || entry.getKey().endsWith(".rels")) {
                try (var part = new XmlPart(zip, entry.getValue())) {
                    part.next();
                } catch (Refused refused) {
                    if (refused.reason() != Reason.DAMAGED) {
                        throw refused;
                    }
                }
            }
        }
    }

    private @Nullable XmlPart part(String name) throws IOException, Refused {
        ZipEntry entry = parts.get(key(name));
        return entry == null ? null : new XmlPart(zip, entry);
    }

    private XmlPart needed(String name) throws IOException, Refused {
        XmlPart part = part(name);
        if (part == null) {
            throw new Refused(Reason.DAMAGED, name.length() < 100 ? name : null);
        }
        return part;
    }

    /** Where a kind of part is, by the links of another one. */
    private String target(String folder, String links, String kind, String otherwise) throws IOException, Refused {
        try (XmlPart part = part(links)) {
            while (part != null && part.goTo("Relationship")) {
                String type = part.attribute("Type");
                String target = part.attribute("Target");
                if (type != null && target != null && type.endsWith("/" + kind)) {
                    return place(folder, target);
                }
            }
        }
        return otherwise;
    }

    private static String place(String folder, String target) {
        String plain = target.replace('\\', '/');
        return plain.startsWith("/") ? plain.substring(1) : folder + plain;
    }

    /** Fills in the sheets that hold cells; gives whether days count from 1904. */
    private boolean readSheets(String main, String links, String folder) throws IOException, Refused {
        Map<String, String> places = new HashMap<>();
        try (XmlPart part = needed(links)) {
            while (part.goTo("Relationship")) {
                String id = part.attribute("Id");
                String type = part.attribute("Type");
                String target = part.attribute("Target");
                if (id != null && type != null && target != null && type.endsWith("/worksheet")) {
                    places.put(id, place(folder, target));
                }
            }
        }
        boolean from1904 = false;
        try (XmlPart part = needed(main)) {
            while (part.next()) {
                if (part.starts("workbookPr")) {
                    String date = part.attribute("date1904");
                    from1904 = "1".equals(date) || "true".equals(date);
                } else if (part.starts("sheet")) {
                    String name = part.attribute("name");
                    String place = places.get(part.attributeElsewhere("id"));
                    if (name != null && place != null) {
                        String state = part.attribute("state");
                        sheets.put(name, new Sheet(place, state != null && !state.equals("visible")));
                    }
                }
            }
        }
        return from1904;
    }
}
