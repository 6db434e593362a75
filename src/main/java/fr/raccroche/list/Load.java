package fr.raccroche.list;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A file on its way into a list as the work on it needs it.
 *
 * @param listId the list it belongs to; null until the first file of a new list is loaded
 * @param complete whether people whom the file lacks leave the list
 * @param direct whether it goes through without anybody looking, unless the preview is alarming
 * @param mapping how the file is read, as JSON; null when it could not be recognised
 * @param preview as JSON, once the file was read
 * @param basis for which the preview holds
 */
public record Load(
        long id,
        @Nullable Long sourceId,
        @Nullable Long listId,
        String listName,
        LocalDate referenceDate,
        boolean complete,
        LoadState state,
        boolean direct,
        @Nullable String mapping,
        @Nullable String preview,
        Basis basis,
        @Nullable Long versionId,
        @Nullable Long createdBy) {

    /**
     * What a preview was made on; all null while there is none.
     *
     * @param listVersion state of the list
     * @param allVersions state of all lists
     * @param staged how many rows were staged
     */
    public record Basis(
            @Nullable Long listVersion,
            @Nullable Long allVersions,
            @Nullable Integer staged) {}

    /** Columns of {@code list_load} that {@link #of} reads. */
    public static final String COLUMNS = """
            id, source_id, list_id, list_name, reference_date, complete, state, direct, mapping, preview, base_version,
            seen_version, staged, version_id, created_by
            """;

    public static Load of(ResultSet row) throws SQLException {
        return new Load(
                row.getLong("id"),
                row.getObject("source_id", Long.class),
                row.getObject("list_id", Long.class),
                row.getString("list_name"),
                row.getObject("reference_date", LocalDate.class),
                row.getBoolean("complete"),
                LoadState.valueOf(row.getString("state")),
                row.getBoolean("direct"),
                row.getString("mapping"),
                row.getString("preview"),
                new Basis(
                        row.getObject("base_version", Long.class),
                        row.getObject("seen_version", Long.class),
                        row.getObject("staged", Integer.class)),
                row.getObject("version_id", Long.class),
                row.getObject("created_by", Long.class));
    }
}
