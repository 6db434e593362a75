package fr.raccroche.list;

import fr.raccroche.list.row.Column;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** List files of fictional people for tests; every cell has a sound default. */
public final class TestingList {

    private final List<String> lines = new ArrayList<>();

    /** A file with all columns and no row yet. */
    public static TestingList empty() {
        return withColumns(Column.all());
    }

    public static TestingList withColumns(List<Column> columns) {
        var list = new TestingList();
        list.lines.add(columns.stream().map(Column::header).collect(Collectors.joining(";")));
        return list;
    }

    /** Adds a person called {@code lastName} with a number and without identifiers. */
    TestingList person(String lastName) {
        return row(sound(lastName));
    }

    TestingList row(Map<Column, String> cells) {
        return line(Column.all().stream().map(cells::get).collect(Collectors.joining(";")));
    }

    /** Adds a line as it is. */
    TestingList line(String line) {
        lines.add(line);
        return this;
    }

    String text() {
        return String.join("\n", lines) + "\n";
    }

    Path file() {
        return file(text());
    }

    public static Path file(String text) {
        return file(text.getBytes(StandardCharsets.UTF_8));
    }

    public static Path file(byte[] bytes) {
        try {
            return Files.write(Files.createTempFile("list", ".csv"), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A row that is accepted as it is. */
    public static Map<Column, String> sound(String lastName) {
        var cells = new EnumMap<Column, String>(Column.class);
        Stream.of(Column.values()).forEach(column -> cells.put(column, ""));
        cells.put(Column.NOM, lastName);
        cells.put(Column.PRENOM, "Lina");
        cells.put(Column.DATE_NAISSANCE, "05/03/2009");
        cells.put(Column.SEXE, "2");
        cells.put(Column.CODE_INSEE, "93066");
        cells.put(Column.TEL_JEUNE, "06 39 98 12 34");
        return cells;
    }

    /** A sound row with one cell changed. */
    public static Map<Column, String> sound(String lastName, Column column, String value) {
        var cells = sound(lastName);
        cells.put(column, value);
        return cells;
    }
}
