package fr.raccroche.supervision;

import static fr.raccroche.platform.FrenchCalendar.PARIS;

import fr.raccroche.dialing.TextPlans;
import fr.raccroche.platform.Sql;
import fr.raccroche.queue.CallbackReason;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The questions behind « À traiter »: what waits in this installation, whichever campaign is looked at, or none. */
@ApplicationScoped
class Chores {

    private static final int MOST_TEXTS = 100;
    private static final int MOST_CALLBACKS = 500;

    private final TextPlans texts;

    Chores(TextPlans texts) {
        this.texts = texts;
    }

    Uni<ToDo> toDo(Sql sql, Instant now) {
        return texts.unanswered(sql, MOST_TEXTS)
                .chain(unread -> sql.query("""
                        select (select count(*) from inbound_call
                                 where state = 'MESSAGE' and handled_at is null) as messages,
                               (select count(*) from telephone t
                                 where t.state not in ('USABLE', 'DEAD') and (t.until is null or t.known_to is not null)
                                   and t.decided_at is null
                                   and exists (select from phone_number p
                                                 join campaign_youth q on q.youth_id = p.youth_id and q.settled_at is null
                                                 join campaign c on c.id = q.campaign_id and c.state in ('RUNNING', 'PAUSED')
                                                where p.e164 = t.e164 and p.state in ('UNTRIED', 'VALID')
                                                  and (t.until is null or p.id > t.known_to))) as numbers,
                               (select count(*) from callback b join campaign c on c.id = b.campaign_id
                                 where b.done_at is null and c.state in ('RUNNING', 'PAUSED')
                                   and b.reason = 'SMS_REPLY' and coalesce(b.until, b.due_at) >= :now) as replies,
                               (select count(*) from callback b join campaign c on c.id = b.campaign_id
                                 where b.done_at is null and c.state in ('RUNNING', 'PAUSED')
                                   and coalesce(b.until, b.due_at) < :now) as overdue_callbacks,
                               (select count(*) from handoff where state = 'TO_CALL' and due_on < :today) as late,
                               (select count(*) from handoff
                                 where structure_id is null and state <> 'CLOSED') as unrouted,
                               (select count(*) from handoff where result in ('UNREACHABLE', 'WRONG_NUMBER')
                                   and returned_seen_at is null) as returned,
                               (select count(*) from campaign_youth y join campaign c on c.id = y.campaign_id
                                 where y.state in ('PROMISED', 'INTERRUPTED', 'REACHED', 'FOREIGN_NUMBER', 'NEVER_CALLED',
                                                   'UNDER_16') and c.state = 'CLOSED'
                                   and not exists (select from end_seen s where s.campaign_id = y.campaign_id
                                                      and s.youth_id = y.youth_id and s.state = y.state)
                                   and not exists (select from objection o
                                                    where o.youth_id = y.youth_id and o.lifted_at is null))
                                 + (select count(distinct (u.campaign_id, u.youth_id)) from unreachable u
                                     join campaign_youth y on y.campaign_id = u.campaign_id and y.youth_id = u.youth_id
                                     where u.structure_id is null and y.state in ('UNREACHABLE', 'WRONG_NUMBER')
                                       and not exists (select from unreachable r where r.campaign_id = u.campaign_id
                                                          and r.youth_id = u.youth_id and r.structure_id is not null)
                                       and not exists (select from end_seen s where s.campaign_id = u.campaign_id
                                                          and s.youth_id = u.youth_id and s.state = y.state)
                                       and not exists (select from objection o
                                                        where o.youth_id = y.youth_id and o.lifted_at is null)) as left_over,
                               (select count(*) from campaign
                                 where state in ('RUNNING', 'PAUSED') and ends_on < :today) as ended,
                               (select count(*) from doubtful_row d join list_version v on v.id = d.version_id
                                 where d.state = 'OPEN' and v.undone_at is null) as doubtful,
                               (select min(v.list_id) from doubtful_row d join list_version v on v.id = d.version_id
                                 where d.state = 'OPEN' and v.undone_at is null) as doubtful_list,
                               (select count(distinct v.list_id) from doubtful_row d join list_version v on v.id = d.version_id
                                 where d.state = 'OPEN' and v.undone_at is null) as doubtful_lists,
                               (select count(*) from list_load l where l.state = 'REFUSED' and l.created_at > :since
                                   and not exists (select from list_load s where s.list_name = l.list_name and s.id > l.id
                                                      and s.state not in ('REFUSED', 'CANCELED'))) as refused,
                               (select count(*) from list_load where state in ('MAPPING', 'PREVIEW')) as waiting""")
                        .set("now", now)
                        .set("today", now.atZone(PARIS).toLocalDate())
                        .set("since", now.minus(Duration.ofDays(30)))
                        .one(row -> new ToDo(
                                row.id("messages"),
                                unread.size(),
                                row.id("numbers"),
                                row.id("replies"),
                                row.id("overdue_callbacks"),
                                row.id("late"),
                                row.id("unrouted"),
                                row.id("returned"),
                                row.id("left_over"),
                                row.id("ended"),
                                new ToDo.Doubts(
                                        row.id("doubtful"), row.idOrNull("doubtful_list"), row.id("doubtful_lists")),
                                row.id("refused"),
                                row.id("waiting"))));
    }

    /** Calls that were promised and are still to come, the longest overdue first. */
    Uni<List<PromisedCallback>> callbacks(Sql sql, Instant now) {
        return sql.query("""
                        select b.youth_id, t.first_name || ' ' || t.last_name as name, c.name as campaign, b.due_at,
                               coalesce(b.until, b.due_at) < :now as overdue, b.reason, a.display_name
                        from callback b
                        join campaign c on c.id = b.campaign_id and c.state in ('RUNNING', 'PAUSED')
                        join youth t on t.id = b.youth_id
                        left join account a on a.id = b.agent_id
                        where b.done_at is null order by b.due_at, b.id limit :most""")
                .set("now", now)
                .set("most", MOST_CALLBACKS)
                .list(row -> new PromisedCallback(
                        row.id("youth_id"),
                        row.text("name"),
                        row.text("campaign"),
                        row.instant("due_at"),
                        row.flag("overdue"),
                        row.constant(CallbackReason.class, "reason"),
                        row.textOrNull("display_name")));
    }
}
