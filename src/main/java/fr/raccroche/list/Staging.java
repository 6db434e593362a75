package fr.raccroche.list;

import fr.raccroche.list.row.BarredNumber;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Tables of one load alone, unlogged: its judged rows, and what they mean for the list. Nothing in them is seen by others.
 */
public final class Staging {

    /** One load at a time compares or merges; ids are reserved under it. */
    static final long LOCK = 0x5261_6363_0002L;

    private static final String COLUMNS = """
            line integer, verdict text, ine text, siei_number text, last_name text, first_name text, name_key text,
            pair_keys bigint[], birth_date date, sex text, address text, postal_code text, commune_name text,
            commune_insee text, email text, school_uai text, last_training text,
            guardian1 boolean, last_name1 text, first_name1 text, commune_insee1 text,
            guardian2 boolean, last_name2 text, first_name2 text, commune_insee2 text,
            e164 text[], owner text[], mobile boolean[], digest bigint, raw_digest bigint,
            field text, reason text, detail text, cells text
            """;

    private final LoadSql sql;
    private final Set<Integer> rejectedLater = new TreeSet<>();

    public Staging(LoadSql sql) {
        this.sql = sql;
    }

    /** Makes the tables anew and opens the way for judged rows. */
    StagedRows open() throws SQLException {
        create();
        return new StagedRows(sql.copy("{rows}"));
    }

    /** Makes the tables anew. */
    public void create() throws SQLException {
        sql.dropTables();
        rejectedLater.clear();
        sql.execute("create unlogged table {rows} (" + COLUMNS + ")");
        sql.execute("create unlogged table {cells} (line integer, cells text)");
        sql.execute("create unlogged table {missing} (youth_id bigint, line integer)");
        sql.execute("create unlogged table {barred} (e164 text, said text, words text)");
        sql.execute("create unlogged table {joined} (line integer primary key, of_line integer not null)");
    }

    /**
     * One row whose youth a supervisor named.
     *
     * @param person the row as it was staged, as JSON
     * @param youth the youth it means; null for somebody new
     */
    void decided(String person, @Nullable Long youth, long list) throws SQLException {
        create();
        sql.execute("""
                create unlogged table {verdicts} (line integer, youth_id bigint);
                create unlogged table {place} (line integer, youth_id bigint, known boolean, place text)""");
        sql.statement("insert into {rows} select * from jsonb_populate_record(null::{rows}, cast(:person as jsonb))")
                .set("person", person)
                .run();
        sql.execute("""
                update {rows} r set
                   ine = case when exists (select from youth y where y.ine = r.ine) then null else r.ine end,
                   siei_number = case when exists (select from youth y where y.siei_number = r.siei_number)
                                      then null else r.siei_number end""");
        if (youth == null) {
            sql.execute("insert into {place} select line, nextval('youth_id_seq'), false, 'NEW' from {rows}");
            return;
        }
        sql.statement("insert into {verdicts} select line, :youth from {rows}")
                .set("youth", youth)
                .run();
        sql.statement("""
                        insert into {place}
                        select v.line, v.youth_id, true,
                               case when e.youth_id is null then 'NEW' when e.withdrawn_by is not null then 'BACK'
                                    else 'CHANGED' end
                          from {verdicts} v
                          left join list_entry e on e.list_id = :list and e.youth_id = v.youth_id""").set("list", list).run();
    }

    /** Keeps numbers that the file says not to call. */
    void bar(Collection<BarredNumber> numbers) throws SQLException {
        if (numbers.isEmpty()) {
            return;
        }
        try (CopyText copy = sql.copy("{barred}")) {
            for (BarredNumber number : numbers) {
                copy.value(number.e164())
                        .value(number.said().name())
                        .value(number.words().replace("\u0000", ""))
                        .end();
            }
            copy.finish();
        }
    }

    /** The text of rows that were accepted at first. */
    CopyText cells() throws SQLException {
        return sql.copy("{cells}");
    }

    /** Accepted lines that turned out to be rejected: their text is not staged yet. */
    Set<Integer> rejectedLater() {
        return rejectedLater;
    }

    /** Rejects lines that mean whom an earlier line of the file means, by line. */
    void reject(Map<Integer, Integer> repeated) throws SQLException {
        if (repeated.isEmpty()) {
            return;
        }
        rejectedLater.addAll(repeated.keySet());
        sql.execute("create temporary table repeated (line integer primary key, first_line integer) on commit drop");
        try (CopyText copy = sql.copy("repeated")) {
            for (var entry : repeated.entrySet()) {
                copy.value(entry.getKey()).value(entry.getValue()).end();
            }
            copy.finish();
        }
        sql.execute("""
                update {rows} r set verdict = 'R', field = 'ligne', reason = 'DUPLICATE', detail = s.first_line
                  from repeated s where s.line = r.line""");
        sql.execute("drop table repeated");
    }

    /** Whether the rows and what they mean are there as they were left: so many rows. */
    boolean holds(@Nullable Integer staged) throws SQLException {
        return exists("{rows}")
                && exists("{place}")
                && staged != null
                && sql.number("select count(*) from {rows}") == staged;
    }

    private boolean exists(String table) throws SQLException {
        return sql.statement("select count(*) from pg_class where relname = :name")
                        .set("name", sql.named(table))
                        .number()
                == 1;
    }

    /** Nothing else compares, applies, decides or undoes until the transaction ends. */
    void lock() throws SQLException {
        sql.statement("select 1 from (select pg_advisory_xact_lock(:lock)) as locked")
                .set("lock", LOCK)
                .number();
    }
}
