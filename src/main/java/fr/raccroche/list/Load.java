package fr.raccroche.list;

import fr.raccroche.list.table.Refused;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A file on its way into a list, or what became of it.
 *
 * @param listId the list it belongs to; null until the first file of a new list is loaded
 * @param complete whether people whom the file lacks leave the list
 * @param direct whether it goes through without anybody looking, unless the preview is alarming
 * @param mapping how the file is read, as JSON; null when it could not be recognised
 * @param baseVersion state of the list for which the preview holds
 * @param seenVersion state of all lists for which the preview holds
 * @param preview as JSON, once the file was read
 * @param refusal why the load stopped, or why an undo was refused; a {@link Refused.Reason} or {@link Merge.Obstacle}
 */
public record Load(
        long id,
        @Nullable Long sourceId,
        @Nullable Long listId,
        String listName,
        LocalDate referenceDate,
        boolean complete,
        String fileName,
        LoadState state,
        boolean direct,
        @Nullable String mapping,
        @Nullable Long baseVersion,
        @Nullable Long seenVersion,
        @Nullable Integer staged,
        @Nullable String preview,
        @Nullable String refusal,
        @Nullable String refusalDetail,
        @Nullable Long versionId,
        @Nullable Long createdBy,
        long fileBytes,
        long bytesRead,
        int rowsRead,
        int rowsRejected,
        boolean cancelAsked,
        Instant createdAt) {

    /** Columns of {@code list_load} in the order of the record. */
    public static final String COLUMNS = """
            id, source_id, list_id, list_name, reference_date, complete, file_name, state, direct, mapping,
            base_version, seen_version, staged, preview, refusal, refusal_detail, version_id, created_by, file_bytes,
            bytes_read, rows_read, rows_rejected, cancel_asked, created_at
            """;

    public static Load of(ResultSet row) throws SQLException {
        return new Load(
                row.getLong("id"),
                row.getObject("source_id", Long.class),
                row.getObject("list_id", Long.class),
                row.getString("list_name"),
                row.getObject("reference_date", LocalDate.class),
                row.getBoolean("complete"),
                row.getString("file_name"),
                LoadState.valueOf(row.getString("state")),
                row.getBoolean("direct"),
                row.getString("mapping"),
                row.getObject("base_version", Long.class),
                row.getObject("seen_version", Long.class),
                row.getObject("staged", Integer.class),
                row.getString("preview"),
                row.getString("refusal"),
                row.getString("refusal_detail"),
                row.getObject("version_id", Long.class),
                row.getObject("created_by", Long.class),
                row.getLong("file_bytes"),
                row.getLong("bytes_read"),
                row.getInt("rows_read"),
                row.getInt("rows_rejected"),
                row.getBoolean("cancel_asked"),
                row.getTimestamp("created_at").toInstant());
    }
}
