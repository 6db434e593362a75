package fr.raccroche.list;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import de.siegmar.fastcsv.writer.CsvWriter;
import fr.raccroche.list.row.Column;
import fr.raccroche.platform.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Turns the JSON that a program sends into a list file, row by row and in bounded memory. The first element of
 * {@code rows} is line 2 of the file, whatever the values hold.
 */
final class JsonRows {

    private static final int LONGEST_VALUE = 10_000;
    private static final int NAMES_TOLD = 20;
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final List<Column> COLUMNS = Column.all();
    private static final Map<String, Column> BY_NAME =
            COLUMNS.stream().collect(Collectors.toMap(Column::header, Function.identity()));

    private final Set<String> unknown = new TreeSet<>();
    private @Nullable String complete;
    private @Nullable String referenceDate;
    private @Nullable String name;
    private int rows;
    private boolean seen;

    private JsonRows() {}

    /** What stood beside the rows, as it was written; null where nothing stood. */
    record Head(
            @Nullable String complete,
            @Nullable String referenceDate,
            @Nullable String name) {}

    /** Writes the rows of {@code body} to {@code file}; a {@link Problem} 400 says what is wrong with them. */
    static Head write(InputStream body, Path file) throws IOException {
        var rows = new JsonRows();
        try (JsonParser json = FACTORY.createParser(body);
                CsvWriter csv = CsvWriter.builder()
                        .fieldSeparator(';')
                        .build(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
            csv.writeRecord(COLUMNS.stream().map(Column::header).toList());
            rows.readBody(json, csv);
        } catch (JacksonException e) {
            JsonLocation at = e.getLocation();
            throw Problem.badRequest(
                    "json-malformed",
                    "Le corps n'est pas un JSON valide, ligne %d, colonne %d."
                            .formatted(at == null ? 0 : at.getLineNr(), at == null ? 0 : at.getColumnNr()));
        }
        return new Head(rows.complete, rows.referenceDate, rows.name);
    }

    private void readBody(JsonParser json, CsvWriter csv) throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw shape();
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            JsonToken value = json.nextToken();
            switch (field) {
                case "rows" -> readRows(json, value, csv);
                case "complete" -> complete = scalar(json, value);
                case "reference_date" -> referenceDate = scalar(json, value);
                case "name" -> name = scalar(json, value);
                default -> {
                    if (unknown.size() < NAMES_TOLD) {
                        unknown.add(field);
                    }
                    json.skipChildren();
                }
            }
        }
        if (json.nextToken() != null || !seen) {
            throw shape();
        }
        if (!unknown.isEmpty()) {
            throw Problem.badRequest(
                    "unknown-fields",
                    "Champs inconnus : %s. Les noms possibles sont décrits à l'adresse /lists/api."
                            .formatted(String.join(
                                    ", ", unknown.stream().limit(NAMES_TOLD).toList())));
        }
        if (rows == 0) {
            throw Problem.badRequest("rows-empty", "Le tableau rows est vide : il n'y a rien à charger.");
        }
    }

    private Problem shape() {
        return Problem.badRequest(
                "json-shape", "Le corps JSON est un objet dont le champ rows contient un tableau d'objets.");
    }

    private String scalar(JsonParser json, JsonToken value) throws IOException {
        if (!value.isScalarValue()) {
            throw shape();
        }
        return value == JsonToken.VALUE_NULL ? "" : json.getText();
    }

    private void readRows(JsonParser json, JsonToken value, CsvWriter csv) throws IOException {
        if (value != JsonToken.START_ARRAY || seen) {
            throw shape();
        }
        seen = true;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() != JsonToken.START_OBJECT) {
                throw shape();
            }
            rows++;
            csv.writeRecord(row(json));
        }
    }

    private List<String> row(JsonParser json) throws IOException {
        var cells = new EnumMap<Column, String>(Column.class);
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            JsonToken value = json.nextToken();
            Column column = BY_NAME.get(field);
            if (column == null) {
                if (unknown.size() < NAMES_TOLD) {
                    unknown.add(field);
                }
                json.skipChildren();
            } else {
                cells.put(column, cell(json, value, field));
            }
        }
        if (cells.values().stream().allMatch(String::isBlank) && unknown.isEmpty()) {
            throw Problem.badRequest("row-empty", "L'élément %d de rows est vide.".formatted(rows));
        }
        return COLUMNS.stream().map(column -> cells.getOrDefault(column, "")).toList();
    }

    private String cell(JsonParser json, JsonToken value, String field) throws IOException {
        if (!value.isScalarValue()) {
            throw Problem.badRequest(
                    "value-wrong",
                    "Dans l'élément %d de rows, la valeur de %s n'est ni un texte, ni un nombre, ni un booléen, ni null."
                            .formatted(rows, field));
        }
        String text = value == JsonToken.VALUE_NULL ? "" : json.getText();
        if (text.length() > LONGEST_VALUE) {
            throw Problem.badRequest(
                    "value-too-long",
                    "Dans l'élément %d de rows, la valeur de %s dépasse %d caractères."
                            .formatted(rows, field, LONGEST_VALUE));
        }
        return value == JsonToken.VALUE_TRUE ? "oui" : oneLine(text);
    }

    /** Lines of the file are elements of the array, so no value may begin another line. */
    private static String oneLine(String text) {
        return text.indexOf('\n') < 0 && text.indexOf('\r') < 0 ? text : text.replaceAll("[\\r\\n]+", " ");
    }
}
