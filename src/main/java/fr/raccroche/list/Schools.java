package fr.raccroche.list;

import fr.raccroche.platform.Sql;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** What the database counts of the people of a list, school by school. */
final class Schools {

    private static final String COUNTS = """
            with since as (
                 select coalesce(max(id), 0) as id from list_version
                  where list_id = :list and complete and number is not null and undone_at is null),
            entry as (
                 select e.youth_id, e.withdrawn_by is null as listed, coalesce(y.school_uai, '') as uai
                   from list_entry e join youth y on y.id = e.youth_id
                  where e.list_id = :list),
            answer as (
                 select c.youth_id, bool_or(c.attempts > 0) as called,
                        bool_or(c.state in ('IN_SOLUTION', 'REFERRED', 'NO_REFERRAL', 'REFUSED')) as reached,
                        bool_or(c.state = 'IN_SOLUTION') as in_solution
                   from campaign k join campaign_youth c on c.campaign_id = k.id
                  where k.list_id = :list group by c.youth_id),
            people as (
                 select e.uai, count(*) filter (where e.listed) as people,
                        count(*) filter (where not e.listed) as withdrawn,
                        count(*) filter (where a.called) as called,
                        count(*) filter (where a.reached) as reached,
                        count(*) filter (where a.in_solution) as in_solution
                   from entry e left join answer a on a.youth_id = e.youth_id group by e.uai),
            number as (
                 select e.uai, count(*) as tried,
                        count(*) filter (where p.state in ('WRONG', 'NOT_IN_SERVICE')) as dead
                   from entry e join phone_number p on p.youth_id = e.youth_id
                  where p.state <> 'UNTRIED' group by e.uai),
            doubt as (
                 select coalesce(d.person ->> 'school_uai', '') as uai, count(*) as doubtful
                   from doubtful_row d join list_version v on v.id = d.version_id, since
                  where v.list_id = :list and v.undone_at is null and v.id >= since.id and d.state = 'OPEN'
                  group by 1),
            correction as (
                 select coalesce(c.school_uai, '') as uai, count(*) as corrected
                   from list_correction c join list_load w on w.id = c.load_id
                   join list_version v on v.id = w.version_id, since
                  where v.list_id = :list and v.undone_at is null and v.id >= since.id
                  group by 1)
            select uai, cast(coalesce(people, 0) as integer) as people,
                   cast(coalesce(withdrawn, 0) as integer) as withdrawn,
                   cast(coalesce(doubtful, 0) as integer) as doubtful,
                   cast(coalesce(corrected, 0) as integer) as corrected,
                   cast(coalesce(called, 0) as integer) as called,
                   cast(coalesce(reached, 0) as integer) as reached,
                   cast(coalesce(in_solution, 0) as integer) as in_solution,
                   cast(coalesce(tried, 0) as integer) as tried,
                   cast(coalesce(dead, 0) as integer) as dead
              from people full join doubt using (uai) full join number using (uai)
              full join correction using (uai)
             order by uai""";

    private Schools() {}

    /** What is known of the people of a list, school by school; the code is empty where none is known. */
    static Uni<List<SchoolCounts>> ofList(Sql sql, long list) {
        return sql.query(COUNTS)
                .set("list", list)
                .list(row -> new SchoolCounts(
                        row.text("uai"),
                        row.integer("people"),
                        row.integer("withdrawn"),
                        row.integer("doubtful"),
                        row.integer("corrected"),
                        row.integer("called"),
                        row.integer("reached"),
                        row.integer("in_solution"),
                        row.integer("tried"),
                        row.integer("dead")));
    }
}
