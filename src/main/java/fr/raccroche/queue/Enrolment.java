package fr.raccroche.queue;

import static fr.raccroche.platform.FrenchCalendar.PARIS;

import fr.raccroche.platform.Statement;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * How people of a list enter the queue of a campaign, whether it starts or runs already: in the order of
 * {@link Priority}, with what earlier campaigns learnt (R13, R14). Objections, ages and dead numbers are asked by the
 * calling rules each time.
 */
public final class Enrolment {

    /** Who refused to talk is left alone for so long (D223-9 of the code de la consommation asks it of commercial callers). */
    public static final int DAYS_AFTER_REFUSAL = 60;

    /** Who was found in a solution, or wanted nothing, since then comes after everybody else. */
    static final int DAYS_OF_A_SITUATION = 180;

    private Enrolment() {}

    /** Everybody who ever stood on {@code :list}, for {@link #statement}. */
    public static final String EVERYBODY = "select youth_id from list_entry where list_id = :list";

    /**
     * Whoever passed for too young and has turned sixteen since is called from now on, in every campaign that goes on, or in
     * one of them. Who was too young by their own word although the list says otherwise is left alone.
     *
     * @param campaign null for all
     */
    public static Statement sixteen(@Nullable Long campaign, Instant now) {
        return Statement.of("""
                update campaign_youth y set state = 'TO_CALL', next_attempt_at = :now, settled_at = null,
                       priority = greatest(y.priority, cast(:obligation as integer))
                from youth t, campaign k
                where y.state = 'UNDER_16' and not y.withdrawn and t.id = y.youth_id and k.id = y.campaign_id
                  and k.state in ('RUNNING', 'PAUSED') and k.ends_on >= cast(:today as date)
                  and (cast(:campaign as bigint) is null or k.id = cast(:campaign as bigint))
                  and t.birth_date <= cast(:sixteen as date)
                  and t.birth_date > cast(cast(y.settled_at at time zone 'Europe/Paris' as date)
                                          - interval '16 years' as date)
                  and not exists (select from objection o where o.youth_id = y.youth_id and o.lifted_at is null)""")
                .set("campaign", campaign)
                .set("now", now)
                .set("today", now.atZone(PARIS).toLocalDate())
                .set("sixteen", now.atZone(PARIS).toLocalDate().minusYears(16))
                .set("obligation", Priority.TRAINING_OBLIGATION);
    }

    /**
     * The statement: whoever has a place already keeps it; whom a structure follows is set aside.
     *
     * @param whom a query for ids of youths; only these, if they are on the list. Names in it are the statement's own
     * @param firstAttempt for when the first attempt is planned
     */
    public static Statement statement(long campaign, long list, String whom, Instant firstAttempt, Instant now) {
        LocalDate today = now.atZone(PARIS).toLocalDate();
        return Statement.of("""
                insert into campaign_youth (campaign_id, youth_id, state, next_attempt_at, settled_at, listed_on, priority)
                select :campaign, e.youth_id,
                       case when s.followed then 'ALREADY_FOLLOWED' else 'TO_CALL' end,
                       case when not s.followed
                            then greatest(cast(:first as timestamptz), s.refused_at + :leave * interval '1 day') end,
                       case when s.followed then cast(:now as timestamptz) end,
                       v.listed_on,
                       case when s.situation in ('IN_SOLUTION', 'NO_REFERRAL') then 0
                            else case when t.birth_date <= cast(:sixteen as date) and t.birth_date > cast(:eighteen as date)
                                      then cast(:obligation as integer) else 0 end
                                 + case when v.listed_on >= cast(:fresh as date) then cast(:freshest as integer)
                                        when v.listed_on >= cast(:recent as date) then cast(:recently as integer)
                                        else 0 end end
                  from list_entry e join youth t on t.id = e.youth_id
                  join (select id, cast(loaded_at at time zone 'Europe/Paris' as date) as listed_on
                          from list_version where list_id = :list) v on v.id = e.version_id
                 cross join lateral (
                       select exists (select from handoff h where h.youth_id = e.youth_id and h.state <> 'CLOSED') as followed,
                              (select c.settled_at from campaign_youth c
                                where c.youth_id = e.youth_id and c.state = 'REFUSED'
                                order by c.settled_at desc limit 1) as refused_at,
                              (select c.state from campaign_youth c
                                where c.youth_id = e.youth_id
                                  and c.settled_at > cast(:now as timestamptz) - :situation * interval '1 day'
                                order by c.settled_at desc limit 1) as situation) s
                 where e.list_id = :list and e.withdrawn_by is null and e.youth_id in (""" + whom + """
                       )
                    on conflict do nothing""")
                .set("campaign", campaign)
                .set("list", list)
                .set("first", firstAttempt)
                .set("now", now)
                .set("leave", DAYS_AFTER_REFUSAL)
                .set("situation", DAYS_OF_A_SITUATION)
                .set("sixteen", today.minusYears(16))
                .set("eighteen", today.minusYears(18))
                .set("obligation", Priority.TRAINING_OBLIGATION)
                .set("fresh", today.minusDays(Priority.FRESH_DAYS))
                .set("freshest", Priority.FRESH)
                .set("recent", today.minusDays(Priority.RECENT_DAYS))
                .set("recently", Priority.RECENT);
    }
}
