package fr.raccroche.campaign;

import static fr.raccroche.platform.FrenchCalendar.PARIS;

import fr.raccroche.platform.Sql;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;

/** What the ledger knows of people who answered and had no agent, and how many lines may ring by it. */
public final class Abandonments {

    private static final Duration PERIOD = Duration.ofDays(30);

    private Abandonments() {}

    /** Over the last 30 days, the period of 16 CFR 310.4(b)(4). */
    static Uni<Abandonment> share(Sql sql, long id, Instant now) {
        return sql.query("""
                        select count(*) as answered,
                               count(*) filter (where result = 'ABANDONED'
                                   or bridged_at > admitted_at + interval '2 seconds') as abandoned
                        from call_attempt
                        where campaign_id = :id and planned_at >= :since and answered_at is not null
                          and result is distinct from 'VOICEMAIL' and not inbound""")
                .set("id", id)
                .set("since", now.minus(PERIOD))
                .one(row -> new Abandonment(row.id("answered"), row.id("abandoned")));
    }

    /** How many lines may ring for agents who wait, by what is known now. */
    public static Uni<BurstBound> bound(Sql sql, Campaign campaign, Instant now) {
        return share(sql, campaign.id(), now)
                .chain(measured -> calls(sql, campaign.id(), now)
                        .map(recent -> new BurstBound(campaign.modes().target(), measured.rate(), recent)));
    }

    /** Calls of the last 30 days that rang within an hour of this time of day: people answer more in the evening. */
    private static Uni<BurstBound.Calls> calls(Sql sql, long id, Instant now) {
        return sql.query("""
                        select count(*) as calls, count(answered_at) as answered from call_attempt
                        where campaign_id = :id and planned_at >= :since and not inbound
                          and (answered_at is not null or state in ('NO_ANSWER', 'CANCELED'))
                          and abs(extract(hour from planned_at at time zone 'Europe/Paris') - :hour) <= 1""")
                .set("id", id)
                .set("since", now.minus(PERIOD))
                .set("hour", now.atZone(PARIS).getHour())
                .one(row -> new BurstBound.Calls(row.id("calls"), row.id("answered")));
    }
}
