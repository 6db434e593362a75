package fr.raccroche.list;

import static fr.raccroche.list.table.TestingWorkbook.row;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fr.raccroche.list.table.Layout;
import fr.raccroche.list.table.Refused;
import fr.raccroche.list.table.Refused.Reason;
import fr.raccroche.list.table.TestingTable;
import fr.raccroche.list.table.TestingWorkbook;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are refused, each for a reason that its sender can act upon. */
class BadFileTest {

    private static final String HEADER = "nom;prenom;date_naissance;tel_jeune\n";
    private static final String ROW = "Benali;Zoé;05/03/2009;06 39 98 12 34\n";
    private static final String SHEET_HEADER = row(1, "nom", "prenom", "date_naissance", "tel_jeune");
    private static final Charset WINDOWS = Charset.forName("windows-1252");

    @Test
    void anEmptyFile() {
        assertRefused("", Reason.EMPTY);
        assertRefused("\uFEFF", Reason.EMPTY);
        assertRefused("\n\n \n", Reason.EMPTY);
        assertRefused(new TestingWorkbook().sheet("Liste", "").bytes(), Reason.EMPTY);
    }

    @Test
    void aHeaderAndNothingBelow() {
        assertRefused(HEADER, Reason.NO_ROWS);
        assertRefused("Liste du lycée;;;\n" + HEADER + ";;;\n\n", Reason.NO_ROWS);
        assertRefused(new TestingWorkbook().sheet("Liste", SHEET_HEADER).bytes(), Reason.NO_ROWS);
    }

    @Test
    void aLayoutThatLeavesNoRow() throws IOException {
        var file = TestingList.file(HEADER + ROW);

        assertThat(refusal(file, Layout.text(UTF_8, ';', 2)).reason()).isEqualTo(Reason.NO_ROWS);
        assertThat(refusal(file, Layout.text(UTF_8, ';', 9)).reason()).isEqualTo(Reason.NO_HEADER);
    }

    @Test
    void rowsWithoutAHeader() {
        assertRefused(ROW + ROW, Reason.NO_HEADER);
        assertRefused(
                new TestingWorkbook()
                        .sheet("Liste", row(1, "Benali", "0639981234") + row(2, "Diallo", "1"))
                        .bytes(),
                Reason.NO_HEADER);
    }

    @Test
    void onlyOneColumn() {
        assertRefused("nom\nBenali\nDiallo\n", Reason.NO_SEPARATOR);
    }

    @Test
    void bytesThatAreNoText() {
        var random = new byte[5_000];
        for (int i = 0; i < random.length; i++) {
            random[i] = (byte) (i * 31 + i / 7);
        }
        assertRefused(random, Reason.NOT_TEXT);
        assertRefused(new byte[1000], Reason.NOT_TEXT);
        assertRefused("a;b\0\1\n1;2\n", Reason.NOT_TEXT);
        assertRefused("Liste;\n" + HEADER.replace("nom;", "nom\2;") + ROW, Reason.NOT_TEXT);
        assertRefused("%PDF-1.7\n1 0 obj; a; b\nx;y;z\n", Reason.NOT_TEXT);
        assertRefused((HEADER + ROW.repeat(9)).replace(' ', '\0'), Reason.NOT_TEXT);
    }

    @Test
    void aPageOfTheWebNamedLikeASpreadsheet() {
        assertRefused("<html><table><tr><td>nom;prenom</td></tr></table></html>", Reason.UNREAD_FORMAT);
        assertRefused("\n <!DOCTYPE HTML>\n<p>a;b</p>", Reason.UNREAD_FORMAT);
        assertRefused("<?xml version='1.0'?><Workbook>a;b</Workbook>", Reason.UNREAD_FORMAT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"utf-8", "utf-16", "windows-1252"})
    void aTextThatWasCutInHalf(String name) throws IOException {
        var charset = Charset.forName(name);
        String text = HEADER + ROW.repeat(40) + "Lefèvre;Zoé";

        assertRefused(text.getBytes(charset), Reason.TRUNCATED);
        assertRefused((HEADER + ROW.repeat(40) + "Lefèvre;\"3 rue\nde").getBytes(charset), Reason.TRUNCATED);
        assertThat(refusal(TestingList.file((HEADER + ROW + "Lefèvre;Zoé;05/03/2009;0639981234").getBytes(charset))))
                .isNull();
        assertThat(refusal(TestingList.file((HEADER + ROW + "Lefèvre;Zoé\n").getBytes(charset))))
                .isNull();
    }

    @Test
    void aTextThatWasCutWithinACharacter() {
        assertRefused(
                Arrays.copyOf((HEADER + ROW + "Zoé").getBytes(UTF_8), HEADER.length() + ROW.length() + 4),
                Reason.TRUNCATED);
        byte[] utf16 = (HEADER + ROW).getBytes(UTF_16LE);
        assertRefused(Arrays.copyOf(utf16, utf16.length - 3), Reason.TRUNCATED);
    }

    @Test
    void twoCharacterSetsInOneFile() throws IOException {
        var bytes = new ByteArrayOutputStream();
        bytes.write((HEADER + ROW.repeat(5)).getBytes(UTF_8));
        bytes.write(ROW.getBytes(WINDOWS));
        bytes.write(ROW.getBytes(UTF_8));

        var refused = refusal(TestingList.file(bytes.toByteArray()));

        assertThat(refused)
                .isNotNull()
                .extracting(Refused::reason, Refused::detail)
                .containsExactly(Reason.MIXED_CHARACTERS, "7");
    }

    @Test
    void aCharacterSetThatWasChosenWrongly() {
        var file = TestingList.file((HEADER + ROW).getBytes(WINDOWS));

        assertThat(refusal(file, Layout.text(UTF_8, ';', 1)).reason()).isEqualTo(Reason.UNREADABLE_CHARACTERS);
    }

    @Test
    void tenThousandColumns() {
        assertRefused(HEADER.strip() + ";colonne".repeat(10_000) + "\n" + ROW, Reason.TOO_MANY_COLUMNS);
        assertRefused(
                new TestingWorkbook()
                        .sheet("Liste", row(1, ("nom;prenom" + ";x".repeat(10_000)).split(";")) + row(2, "a", "b"))
                        .bytes(),
                Reason.TOO_MANY_COLUMNS);
    }

    @Test
    void aLineOf300Megabytes() throws Exception {
        Path file = Files.createTempFile("line", ".csv");
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write((HEADER + ROW).getBytes(UTF_8));
            var block = new byte[1 << 20];
            Arrays.fill(block, (byte) 'a');
            for (int i = 0; i < 300; i++) {
                out.write(block);
            }
        }

        assertThat(SmallHeap.read(file, 32)).isEqualTo("LINE_TOO_LONG");
        Files.delete(file);
    }

    @Test
    void aQuoteThatOpensAHundredLongLines() throws Exception {
        String line = "\"" + "a".repeat(1_000_000) + "\n";
        var file = TestingList.file(HEADER + ROW + line.repeat(20));

        assertThat(SmallHeap.read(file, 96)).isEqualTo("21 rows");
    }

    @Test
    void otherFormats() throws IOException {
        byte[] ole = {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, (byte) 0xA1, (byte) 0xB1, 0x1A, (byte) 0xE1};
        var encrypted = new ByteArrayOutputStream();
        encrypted.write(ole);
        encrypted.write(new byte[65_520]);
        encrypted.write("EncryptedPackage".getBytes(UTF_16LE));
        encrypted.write(new byte[1_000]);

        assertRefused(Arrays.copyOf(ole, 4_096), Reason.UNREAD_FORMAT);
        assertRefused(encrypted.toByteArray(), Reason.ENCRYPTED);
        assertRefused(zip("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), Reason.UNREAD_FORMAT);
        assertRefused(zip("liste.csv", HEADER + ROW), Reason.UNREAD_FORMAT);
        assertRefused(zip("xl/workbook.bin", "x"), Reason.UNREAD_FORMAT);
        assertRefused(zip("inner.zip", new String(zip("a", "b"), WINDOWS)), Reason.UNREAD_FORMAT);
    }

    @Test
    void aWorkbookWithAPasswordOnItsParts() {
        byte[] bytes = sound().bytes();
        for (int i = 0; i < bytes.length - 4; i++) {
            boolean local = bytes[i] == 'P' && bytes[i + 1] == 'K' && bytes[i + 2] == 3;
            boolean central = bytes[i] == 'P' && bytes[i + 1] == 'K' && bytes[i + 2] == 1;
            if (local || central) {
                bytes[i + (local ? 6 : 8)] |= 1;
            }
        }
        assertRefused(bytes, Reason.ENCRYPTED);
    }

    @Test
    void aWorkbookThatWasCutAnywhere() {
        byte[] bytes = sound().bytes();
        for (int length = 30; length < bytes.length; length += 37) {
            assertRefused(Arrays.copyOf(bytes, length), Reason.DAMAGED);
        }
    }

    @Test
    void aWorkbookWhoseBytesChangedOnTheirWay() throws IOException {
        byte[] sound = stored(sound());
        int place = new String(sound, WINDOWS).indexOf("Benali");
        byte[] changed = sound.clone();
        changed[place] = 'X';

        assertThat(refusal(TestingList.file(sound))).isNull();
        assertRefused(changed, Reason.DAMAGED);
    }

    @Test
    void aWorkbookWithoutWhatItSpeaksOf() {
        assertRefused(sound().part("xl/worksheets/sheet1.xml", null).bytes(), Reason.DAMAGED);
        assertRefused(
                sound().part("xl/worksheets/sheet1.xml", "<worksheet><sheetData><row>")
                        .bytes(),
                Reason.DAMAGED);
        assertRefused(
                new TestingWorkbook()
                        .sheet("Liste", SHEET_HEADER + "<row><c t='s'><v>7</v></c></row>")
                        .bytes(),
                Reason.DAMAGED);
        assertRefused(
                new TestingWorkbook()
                        .sheet("Liste", SHEET_HEADER + "<row><c t='s'><v>-1</v></c></row>")
                        .bytes(),
                Reason.DAMAGED);
        assertThat(refusal(sound().file(), Layout.workbook("Autre", 1)).reason())
                .isEqualTo(Reason.NO_SUCH_SHEET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "xl/workbook.xml",
                "xl/_rels/workbook.xml.rels",
                "xl/worksheets/sheet1.xml",
                "xl/sharedStrings.xml",
                "docProps/core.xml",
                "customXml/item1.xml"
            })
    void aDocumentTypeInAnyPart(String part) {
        String entities = """
                <?xml version='1.0'?><!-- a comment --><!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/hostname'>
                <!ENTITY % p SYSTEM 'http://127.0.0.1:9/x'> %p;]><a><sheetData><row><c t='inlineStr'><is><t>&x;</t></is></c></row></sheetData></a>""";
        String laughs = "<!DOCTYPE a [<!ENTITY a0 'ha'>"
                + IntStream.range(1, 30)
                        .mapToObj(i -> "<!ENTITY a%d '&a%d;&a%d;'>".formatted(i, i - 1, i - 1))
                        .reduce("", String::concat)
                + "]><a>&a29;</a>";

        assertRefused(sound().part(part, entities).bytes(), Reason.DOCTYPE);
        assertRefused(sound().part(part, laughs).bytes(), Reason.DOCTYPE);
    }

    @Test
    void markupInAnotherCharacterSetThanItSays() {
        String part = "xl/worksheets/sheet1.xml";

        assertRefused(
                sound().part(part, "<?xml version='1.0' encoding='klingon'?><worksheet/>")
                        .bytes(),
                Reason.DAMAGED);
        assertRefused(
                sound().part(part, "<?xml version='1.0' encoding='us-ascii'?><a>é</a>")
                        .bytes(),
                Reason.DAMAGED);
    }

    @Test
    void anEntityThatNobodyDeclared() {
        assertRefused(
                sound().part(
                                "xl/worksheets/sheet1.xml",
                                "<worksheet><sheetData><row><c t='inlineStr'><is><t>&x;</t></is></c></row></sheetData></worksheet>")
                        .bytes(),
                Reason.DAMAGED);
    }

    @Test
    void aZipBombThatSaysSo() throws Exception {
        var file = Files.createTempFile("bomb", ".xlsx");
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            copy(sound(), zip);
            zip.putNextEntry(new ZipEntry("xl/media/image1.png"));
            var block = new byte[1 << 20];
            for (int i = 0; i < 64; i++) {
                zip.write(block);
            }
        }

        assertThat(SmallHeap.read(file, 32)).isEqualTo("ZIP_BOMB");
    }

    /** The sizes in its directory are lies: what is unpacked is what counts. */
    @Test
    void aZipBombThatDeniesIt() throws Exception {
        String part = "xl/worksheets/sheet1.xml";
        String bomb = "<worksheet><sheetData>" + SHEET_HEADER + "<row><c><v>1</v></c></row>".repeat(200_000)
                + "</sheetData></worksheet>";
        byte[] bytes = sound().part(part, bomb).bytes();
        var buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < bytes.length - 46; i++) {
            if (buffer.getInt(i) == 0x02014b50 && buffer.getInt(i + 24) == bomb.length()) {
                buffer.putInt(i + 24, 1_000);
            }
        }

        assertRefused(bytes, Reason.ZIP_BOMB);
    }

    @Test
    void moreThanAWorkbookMayHold() {
        byte[] bytes = sound().bytes();
        var buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < bytes.length - 46; i++) {
            if (buffer.getInt(i) == 0x02014b50) {
                buffer.putInt(i + 20, 1 << 28).putInt(i + 24, 1 << 29);
            }
        }
        assertRefused(bytes, Reason.ZIP_BOMB);

        var many = sound();
        for (int i = 0; i < 3_000; i++) {
            many.part("xl/media/" + i, "x");
        }
        assertRefused(many.bytes(), Reason.ZIP_BOMB);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!--%s-->",
                "<a b='%s'/>",
                "<?p %s?>",
                "<row><c t='inlineStr'><is><t>%s</t></is></c></row>",
                "<row><c t='str'><v>%s</v></c></row>"
            })
    void markupThatNeverEnds(String markup) throws Exception {
        var random = new Random(1);
        String block = random.ints(1 << 16, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        String text = block.repeat(800);
        var file = sound().part(
                        "xl/worksheets/sheet1.xml",
                        "<worksheet><sheetData>" + SHEET_HEADER + markup.formatted(text) + "</sheetData></worksheet>")
                .file();

        assertThat(SmallHeap.read(file, 64)).isEqualTo("ZIP_BOMB");
    }

    private static TestingWorkbook sound() {
        return new TestingWorkbook()
                .strings("<si><t>x</t></si>")
                .sheet(
                        "Liste",
                        SHEET_HEADER + row(2, "Benali", "Zoé", "05/03/2009", "0639981234")
                                + "<row><c t='s'><v>0</v></c></row>");
    }

    private static byte[] zip(String name, String content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content.getBytes(WINDOWS));
        }
        return bytes.toByteArray();
    }

    /** Without compression, so that bytes can be found. */
    private static byte[] stored(TestingWorkbook workbook) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.setLevel(0);
            copy(workbook, zip);
        }
        return bytes.toByteArray();
    }

    private static void copy(TestingWorkbook workbook, ZipOutputStream to) throws IOException {
        try (var zip = new ZipFile(workbook.file().toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                to.putNextEntry(new ZipEntry(entry.getName()));
                zip.getInputStream(entry).transferTo(to);
            }
        }
    }

    private static void assertRefused(String text, Reason reason) {
        assertRefused(text.getBytes(UTF_8), reason);
    }

    private static void assertRefused(byte[] bytes, Reason reason) {
        assertThat(refusal(TestingList.file(bytes)))
                .isNotNull()
                .extracting(Refused::reason)
                .isEqualTo(reason);
    }

    private static @Nullable Refused refusal(Path file) {
        return catchThrowableOfType(Refused.class, () -> TestingTable.rows(file));
    }

    private static Refused refusal(Path file, Layout layout) {
        return catchThrowableOfType(Refused.class, () -> TestingTable.rows(file, layout));
    }
}
