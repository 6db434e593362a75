package fr.raccroche.list;

import fr.raccroche.list.row.Person;
import fr.raccroche.list.row.Person.Phone;
import fr.raccroche.list.row.RowRules.Rejected;
import fr.raccroche.list.row.Who;
import fr.raccroche.youth.Identity;
import fr.raccroche.youth.IdentityMatch;
import fr.raccroche.youth.IdentityMatch.Doubt;
import fr.raccroche.youth.LegalGuardian;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The judged rows of one load and what they mean for the list: who is new, changed, unchanged, doubtful, missing.
 *
 * <p>Works on unlogged tables of the load alone and changes nothing that others see, except the sequence of youth ids.
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

    /** How a row and a youth look side by side. */
    private static final String PAIR = """
            r.line, y.id, r.ine, r.siei_number, r.last_name, r.first_name, r.birth_date,
            y.ine, y.siei_number, y.last_name, y.first_name, y.birth_date,
            exists (select from phone_number p where p.youth_id = y.id and p.e164 = any (r.e164)),
            r.commune_insee is not null and r.commune_insee = y.commune_insee,
            exists (select from doubtful_row d
                     where d.candidate_id = y.id and d.state = 'MERGED' and d.person ->> 'name_key' = r.name_key
                       and d.person ->> 'birth_date' = cast(r.birth_date as text)),
            exists (select from doubtful_row d
                     where d.candidate_id = y.id and d.state = 'KEPT_APART' and d.person ->> 'name_key' = r.name_key
                       and d.person ->> 'birth_date' = cast(r.birth_date as text))
            """;

    /** How two rows of the file look side by side; the second stands for the youth. */
    private static final String PAIR_OF_ROWS = """
            r.line, y.line, r.ine, r.siei_number, r.last_name, r.first_name, r.birth_date,
            y.ine, y.siei_number, y.last_name, y.first_name, y.birth_date,
            r.e164 && y.e164, r.commune_insee is not null and r.commune_insee = y.commune_insee, false
            """;

    /** Whom a row sends away: because it says so, or because it says that they are under sixteen (R18). */
    private static final String LEAVING = """
            select e.youth_id, r.line,
                   coalesce(y.name_key <> r.name_key and y.birth_date <> r.birth_date, false) as contradicted
              from {rows} r
              join youth y on y.ine = r.ine or y.siei_number = r.siei_number
                   or (r.ine is null and r.siei_number is null
                       and y.birth_date = r.birth_date and y.name_key = r.name_key)
              join list_entry e on e.list_id = ? and e.youth_id = y.id and e.withdrawn_by is null
             where r.verdict = 'W' or r.reason = 'UNDER_16'""";

    private final LoadSql sql;
    private final Set<Integer> rejectedLater = new TreeSet<>();
    private final Map<Integer, Look> looks = new TreeMap<>();

    public Staging(LoadSql sql) {
        this.sql = sql;
    }

    /** Makes the tables anew and opens the way for judged rows. */
    CopyText open() throws SQLException {
        create();
        return sql.copy("{rows}");
    }

    /** Makes the tables anew. */
    public void create() throws SQLException {
        sql.dropTables();
        sql.execute("create unlogged table {rows} (" + COLUMNS + ")");
        sql.execute("create unlogged table {cells} (line integer, cells text)");
        sql.execute("create unlogged table {missing} (youth_id bigint, line integer)");
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
        sql.run("insert into {rows} select * from jsonb_populate_record(null::{rows}, cast(? as jsonb))", person);
        if (youth == null) {
            sql.execute("""
                    update {rows} r set
                       ine = case when exists (select from youth y where y.ine = r.ine) then null else r.ine end,
                       siei_number = case when exists (select from youth y where y.siei_number = r.siei_number)
                                          then null else r.siei_number end;
                    insert into {place} select line, nextval('youth_id_seq'), false, 'NEW' from {rows}""");
        } else {
            sql.run("insert into {verdicts} select line, ? from {rows}", youth);
            sql.execute("""
                    update {rows} r set
                       ine = case when exists (select from youth y where y.ine = r.ine) then null else r.ine end,
                       siei_number = case when exists (select from youth y where y.siei_number = r.siei_number)
                                          then null else r.siei_number end""");
            sql.run("""
                    insert into {place}
                    select v.line, v.youth_id, true,
                           case when e.youth_id is null then 'NEW' when e.withdrawn_by is not null then 'BACK'
                                else 'CHANGED' end
                      from {verdicts} v left join list_entry e on e.list_id = ? and e.youth_id = v.youth_id""", list);
        }
    }

    /** An accepted row. */
    static void accept(CopyText rows, int line, Person person, long digest, long rawDigest) throws SQLException {
        rows.value(line)
                .value("A")
                .value(person.ine())
                .value(person.sieiNumber())
                .value(person.lastName())
                .value(person.firstName())
                .value(person.nameKey())
                .value(pairKeys(person))
                .value(person.birthDate().toString())
                .value(person.sex())
                .value(person.address())
                .value(person.postalCode())
                .value(person.communeName())
                .value(person.communeInsee())
                .value(person.email())
                .value(person.schoolUai())
                .value(person.lastTraining());
        guardian(rows, person.guardian1());
        guardian(rows, person.guardian2());
        phones(rows, person);
        rows.value(digest).value(rawDigest).nothing(4).end();
    }

    /** A rejected row; who it seems to mean keeps that person on the list. */
    static void reject(CopyText rows, int line, Rejected why, Who who, String cells) throws SQLException {
        rows.value(line).value("R");
        who(rows, who);
        rows.nothing(21)
                .value(why.field())
                .value(why.issue().name())
                .value(why.detail())
                .value(cells)
                .end();
    }

    /** A row that says its person is no longer on the list. */
    static void withdraw(CopyText rows, int line, Who who, String cells) throws SQLException {
        rows.value(line).value("W");
        who(rows, who);
        rows.nothing(24).value(cells).end();
    }

    private static void who(CopyText rows, Who who) {
        rows.value(who.ine())
                .value(who.siei())
                .nothing(2)
                .value(who.nameKey())
                .nothing(1)
                .value(who.birthDate() == null ? null : who.birthDate().toString());
    }

    private static String pairKeys(Person person) {
        var keys = new StringBuilder("{");
        for (long key : Identity.pairKeys(person.lastName(), person.firstName())) {
            keys.append(keys.length() == 1 ? "" : ",").append(key);
        }
        return keys.append('}').toString();
    }

    private static void guardian(CopyText rows, @Nullable LegalGuardian guardian) {
        rows.value(guardian != null)
                .value(guardian == null ? null : guardian.lastName())
                .value(guardian == null ? null : guardian.firstName())
                .value(guardian == null ? null : guardian.communeInsee());
    }

    private static void phones(CopyText rows, Person person) {
        var numbers = new StringBuilder("{");
        var owners = new StringBuilder("{");
        var mobiles = new StringBuilder("{");
        for (Phone phone : person.phones()) {
            String separator = numbers.length() == 1 ? "" : ",";
            numbers.append(separator).append(phone.e164());
            owners.append(separator).append(phone.owner());
            mobiles.append(separator).append(phone.mobile());
        }
        rows.value(numbers.append('}').toString())
                .value(owners.append('}').toString())
                .value(mobiles.append('}').toString());
    }

    /** The text of rows that were accepted at first. */
    CopyText cells() throws SQLException {
        return sql.copy("{cells}");
    }

    /** Accepted lines that turned out to be rejected: their text is not staged yet. */
    Set<Integer> rejectedLater() {
        return rejectedLater;
    }

    /** Rejects lines that mean a person whom an earlier line of the file means too; doubtful ones are set aside. */
    void rejectRepeated() throws SQLException {
        sql.execute("analyze {rows}");
        var duplicates = new Duplicates();
        var repeated = new TreeMap<Integer, Integer>();
        sql.each("""
                select line, name_key, ine, siei_number, last_name, first_name, birth_date from {rows} r
                 where verdict = 'A'
                   and (ine in (select ine from {rows} where verdict = 'A' and ine is not null
                                 group by ine having count(*) > 1)
                        or siei_number in (select siei_number from {rows}
                                            where verdict = 'A' and siei_number is not null
                                            group by siei_number having count(*) > 1)
                        or (name_key, birth_date) in (select name_key, birth_date from {rows} where verdict = 'A'
                                                       group by name_key, birth_date having count(*) > 1))
                 order by line""", row -> {
            Duplicates.Earlier earlier = duplicates.look(row.getInt(1), facts(row, 3), row.getString(2));
            if (earlier != null && earlier.doubt() == null) {
                repeated.put(row.getInt(1), earlier.line());
            } else if (earlier != null) {
                looks.put(row.getInt(1), new Look(null, earlier.line(), earlier.doubt()));
            }
        });
        reject(repeated);
    }

    private void reject(Map<Integer, Integer> repeated) throws SQLException {
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

    /**
     * Finds who is known already (R13): same INE, same SIEI number, or same name and birth date without a
     * contradiction; then whoever looks alike, as far as {@link IdentityMatch} finds it certain or doubtful.
     */
    void match() throws SQLException {
        lock();
        forgetForeignIdentifiers();
        sql.execute("""
                create unlogged table {match} as
                select r.line, i.id as by_ine, n.id as by_siei,
                       case when i.id is null and n.id is null then (
                            select min(y.id) from youth y
                             where y.birth_date = r.birth_date and y.name_key = r.name_key
                               and (y.ine is null or r.ine is null or y.ine = r.ine)
                               and (y.siei_number is null or r.siei_number is null
                                    or y.siei_number = r.siei_number)) end as by_name
                  from {rows} r
                  left join youth i on i.ine = r.ine
                  left join youth n on n.siei_number = r.siei_number
                 where r.verdict = 'A';
                analyze {match};
                create unlogged table {verdicts} (line integer, youth_id bigint, of_line integer, reason text)""");
        sql.each("select " + PAIR + """
                  from {match} m join {rows} r using (line) join youth y on y.id in (m.by_ine, m.by_siei)
                 where y.name_key <> r.name_key or y.birth_date <> r.birth_date or m.by_ine <> m.by_siei
                 order by r.line, y.id""", this::lookAtIdentified);
        sql.each("select " + PAIR + """
                  from {match} m join {rows} r using (line)
                  join youth y on y.birth_date = r.birth_date and y.pair_keys && r.pair_keys
                 where m.by_ine is null and m.by_siei is null and m.by_name is null
                union
                select""" + " " + PAIR + """
                  from {match} m join {rows} r using (line)
                  join phone_number p on p.e164 = any (r.e164)
                  join youth y on y.id = p.youth_id and (y.birth_date = r.birth_date or y.pair_keys && r.pair_keys)
                 where m.by_ine is null and m.by_siei is null and m.by_name is null
                 order by 1, 2""", this::lookAtAlike);
        var repeated = new TreeMap<Integer, Integer>();
        sql.each("""
                with unsure as materialized (
                     select r.line, r.birth_date, r.ine, r.siei_number, k.key
                       from {match} m join {rows} r using (line) cross join lateral unnest(r.pair_keys) as k (key)
                      where m.by_ine is null and m.by_siei is null and m.by_name is null),
                alike as (
                     select distinct greatest(a.line, b.line) as line, least(a.line, b.line) as of_line
                       from unsure a join unsure b
                         on b.key = a.key and b.birth_date = a.birth_date and b.line <> a.line
                      where a.siei_number is null and (a.ine is null or b.ine is null))
                select""" + " " + PAIR_OF_ROWS + """
                  from alike join {rows} r on r.line = alike.line join {rows} y on y.line = alike.of_line
                 order by 1, 2""", row -> lookAtRows(row, repeated));
        repeated.keySet().forEach(looks::remove);
        reject(repeated);
        sql.execute("delete from {match} m using {rows} r where r.line = m.line and r.verdict = 'R'");
        keep();
    }

    /** Nothing else compares, applies, decides or undoes until the transaction ends. */
    void lock() throws SQLException {
        sql.number("select 1 from (select pg_advisory_xact_lock(?)) as locked", LOCK);
    }

    /** An identifier of which a supervisor said that it is not this person's. */
    private void forgetForeignIdentifiers() throws SQLException {
        sql.execute("""
                create temporary table foreign_identifier on commit drop as
                select r.line, y.ine, y.siei_number
                  from doubtful_row d
                  join {rows} r on r.verdict = 'A' and r.name_key = d.person ->> 'name_key'
                       and r.birth_date = cast(d.person ->> 'birth_date' as date)
                  join youth y on y.id = d.candidate_id
                 where d.state = 'KEPT_APART' and (y.ine = r.ine or y.siei_number = r.siei_number);
                update {rows} r set ine = null from foreign_identifier f where f.line = r.line and f.ine = r.ine;
                update {rows} r set siei_number = null
                  from foreign_identifier f where f.line = r.line and f.siei_number = r.siei_number;
                drop table foreign_identifier""");
    }

    /** What the look at a pair gave: a youth or an earlier line; a doubt, or none when it is certain. */
    private record Look(
            @Nullable Long youth,
            @Nullable Integer line,
            @Nullable Doubt doubt) {}

    private void lookAtIdentified(ResultSet row) throws SQLException {
        int line = row.getInt(1);
        Look earlier = looks.get(line);
        if (earlier != null && earlier.youth() == null) {
            return;
        }
        boolean crossed = earlier != null;
        Doubt doubt = crossed ? Doubt.IDENTIFIERS_CROSSED : null;
        if (!crossed && !row.getBoolean(15)) {
            doubt = switch (verdict(row, false)) {
                case IdentityMatch.Same same -> null;
                case IdentityMatch.Doubtful doubtful -> doubtful.doubt();
                case IdentityMatch.Different different -> Doubt.IDENTIFIER_ALONE;
            };
        }
        looks.put(line, new Look(row.getLong(2), null, doubt));
    }

    private void lookAtAlike(ResultSet row) throws SQLException {
        int line = row.getInt(1);
        Look earlier = looks.get(line);
        if (row.getBoolean(16) || (earlier != null && (earlier.doubt() == null || earlier.youth() == null))) {
            return;
        }
        long youth = row.getLong(2);
        switch (row.getBoolean(15) ? new IdentityMatch.Same() : verdict(row, false)) {
            case IdentityMatch.Same same -> looks.put(line, new Look(youth, null, null));
            case IdentityMatch.Doubtful doubtful -> looks.putIfAbsent(line, new Look(youth, null, doubtful.doubt()));
            case IdentityMatch.Different different -> {}
        }
    }

    private void lookAtRows(ResultSet row, Map<Integer, Integer> repeated) throws SQLException {
        int line = row.getInt(1);
        int earlier = row.getInt(2);
        if (looks.containsKey(line)
                || repeated.containsKey(line)
                || looks.containsKey(earlier)
                || repeated.containsKey(earlier)) {
            return;
        }
        switch (verdict(row, true)) {
            case IdentityMatch.Same same -> repeated.put(line, earlier);
            case IdentityMatch.Doubtful doubtful -> looks.put(line, new Look(null, earlier, doubtful.doubt()));
            case IdentityMatch.Different different -> {}
        }
    }

    /** The columns of {@link #PAIR}. */
    private static IdentityMatch.Verdict verdict(ResultSet row, boolean sameFile) throws SQLException {
        return IdentityMatch.between(
                facts(row, 3), facts(row, 8), new IdentityMatch.Ties(row.getBoolean(13), row.getBoolean(14), sameFile));
    }

    private static IdentityMatch.Facts facts(ResultSet row, int from) throws SQLException {
        return new IdentityMatch.Facts(
                row.getString(from),
                row.getString(from + 1),
                row.getString(from + 2),
                row.getString(from + 3),
                row.getObject(from + 4, LocalDate.class));
    }

    private void keep() throws SQLException {
        try (CopyText copy = sql.copy("{verdicts}")) {
            for (var entry : looks.entrySet()) {
                Look look = entry.getValue();
                copy.value(entry.getKey())
                        .value(look.youth() == null ? null : look.youth().toString())
                        .value(look.line() == null ? null : look.line().toString())
                        .value(look.doubt() == null ? null : look.doubt().name())
                        .end();
            }
            copy.finish();
        }
        sql.execute("analyze {verdicts}");
        sql.execute("""
                update {rows} r set verdict = 'D', reason = v.reason, field = 'ligne'
                  from {verdicts} v where v.line = r.line and v.reason is not null""");
    }

    /**
     * Gives every accepted row its youth and its place: NEW to the list, BACK on it, CHANGED, UNCHANGED.
     *
     * @param known those met as written before; null when nobody was looked for that way
     * @param list null when it is new
     */
    void place(@Nullable KnownEntries known, @Nullable Long list, boolean complete) throws SQLException {
        long most = sql.number("select coalesce(max(line), 0) from {rows}");
        long base = sql.number("select nextval('youth_id_seq')");
        sql.number("select setval('youth_id_seq', ?)", base + most + 1);
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
        rejectRepeatedYouths(known);
        rejectDoubtsWithoutCandidate();
        missing(known, list, complete);
    }

    private void rejectRepeatedYouths(@Nullable KnownEntries known) throws SQLException {
        var repeated = new TreeMap<Integer, Integer>();
        sql.each("""
                select line, first_line from (
                       select line, min(line) over (partition by youth_id) as first_line from {place} where known) s
                 where line > first_line""", row -> repeated.put(row.getInt(1), row.getInt(2)));
        if (known != null) {
            sql.each("select line, youth_id from {place} where known and place in ('CHANGED', 'UNCHANGED')", row -> {
                int line = known.lineOf(row.getLong(2));
                if (line > 0) {
                    repeated.put(row.getInt(1), line);
                }
            });
        }
        reject(repeated);
        sql.execute("delete from {place} p using {rows} r where r.line = p.line and r.verdict <> 'A'");
    }

    /** A doubt about a line that turned out to be rejected itself. */
    private void rejectDoubtsWithoutCandidate() throws SQLException {
        var repeated = new TreeMap<Integer, Integer>();
        sql.each("""
                select v.line, v.of_line from {verdicts} v join {rows} r using (line)
                 where r.verdict = 'D' and v.youth_id is null
                   and not exists (select from {place} p where p.line = v.of_line)""", row -> repeated.put(row.getInt(1), row.getInt(2)));
        reject(repeated);
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
            sql.run("""
                    insert into {missing} (youth_id)
                    select youth_id from list_entry where list_id = ? and withdrawn_by is null""", list);
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
                 where y.id = x.youth_id and r.verdict in ('R', 'D') and y.ine = r.ine;
                delete from {missing} x using youth y, {rows} r
                 where y.id = x.youth_id and r.verdict in ('R', 'D') and y.siei_number = r.siei_number;
                delete from {missing} x using youth y, {rows} r
                 where y.id = x.youth_id and r.verdict in ('R', 'D')
                   and y.birth_date = r.birth_date and y.name_key = r.name_key""");
        rejectUnclearWithdrawals(list);
        sql.run("insert into {missing} (youth_id, line) select youth_id, line from (" + LEAVING + ") s", list);
        sql.execute("""
                delete from {missing} x using {place} p where p.youth_id = x.youth_id;
                delete from {missing} x using {missing} y where y.youth_id = x.youth_id and y.ctid < x.ctid""");
        keepMet(known);
        rejectUnknownWithdrawals();
    }

    /** A withdrawal that may mean several people, or whose identifier is somebody else's by name and birth date. */
    private void rejectUnclearWithdrawals(long list) throws SQLException {
        sql.run("""
                update {rows} r set verdict = 'R', field = 'ligne', reason = 'AMBIGUOUS'
                 where r.verdict = 'W' and r.line in (
                       select line from (%s) s group by line having count(*) > 1 or bool_or(contradicted))
                """.formatted(LEAVING), list);
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
            sql.run("delete from {missing} where youth_id = ?", youth);
        }
    }

    private void rejectUnknownWithdrawals() throws SQLException {
        sql.execute("""
                update {rows} r set verdict = 'R', field = 'ligne', reason = 'NOT_ON_LIST'
                 where verdict = 'W' and not exists (select from {missing} x where x.line = r.line)""");
    }
}
