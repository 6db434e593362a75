package fr.raccroche.explain;

import fr.raccroche.dialing.InboundCalls;
import fr.raccroche.dialing.InboundCalls.NamedYouth;
import fr.raccroche.platform.Sql;
import fr.raccroche.youth.RestReason;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Numbers that are left alone, and the youths who wait under them, in the database. */
final class RestingNumbers {

    /**
     * A number that is left alone.
     *
     * @param by who wrote it down; null for what nobody wrote down
     * @param words what was said or written
     * @param decision what a supervisor decided; null while nobody did
     * @param waiting who is to be called in an open campaign and is listed under it
     */
    public record RestingNumber(
            String e164,
            RestReason reason,
            Instant since,
            @Nullable String by,
            @Nullable String words,
            @Nullable String decision,
            List<NamedYouth> waiting) {}

    private RestingNumbers() {}

    /** Those that wait for a decision because somebody is to be called there, longest first. */
    static Uni<List<RestingNumber>> undecided(Sql sql, int most) {
        return sql.query("""
                        select t.e164, t.reason, t.since, t.words, t.decision, a.display_name, w.youths
                          from telephone t
                          left join account a on a.id = t.said_by
                         cross join lateral (
                               select string_agg(distinct y.id || ' ' || y.first_name || ' ' || y.last_name, chr(10)) as youths
                                 from phone_number p
                                 join youth y on y.id = p.youth_id
                                 join campaign_youth q on q.youth_id = y.id and q.settled_at is null
                                 join campaign c on c.id = q.campaign_id and c.state in ('RUNNING', 'PAUSED')
                                where p.e164 = t.e164 and p.state in ('UNTRIED', 'VALID')
                                  and (t.until is null or p.id > t.known_to)) w
                         where t.state not in ('USABLE', 'DEAD') and (t.until is null or t.known_to is not null)
                           and t.decided_at is null and w.youths is not null
                         order by t.since limit :most""").set("most", most).list(RestingNumbers::number);
    }

    /** Those that are left alone for good because a supervisor decided so, latest first. */
    static Uni<List<RestingNumber>> decided(Sql sql, int most) {
        return sql.query("""
                        select t.e164, t.reason, t.since, t.words, t.decision, a.display_name,
                               (select string_agg(distinct y.id || ' ' || y.first_name || ' ' || y.last_name, chr(10))
                                  from phone_number p join youth y on y.id = p.youth_id where p.e164 = t.e164) as youths
                          from telephone t
                          left join account a on a.id = t.decided_by
                         where t.state <> 'USABLE' and t.decided_at is not null and t.e164 is not null
                         order by t.decided_at desc limit :most""").set("most", most).list(RestingNumbers::number);
    }

    private static RestingNumber number(Sql.Row row) {
        return new RestingNumber(
                row.text("e164"),
                row.constant(RestReason.class, "reason"),
                row.instant("since"),
                row.textOrNull("display_name"),
                row.textOrNull("words"),
                row.textOrNull("decision"),
                InboundCalls.named(row.textOrNull("youths")));
    }
}
