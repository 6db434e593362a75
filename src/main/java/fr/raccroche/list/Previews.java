package fr.raccroche.list;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Counts what a load would do, over the tables of its {@link Staging}. */
final class Previews {

    private static final int SAMPLES = 5;
    /** A list older than this is most likely last year's. */
    private static final int MOST_DAYS = 300;

    private static final String COUNTS = """
            select count(*) filter (where place = 'NEW' and not known) as created,
                   count(*) filter (where place = 'NEW' and known) as joined,
                   count(*) filter (where place = 'BACK') as back,
                   count(*) filter (where place = 'CHANGED') as changed,
                   count(*) filter (where place = 'UNCHANGED') as unchanged,
                   count(*) filter (where known and place in ('NEW', 'BACK') and exists (
                         select from handoff h where h.youth_id = p.youth_id and h.state <> 'CLOSED')) as followed,
                   (select count(*) from {missing}) as withdrawn,
                   (select count(*) from {rows} where verdict = 'W') as withdrawals,
                   (select count(*) from {rows} where verdict = 'R') as rejected,
                   (select count(*) from {rows} where verdict = 'D') as doubtful,
                   (select count(*) from {rows} where verdict = 'J') as joined_lines,
                   (select count(*) from {rows} r where r.verdict = 'R' and r.reason in ('BROKEN_LINE', 'FIELD_COUNT')
                       and not exists (select from youth y where y.ine = r.ine)
                       and not exists (select from youth y where y.siei_number = r.siei_number)
                       and not exists (select from youth y
                                        where y.name_key = r.name_key and y.birth_date = r.birth_date)) as faceless
              from {place} p""";

    private static final Map<SampleKind, String> SAMPLE = Map.of(
            SampleKind.NEW, """
            select r.line, r.last_name, r.first_name, null from {rows} r join {place} p using (line)
             where p.place in ('NEW', 'BACK') order by line""",
            SampleKind.CHANGED, """
            select r.line, r.last_name, r.first_name, concat_ws(',',
                   case when r.last_name <> y.last_name then 'nom' end,
                   case when r.first_name <> y.first_name then 'prenom' end,
                   case when r.birth_date <> y.birth_date then 'date_naissance' end,
                   case when r.address <> y.address or y.address is null and r.address is not null
                        then 'adresse' end,
                   case when r.commune_insee <> y.commune_insee or y.commune_insee is null
                         and r.commune_insee is not null then 'commune' end,
                   case when r.email <> y.email or y.email is null and r.email is not null then 'courriel' end,
                   case when r.school_uai <> y.school_uai then 'uai_dernier_etablissement' end,
                   case when r.last_training <> y.last_training then 'derniere_formation' end,
                   case when exists (select unnest(r.e164) except
                                     select e164 from phone_number n where n.youth_id = y.id)
                        then 'tel_jeune' end)
              from {rows} r join {place} p using (line) join youth y on y.id = p.youth_id
             where p.place = 'CHANGED' order by line""",
            SampleKind.WITHDRAWN, """
            select coalesce(x.line, 0), y.last_name, y.first_name, null
              from {missing} x join youth y on y.id = x.youth_id order by y.last_name, y.first_name""",
            SampleKind.DOUBTFUL, """
            select line, last_name, first_name, reason from {rows} where verdict = 'D' order by line""",
            SampleKind.FOLLOWED, """
            select r.line, r.last_name, r.first_name, null from {rows} r join {place} p using (line)
             where p.known and p.place in ('NEW', 'BACK') and exists (
                   select from handoff h where h.youth_id = p.youth_id and h.state <> 'CLOSED') order by line""");

    private final LoadSql sql;
    private final Load load;

    Previews(LoadSql sql, Load load) {
        this.sql = sql;
        this.load = load;
    }

    Preview of(Judging judged) throws SQLException {
        PreviewCount count = Objects.requireNonNull(sql.statement(COUNTS).first(row -> count(row, judged)));
        return new Preview(count, listed(), age(judged.drawnOn()), samples(), judged.remarks());
    }

    private static PreviewCount count(ResultSet row, Judging judged) throws SQLException {
        return new PreviewCount(
                judged.read(),
                row.getInt("created"),
                row.getInt("joined"),
                row.getInt("back"),
                row.getInt("changed"),
                row.getInt("unchanged") + judged.unchanged(),
                row.getInt("withdrawn"),
                row.getInt("withdrawals"),
                row.getInt("rejected"),
                row.getInt("doubtful"),
                row.getInt("faceless"),
                row.getInt("followed"),
                judged.warnings().values().stream().mapToInt(Integer::intValue).sum(),
                judged.corrected(),
                row.getInt("joined_lines"));
    }

    private int listed() throws SQLException {
        return load.listId() == null
                ? 0
                : (int) sql.statement("""
                                select count(*) from list_entry where list_id = :list and withdrawn_by is null""").set("list", load.listId()).number();
    }

    private FileAge age(@Nullable LocalDate drawnOn) throws SQLException {
        return new FileAge(
                drawnOn == null ? null : drawnOn.toString(),
                listDrawnOn(),
                replaced(),
                drawnOn != null && drawnOn.isBefore(load.referenceDate().minusDays(MOST_DAYS)));
    }

    private @Nullable String listDrawnOn() throws SQLException {
        return sql.statement("""
                        select cast(max(extracted_on) as text) from list_version
                         where list_id = :list and undone_at is null""").set("list", load.listId()).first(row -> row.getString(1));
    }

    /** The number of the version that had these bytes, unless it is the latest. */
    private @Nullable Integer replaced() throws SQLException {
        return sql.statement("""
                        select v.number from list_version v join list_load w on w.sha256 = v.sha256
                         where w.id = :load and v.list_id = w.list_id and v.number is not null and v.undone_at is null
                           and exists (select from list_version x where x.list_id = v.list_id and x.number > v.number
                                          and x.undone_at is null)
                         order by v.number desc limit 1""").set("load", load.id()).first(row -> row.getInt(1));
    }

    private List<PreviewSample> samples() throws SQLException {
        var samples = new ArrayList<PreviewSample>();
        for (SampleKind kind : SampleKind.values()) {
            sql.each(SAMPLE.get(kind) + " limit " + SAMPLES, row -> samples.add(sample(kind, row)));
        }
        return samples;
    }

    private static PreviewSample sample(SampleKind kind, ResultSet row) throws SQLException {
        return new PreviewSample(
                kind,
                row.getInt(1),
                row.getString(2),
                row.getString(3),
                Objects.requireNonNullElse(row.getString(4), ""));
    }
}
