package fr.raccroche.list;

import fr.raccroche.list.row.Mapping;
import fr.raccroche.list.table.TableFile;
import java.util.List;

/**
 * A file as it looks when it is read one way.
 *
 * @param top its first lines as they are, titles and header included
 */
record FileLook(Mapping mapping, List<TableFile.Row> top, List<FirstRow> rows, List<String> sheets) {

    /** The same rows with other columns. */
    FileLook withMapping(Mapping other) {
        return new FileLook(other, top, rows, sheets);
    }
}
