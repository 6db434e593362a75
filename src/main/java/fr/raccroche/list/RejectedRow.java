package fr.raccroche.list;

import fr.raccroche.list.row.RowIssue;
import io.vertx.core.json.JsonArray;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row that was not accepted.
 *
 * @param line of the file it came from
 * @param field the column at fault, or « ligne » for the whole line
 * @param detail what was found there; null for nothing to tell
 * @param text its cells as one JSON array; of a line that cannot be cut the only one is the line
 */
record RejectedRow(
        int line, String field, RowIssue issue, @Nullable String detail, String text) {

    /** Why, in words, with what was found. */
    String reason(ListMessages messages) {
        return detail == null ? messages.issue(issue) : messages.issue(issue) + " : " + detail;
    }

    List<String> cells() {
        return new JsonArray(text).stream().map(String.class::cast).toList();
    }
}
