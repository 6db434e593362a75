package fr.raccroche.list.table;

import fr.raccroche.list.TestingList;
import fr.raccroche.list.row.Column;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/** XLSX files put together part by part, so that each may be as odd as a test needs it. */
public final class TestingWorkbook {

    private static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private static final String LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private final Map<String, String> parts = new LinkedHashMap<>();
    private final StringBuilder sheets = new StringBuilder();
    private final StringBuilder links = new StringBuilder();
    private String properties = "";
    private int count;

    public TestingWorkbook() {
        part("[Content_Types].xml", "<Types/>");
        part("_rels/.rels", "<Relationships>" + link("r1", "officeDocument", "xl/workbook.xml") + "</Relationships>");
    }

    private static String link(String id, String kind, String target) {
        return "<Relationship Id='%s' Type='%s/%s' Target='%s'/>".formatted(id, LINKS, kind, target);
    }

    /** Adds a sheet with these {@code row} elements. */
    public TestingWorkbook sheet(String name, String rows) {
        return sheet(name, "visible", rows);
    }

    public TestingWorkbook sheet(String name, String state, String rows) {
        count++;
        sheets.append("<sheet name='%s' sheetId='%d' state='%s' r:id='s%d'/>".formatted(name, count, state, count));
        links.append(link("s" + count, "worksheet", "worksheets/sheet" + count + ".xml"));
        return part(
                "xl/worksheets/sheet" + count + ".xml",
                "<worksheet xmlns='" + MAIN + "'><sheetData>" + rows + "</sheetData></worksheet>");
    }

    /** Adds the texts that cells of type {@code s} refer to, as {@code si} elements. */
    public TestingWorkbook strings(String items) {
        links.append(link("strings", "sharedStrings", "sharedStrings.xml"));
        return part("xl/sharedStrings.xml", "<sst xmlns='" + MAIN + "'>" + items + "</sst>");
    }

    /** Adds number formats: the cell style number n has the n-th of them. */
    public TestingWorkbook formats(String... codes) {
        var own = new StringBuilder();
        var styles = new StringBuilder();
        for (int i = 0; i < codes.length; i++) {
            boolean builtIn = codes[i].chars().allMatch(Character::isDigit) && codes[i].length() < 3;
            own.append("<numFmt numFmtId='%d' formatCode='%s'/>".formatted(164 + i, codes[i].replace("\"", "&quot;")));
            styles.append("<xf numFmtId='%s'/>".formatted(builtIn ? codes[i] : 164 + i));
        }
        links.append(link("styles", "styles", "/xl/styles.xml"));
        return part(
                "xl/styles.xml",
                "<styleSheet><numFmts>" + own + "</numFmts><cellStyleXfs><xf numFmtId='14'/></cellStyleXfs><cellXfs>"
                        + styles + "</cellXfs></styleSheet>");
    }

    /** Adds two cell styles: number 1 is struck through. */
    public TestingWorkbook struck() {
        links.append(link("styles", "styles", "/xl/styles.xml"));
        return part(
                "xl/styles.xml",
                "<styleSheet><fonts><font/><font><strike val='1'/></font></fonts><cellXfs><xf numFmtId='0' fontId='0'/>"
                        + "<xf numFmtId='0' fontId='1'/></cellXfs></styleSheet>");
    }

    /** Joins cells of the last sheet. */
    public TestingWorkbook merged(String... places) {
        String name = "xl/worksheets/sheet" + count + ".xml";
        var cells = new StringBuilder("</sheetData><mergeCells>");
        for (String place : places) {
            cells.append("<mergeCell ref='").append(place).append("'/>");
        }
        return part(name, String.valueOf(parts.get(name)).replace("</sheetData>", cells.append("</mergeCells>")));
    }

    public TestingWorkbook from1904() {
        properties = "<workbookPr date1904='1'/>";
        return this;
    }

    /** Adds or replaces a part; null takes it away. */
    public TestingWorkbook part(String name, @Nullable String content) {
        if (content == null) {
            parts.remove(name);
        } else {
            parts.put(name, content);
        }
        return this;
    }

    public byte[] bytes() {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            writeParts(zip);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    public Path file() {
        return TestingList.file(bytes());
    }

    private void writeParts(ZipOutputStream zip) throws IOException {
        var all = new LinkedHashMap<String, String>();
        all.put(
                "xl/workbook.xml",
                "<workbook xmlns='%s' xmlns:r='%s'>%s<sheets>%s</sheets></workbook>"
                        .formatted(MAIN, LINKS, properties, sheets));
        all.put("xl/_rels/workbook.xml.rels", "<Relationships>" + links + "</Relationships>");
        all.putAll(parts);
        for (var part : all.entrySet()) {
            zip.putNextEntry(new ZipEntry(part.getKey()));
            zip.write(part.getValue().getBytes(StandardCharsets.UTF_8));
        }
    }

    /** A row of inline texts. */
    public static String row(int number, String... cells) {
        var row = new StringBuilder("<row r='" + number + "'>");
        for (String cell : cells) {
            row.append("<c t='inlineStr'><is><t>")
                    .append(cell.replace("&", "&amp;").replace("<", "&lt;"))
                    .append("</t></is></c>");
        }
        return row.append("</row>").toString();
    }

    /** A large workbook as spreadsheets write it, nearly every text of it different from all others. */
    public static Path large(int rows, int columns) throws IOException {
        Path file = Files.createTempFile("large", ".xlsx");
        var workbook = new TestingWorkbook().sheet("Liste", "").strings("");
        workbook.part("xl/worksheets/sheet1.xml", null).part("xl/sharedStrings.xml", null);
        try (OutputStream out = Files.newOutputStream(file);
                var zip = new ZipOutputStream(out)) {
            zip.setLevel(1);
            workbook.writeParts(zip);
            zip.putNextEntry(new ZipEntry("xl/sharedStrings.xml"));
            write(zip, "<sst>");
            for (int column = 0; column < columns; column++) {
                write(zip, "<si><t>" + Column.all().get(column).header() + "</t></si>");
            }
            for (int i = 0; i < rows * columns; i++) {
                write(zip, "<si><t>un texte &amp; " + i + "</t></si>");
            }
            write(zip, "</sst>");
            zip.putNextEntry(new ZipEntry("xl/worksheets/sheet1.xml"));
            write(zip, "<worksheet><sheetData>");
            for (int row = 0; row <= rows; row++) {
                var line = new StringBuilder("<row r='" + (row + 1) + "'>");
                for (int column = 0; column < columns; column++) {
                    line.append("<c r='")
                            .append((char) ('A' + column))
                            .append(row + 1)
                            .append("' s='0' t='s'><v>");
                    line.append(row * columns + column).append("</v></c>");
                }
                write(zip, line.append("</row>").toString());
            }
            write(zip, "</sheetData></worksheet>");
        }
        return file;
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
