package fr.raccroche.list;

import fr.raccroche.youth.IdentityMatch;
import fr.raccroche.youth.IdentityMatch.Doubt;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds out whom the accepted rows mean: an earlier row of the file, somebody known, or somebody new. */
final class Matching {

    /** How a row and a youth look side by side. */
    private static final String PAIR = """
            r.line, y.id, r.ine, r.siei_number, r.last_name, r.first_name, r.birth_date,
            y.ine, y.siei_number, y.last_name, y.first_name, y.birth_date,
            exists (select from phone_number p where p.youth_id = y.id and p.e164 = any (r.e164)),
            r.commune_insee is not null and r.commune_insee = y.commune_insee,
            r.commune_insee is not null and y.commune_insee is not null and r.commune_insee <> y.commune_insee,
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
            r.e164 && y.e164, r.commune_insee is not null and r.commune_insee = y.commune_insee,
            r.commune_insee is not null and y.commune_insee is not null and r.commune_insee <> y.commune_insee, false
            """;

    /** Same names and birth date are one person, unless phone and town, or the day itself, speak against it. */
    private static final String ONE_OF_THE_NAME = """
            (coalesce(y.commune_insee = r.commune_insee, true)
             and to_char(r.birth_date, 'MMDD') not in ('0101', '1231'))
            or exists (select from phone_number p where p.youth_id = y.id and p.e164 = any (r.e164))
            or exists (select from doubtful_row d
                        where d.candidate_id = y.id and d.state = 'MERGED' and d.person ->> 'name_key' = r.name_key
                          and d.person ->> 'birth_date' = cast(r.birth_date as text))""";

    private final LoadSql sql;
    private final Staging staging;
    private final Map<Integer, Look> looks = new TreeMap<>();

    Matching(LoadSql sql, Staging staging) {
        this.sql = sql;
        this.staging = staging;
    }

    /**
     * Finds lines that mean a person whom an earlier line of the file means too: what says nothing more is rejected, what does
     * is joined with the first; doubtful ones are set aside.
     */
    void joinRepeated() throws SQLException {
        sql.execute("analyze {rows}");
        var duplicates = new Duplicates();
        var repeated = new TreeMap<Integer, Integer>();
        var joined = new TreeMap<Integer, Integer>();
        sql.each("""
                select line, name_key, ine, siei_number, last_name, first_name, birth_date, e164, commune_insee, digest
                  from {rows} r
                 where verdict = 'A'
                   and (ine in (select ine from {rows} where verdict = 'A' and ine is not null
                                 group by ine having count(*) > 1)
                        or siei_number in (select siei_number from {rows}
                                            where verdict = 'A' and siei_number is not null
                                            group by siei_number having count(*) > 1)
                        or (name_key, birth_date) in (select name_key, birth_date from {rows} where verdict = 'A'
                                                       group by name_key, birth_date having count(*) > 1))
                 order by line""", row -> {
            Duplicates.Earlier earlier = duplicates.look(row(row));
            if (earlier != null && earlier.doubt() == null) {
                (earlier.repeated() ? repeated : joined).put(row.getInt(1), earlier.line());
            } else if (earlier != null) {
                looks.put(row.getInt(1), new Look(null, earlier.line(), earlier.doubt()));
            }
        });
        staging.reject(repeated);
        new LineJoin(sql).join(joined);
    }

    private static Duplicates.Row row(ResultSet row) throws SQLException {
        var phones = new HashSet<String>();
        for (Object phone : (Object[]) row.getArray(8).getArray()) {
            phones.add(phone.toString());
        }
        return new Duplicates.Row(
                row.getInt(1), facts(row, 3), row.getString(2), phones, row.getString(9), row.getLong(10));
    }

    /**
     * Finds who is known already (R13): same INE, same SIEI number, or same name and birth date without a
     * contradiction; then whoever looks alike, as far as {@link IdentityMatch} finds it certain or doubtful.
     */
    void match() throws SQLException {
        staging.lock();
        forgetForeignIdentifiers();
        sql.execute("""
                create unlogged table {match} as
                select r.line, i.id as by_ine, n.id as by_siei,
                       case when i.id is null and n.id is null then (
                            select min(y.id) from youth y
                             where y.birth_date = r.birth_date and y.name_key = r.name_key
                               and (%s)
                               and (y.ine is null or r.ine is null or y.ine = r.ine)
                               and (y.siei_number is null or r.siei_number is null
                                    or y.siei_number = r.siei_number)) end as by_name
                  from {rows} r
                  left join youth i on i.ine = r.ine
                  left join youth n on n.siei_number = r.siei_number
                 where r.verdict = 'A';
                analyze {match};
                create unlogged table {verdicts} (line integer, youth_id bigint, of_line integer, reason text)""".formatted(ONE_OF_THE_NAME));
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
                     select r.line, r.birth_date, r.ine, r.siei_number, r.e164, k.key
                       from {match} m join {rows} r using (line) cross join lateral unnest(r.pair_keys) as k (key)
                      where m.by_ine is null and m.by_siei is null and m.by_name is null),
                alike as (
                     select distinct greatest(a.line, b.line) as line, least(a.line, b.line) as of_line
                       from unsure a join unsure b
                         on b.key = a.key and b.line <> a.line
                            and (b.birth_date = a.birth_date or b.e164 && a.e164)
                      where b.birth_date <> a.birth_date
                         or (a.siei_number is null and (a.ine is null or b.ine is null)))
                select""" + " " + PAIR_OF_ROWS + """
                  from alike join {rows} r on r.line = alike.line join {rows} y on y.line = alike.of_line
                 order by 1, 2""", row -> lookAtRows(row, repeated));
        repeated.keySet().forEach(looks::remove);
        staging.reject(repeated);
        sql.execute("delete from {match} m using {rows} r where r.line = m.line and r.verdict = 'R'");
        keep();
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
        if (!crossed && !row.getBoolean(16)) {
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
        if (row.getBoolean(17) || (earlier != null && (earlier.doubt() == null || earlier.youth() == null))) {
            return;
        }
        long youth = row.getLong(2);
        switch (row.getBoolean(16) ? new IdentityMatch.Same() : verdict(row, false)) {
            case IdentityMatch.Same same -> looks.put(line, new Look(youth, null, null));
            case IdentityMatch.Doubtful doubtful -> looks.putIfAbsent(line, new Look(youth, null, doubtful.doubt()));
            case IdentityMatch.Different different -> {}
        }
    }

    private void lookAtRows(ResultSet row, Map<Integer, Integer> repeated) throws SQLException {
        int line = row.getInt(1);
        int earlier = row.getInt(2);
        if (looks.containsKey(line) || repeated.containsKey(line) || repeated.containsKey(earlier)) {
            return;
        }
        Look other = looks.get(earlier);
        if (other != null && other.doubt() == null) {
            return;
        }
        switch (verdict(row, true)) {
            case IdentityMatch.Same same -> repeated.put(line, earlier);
            case IdentityMatch.Doubtful doubtful -> {
                // about somebody who is in doubt there is no further doubt
                if (other == null) {
                    looks.put(line, new Look(null, earlier, doubtful.doubt()));
                }
            }
            case IdentityMatch.Different different -> {}
        }
    }

    /** The columns of {@link #PAIR}. */
    private static IdentityMatch.Verdict verdict(ResultSet row, boolean sameFile) throws SQLException {
        return IdentityMatch.between(
                facts(row, 3),
                facts(row, 8),
                new IdentityMatch.Ties(row.getBoolean(13), row.getBoolean(14), row.getBoolean(15), sameFile));
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
}
