package fr.raccroche.list.table;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fr.raccroche.list.TestingList;
import fr.raccroche.list.row.Vocabulary;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts of every kind. */
class TableFileTest {

    private static final String LIST = """
            Nom;Prénom;Date de naissance;Portable
            Benali;Zoé;05/03/2009;06 39 98 12 34
            Lefèvre;Anaïs;12/07/2008;06 39 98 12 35
            """;

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "windows-1252", "ISO-8859-15", "UTF-16LE", "UTF-16BE", "x-MacRoman", "IBM850"})
    void theCharacterSetIsTold(String name) throws Exception {
        var charset = Charset.forName(name);
        // only here do the two Western sets differ
        String text = LIST
                + (name.startsWith("ISO") ? "Œuvrard;Éloïse;01/01/2009;0639981236\n" : "")
                + (name.startsWith("windows") ? "D’Œ;Éloïse;01/01/2009;0639981236\n" : "");

        var file = TestingList.file(text.getBytes(charset));

        assertThat(TableFile.recognise(file, Vocabulary::known)).isEqualTo(Layout.text(charset, ';', 1));
        assertThat(TestingTable.cells(file))
                .containsAll(split(text, ";").subList(1, 3))
                .hasSize(text.split("\n").length - 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
    void aByteOrderMarkIsNoPartOfTheFirstName(String name) throws Exception {
        var charset = Charset.forName(name);
        var file = TestingList.file(("\uFEFF" + LIST).getBytes(charset));

        assertThat(TableFile.recognise(file, Vocabulary::known).charset()).isEqualTo(charset);
        assertThat(TestingTable.header(file)).containsExactly("Nom", "Prénom", "Date de naissance", "Portable");
    }

    @Test
    void utf16IsToldByItsMarkEvenWhereNoLetterIsWestern() throws Exception {
        String text = "\uFEFFnom;prenom\n日本;日本日本日本日本日本日本\n".repeat(1);

        assertThat(TableFile.recognise(TestingList.file(text.getBytes(UTF_16LE)), Vocabulary::known)
                        .charset())
                .isEqualTo(UTF_16LE);
        assertThat(TableFile.recognise(TestingList.file(text.getBytes(UTF_16BE)), Vocabulary::known)
                        .charset())
                .isEqualTo(UTF_16BE);
    }

    @Test
    void theOnlyAccentMayStandInTheLastRow() throws Exception {
        String rows = "Benali;Lina;05/03/2009;06 39 98 12 34\n".repeat(20_000);
        var file = TestingList.file(
                ("nom;prenom;date_naissance;tel_jeune\n" + rows + "Lefèvre;Zoé;05/03/2009;0639981234\n")
                        .getBytes(Charset.forName("windows-1252")));

        assertThat(TestingTable.cells(file).getLast()).contains("Lefèvre", "Zoé");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '§',
            quoteCharacter = '`',
            value = {";", ",", "|", "\\t"})
    void theSeparatorIsTold(String written) throws Exception {
        char separator = written.equals("\\t") ? '\t' : written.charAt(0);
        String address = "\"3, rue; des\tLilas | bât. \"\"B\"\"\"";
        String text = "nom;prenom;date_naissance;adresse;tel_jeune\nBenali;Lina;05/03/2009;!;0639981234\n"
                .replace(';', separator)
                .replace("!", address);

        var file = TestingList.file(text);

        assertThat(TableFile.recognise(file, Vocabulary::known).separator()).isEqualTo(separator);
        assertThat(TestingTable.cells(file).getFirst())
                .containsExactly("Benali", "Lina", "05/03/2009", "3, rue; des\tLilas | bât. \"B\"", "0639981234");
    }

    @Test
    void otherSignsInAnAddressDoNotMakeItTheSeparator() throws Exception {
        String row = "Benali;Lina;05/03/2009;3, rue, des, Lilas, bât, B, esc, 4;0639981234\n";

        var file = TestingList.file("nom;prenom;date_naissance;adresse;tel_jeune\n" + row.repeat(30));

        assertThat(TableFile.recognise(file, Vocabulary::known).separator()).isEqualTo(';');
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void linesEndInThreeWays(String end) throws Exception {
        var file = TestingList.file(LIST.replace("\n", end));

        assertThat(TestingTable.cells(file)).isEqualTo(split(LIST, ";").subList(1, 3));
        assertThat(lines(file)).containsExactly(2, 3);
    }

    @Test
    void titlesAboveTheHeaderAreNotRead() throws Exception {
        String titles = """
                Académie de Créteil;;;
                Liste "SIEI du 20/11/2026;;;

                Nombre de jeunes : 2
                """;
        var file = TestingList.file(titles + LIST);

        assertThat(TableFile.recognise(file, Vocabulary::known).headerLine()).isEqualTo(5);
        assertThat(TestingTable.header(file)).containsExactly("Nom", "Prénom", "Date de naissance", "Portable");
        assertThat(lines(file)).containsExactly(6, 7);
        assertThat(TableFile.top(file, Layout.text(UTF_8, ';', 1), 3))
                .extracting(TableRow::raw)
                .containsExactly("Académie de Créteil;;;", "Liste \"SIEI du 20/11/2026;;;", "Nombre de jeunes : 2");
    }

    @Test
    void theSeparatorThatASpreadsheetAnnouncesIsATitle() throws Exception {
        assertThat(TableFile.recognise(TestingList.file("sep=;\r\n" + LIST), Vocabulary::known))
                .isEqualTo(Layout.text(UTF_8, ';', 2));
    }

    @Test
    void aHeaderOfUnknownNamesIsTheFirstRowWithoutNumbers() throws Exception {
        var file = TestingList.file("Liste du lycée;;\nColonne A;Année 2026;Colonne C\nBenali;Lina;0639981234\n");

        assertThat(TableFile.recognise(file, Vocabulary::known).headerLine()).isEqualTo(2);
    }

    @Test
    void aLayoutIsCorrectedByHand() throws Exception {
        var file = TestingList.file("a;b\nnom,prenom\nBenali,Zo\u00e9\n");

        assertThat(TestingTable.cells(file, Layout.text(Charset.forName("windows-1252"), ',', 2)))
                .containsExactly(List.of("Benali", "ZoÃ©"));
    }

    @Test
    void emptyCellsAtTheEndAreLeftOutOrAddedBySpreadsheets() throws Exception {
        var file = TestingList.file("nom;prenom;sexe;;\nBenali;Lina\nDiallo;Awa;2;;;;\nPetit;Max;1;;;x;\n");

        assertThat(TestingTable.header(file)).containsExactly("nom", "prenom", "sexe");
        assertThat(TestingTable.cells(file))
                .containsExactly(
                        List.of("Benali", "Lina", ""),
                        List.of("Diallo", "Awa", "2"),
                        List.of("Petit", "Max", "1", "", "", "x"));
    }

    @Test
    void rowsInWhichNothingStandsAreNoRows() throws Exception {
        var file = TestingList.file("nom;prenom\n\n;\nBenali;Lina\n \u00a0;\t\n\"\";\"\"\nDiallo;Awa\n;;;;\n");

        assertThat(lines(file)).containsExactly(4, 7);
    }

    @Test
    void aQuotedCellMayHoldSeparatorsQuotesAndLineBreaks() throws Exception {
        var file = TestingList.file("nom;prenom\n\"x;\"\"y\"\"\";2\n\"one\r\ntwo\";3\n4;5\n");

        assertThat(TestingTable.rows(file))
                .containsExactly(
                        new TableRow(2, List.of("x;\"y\"", "2"), "\"x;\"\"y\"\"\";2"),
                        new TableRow(3, List.of("one\ntwo", "3"), "\"one\ntwo\";3"),
                        new TableRow(5, List.of("4", "5"), "4;5"));
    }

    @Test
    void aNameInTheHeaderMayBreakItsLine() throws Exception {
        var file = TestingList.file("Nom;\"Date de\nnaissance\";Portable\nBenali;05/03/2009;0639981234\n");

        assertThat(TestingTable.header(file)).containsExactly("Nom", "Date de naissance", "Portable");
        assertThat(lines(file)).containsExactly(3);
    }

    @Test
    void aQuoteThatNeverClosesCostsOnlyItsOwnLine() throws Exception {
        var rows = TestingTable.rows(TestingList.file("nom;prenom\n\"open;2\n3;4\n\"again;6\n7;8\n"));

        assertThat(rows)
                .containsExactly(
                        new TableRow(2, null, "\"open;2"),
                        new TableRow(3, List.of("3", "4"), "3;4"),
                        new TableRow(4, null, "\"again;6"),
                        new TableRow(5, List.of("7", "8"), "7;8"));
    }

    @Test
    void aQuoteThatNeverClosesAtTheEndCostsOnlyItsOwnLine() throws Exception {
        String rows = "1;2\n".repeat(30);

        assertThat(TestingTable.rows(TestingList.file("nom;prenom\n" + rows + "\"open;2\n" + rows)))
                .hasSize(61)
                .filteredOn(row -> row.cells() == null)
                .hasSize(1);
    }

    @Test
    void aQuoteInsideACellIsJustACharacter() throws Exception {
        assertThat(TestingTable.cells(TestingList.file("nom;prenom\nRésidence \"Les Lilas;2\n")))
                .containsExactly(List.of("Résidence \"Les Lilas", "2"));
    }

    @Test
    void aHeaderIsSeenAgain() throws Exception {
        var path = TestingList.file(
                LIST + "NOM; prenom;Date  de naissance;PORTABLE\n" + "Petit;Max;01/01/2009;0639981236\n");
        try (var file = TableFile.open(path, TableFile.recognise(path, Vocabulary::known))) {
            var repeats = new ArrayList<Integer>();
            for (TableRow row = file.next(); row != null; row = file.next()) {
                if (file.repeatsHeader(row)) {
                    repeats.add(row.line());
                }
            }
            assertThat(repeats).containsExactly(4);
        }
    }

    @Test
    void readingTellsHowFarItIs() throws Exception {
        var path = TestingList.file(LIST + "Benali;Lina;05/03/2009;0639981234\n".repeat(10_000));
        try (var file = TableFile.open(path, TableFile.recognise(path, Vocabulary::known))) {
            long before = file.position();
            assertThat(file.size()).isEqualTo(Files.size(path));
            for (int i = 0; i < 5_000; i++) {
                assertThat(file.next()).isNotNull();
            }
            assertThat(file.position()).isGreaterThan(before).isLessThan(file.size());
            while (file.next() != null) {}
            assertThat(file.position()).isEqualTo(file.size());
        }
    }

    @Test
    void controlCharactersAreTheFaultOfTheirRow() throws Exception {
        assertThat(TestingTable.rows(TestingList.file(LIST + "a\u0001b;c;d;e\nx\ty;c;d;e\n")))
                .filteredOn(TableRow::hasControls)
                .extracting(TableRow::line)
                .containsExactly(4);
    }

    public static List<List<String>> split(String text, String separator) {
        return text.lines().map(line -> List.of(line.split(separator, -1))).toList();
    }

    private static List<Integer> lines(Path path) throws IOException, Refused {
        return TestingTable.rows(path).stream().map(TableRow::line).toList();
    }
}
