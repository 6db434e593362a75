package fr.raccroche.list;

import fr.raccroche.list.JoinedLine.Guardian;
import fr.raccroche.list.JoinedLine.Reached;
import fr.raccroche.youth.NumberOwner;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Joins the lines of one person in the tables of {@link Staging}: the first one then says what all of them say. */
final class LineJoin {

    /** What the first line leaves open is taken from a further one. */
    private static final List<String> FACTS = List.of(
            "ine",
            "siei_number",
            "sex",
            "address",
            "postal_code",
            "commune_name",
            "commune_insee",
            "email",
            "school_uai",
            "last_training");

    private final LoadSql sql;

    LineJoin(LoadSql sql) {
        this.sql = sql;
    }

    /** @param joined further lines, each with the first one of its person */
    void join(Map<Integer, Integer> joined) throws SQLException {
        if (joined.isEmpty()) {
            return;
        }
        try (CopyText copy = sql.copy("{joined}")) {
            for (var entry : joined.entrySet()) {
                copy.value(entry.getKey()).value(entry.getValue()).end();
            }
            copy.finish();
        }
        sql.execute("analyze {joined}");
        joinPeople(joined);
        sql.execute("""
                update {rows} f set %s
                  from (select j.of_line, %s from {joined} j join {rows} d using (line) group by j.of_line) d
                 where f.line = d.of_line""".formatted(
                FACTS.stream()
                        .map(fact -> "%1$s = coalesce(f.%1$s, d.%1$s)".formatted(fact))
                        .collect(Collectors.joining(", ")),
                FACTS.stream()
                        .map(fact -> "(array_agg(d.%1$s order by d.line) filter (where d.%1$s is not null))[1] as %1$s"
                                .formatted(fact))
                        .collect(Collectors.joining(", "))));
        sql.execute("""
                update {rows} r set verdict = 'J', ine = null, siei_number = null, detail = j.of_line
                  from {joined} j where j.line = r.line""");
    }

    private void joinPeople(Map<Integer, Integer> joined) throws SQLException {
        var lines = new TreeMap<Integer, JoinedLine>();
        sql.each("""
                select line, guardian1, last_name1, first_name1, commune_insee1, guardian2, last_name2, first_name2,
                       commune_insee2, e164, owner, mobile, digest, raw_digest
                  from {rows} where line in (select line from {joined} union select of_line from {joined})""", row -> lines.put(row.getInt(1), line(row)));
        for (var entry : new TreeMap<>(joined).entrySet()) {
            JoinedLine first = Objects.requireNonNull(lines.get(entry.getValue()));
            lines.put(entry.getValue(), first.with(Objects.requireNonNull(lines.get(entry.getKey()))));
        }
        for (Integer line : new TreeSet<>(joined.values())) {
            keep(Objects.requireNonNull(lines.get(line)));
        }
    }

    private static JoinedLine line(ResultSet row) throws SQLException {
        var numbers = new ArrayList<Reached>();
        var e164 = (Object[]) row.getArray(10).getArray();
        var owners = (Object[]) row.getArray(11).getArray();
        var mobiles = (Object[]) row.getArray(12).getArray();
        for (int i = 0; i < e164.length; i++) {
            numbers.add(new Reached(
                    e164[i].toString(), NumberOwner.valueOf(owners[i].toString()), Boolean.TRUE.equals(mobiles[i])));
        }
        return new JoinedLine(
                row.getInt(1), guardian(row, 2), guardian(row, 6), numbers, row.getLong(13), row.getLong(14));
    }

    private static @Nullable Guardian guardian(ResultSet row, int from) throws SQLException {
        return row.getBoolean(from)
                ? new Guardian(row.getString(from + 1), row.getString(from + 2), row.getString(from + 3))
                : null;
    }

    private void keep(JoinedLine line) throws SQLException {
        Guardian one = line.first();
        Guardian two = line.second();
        sql.statement("""
                        update {rows}
                           set guardian1 = :is1, last_name1 = :last1, first_name1 = :first1, commune_insee1 = :commune1,
                               guardian2 = :is2, last_name2 = :last2, first_name2 = :first2, commune_insee2 = :commune2,
                               e164 = cast(:e164 as text[]), owner = cast(:owner as text[]),
                               mobile = cast(:mobile as boolean[]), digest = :digest, raw_digest = :raw
                         where line = :line""")
                .set("is1", one != null)
                .set("last1", one == null ? null : one.lastName())
                .set("first1", one == null ? null : one.firstName())
                .set("commune1", one == null ? null : one.commune())
                .set("is2", two != null)
                .set("last2", two == null ? null : two.lastName())
                .set("first2", two == null ? null : two.firstName())
                .set("commune2", two == null ? null : two.commune())
                .set("e164", array(line.numbers().stream().map(Reached::e164).toList()))
                .set("owner", array(line.numbers().stream().map(Reached::owner).toList()))
                .set(
                        "mobile",
                        array(line.numbers().stream().map(Reached::mobile).toList()))
                .set("digest", line.digest())
                .set("raw", line.rawDigest())
                .set("line", line.line())
                .run();
    }

    private static String array(List<?> values) {
        return values.stream().map(Object::toString).collect(Collectors.joining(",", "{", "}"));
    }
}
