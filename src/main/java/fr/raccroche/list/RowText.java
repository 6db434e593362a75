package fr.raccroche.list;

import fr.raccroche.list.table.TableRow;
import fr.raccroche.platform.Json;
import java.util.List;

/** Writes the cells of a row as one JSON text, to be kept; a line that cannot be cut is one cell. */
final class RowText {

    private final Json json;

    RowText(Json json) {
        this.json = json;
    }

    String of(TableRow row) {
        List<String> cells = row.cells();
        return json.write(cells == null ? List.of(row.raw()) : cells).replace("\\u0000", "");
    }
}
