package fr.raccroche.queue;

import static fr.raccroche.platform.FrenchCalendar.PARIS;

import fr.raccroche.platform.Sql;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The end of a campaign: everybody who waited for a call, and everybody who passed for unreachable, gets the end that
 * {@link Remains} decides. What is said beforehand is counted by the same statement.
 */
public final class Ends {

    /** The decision for everything that can be known, by one word each. */
    private static final Map<String, YouthState> DECISIONS =
            Remains.all().collect(Collectors.toUnmodifiableMap(Ends::key, Remains::end));

    private static final String[] KEYS = DECISIONS.keySet().toArray(String[]::new);
    private static final String[] ENDS = Arrays.stream(KEYS)
            .map(key -> DECISIONS.getOrDefault(key, YouthState.UNREACHABLE).name())
            .toArray(String[]::new);
    private static final String[] OPEN =
            Remains.OPEN.stream().map(YouthState::name).toArray(String[]::new);

    /** Rows {@code decided} with {@code youth_id} and the {@code ending} of whoever is open, one of {@code :youth} or all. */
    private static final String DECIDED = """
            fact as materialized (
                select y.youth_id,
                       concat_ws(' ', y.state,
                           cast(exists (select from objection o
                                         where o.youth_id = y.youth_id and o.lifted_at is null) as integer),
                           cast(exists (select from handoff h
                                         where h.youth_id = y.youth_id and h.state <> 'CLOSED') as integer),
                           cast(t.birth_date > cast(:sixteen as date) as integer),
                           cast(exists (select from callback b
                                         where b.youth_id = y.youth_id and b.done_at is null) as integer),
                           cast(exists (select from call_attempt a where a.campaign_id = y.campaign_id
                                           and a.youth_id = y.youth_id and a.result = 'INTERRUPTED')
                                or coalesce((select a.result from call_attempt a where a.campaign_id = y.campaign_id
                                                and a.youth_id = y.youth_id and a.n is not null
                                              order by a.id desc limit 1), '') = 'ABANDONED' as integer),
                           cast(exists (select from call_attempt a where a.campaign_id = y.campaign_id
                                           and a.youth_id = y.youth_id
                                           and a.result in ('THIRD_PARTY', 'CALLBACK', 'IN_SOLUTION', 'REFERRAL', 'NO_REFERRAL',
                                                            'REFUSED', 'OBJECTED', 'UNDER_16'))
                                or exists (select from self_report r where r.campaign_id = y.campaign_id
                                              and r.youth_id = y.youth_id and r.kind in ('CALL', 'NUMBER'))
                                or exists (select from sms_message m where m.youth_id = y.youth_id
                                              and m.direction = 'IN' and m.handled_at is null)
                                or exists (select from phone_number p join telephone s on s.e164 = p.e164
                                            where p.youth_id = y.youth_id and s.state = 'OBJECTED') as integer),
                           cast(y.attempts > 0 as integer),
                           coalesce((select case when bool_or(p.e164 like '+33%'
                                                        or p.e164 similar to '\\+(262|508|590|594|596)%')
                                                 then 'CALLABLE' else 'FOREIGN' end
                                       from phone_number p
                                      where p.youth_id = y.youth_id and p.state not in ('WRONG', 'NOT_IN_SERVICE')
                                        and not exists (select from telephone s where s.e164 = p.e164
                                                           and s.state in ('WRONG', 'DEAD'))),
                                    'NONE')) as known
                from campaign_youth y join youth t on t.id = y.youth_id
                where y.campaign_id = :campaign and y.state = any(:open)
                  and (cast(:youth as bigint) is null or y.youth_id = cast(:youth as bigint))),
            decided as (
                select f.youth_id, d.ending
                from fact f join unnest(cast(:keys as text[]), cast(:ends as text[])) as d (known, ending)
                  on d.known = f.known)
            """;

    private Ends() {}

    private static String key(Remains remains) {
        return String.join(
                " ",
                remains.state().name(),
                bit(remains.objected()),
                bit(remains.followed()),
                bit(remains.under16()),
                bit(remains.promised()),
                bit(remains.interrupted()),
                bit(remains.reached()),
                bit(remains.tried()),
                remains.numbers().name());
    }

    private static String bit(boolean flag) {
        return flag ? "1" : "0";
    }

    /** What is left of a campaign: how many youths in which end. */
    public record Count(Map<YouthState, Long> youths) {

        /** Whose call goes on: it settles by itself. */
        public long inCall() {
            return youths.getOrDefault(YouthState.IN_CALL, 0L);
        }

        public long of(EndList list) {
            return list.states().stream()
                    .mapToLong(state -> youths.getOrDefault(state, 0L))
                    .sum();
        }

        /** Those on whose account nobody has to do anything. */
        public long settled() {
            return youths.entrySet().stream()
                    .filter(entry -> entry.getKey().isFinal() && entry.getKey().list() == null)
                    .mapToLong(Map.Entry::getValue)
                    .sum();
        }
    }

    /** How many youths a campaign that closed at {@code now} would leave in which end. */
    public static Uni<Count> count(Sql sql, long campaignId, Instant now) {
        return sql.query("with " + DECIDED + """
                        select coalesce(d.ending, y.state) as ending, count(*) as youths
                        from campaign_youth y left join decided d on d.youth_id = y.youth_id
                        where y.campaign_id = :campaign group by 1""")
                .set("campaign", campaignId)
                .set("youth", null)
                .set("open", OPEN)
                .set("sixteen", now.atZone(PARIS).toLocalDate().minusYears(16))
                .set("keys", KEYS)
                .set("ends", ENDS)
                .list(row -> Map.entry(row.constant(YouthState.class, "ending"), row.id("youths")))
                .map(rows -> {
                    var youths = new EnumMap<YouthState, Long>(YouthState.class);
                    rows.forEach(row -> youths.put(row.getKey(), row.getValue()));
                    return new Count(youths);
                });
    }

    /** Everybody who waits for a call, or could not be called, gets their end; a call in progress keeps its own. */
    public static Uni<Void> settle(Sql sql, long campaignId, Instant now) {
        return sql.query("""
                        select count(*) as n from (
                            select 1 from campaign_youth where campaign_id = :campaign and state = any(:open)
                            order by youth_id for update) held""")
                .set("campaign", campaignId)
                .set("open", OPEN)
                .one(row -> row.id("n"))
                .chain(() -> settle(sql, campaignId, null, now));
    }

    /** Closed campaigns in which somebody waits for a call that nobody will make. */
    public static Uni<List<Long>> unfinished(Sql sql) {
        return sql.query("""
                        select c.id from campaign c
                        where c.state = 'CLOSED' and exists (
                              select from campaign_youth y where y.campaign_id = c.id and y.next_attempt_at is not null)""").list(row -> row.id("id"));
    }

    /** The end of one youth, whose last call ended after the campaign. */
    public static Uni<Void> settleLate(Sql sql, long campaignId, long youthId, Instant now) {
        return settle(sql, campaignId, youthId, now);
    }

    private static Uni<Void> settle(Sql sql, long campaignId, @Nullable Long youthId, Instant now) {
        return sql.update("with " + DECIDED + """
                        , left_queue as (
                            update campaign_youth y
                               set state = d.ending, next_attempt_at = null, callback_agent = null,
                                   settled_at = coalesce(y.settled_at, cast(:now as timestamptz))
                            from decided d
                            where y.campaign_id = :campaign and y.youth_id = d.youth_id and y.state = any(:open)
                            returning y.campaign_id, y.youth_id, y.state),
                        """ + Leaving.of("left_queue"))
                .set("campaign", campaignId)
                .set("youth", youthId)
                .set("open", OPEN)
                .set("sixteen", now.atZone(PARIS).toLocalDate().minusYears(16))
                .set("keys", KEYS)
                .set("ends", ENDS)
                .set("now", now)
                .run();
    }
}
