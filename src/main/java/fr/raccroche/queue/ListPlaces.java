package fr.raccroche.queue;

import fr.raccroche.platform.Statement;
import java.time.Instant;

/**
 * What a version of a list, and its undoing, does to the queues of the campaigns on that list: set by set, for the
 * connection of a load. The caller has kept each place that it changes in {@code list_change} and locked it.
 */
public final class ListPlaces {

    private ListPlaces() {}

    /**
     * Whoever is no longer on the list is out of the queue at once; a call in progress is not cut, its youth only comes back
     * to no queue.
     *
     * @param whom rows with {@code youth_id}
     */
    public static Statement withdraw(long list, String whom, Instant at) {
        return Statement.of("""
                with put as (
                    update campaign_youth c
                       set withdrawn = true,
                           state = case when c.state in ('TO_CALL', 'CALLBACK') then 'WITHDRAWN' else c.state end,
                           next_attempt_at = null,
                           settled_at = case when c.state in ('TO_CALL', 'CALLBACK') then cast(:now as timestamptz)
                                             else c.settled_at end
                      from %s x, campaign k
                     where k.list_id = :list and c.campaign_id = k.id and c.youth_id = x.youth_id and not c.withdrawn
                    returning c.campaign_id, c.youth_id, c.state),
                left_queue as (select * from put where state = 'WITHDRAWN'),
                """.formatted(whom) + Leaving.of("left_queue"))
                .set("list", list)
                .set("now", at);
    }

    /** Whoever is back on the list is called again, unless a structure follows them meanwhile; see {@link #withdraw}. */
    public static Statement bringBack(long list, String whom, Instant at) {
        return Statement.of("""
                update campaign_youth c
                   set withdrawn = false,
                       state = case when c.state <> 'WITHDRAWN' then c.state
                                    when f.followed then 'ALREADY_FOLLOWED' else 'TO_CALL' end,
                       next_attempt_at = case when c.state = 'WITHDRAWN' and not f.followed then cast(:now as timestamptz)
                                              else c.next_attempt_at end,
                       settled_at = case when c.state = 'WITHDRAWN' and not f.followed then null else c.settled_at end
                  from %s p
                 cross join lateral (select exists (
                       select from handoff h where h.youth_id = p.youth_id and h.state <> 'CLOSED') as followed) f,
                       campaign k
                 where k.list_id = :list and k.state <> 'CLOSED' and c.campaign_id = k.id
                   and c.youth_id = p.youth_id and c.withdrawn""".formatted(whom)).set("list", list).set("now", at);
    }

    /** Whoever got a fresh number, and had none that worked, is called again (R10, R26). */
    public static Statement reopen(long list, String whom, Instant at) {
        return Statement.of("""
                update campaign_youth c set state = 'TO_CALL', next_attempt_at = :now, settled_at = null
                  from %s x, campaign k
                 where k.list_id = :list and k.state in ('RUNNING', 'PAUSED') and c.campaign_id = k.id
                   and c.youth_id = x.youth_id and c.state in ('WRONG_NUMBER', 'FOREIGN_NUMBER') and not c.withdrawn""".formatted(whom)).set("list", list).set("now", at);
    }

    /** Takes out whom a version brought to the list. */
    public static Statement removeNew(long list, long version) {
        return Statement.of("""
                delete from campaign_youth c using list_entry e, campaign k
                 where e.list_id = :list and e.version_id = :version and k.list_id = e.list_id and c.campaign_id = k.id
                   and c.youth_id = e.youth_id""").set("list", list).set("version", version);
    }

    /** Takes out whom a version put into a queue although they were on the list before. */
    public static Statement removeJoined(long version) {
        return Statement.of("""
                delete from campaign_youth c using list_change l
                 where l.version_id = :version and l.kind = 'JOINED' and c.youth_id = l.youth_id
                   and c.campaign_id = cast(l.before ->> 'campaign_id' as bigint)""").set("version", version);
    }

    /** Promises that ended because the youth was no longer on the list hold again; none was made since. */
    public static Statement restorePromises(long version) {
        return Statement.of("""
                update callback b set done_at = null
                  from list_change l join list_version v on v.id = l.version_id
                  join campaign k on k.id = cast(l.before ->> 'campaign_id' as bigint) and k.state <> 'CLOSED'
                 where l.version_id = :version and l.kind = 'PLACE' and l.before ->> 'state' in ('TO_CALL', 'CALLBACK')
                   and b.campaign_id = cast(l.before ->> 'campaign_id' as bigint) and b.youth_id = l.youth_id
                   and b.done_at = v.loaded_at
                   and not exists (select from callback o
                                    where o.youth_id = b.youth_id and o.id <> b.id
                                      and (o.done_at is null or (o.done_at = v.loaded_at and o.id > b.id)))""").set("version", version);
    }

    /**
     * A call that went on while the version came keeps its end; only whether the youth is on the list is restored. In a
     * campaign that closed since, nobody waits for a call again.
     */
    public static Statement restore(long version, Instant at) {
        return Statement.of("""
                update campaign_youth c
                   set withdrawn = b.withdrawn,
                       priority = b.priority,
                       state = case when b.state <> 'IN_CALL' or c.state = 'IN_CALL' then b.state
                                    when b.withdrawn and c.state in ('TO_CALL', 'CALLBACK') then 'WITHDRAWN'
                                    when not b.withdrawn and c.state = 'WITHDRAWN' then 'TO_CALL'
                                    else c.state end,
                       next_attempt_at = case when b.state <> 'IN_CALL' or c.state = 'IN_CALL' then b.next_attempt_at
                                              when b.withdrawn then null
                                              when c.state = 'WITHDRAWN' then cast(:now as timestamptz)
                                              else c.next_attempt_at end,
                       settled_at = case when b.state <> 'IN_CALL' or c.state = 'IN_CALL' then b.settled_at
                                         when b.withdrawn and c.state in ('TO_CALL', 'CALLBACK')
                                         then cast(:now as timestamptz)
                                         when not b.withdrawn and c.state = 'WITHDRAWN' then null
                                         else c.settled_at end
                  from list_change l cross join lateral jsonb_populate_record(null::campaign_youth, l.before) b, campaign k
                 where l.version_id = :version and l.kind = 'PLACE' and c.campaign_id = b.campaign_id
                   and c.youth_id = b.youth_id and k.id = c.campaign_id
                   and (k.state <> 'CLOSED' or b.state not in ('TO_CALL', 'CALLBACK', 'IN_CALL'))""").set("version", version).set("now", at);
    }

    /** Campaigns that began after a version that is undone know nothing of it: their queues follow the list as it is now. */
    public static Statement follow(long list, Instant at) {
        return Statement.of("""
                with put as (
                    update campaign_youth c
                       set withdrawn = e.withdrawn_by is not null,
                           state = case when e.withdrawn_by is null and c.state = 'WITHDRAWN' then 'TO_CALL'
                                        when e.withdrawn_by is not null and c.state in ('TO_CALL', 'CALLBACK')
                                        then 'WITHDRAWN' else c.state end,
                           next_attempt_at = case when e.withdrawn_by is not null then null
                                                  when c.state = 'WITHDRAWN' then cast(:now as timestamptz)
                                                  else c.next_attempt_at end,
                           settled_at = case when e.withdrawn_by is null and c.state = 'WITHDRAWN' then null
                                             when e.withdrawn_by is not null and c.state in ('TO_CALL', 'CALLBACK')
                                             then cast(:now as timestamptz) else c.settled_at end
                      from list_entry e, campaign k
                     where e.list_id = :list and k.list_id = e.list_id and k.state <> 'CLOSED' and c.campaign_id = k.id
                       and c.youth_id = e.youth_id and c.withdrawn <> (e.withdrawn_by is not null)
                    returning c.campaign_id, c.youth_id, c.state),
                left_queue as (select * from put where state = 'WITHDRAWN'),
                """ + Leaving.of("left_queue")).set("list", list).set("now", at);
    }
}
