package fr.raccroche.dialing;

import fr.raccroche.platform.Sql;
import fr.raccroche.youth.Telephones;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Attempts that somebody has to look after, in the database: nothing is heard of them, or they go on and should not. */
final class Stragglers {

    /**
     * An attempt in doubt.
     *
     * @param number that the youth was to see
     * @param since no call of ours to them began before
     * @param expired whether nobody waits for it any longer
     */
    record Doubt(String number, Instant since, boolean expired) {}

    private Stragglers() {}

    /** Youths who were let through {@code silence} ago, real time, and are not known to be with anybody. */
    static Uni<List<Attempt>> alone(Sql sql, Duration silence) {
        return sql.query("select " + Attempts.COLUMNS + """
                         from call_attempt a
                        where a.bridged_at is null and a.ended_at is null and a.admitted_at is not null
                          and a.admitted_at < now() - :millis * interval '1 millisecond'
                          and a.closed_at is null and a.state = 'ANSWERED'
                        order by a.admitted_at limit 50""")
                .set("millis", silence.toMillis())
                .list(Attempts::attempt);
    }
    /** Attempts in {@code states} that nothing was heard of for {@code silence}, oldest first. */
    static Uni<List<Attempt>> silentFor(Sql sql, Duration silence, AttemptState... states) {
        return sql.query("select " + Attempts.COLUMNS + """
                         from call_attempt a
                        where a.ended_at is null and a.closed_at is null and a.state = any(:states)
                          and a.changed_at < now() - :millis * interval '1 millisecond'
                        order by a.changed_at limit 50""")
                .set("states", Arrays.stream(states).map(Enum::name).toArray(String[]::new))
                .set("millis", silence.toMillis())
                .list(Attempts::attempt);
    }

    /** Open attempts that are over or only previewed, whose agent was not seen for {@code absence}. */
    static Uni<List<Attempt>> abandonedBy(Sql sql, Duration absence) {
        return sql.query("select " + Attempts.COLUMNS + """
                         from call_attempt a left join agent_presence p on p.account_id = a.agent_id
                        where a.closed_at is null and (a.ended_at is not null or a.state = 'PREVIEW')
                          and coalesce(p.seen_at, a.created_at) < now() - :millis * interval '1 millisecond'
                          and a.changed_at < now() - :millis * interval '1 millisecond'
                        limit 50""")
                .set("millis", absence.toMillis())
                .list(Attempts::attempt);
    }

    /** Files whose agent let the campaign's time for reading, real time, run out. */
    static Uni<List<Attempt>> readTooLong(Sql sql) {
        return sql.query("select " + Attempts.COLUMNS + """
                         from call_attempt a join campaign c on c.id = a.campaign_id
                        where a.ended_at is null and a.closed_at is null and a.state = 'PREVIEW'
                          and a.created_at <= now() - c.preview_seconds * interval '1 second'
                        limit 50""").list(Attempts::attempt);
    }

    /** Calls that go on although their outcome was recorded, and no message is being left: the hang-up was lost. */
    static Uni<List<Attempt>> leftOnTheLine(Sql sql) {
        return sql.query("select " + Attempts.COLUMNS + """
                         from call_attempt a
                        where a.closed_at is not null and a.ended_at is null and a.call_sid is not null
                          and a.changed_at < now() - interval '2 seconds'
                          and (a.message_until is null or a.message_until < now())
                        order by a.changed_at limit 50""").list(Attempts::attempt);
    }

    /** Calls that ring at somebody who objected meanwhile, or on a telephone on which somebody said no. */
    static Uni<List<Attempt>> unwanted(Sql sql) {
        return sql.query("select " + Attempts.COLUMNS + """
                         from call_attempt a
                        where a.live and a.answered_at is null and a.call_sid is not null and not a.inbound
                          and (exists (select from objection o where o.youth_id = a.youth_id and o.lifted_at is null)
                               or exists (select from telephone t where t.state = 'OBJECTED' and t.mark = @mark@))
                        limit 50""".replace("@mark@", Telephones.mark("a.e164")))
                .list(Attempts::attempt);
    }

    /** Where to look for the call of an attempt in doubt, and whether it was in doubt for {@code grace}, real time. */
    static Uni<Doubt> doubt(Sql sql, Attempt attempt, Duration grace) {
        return sql.query("""
                        select coalesce(a.shown, c.caller_number) as shown, a.planned_at,
                               a.lease_until < now() - :millis * interval '1 millisecond' as expired
                        from call_attempt a join campaign c on c.id = a.campaign_id where a.id = :id""")
                .set("millis", grace.toMillis())
                .set("id", attempt.id())
                .one(row ->
                        new Doubt(row.text("shown"), row.instant("planned_at").minusSeconds(60), row.flag("expired")));
    }
}
