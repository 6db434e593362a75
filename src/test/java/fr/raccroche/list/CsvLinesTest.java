package fr.raccroche.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvLinesTest {

    @Test
    void aByteOrderMarkAndBlankLinesAreNoRows() throws IOException {
        assertThat(read("\uFEFFa;b\r\n\r\n1;2\r\n"))
                .containsExactly(line(1, "a;b", "a", "b"), line(3, "1;2", "1", "2"));
    }

    @Test
    void aQuotedCellMayHoldSemicolonsQuotesAndLineBreaks() throws IOException {
        assertThat(read("a;b\n\"x;\"\"y\"\"\";2\n\"one\ntwo\";3\n4;5\n"))
                .containsExactly(
                        line(1, "a;b", "a", "b"),
                        line(2, "\"x;\"\"y\"\"\";2", "x;\"y\"", "2"),
                        line(3, "\"one\ntwo\";3", "one\ntwo", "3"),
                        line(5, "4;5", "4", "5"));
    }

    @Test
    void aQuoteThatNeverClosesCostsOnlyItsOwnLine() throws IOException {
        var lines = read("a;b\n\"open;2\n3;4\n5;6\n");

        assertThat(lines.get(1).cells()).isNull();
        assertThat(lines.get(1).raw()).isEqualTo("\"open;2");
        assertThat(lines.subList(2, 4)).containsExactly(line(3, "3;4", "3", "4"), line(4, "5;6", "5", "6"));
    }

    @Test
    void twoOpenQuotesDoNotSwallowWhatStandsBetween() throws IOException {
        var lines = read("a;b\n\"open;2\n3;4\n\"again;6\n7;8\n");

        assertThat(lines).hasSize(5);
        assertThat(lines.get(1).cells()).isNull();
        assertThat(lines.get(3).cells()).isNull();
        assertThat(lines.get(4)).isEqualTo(line(5, "7;8", "7", "8"));
    }

    @Test
    void aQuoteInsideACellIsJustACharacter() throws IOException {
        assertThat(read("a;b\nRésidence \"Les Lilas;2\n"))
                .contains(line(2, "Résidence \"Les Lilas;2", "Résidence \"Les Lilas", "2"));
    }

    @Test
    void otherEncodingsFail() {
        assertThatThrownBy(() -> read("a;b\nZo\u00e9;2\n".getBytes(StandardCharsets.ISO_8859_1)))
                .isInstanceOf(CharacterCodingException.class);
    }

    private static CsvLines.Line line(int number, String raw, String... cells) {
        return new CsvLines.Line(number, raw, List.of(cells));
    }

    private static List<CsvLines.Line> read(String text) throws IOException {
        return read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<CsvLines.Line> read(byte[] bytes) throws IOException {
        var lines = new ArrayList<CsvLines.Line>();
        try (var csv = new CsvLines(new ByteArrayInputStream(bytes))) {
            csv.expect(2);
            for (var line = csv.next(); line != null; line = csv.next()) {
                lines.add(line);
            }
        }
        return lines;
    }
}
