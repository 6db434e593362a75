package fr.raccroche.campaign;

import static fr.raccroche.platform.FrenchCalendar.PARIS;

import java.time.Instant;
import java.time.LocalDate;

/**
 * How people of a list enter the queue of a campaign, whether it starts or runs already: in the order of
 * {@link Priority}, with what earlier campaigns learnt (R13, R14). Objections, ages and dead numbers are asked by the
 * calling rules each time.
 */
public final class Enrolment {

    /** Who refused to talk is left alone for so long (D223-9 of the code de la consommation asks it of commercial callers). */
    static final int DAYS_AFTER_REFUSAL = 60;

    /** Who was found in a solution, or wanted nothing, since then comes after everybody else. */
    static final int DAYS_OF_A_SITUATION = 180;

    private Enrolment() {}

    /**
     * The statement, without parameters: whoever has a place already keeps it; whom a structure follows is set aside.
     *
     * @param whom a query for ids of youths; only these, if they are on the list
     * @param firstAttempt for when the first attempt is planned
     */
    public static String statement(long campaign, long list, String whom, Instant firstAttempt, Instant now) {
        LocalDate today = now.atZone(PARIS).toLocalDate();
        return """
                insert into campaign_youth (campaign_id, youth_id, state, next_attempt_at, settled_at, listed_on, priority)
                select @campaign@, e.youth_id,
                       case when s.followed then 'ALREADY_FOLLOWED' else 'TO_CALL' end,
                       case when not s.followed
                            then greatest(timestamptz '@first@', s.refused_at + interval '@leave@ days') end,
                       case when s.followed then timestamptz '@now@' end,
                       v.listed_on,
                       case when s.situation in ('IN_SOLUTION', 'NO_REFERRAL') then 0
                            else case when t.birth_date <= date '@sixteen@' and t.birth_date > date '@eighteen@'
                                      then @obligation@ else 0 end
                                 + case when v.listed_on >= date '@fresh@' then @freshest@
                                        when v.listed_on >= date '@recent@' then @recently@ else 0 end end
                  from list_entry e join youth t on t.id = e.youth_id
                  join (select id, cast(loaded_at at time zone 'Europe/Paris' as date) as listed_on
                          from list_version where list_id = @list@) v on v.id = e.version_id
                 cross join lateral (
                       select exists (select from handoff h where h.youth_id = e.youth_id and h.state <> 'CLOSED') as followed,
                              (select c.settled_at from campaign_youth c
                                where c.youth_id = e.youth_id and c.state = 'REFUSED'
                                order by c.settled_at desc limit 1) as refused_at,
                              (select c.state from campaign_youth c
                                where c.youth_id = e.youth_id and c.settled_at > timestamptz '@now@' - interval '@situation@ days'
                                order by c.settled_at desc limit 1) as situation) s
                 where e.list_id = @list@ and e.withdrawn_by is null and e.youth_id in (@whom@)
                    on conflict do nothing""".replace("@whom@", whom)
                .replace("@campaign@", Long.toString(campaign))
                .replace("@list@", Long.toString(list))
                .replace("@first@", firstAttempt.toString())
                .replace("@now@", now.toString())
                .replace("@leave@", Integer.toString(DAYS_AFTER_REFUSAL))
                .replace("@situation@", Integer.toString(DAYS_OF_A_SITUATION))
                .replace("@sixteen@", today.minusYears(16).toString())
                .replace("@eighteen@", today.minusYears(18).toString())
                .replace("@obligation@", Integer.toString(Priority.TRAINING_OBLIGATION))
                .replace("@freshest@", Integer.toString(Priority.FRESH))
                .replace("@fresh@", today.minusDays(Priority.FRESH_DAYS).toString())
                .replace("@recently@", Integer.toString(Priority.RECENT))
                .replace("@recent@", today.minusDays(Priority.RECENT_DAYS).toString());
    }
}
