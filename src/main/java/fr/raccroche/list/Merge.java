package fr.raccroche.list;

import static fr.raccroche.platform.FrenchCalendar.PARIS;

import com.fasterxml.jackson.databind.ObjectMapper;
import fr.raccroche.campaign.AttemptPlan;
import fr.raccroche.campaign.Enrolment;
import fr.raccroche.campaign.StoredPlan;
import fr.raccroche.platform.Json;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
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
    private final ObjectMapper json;
    private boolean anybodyKnown;

    /** @param version the version that is applied or undone */
    Merge(LoadSql sql, long list, long version, ObjectMapper json) {
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
        anybodyKnown = sql.number("select count(*) from {known}") > 0;
        youths(at);
        numbers(source, at);
        guardians();
        entries();
        withdraw(at);
        enrol(at);
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
        sql.run("""
                update callback b set done_at = ?
                  from {missing} x, campaign k, campaign_youth c
                 where k.list_id = ? and b.campaign_id = k.id and b.youth_id = x.youth_id and b.done_at is null
                   and c.campaign_id = k.id and c.youth_id = x.youth_id and c.state = 'CALLBACK'""", at, list);
        sql.run("""
                update campaign_youth c
                   set withdrawn = true,
                       state = case when c.state in ('TO_CALL', 'CALLBACK') then 'WITHDRAWN' else c.state end,
                       next_attempt_at = null,
                       settled_at = case when c.state in ('TO_CALL', 'CALLBACK') then ? else c.settled_at end
                  from {missing} x, campaign k
                 where k.list_id = ? and c.campaign_id = k.id and c.youth_id = x.youth_id and not c.withdrawn""", at, list);
    }

    /**
     * Whoever joins a list joins the campaigns that run on it, for the part of the day in which first attempts are planned;
     * whoever is back on it is called again.
     */
    private void enrol(Instant at) throws SQLException {
        keepPlaces("(select youth_id from {place} where place = 'BACK')", "c.withdrawn");
        sql.run("""
                update campaign_youth c
                   set withdrawn = false,
                       state = case when c.state <> 'WITHDRAWN' then c.state
                                    when f.followed then 'ALREADY_FOLLOWED' else 'TO_CALL' end,
                       next_attempt_at = case when c.state = 'WITHDRAWN' and not f.followed then ?
                                              else c.next_attempt_at end,
                       settled_at = case when c.state = 'WITHDRAWN' and not f.followed then null else c.settled_at end
                  from {place} p
                 cross join lateral (select exists (
                       select from handoff h where h.youth_id = p.youth_id and h.state <> 'CLOSED') as followed) f,
                       campaign k
                 where p.place = 'BACK' and k.list_id = ? and k.state <> 'CLOSED' and c.campaign_id = k.id
                   and c.youth_id = p.youth_id and c.withdrawn""", at, list);
        reopen(at);
        enrol("select youth_id from {place} where place in ('NEW', 'BACK')", at);
        sql.run("""
                with planned as (
                    insert into text_plan (campaign_id, youth_id, kind, occasion, due_at, about, created_at)
                    select c.campaign_id, c.youth_id, 'ANNOUNCEMENT', 'ANNOUNCEMENT',
                           greatest(cast(? as timestamptz), c.next_attempt_at - k.announce_hours * interval '1 hour'),
                           greatest(c.next_attempt_at, cast(? as timestamptz) + k.announce_hours * interval '1 hour'), ?
                      from {place} p
                      join campaign k on k.list_id = ? and k.state in ('RUNNING', 'PAUSED')
                       and k.announce_hours is not null
                      join campaign_youth c on c.campaign_id = k.id and c.youth_id = p.youth_id
                     where p.place in ('NEW', 'BACK') and c.state = 'TO_CALL' and c.attempts = 0
                       and exists (select from phone_number n
                                    where n.youth_id = p.youth_id and n.owner = 'YOUTH' and n.mobile)
                        on conflict do nothing returning campaign_id, youth_id)
                update campaign_youth c
                   set next_attempt_at = greatest(c.next_attempt_at, cast(? as timestamptz) + k.announce_hours * interval '1 hour')
                  from planned x join campaign k on k.id = x.campaign_id
                 where c.campaign_id = x.campaign_id and c.youth_id = x.youth_id""", at, at, at, list, at);
    }

    /** A fresh number of somebody whose numbers were all dead (R10, R26). */
    private void reopen(Instant at) throws SQLException {
        if (!anybodyKnown) {
            return;
        }
        String renumbered = """
                (select distinct x.youth_id from {known} r join phone_number x on x.youth_id = r.youth_id
                  where x.version_id = %d)""".formatted(version);
        keepPlaces(renumbered, "c.state = 'WRONG_NUMBER'");
        sql.run("""
                update campaign_youth c set state = 'TO_CALL', next_attempt_at = ?, settled_at = null
                  from %s x, campaign k
                 where k.list_id = ? and k.state in ('RUNNING', 'PAUSED') and c.campaign_id = k.id
                   and c.youth_id = x.youth_id and c.state = 'WRONG_NUMBER' and not c.withdrawn""".formatted(renumbered), at, list);
    }

    /** A campaign that runs on the list. */
    private record Running(long id, AttemptPlan plan, LocalDate startsOn) {

        Instant firstAttempt(Instant at) {
            Instant start = startsOn.atStartOfDay(PARIS).toInstant();
            return plan.first(at.isAfter(start) ? at : start);
        }
    }

    private List<Running> running() throws SQLException {
        var running = new ArrayList<Running>();
        sql.each(
                """
                select id, starts_on, days, opens_1, closes_1, opens_2, closes_2, blocked_days, plan, max_attempts
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
                                .read(new Json(json)),
                        row.getObject(2, LocalDate.class))),
                list);
        return running;
    }

    private void enrol(String whom, Instant at) throws SQLException {
        for (Running campaign : running()) {
            sql.run(
                    """
                    with joined as (%s returning youth_id)
                    insert into list_change (version_id, kind, youth_id, before)
                    select ?, 'JOINED', j.youth_id, jsonb_build_object('campaign_id', cast(? as bigint))
                      from joined j join list_entry e on e.list_id = ? and e.youth_id = j.youth_id and e.version_id <> ?""".formatted(Enrolment.statement(campaign.id(), list, whom, campaign.firstAttempt(at), at)),
                    version,
                    campaign.id(),
                    list,
                    version);
        }
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
        sql.run("""
                delete from campaign_youth c using list_entry e, campaign k
                 where e.list_id = ? and e.version_id = ? and k.list_id = e.list_id and c.campaign_id = k.id
                   and c.youth_id = e.youth_id""", list, version);
        sql.run("""
                delete from campaign_youth c using list_change l
                 where l.version_id = ? and l.kind = 'JOINED' and c.youth_id = l.youth_id
                   and c.campaign_id = cast(l.before ->> 'campaign_id' as bigint)""", version);
        restoreCallbacks();
        restorePlaces(at);
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
        sql.run("""
                update campaign_youth c
                   set withdrawn = e.withdrawn_by is not null,
                       state = case when e.withdrawn_by is null and c.state = 'WITHDRAWN' then 'TO_CALL'
                                    when e.withdrawn_by is not null and c.state in ('TO_CALL', 'CALLBACK')
                                    then 'WITHDRAWN' else c.state end,
                       next_attempt_at = case when e.withdrawn_by is not null then null
                                              when c.state = 'WITHDRAWN' then ? else c.next_attempt_at end,
                       settled_at = case when e.withdrawn_by is null and c.state = 'WITHDRAWN' then null
                                         when e.withdrawn_by is not null and c.state in ('TO_CALL', 'CALLBACK')
                                         then ? else c.settled_at end
                  from list_entry e, campaign k
                 where e.list_id = ? and k.list_id = e.list_id and k.state <> 'CLOSED' and c.campaign_id = k.id
                   and c.youth_id = e.youth_id and c.withdrawn <> (e.withdrawn_by is not null)""", at, at, list);
        String everybody = "select youth_id from list_entry where list_id = " + list;
        for (Running campaign : running()) {
            sql.run(Enrolment.statement(campaign.id(), list, everybody, campaign.firstAttempt(at), at));
        }
    }

    /** Promised calls that ended because the youth was no longer on the list; none was promised since. */
    private void restoreCallbacks() throws SQLException {
        sql.run("""
                update callback b set done_at = null
                  from list_change l join list_version v on v.id = l.version_id
                 where l.version_id = ? and l.kind = 'PLACE' and l.before ->> 'state' = 'CALLBACK'
                   and b.campaign_id = cast(l.before ->> 'campaign_id' as bigint) and b.youth_id = l.youth_id
                   and b.done_at = v.loaded_at""", version);
    }

    /** A call that went on while the version came keeps its end; only whether the youth is on the list is restored. */
    private void restorePlaces(Instant at) throws SQLException {
        sql.run("""
                update campaign_youth c
                   set withdrawn = b.withdrawn,
                       priority = b.priority,
                       state = case when b.state <> 'IN_CALL' or c.state = 'IN_CALL' then b.state
                                    when b.withdrawn and c.state in ('TO_CALL', 'CALLBACK') then 'WITHDRAWN'
                                    when not b.withdrawn and c.state = 'WITHDRAWN' then 'TO_CALL'
                                    else c.state end,
                       next_attempt_at = case when b.state <> 'IN_CALL' or c.state = 'IN_CALL' then b.next_attempt_at
                                              when b.withdrawn then null
                                              when c.state = 'WITHDRAWN' then ?
                                              else c.next_attempt_at end,
                       settled_at = case when b.state <> 'IN_CALL' or c.state = 'IN_CALL' then b.settled_at
                                         when b.withdrawn and c.state in ('TO_CALL', 'CALLBACK') then ?
                                         when not b.withdrawn and c.state = 'WITHDRAWN' then null
                                         else c.settled_at end
                  from list_change l cross join lateral jsonb_populate_record(null::campaign_youth, l.before) b
                 where l.version_id = ? and l.kind = 'PLACE' and c.campaign_id = b.campaign_id
                   and c.youth_id = b.youth_id""", at, at, version);
    }
}
