package fr.raccroche.list;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds out what the rows do to the list: who is new to it, back, changed, unchanged, and who leaves it. */
final class Placement {

    /** Whom a row sends away: because it says so, or because it says that they are under sixteen (R18). */
    private static final String LEAVING = """
            select e.youth_id, r.line,
                   coalesce(y.name_key <> r.name_key and y.birth_date <> r.birth_date, false) as contradicted
              from {rows} r
              join youth y on y.ine = r.ine or y.siei_number = r.siei_number
                   or (r.ine is null and r.siei_number is null
                       and y.birth_date = r.birth_date and y.name_key = r.name_key)
              join list_entry e on e.list_id = :list and e.youth_id = y.id and e.withdrawn_by is null
             where r.verdict = 'W' or r.reason = 'UNDER_16'""";

    private final LoadSql sql;
    private final Staging staging;

    Placement(LoadSql sql, Staging staging) {
        this.sql = sql;
        this.staging = staging;
    }

    /**
     * Gives every accepted row its youth and its place: NEW to the list, BACK on it, CHANGED, UNCHANGED.
     *
     * @param known those met as written before; null when nobody was looked for that way
     * @param list null when it is new
     * @return whether a row says more of somebody whom another one names as written before
     */
    boolean place(@Nullable KnownEntries known, @Nullable Long list, boolean complete) throws SQLException {
        long most = sql.number("select coalesce(max(line), 0) from {rows}");
        long base = sql.number("select nextval('youth_id_seq')");
        sql.statement("select setval('youth_id_seq', :last)")
                .set("last", base + most + 1)
                .number();
        sql.execute("""
                create unlogged table {place} as
                select s.line, coalesce(s.youth_id, s.fresh_id) as youth_id, s.youth_id is not null as known,
                       case when s.youth_id is null or e.youth_id is null then 'NEW'
                            when e.withdrawn_by is not null then 'BACK'
                            when e.digest = s.digest then 'UNCHANGED' else 'CHANGED' end as place
                  from (select m.line, coalesce(m.by_ine, m.by_siei, m.by_name, v.youth_id) as youth_id,
                               %d + m.line as fresh_id, r.digest
                          from {match} m join {rows} r using (line) left join {verdicts} v using (line)
                         where r.verdict = 'A') s
                  left join list_entry e on e.list_id = %d and e.youth_id = s.youth_id;
                analyze {place}""".formatted(base, list == null ? -1 : list));
        boolean more = rejectRepeatedYouths(known);
        rejectDoubtsWithoutCandidate();
        missing(known, list, complete);
        return more;
    }

    private boolean rejectRepeatedYouths(@Nullable KnownEntries known) throws SQLException {
        var repeated = new TreeMap<Integer, Integer>();
        sql.each("""
                select line, first_line from (
                       select line, min(line) over (partition by youth_id) as first_line from {place} where known) s
                 where line > first_line""", row -> repeated.put(row.getInt(1), row.getInt(2)));
        boolean[] more = {false};
        if (known != null) {
            sql.each(
                    "select line, youth_id, place from {place} where known and place in ('CHANGED', 'UNCHANGED')",
                    row -> {
                        int line = known.lineOf(row.getLong(2));
                        if (line > 0) {
                            repeated.put(row.getInt(1), line);
                            more[0] |= row.getString(3).equals("CHANGED");
                        }
                    });
        }
        staging.reject(repeated);
        sql.execute("delete from {place} p using {rows} r where r.line = p.line and r.verdict <> 'A'");
        return more[0];
    }

    /** A doubt about a line that turned out to be rejected itself. */
    private void rejectDoubtsWithoutCandidate() throws SQLException {
        var repeated = new TreeMap<Integer, Integer>();
        sql.each("""
                select v.line, v.of_line from {verdicts} v join {rows} r using (line)
                 where r.verdict = 'D' and v.youth_id is null
                   and not exists (select from {place} p where p.line = v.of_line)""", row -> repeated.put(row.getInt(1), row.getInt(2)));
        staging.reject(repeated);
    }

    /**
     * Everybody who leaves the list: whoever a row withdraws and, with a complete file, whom no row means, not even a
     * rejected or doubtful one.
     */
    private void missing(@Nullable KnownEntries known, @Nullable Long list, boolean complete) throws SQLException {
        if (list == null) {
            rejectUnknownWithdrawals();
            return;
        }
        if (complete && known == null) {
            sql.statement("""
                            insert into {missing} (youth_id)
                            select youth_id from list_entry where list_id = :list and withdrawn_by is null""").set("list", list).run();
        } else if (complete && known != null) {
            try (CopyText copy = sql.copy("{missing} (youth_id)")) {
                known.missing(youth -> copy.value(youth).end());
                copy.finish();
            }
        }
        sql.execute("""
                analyze {missing};
                delete from {missing} x using {verdicts} v where v.youth_id = x.youth_id;
                delete from {missing} x using youth y, {rows} r
                 where y.id = x.youth_id and r.verdict in ('R', 'D') and y.ine = r.ine
                   and r.reason is distinct from 'ROW_STRUCK';
                delete from {missing} x using youth y, {rows} r
                 where y.id = x.youth_id and r.verdict in ('R', 'D') and y.siei_number = r.siei_number
                   and r.reason is distinct from 'ROW_STRUCK';
                delete from {missing} x using youth y, {rows} r
                 where y.id = x.youth_id and r.verdict in ('R', 'D') and r.reason is distinct from 'ROW_STRUCK'
                   and y.birth_date = r.birth_date and (y.name_key = r.name_key or r.reason = 'LOST_CHARACTER')""");
        rejectUnclearWithdrawals(list);
        sql.statement("insert into {missing} (youth_id, line) select youth_id, line from (" + LEAVING + ") s")
                .set("list", list)
                .run();
        sql.execute("""
                delete from {missing} x using {place} p where p.youth_id = x.youth_id;
                delete from {missing} x using {missing} y where y.youth_id = x.youth_id and y.ctid < x.ctid""");
        keepMet(known);
        rejectUnknownWithdrawals();
    }

    /** A withdrawal that may mean several people, or whose identifier is somebody else's by name and birth date. */
    private void rejectUnclearWithdrawals(long list) throws SQLException {
        sql.statement("""
                        update {rows} r set verdict = 'R', field = 'ligne', reason = 'AMBIGUOUS'
                         where r.verdict = 'W' and r.line in (
                               select line from (%s) s group by line having count(*) > 1 or bool_or(contradicted))
                        """.formatted(LEAVING)).set("list", list).run();
    }

    /** Whom another row of the file keeps on the list as before is not withdrawn. */
    private void keepMet(@Nullable KnownEntries known) throws SQLException {
        if (known == null) {
            return;
        }
        var met = new ArrayList<Long>();
        sql.each("select youth_id from {missing} where line is not null", row -> {
            if (known.lineOf(row.getLong(1)) > 0) {
                met.add(row.getLong(1));
            }
        });
        for (Long youth : met) {
            sql.statement("delete from {missing} where youth_id = :youth")
                    .set("youth", youth)
                    .run();
        }
    }

    private void rejectUnknownWithdrawals() throws SQLException {
        sql.execute("""
                update {rows} r set verdict = 'R', field = 'ligne', reason = 'NOT_ON_LIST'
                 where verdict = 'W' and not exists (select from {missing} x where x.line = r.line)""");
    }
}
