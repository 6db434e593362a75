package fr.raccroche.list;

import fr.raccroche.list.row.CellWarning;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Keeps what was found out about the rows of one load: rejected, corrected, dropped. {@link Findings} reads it. */
final class LoadFindings {

    private final LoadSql sql;
    private final long load;

    LoadFindings(LoadSql sql, long load) {
        this.sql = sql;
        this.load = load;
    }

    /** As if the file had not been read. */
    void forget() throws SQLException {
        for (String table : List.of("rejected_row", "list_warning", "list_correction")) {
            sql.statement("delete from " + table + " where load_id = :load")
                    .set("load", load)
                    .run();
        }
    }

    /** @param spool with the rows as COPY takes them */
    void keepCorrections(Path spool) throws SQLException, IOException {
        sql.copyFrom("list_correction (load_id, line, field, raw, value, kind, school_uai)", spool);
    }

    /** Which lines were joined with the first one of their person. */
    void keepJoined() throws SQLException {
        sql.statement("""
                        insert into list_correction (load_id, line, field, raw, value, kind)
                        select :load, line, 'ligne', cast(line as text), cast(of_line as text), 'LINES_JOINED'
                          from {joined}""").set("load", load).run();
    }

    /** @param later lines that had been accepted at first: their corrections are none */
    void keepRejects(Set<Integer> later) throws SQLException {
        sql.statement("""
                        insert into rejected_row (load_id, line, field, reason, detail, cells)
                        select :load, r.line, r.field, r.reason, r.detail, coalesce(r.cells, c.cells, '[]')
                          from {rows} r left join {cells} c using (line) where r.verdict = 'R'""").set("load", load).run();
        forgetCorrections(later);
    }

    /** Lines one by one from the index: a join has no statistics to go by, and may take hours. */
    private void forgetCorrections(Set<Integer> lines) throws SQLException {
        if (!lines.isEmpty()) {
            String all = lines.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
            sql.statement("""
                            delete from list_correction
                             where load_id = :load and line = any (cast(:lines as integer[]))""").set("load", load).set("lines", all).run();
        }
    }

    void keepWarnings(Map<CellWarning, Integer> counts) throws SQLException {
        for (var count : counts.entrySet()) {
            sql.statement("""
                            insert into list_warning (load_id, field, reason, rows)
                            values (:load, :field, :reason, :rows)""")
                    .set("load", load)
                    .set("field", count.getKey().column().header())
                    .set("reason", count.getKey().issue())
                    .set("rows", count.getValue())
                    .run();
        }
    }
}
