package fr.raccroche.list;

import fr.raccroche.campaign.Announcement;
import fr.raccroche.campaign.AttemptPlan;
import fr.raccroche.campaign.Beginning;
import fr.raccroche.campaign.StoredPlan;
import fr.raccroche.campaign.StoredTexts;
import fr.raccroche.campaign.TextSettings;
import fr.raccroche.platform.Json;
import fr.raccroche.queue.Enrolment;
import fr.raccroche.queue.ListPlaces;
import fr.raccroche.queue.PlannedTexts;
import fr.raccroche.youth.Rest;
import fr.raccroche.youth.RestReason;
import fr.raccroche.youth.Telephones;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a version does to the people, the list and the queues, statement by statement over the tables of {@link Staging},
 * in one transaction of the caller; and the exact way back.
 *
 * <p>Whatever is overwritten is kept in {@code list_change} first. Facts that the file lacks are never erased, numbers
 * never forgotten, objections and states of numbers never touched (R10, R13).
 */
final class Merge {

    /**
     * Facts of a youth that a newer row may overwrite, each only by a value that is there; who was found by likeness
     * keeps their name and birth date.
     */
    private static final String FRESHER = """
            (coalesce(y.ine, r.ine), coalesce(y.siei_number, r.siei_number),
             case when r.alike then y.last_name else r.last_name end,
             case when r.alike then y.first_name else r.first_name end,
             case when r.alike then y.birth_date else r.birth_date end,
             coalesce(r.sex, y.sex), coalesce(r.address, y.address), coalesce(r.postal_code, y.postal_code),
             coalesce(r.commune_name, y.commune_name), coalesce(r.commune_insee, y.commune_insee),
             coalesce(r.email, y.email), coalesce(r.school_uai, y.school_uai),
             coalesce(r.last_training, y.last_training))
            """;

    private static final String GUARDIANS = """
             cross join lateral (values
                   (r.guardian1, 1, r.last_name1, r.first_name1, r.commune_insee1),
                   (r.guardian2, 2, r.last_name2, r.first_name2, r.commune_insee2))
                   as g (given, rank, last_name, first_name, commune_insee)
            """;

    private static final String PRESENT = """
            (y.ine, y.siei_number, y.last_name, y.first_name, y.birth_date, y.sex, y.address, y.postal_code,
             y.commune_name, y.commune_insee, y.email, y.school_uai, y.last_training)
            """;

    private final LoadSql sql;
    private final long list;
    private final long version;
    private final Json json;
    private boolean anybodyKnown;

    /** @param version the version that is applied or undone */
    Merge(LoadSql sql, long list, long version, Json json) {
        this.json = json;
        this.sql = sql;
        this.list = list;
        this.version = version;
    }

    /** Applies what {@code {place}} and {@code {missing}} say. */
    void apply(String source, Instant at) throws SQLException {
        sql.execute("""
                create unlogged table {known} as
                select r.*, p.youth_id, exists (select from {verdicts} v where v.line = r.line) as alike
                  from {rows} r join {place} p using (line) where p.known and p.place <> 'UNCHANGED';
                analyze {known};
                analyze {verdicts}""");
        restNumbers(at);
        anybodyKnown = sql.number("select count(*) from {known}") > 0;
        youths(at);
        numbers(source, at);
        guardians();
        entries();
        withdraw(at);
        enrol(at);
    }

    /** Numbers of which the file says so are left alone from now on, whoever else is listed under them. */
    private void restNumbers(Instant at) throws SQLException {
        if (sql.number("select count(*) from {barred}") == 0) {
            return;
        }
        for (var reason : Map.of(
                        "said <> 'PHONE_SAID_WRONG'", RestReason.NO_IN_THE_LIST,
                        "said = 'PHONE_SAID_WRONG'", RestReason.WRONG_IN_THE_LIST)
                .entrySet()) {
            sql.run(Telephones.resting(
                    "(select e164, words from {barred} where " + reason.getKey() + ")",
                    Rest.untilDecided(reason.getValue()),
                    at));
        }
    }

    private void youths(Instant at) throws SQLException {
        sql.run("""
                insert into youth (id, ine, siei_number, last_name, first_name, name_key, pair_keys, birth_date, sex,
                                   address, postal_code, commune_name, commune_insee, email, school_uai, last_training,
                                   created_at, version_id)
                overriding system value
                select p.youth_id, ine, siei_number, last_name, first_name, name_key, pair_keys, birth_date, sex, address,
                       postal_code, commune_name, commune_insee, email, school_uai, last_training, ?, ?
                  from {rows} r join {place} p using (line)
                 where not p.known order by line""", at, version);
        if (!anybodyKnown) {
            return;
        }
        sql.run("""
                insert into list_change (version_id, kind, youth_id, before)
                select ?, 'YOUTH', y.id, to_jsonb(y)
                  from {known} r join youth y on y.id = r.youth_id
                 where %s is distinct from %s""".formatted(FRESHER, PRESENT), version);
        sql.execute("""
                update youth y
                   set (ine, siei_number, last_name, first_name, birth_date, sex, address, postal_code, commune_name,
                        commune_insee, email, school_uai, last_training) = %s,
                       name_key = case when r.alike then y.name_key else r.name_key end,
                       pair_keys = case when r.alike then y.pair_keys else r.pair_keys end
                  from {known} r
                 where y.id = r.youth_id and %s is distinct from %s
                """.formatted(FRESHER, FRESHER, PRESENT));
    }

    /** Adds numbers; a known one keeps its state and gets its new owner. Those of the row come first, in its order. */
    private void numbers(String source, Instant at) throws SQLException {
        if (anybodyKnown) {
            sql.run("""
                    insert into list_change (version_id, kind, youth_id, before)
                    select ?, 'RANKS', x.youth_id, jsonb_agg(jsonb_build_object('id', x.id, 'rank', x.rank, 'owner', x.owner, 'mobile', x.mobile))
                      from {known} r join phone_number x on x.youth_id = r.youth_id group by x.youth_id""", version);
        }
        sql.run("""
                insert into phone_number (youth_id, e164, owner, rank, mobile, source, since, version_id)
                select p.youth_id, n.e164, n.owner, n.place, n.mobile, ?, ?, ?
                  from {rows} r join {place} p using (line)
                 cross join lateral unnest(r.e164, r.owner, r.mobile) with ordinality
                       as n (e164, owner, mobile, place)
                 where p.place <> 'UNCHANGED'
                    on conflict (youth_id, e164) do nothing""", source, at, version);
        if (anybodyKnown) {
            sql.execute("""
                    update phone_number x set rank = o.rank
                      from (select n.id, row_number() over (partition by n.youth_id
                                   order by array_position(r.e164, n.e164) nulls last, n.rank, n.id) as rank
                              from {known} r join phone_number n on n.youth_id = r.youth_id) o
                     where o.id = x.id and o.rank <> x.rank""");
            sql.execute("""
                    update phone_number x set owner = n.owner, mobile = n.mobile
                      from {known} r cross join lateral unnest(r.e164, r.owner, r.mobile) as n (e164, owner, mobile)
                     where x.youth_id = r.youth_id and x.e164 = n.e164 and (x.owner, x.mobile) <> (n.owner, n.mobile)""");
        }
    }

    private void guardians() throws SQLException {
        sql.run("""
                insert into legal_guardian (youth_id, rank, last_name, first_name, commune_insee, version_id)
                select p.youth_id, g.rank, g.last_name, g.first_name, g.commune_insee, ?
                  from {rows} r join {place} p using (line)
                """ + GUARDIANS + " where g.given and not p.known", version);
        if (!anybodyKnown) {
            return;
        }
        sql.run("""
                insert into list_change (version_id, kind, youth_id, before)
                select ?, 'GUARDIAN', x.youth_id, to_jsonb(x)
                  from {known} r
                """ + GUARDIANS + """
                  join legal_guardian x on x.youth_id = r.youth_id and x.rank = g.rank
                 where g.given
                   and (coalesce(g.last_name, x.last_name), coalesce(g.first_name, x.first_name),
                        coalesce(g.commune_insee, x.commune_insee))
                       is distinct from (x.last_name, x.first_name, x.commune_insee)""", version);
        sql.run("""
                insert into legal_guardian as x (youth_id, rank, last_name, first_name, commune_insee, version_id)
                select r.youth_id, g.rank, g.last_name, g.first_name, g.commune_insee, ?
                  from {known} r
                """ + GUARDIANS + """
                 where g.given
                    on conflict (youth_id, rank) do update
                   set last_name = coalesce(excluded.last_name, x.last_name),
                       first_name = coalesce(excluded.first_name, x.first_name),
                       commune_insee = coalesce(excluded.commune_insee, x.commune_insee)
                 where (coalesce(excluded.last_name, x.last_name), coalesce(excluded.first_name, x.first_name),
                        coalesce(excluded.commune_insee, x.commune_insee))
                       is distinct from (x.last_name, x.first_name, x.commune_insee)""", version);
    }

    private void entries() throws SQLException {
        if (anybodyKnown) {
            sql.run("""
                    insert into list_change (version_id, kind, youth_id, before)
                    select ?, 'ENTRY', e.youth_id, to_jsonb(e)
                      from {known} r join list_entry e on e.list_id = ? and e.youth_id = r.youth_id""", version, list);
            sql.run("""
                    update list_entry e
                       set line = r.line, digest = r.digest, raw_digest = r.raw_digest, withdrawn_by = null
                      from {known} r where e.list_id = ? and e.youth_id = r.youth_id""", list);
        }
        sql.run("""
                insert into list_entry (list_id, youth_id, version_id, line, digest, raw_digest)
                select ?, p.youth_id, ?, line, r.digest, r.raw_digest
                  from {rows} r join {place} p using (line) where p.place = 'NEW' order by line""", list, version);
    }

    /** Out of the queue at once; a call in progress is not cut, its youth only comes back to no queue. */
    private void withdraw(Instant at) throws SQLException {
        sql.run("""
                update list_entry e set withdrawn_by = ? from {missing} x
                 where e.list_id = ? and e.youth_id = x.youth_id""", version, list);
        keepPlaces("{missing}", "not c.withdrawn");
        sql.run(ListPlaces.withdraw(list, "{missing}", at));
    }

    /**
     * Whoever joins a list joins the campaigns that run on it, for the part of the day in which first attempts are planned;
     * whoever is back on it is called again.
     */
    private void enrol(Instant at) throws SQLException {
        String back = "(select youth_id from {place} where place = 'BACK')";
        keepPlaces(back, "c.withdrawn");
        sql.run(ListPlaces.bringBack(list, back, at));
        reopen(at);
        String joining = "select youth_id from {place} where place in ('NEW', 'BACK')";
        for (Running campaign : running()) {
            Beginning beginning = campaign.beginning(at);
            enrol(campaign.id(), joining, beginning.firstAttempt(), at);
            Announcement announcement = beginning.announcement();
            if (announcement != null) {
                sql.run(PlannedTexts.announce(
                        campaign.id(), joining, announcement.at(), announcement.firstAttempt(), at));
            }
        }
    }

    /** A fresh number of somebody whose numbers were all dead (R10, R26). */
    private void reopen(Instant at) throws SQLException {
        if (!anybodyKnown) {
            return;
        }
        String renumbered = """
                (select distinct x.youth_id from {known} r join phone_number x on x.youth_id = r.youth_id
                  where x.version_id = %d)""".formatted(version);
        keepPlaces(renumbered, "c.state in ('WRONG_NUMBER', 'FOREIGN_NUMBER')");
        sql.run(ListPlaces.reopen(list, renumbered, at));
    }

    /** A campaign that runs on the list. */
    private record Running(long id, AttemptPlan plan, TextSettings texts, LocalDate startsOn) {

        Beginning beginning(Instant at) {
            return Beginning.of(startsOn, plan, texts, at);
        }
    }

    private List<Running> running() throws SQLException {
        var running = new ArrayList<Running>();
        sql.each(
                """
                select id, starts_on, days, opens_1, closes_1, opens_2, closes_2, blocked_days, plan, max_attempts, texts,
                       sms_text
                  from campaign where list_id = ? and state in ('RUNNING', 'PAUSED') order by id""",
                row -> running.add(new Running(
                        row.getLong(1),
                        new StoredPlan(
                                        row.getString(3),
                                        row.getObject(4, LocalTime.class),
                                        row.getObject(5, LocalTime.class),
                                        row.getObject(6, LocalTime.class),
                                        row.getObject(7, LocalTime.class),
                                        row.getString(8),
                                        row.getString(9),
                                        row.getInt(10))
                                .read(json),
                        StoredTexts.read(json, row.getString(11), row.getString(12)),
                        row.getObject(2, LocalDate.class))),
                list);
        return running;
    }

    private void enrol(long campaign, String whom, Instant firstAttempt, Instant at) throws SQLException {
        sql.run(Enrolment.statement(campaign, list, whom, firstAttempt, at)
                .within("with joined as (", """
                         returning youth_id)
                        insert into list_change (version_id, kind, youth_id, before)
                        select :version, 'JOINED', j.youth_id, jsonb_build_object('campaign_id', cast(:campaign as bigint))
                          from joined j join list_entry e on e.list_id = :list and e.youth_id = j.youth_id
                                                         and e.version_id <> :version""")
                .set("version", version));
    }

    /** Keeps each place once, as it is before this version first touches it; nobody takes it until the end. */
    private void keepPlaces(String youths, String condition) throws SQLException {
        sql.run("""
                insert into list_change (version_id, kind, youth_id, before)
                select ?, 'PLACE', c.youth_id, to_jsonb(c)
                  from %s x join campaign k on k.list_id = ?
                  join campaign_youth c on c.campaign_id = k.id and c.youth_id = x.youth_id
                 where %s
                   and not exists (select from list_change l
                                    where l.version_id = ? and l.kind = 'PLACE' and l.youth_id = c.youth_id
                                      and cast(l.before ->> 'campaign_id' as bigint) = c.campaign_id)
                   for update of c""".formatted(youths, condition), version, list, version);
    }

    /** Why a version cannot be undone any more. */
    enum Obstacle {
        /** Somebody it brought, changed or withdrew was called or written to since. */
        CALLED,
        /** A later version or a supervisor's decision builds on it. */
        BUILT_ON,
        /** Somebody it brought has meanwhile become part of something else: another list, a reply, an objection. */
        IN_USE
    }

    /**
     * Whether something stands in the way of undoing, as far as can be said before trying. Whom the version touched nobody
     * takes from here on until the transaction ends.
     */
    @Nullable
    Obstacle obstacle() throws SQLException {
        String touched = """
                (select youth_id from list_entry where version_id = %1$d or withdrawn_by = %1$d
                  union select youth_id from list_change where version_id = %1$d) t
                """.formatted(version);
        sql.execute("""
                select c.state from campaign_youth c join campaign k on k.id = c.campaign_id
                 where k.list_id = %d and c.youth_id in (select youth_id from %s)
                 order by c.campaign_id, c.youth_id for update of c""".formatted(list, touched));
        long called = sql.number("select count(*) from (select from " + touched + """
                  join list_version v on v.id = ?
                 where exists (select from call_attempt a where a.youth_id = t.youth_id and a.planned_at >= v.loaded_at
                                  and a.campaign_id in (select id from campaign where list_id = v.list_id))
                    or exists (select from sms_message s where s.youth_id = t.youth_id and s.created_at >= v.loaded_at)
                 limit 1) s""", version);
        if (called > 0) {
            return Obstacle.CALLED;
        }
        long later = sql.number("""
                select count(*) from list_version
                 where list_id = ? and id > ? and number is not null and undone_at is null""", list, version)
                + sql.number("""
                        select count(*) from doubtful_row d join list_version v on v.id = d.decision_id
                         where d.version_id = ? and v.undone_at is null""", version)
                + sql.number("select count(*) from (select from " + touched + """
                  join list_change c on c.youth_id = t.youth_id and c.version_id > ?
                  join list_version v on v.id = c.version_id and v.undone_at is null limit 1) s""", version);
        return later > 0 ? Obstacle.BUILT_ON : null;
    }

    /**
     * Restores everything as it was before the version. Whoever is on the list again joins the campaigns that began
     * meanwhile, whoever is not leaves their queues.
     *
     * @throws SQLException with state 23503 when somebody the version brought is in use elsewhere
     */
    void undo(Instant at) throws SQLException {
        sql.run(ListPlaces.removeNew(list, version));
        sql.run(ListPlaces.removeJoined(version));
        sql.run(ListPlaces.restorePromises(version));
        sql.run(ListPlaces.restore(version, at));
        sql.run("""
                update list_entry e
                   set line = b.line, digest = b.digest, raw_digest = b.raw_digest, withdrawn_by = b.withdrawn_by
                  from list_change l cross join lateral jsonb_populate_record(null::list_entry, l.before) b
                 where l.version_id = ? and l.kind = 'ENTRY' and e.list_id = b.list_id and e.youth_id = b.youth_id""", version);
        sql.run("update list_entry set withdrawn_by = null where withdrawn_by = ?", version);
        sql.run("delete from list_entry where list_id = ? and version_id = ?", list, version);
        sql.run("delete from doubtful_row where version_id = ?", version);
        sql.run("delete from phone_number where version_id = ?", version);
        sql.run("""
                update phone_number x set rank = b.rank, owner = b.owner, mobile = b.mobile
                  from list_change l cross join lateral jsonb_to_recordset(l.before)
                       as b (id bigint, rank smallint, owner text, mobile boolean)
                 where l.version_id = ? and l.kind = 'RANKS' and x.id = b.id""", version);
        sql.run("delete from legal_guardian where version_id = ?", version);
        sql.run("""
                update legal_guardian g
                   set last_name = b.last_name, first_name = b.first_name, commune_insee = b.commune_insee
                  from list_change l cross join lateral jsonb_populate_record(null::legal_guardian, l.before) b
                 where l.version_id = ? and l.kind = 'GUARDIAN' and g.youth_id = b.youth_id and g.rank = b.rank""", version);
        sql.run("""
                update youth y
                   set (ine, siei_number, last_name, first_name, name_key, pair_keys, birth_date, sex, address,
                        postal_code, commune_name, commune_insee, email, school_uai, last_training) =
                       (b.ine, b.siei_number, b.last_name, b.first_name, b.name_key, b.pair_keys, b.birth_date, b.sex,
                        b.address, b.postal_code, b.commune_name, b.commune_insee, b.email, b.school_uai,
                        b.last_training)
                  from list_change l cross join lateral jsonb_populate_record(null::youth, l.before) b
                 where l.version_id = ? and l.kind = 'YOUTH' and y.id = l.youth_id""", version);
        sql.run("delete from list_change where version_id = ?", version);
        sql.run("delete from youth where version_id = ?", version);
        followList(at);
    }

    /** Campaigns that began after the version know nothing of it: their queues follow the list as it is now. */
    private void followList(Instant at) throws SQLException {
        sql.run(ListPlaces.follow(list, at));
        for (Running campaign : running()) {
            sql.run(Enrolment.statement(
                    campaign.id(),
                    list,
                    Enrolment.EVERYBODY,
                    campaign.beginning(at).firstAttempt(),
                    at));
        }
    }
}
