package fr.raccroche.list;

import static org.assertj.core.api.Assertions.assertThat;

import fr.raccroche.list.RejectFile.Reject;
import fr.raccroche.list.row.Column;
import fr.raccroche.list.row.Mapping;
import fr.raccroche.list.row.Vocabulary;
import fr.raccroche.list.table.FormulaGuard;
import fr.raccroche.list.table.Layout;
import fr.raccroche.list.table.Refused;
import fr.raccroche.list.table.TableFile;
import fr.raccroche.list.table.TestingTable;
import fr.raccroche.list.table.TestingWorkbook;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.dhatim.fastexcel.Worksheet;

/** What holds for every table in every layout. */
class ReadingPropertiesTest {

    private static final List<String> HEADER = List.of("Nom", "Prénom", "Né(e) le", "Portable", "Observations");

    /**
     * How a table is written.
     *
     * @param quotes whether also where there is no need
     */
    record Writing(String charset, char separator, String lineEnd, boolean mark, boolean quotes, int titles) {}

    @Property(tries = 300)
    void aTextGivesTheCellsThatWereWritten(
            @ForAll("tables") List<List<String>> table, @ForAll("writings") Writing writing) throws Exception {
        var charset = Charset.forName(writing.charset());
        var text = new StringBuilder(writing.mark() ? "\uFEFF" : "");
        for (int i = 0; i < writing.titles(); i++) {
            text.append("Liste des jeunes").append(writing.lineEnd());
        }
        text.append(line(HEADER, writing));
        table.forEach(row -> text.append(line(row, writing)));
        var file = TestingList.file(text.toString().getBytes(charset));
        try {
            var layout = Layout.text(charset, writing.separator(), writing.titles() + 1);
            assertThat(TestingTable.cells(file, layout)).isEqualTo(table);
            assertThat(TestingTable.cells(file)).isEqualTo(table);
        } finally {
            Files.delete(file);
        }
    }

    @Property(tries = 100)
    void aWorkbookGivesTheCellsThatWereWritten(
            @ForAll("tables") List<List<String>> table, @ForAll boolean shared, @ForAll("titles") int titles)
            throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var workbook = new org.dhatim.fastexcel.Workbook(bytes, "Test", "1.0")) {
            Worksheet sheet = workbook.newWorksheet("Liste");
            for (int row = 0; row <= table.size(); row++) {
                List<String> cells = row == 0 ? HEADER : table.get(row - 1);
                for (int column = 0; column < cells.size(); column++) {
                    String escaped = cells.get(column).replace("_x0041_", "_x005F_x0041_");
                    if (shared) {
                        sheet.value(row + titles, column, escaped);
                    } else {
                        sheet.inlineString(row + titles, column, escaped);
                    }
                }
            }
        }
        var file = TestingList.file(bytes.toByteArray());
        try {
            assertThat(TableFile.recognise(file, Vocabulary::known)).isEqualTo(Layout.workbook("Liste", titles + 1));
            assertThat(TestingTable.cells(file)).isEqualTo(table);
        } finally {
            Files.delete(file);
        }
    }

    @Property(tries = 100)
    void whatWasRejectedIsReadAgainAsItWas(@ForAll("tables") List<List<String>> table, @ForAll boolean workbook)
            throws Exception {
        var layout = workbook ? Layout.workbook("x", 1) : Layout.text(StandardCharsets.UTF_8, ';', 1);
        var rejects =
                table.stream().map(row -> new Reject(1, row, "nom", "motif")).toList();
        var bytes = new ByteArrayOutputStream();

        RejectFile.write(layout, HEADER, rejects.iterator(), bytes);

        var file = TestingList.file(bytes.toByteArray());
        try {
            assertThat(values(file)).isEqualTo(values(table));
            assertThat(TestingTable.cells(file).stream().flatMap(List::stream))
                    .noneMatch(cell -> !cell.equals(FormulaGuard.guarded(cell)));
        } finally {
            Files.delete(file);
        }
    }

    /** Whatever bytes come, there is an answer: a table or a reason. */
    @Property(tries = 500)
    void anyBytesAreReadOrRefused(@ForAll @From("bytes") byte[] bytes) throws Exception {
        var file = TestingList.file(bytes);
        try {
            assertThat(TestingTable.rows(file)).isNotEmpty();
        } catch (Refused refused) {
            assertThat(refused.reason()).isNotNull();
        } finally {
            Files.delete(file);
        }
    }

    /** A workbook of which some bytes changed is read as it was, or refused. */
    @Property(tries = 500)
    void aChangedWorkbookIsNeverReadDifferently(@ForAll int place, @ForAll byte change) throws Exception {
        byte[] sound = WORKBOOK.bytes();
        byte[] changed = sound.clone();
        changed[Math.floorMod(place, sound.length)] ^= change;
        var file = TestingList.file(changed);
        try {
            assertThat(TestingTable.cells(file)).isEqualTo(List.of(List.of("Benali", "Zoé", "0639981234")));
        } catch (Refused refused) {
            assertThat(refused.reason()).isNotNull();
        } finally {
            Files.delete(file);
        }
    }

    /** Sound bytes of unsound markup: a table or a reason. */
    @Property(tries = 500)
    void anyMarkupIsReadOrRefused(@ForAll("markup") List<String> markup) throws Exception {
        var file = new TestingWorkbook()
                .strings("<si><t>nom</t></si><si><t>prenom</t></si>")
                .formats("14", "00000")
                .sheet("Liste", TestingWorkbook.row(1, "nom", "prenom") + String.join("", markup))
                .file();
        try {
            assertThat(TestingTable.rows(file)).isNotEmpty();
        } catch (Refused refused) {
            assertThat(refused.reason()).isNotNull();
        } finally {
            Files.delete(file);
        }
    }

    private static final TestingWorkbook WORKBOOK = new TestingWorkbook()
            .sheet(
                    "Liste",
                    TestingWorkbook.row(1, "nom", "prenom", "portable")
                            + TestingWorkbook.row(2, "Benali", "Zoé", "0639981234"));

    private static List<List<String>> values(Path file) throws IOException, Refused {
        return values(TestingTable.cells(file).stream()
                .map(row -> row.subList(0, HEADER.size()))
                .toList());
    }

    private static List<List<String>> values(List<List<String>> table) {
        var mapping = new Mapping(
                Layout.workbook("x", 1), HEADER, new ArrayList<>(Column.all().subList(0, HEADER.size())));
        return table.stream()
                .map(mapping::cells)
                .map(cells -> IntStream.range(0, HEADER.size())
                        .mapToObj(i -> cells.get(Column.all().get(i)))
                        .toList())
                .toList();
    }

    private static String line(List<String> cells, Writing writing) {
        return cells.stream()
                        .map(cell -> writing.quotes() || special(cell, writing.separator())
                                ? '"' + cell.replace("\"", "\"\"").replace("\n", writing.lineEnd()) + '"'
                                : cell)
                        .collect(Collectors.joining(Character.toString(writing.separator())))
                + writing.lineEnd();
    }

    private static boolean special(String cell, char separator) {
        return cell.indexOf(separator) >= 0 || cell.indexOf('"') >= 0 || cell.indexOf('\n') >= 0;
    }

    /** Cells that every character set has, awkward ones among them; in each row stands something. */
    @Provide
    Arbitrary<List<List<String>>> tables() {
        Arbitrary<String> any = Arbitraries.strings()
                .withChars("abcéèàçÉœ0123456789 ;,\t|\"'\n=+-@<>&_x.")
                .ofMaxLength(12);
        Arbitrary<String> cell = Arbitraries.oneOf(
                any,
                Arbitraries.of(
                        "", "Benali", "06 39 98 12 34", "05/03/2009", "_x0041_", "<![CDATA[x]]>", "\"", "l'été"));
        Arbitrary<List<String>> row = Combinators.combine(
                        Arbitraries.of("Zoé", "Lefèvre", "éé\"é"), cell.list().ofSize(HEADER.size() - 1))
                .as((first, rest) -> {
                    var cells = new ArrayList<String>();
                    cells.add(first);
                    cells.addAll(rest);
                    return cells;
                });
        return row.list().ofMinSize(1).ofMaxSize(15);
    }

    @Provide
    Arbitrary<Writing> writings() {
        return Combinators.combine(
                        Arbitraries.of("UTF-8", "windows-1252", "ISO-8859-15", "UTF-16LE", "UTF-16BE"),
                        Arbitraries.of(';', ',', '\t', '|'),
                        Arbitraries.of("\n", "\r\n", "\r"),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false),
                        titles())
                .as((charset, separator, lineEnd, mark, quotes, titles) ->
                        new Writing(charset, separator, lineEnd, mark && charset.startsWith("UTF"), quotes, titles));
    }

    @Provide
    Arbitrary<Integer> titles() {
        return Arbitraries.integers().between(0, 3);
    }

    @Provide
    Arbitrary<List<String>> markup() {
        return Arbitraries.of(
                        "<row>",
                        "</row>",
                        "<row r='3'>",
                        "<row r='-1'>",
                        "<row r='x'>",
                        "<c>",
                        "</c>",
                        "<c t='s'>",
                        "<c t='b'>",
                        "<c t='d'>",
                        "<c t='n' s='0'>",
                        "<c s='1'>",
                        "<c s='99'>",
                        "<c s='-1'>",
                        "<c t='?'>",
                        "<c r='B2'>",
                        "<c r='ZZZZZZZZ1'>",
                        "<c r='1'>",
                        "<v>",
                        "</v>",
                        "<is>",
                        "</is>",
                        "<t>",
                        "</t>",
                        "<f>",
                        "</f>",
                        "1",
                        "39877",
                        "-1",
                        "1E9",
                        "99999999999999999999",
                        "9E999999999",
                        "x",
                        "&amp;",
                        "&#9;",
                        "<!-- -->",
                        "<row><c t='s'><v>1</v></c></row>",
                        "<row><c s='0'><v>1E-5</v></c></row>",
                        "<![CDATA[1]]>")
                .list()
                .ofMaxSize(25);
    }

    @Provide
    Arbitrary<byte[]> bytes() {
        Arbitrary<byte[]> random = Arbitraries.bytes().array(byte[].class).ofMaxSize(300);
        Arbitrary<byte[]> nearly = Arbitraries.strings()
                .withChars("nomprétel;,\t\"\n\r\u0000\u0001<=é09/@")
                .ofMaxLength(200)
                .map(text -> ("nom;prenom\n" + text).getBytes(StandardCharsets.UTF_8));
        Arbitrary<byte[]> archive = random.map(bytes -> {
            var all = new byte[bytes.length + 4];
            System.arraycopy(new byte[] {'P', 'K', 3, 4}, 0, all, 0, 4);
            System.arraycopy(bytes, 0, all, 4, bytes.length);
            return all;
        });
        return Arbitraries.oneOf(random, nearly, archive);
    }
}
