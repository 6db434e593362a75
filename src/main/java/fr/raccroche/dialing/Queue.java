package fr.raccroche.dialing;

import fr.raccroche.campaign.AttemptPlan;
import fr.raccroche.campaign.AttemptResult;
import fr.raccroche.campaign.Campaign;
import fr.raccroche.platform.Json;
import fr.raccroche.platform.Sql;
import fr.raccroche.queue.Enrolment;
import fr.raccroche.queue.Places;
import fr.raccroche.queue.YouthState;
import fr.raccroche.youth.NumberOwner;
import fr.raccroche.youth.NumberState;
import fr.raccroche.youth.Telephone;
import fr.raccroche.youth.TelephoneState;
import fr.raccroche.youth.Telephones;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The queues of all campaigns, in the database: who waits for which call, drawn with all facts the rules look at. Beside
 * them the marks from which on this node looks, see {@link LowWater}.
 */
@ApplicationScoped
public class Queue {

    /** Agents that are served in one transaction, at most; each may cost one youth's facts. */
    static final int MOST_AT_ONCE = 500;

    private record PhoneJson(
            long id,
            String e164,
            NumberOwner owner,
            boolean mobile,
            NumberState state,
            boolean inUse,
            @Nullable TelephoneJson telephone,
            List<Long> others) {

        Phone phone(Prefixes prefixes, Instant now) {
            Telephone line =
                    telephone == null ? Telephone.USABLE : telephone.telephone().at(now);
            List<Instant> rings = others.stream().map(Instant::ofEpochMilli).toList();
            return new Phone(id, e164, owner, mobile, state, inUse, prefixes.allow(e164), line, rings);
        }
    }

    private record TelephoneJson(
            TelephoneState state, @Nullable Long until) {

        Telephone telephone() {
            return new Telephone(state, until == null ? null : Instant.ofEpochMilli(until));
        }
    }

    private record PastJson(long at, AttemptResult result, long phoneId, boolean here) {

        AttemptPlan.Past past() {
            return new AttemptPlan.Past(Instant.ofEpochMilli(at), result, phoneId);
        }
    }

    /** What the rules look at, of a row {@code y} that knows campaign and youth: one row each, found by index. */
    private static final String FACTS = """
            y.youth_id, y.state, y.withdrawn, y.listed_on, y.callback_agent,
            (select t.birth_date from youth t where t.id = y.youth_id) as birth_date,
            exists (select 1 from callback b where b.campaign_id = y.campaign_id and b.youth_id = y.youth_id
                       and b.done_at is null) as callback_asked,
            exists (select 1 from callback x where x.campaign_id = y.campaign_id and x.youth_id = y.youth_id
                       and x.done_at is null and x.reason = 'SMS_REPLY') as asked_by_text,
            exists (select 1 from objection o where o.youth_id = y.youth_id and o.lifted_at is null) as objected,
            (select max(r.settled_at) from campaign_youth r
              where r.youth_id = y.youth_id and r.state = 'REFUSED') as refused_at,
            (select cast(coalesce(json_agg(json_build_object('id', p.id, 'e164', p.e164, 'owner', p.owner,
                        'mobile', p.mobile, 'state', p.state, 'telephone', @telephone@,
                        'others', (select coalesce(json_agg(cast(extract(epoch from
                                              coalesce(r.rang_at, r.planned_at)) * 1000 as bigint)), '[]')
                                     from phone_number s join call_attempt r on r.phone_id = s.id
                                    where s.e164 = p.e164 and s.youth_id <> p.youth_id and r.n is not null
                                      and r.planned_at > cast(:now as timestamptz) - interval '36 hours'),
                        'inUse', exists (select 1 from call_attempt b
                                          where b.e164 = p.e164 and b.live and b.youth_id <> p.youth_id))
                        order by p.rank, p.id), '[]') as text)
               from phone_number p where p.youth_id = y.youth_id) as phones,
            (select cast(coalesce(json_agg(json_build_object(
                        'at', cast(extract(epoch from coalesce(a.rang_at, a.planned_at)) * 1000 as bigint),
                        'result', coalesce(a.result, 'LOST'), 'phoneId', a.phone_id,
                        'here', a.campaign_id = y.campaign_id) order by a.id), '[]') as text)
               from call_attempt a
              where a.youth_id = y.youth_id and a.n is not null and a.closed_at is not null) as past,
            least((select min(m.created_at) from sms_message m
                    where m.youth_id = y.youth_id and m.direction = 'OUT' and m.state in ('TO_SEND', 'SENDING')),
                  (select x.due_at from text_plan x
                    where x.youth_id = y.youth_id and x.campaign_id = y.campaign_id
                      and x.occasion = 'ANNOUNCEMENT' and x.settled_at is null)) as text_waiting,
            (select true from phone_number n join sms_message i on i.e164 = n.e164
              where n.youth_id = y.youth_id and n.state <> 'WRONG' and i.direction = 'IN' and i.handled_at is null
                and (i.kind in ('TIME', 'AUTOMATIC', 'PICTURE', 'EMPTY', 'UNCLEAR')
                     or (i.kind = 'YES' and not exists (select 1 from callback s
                                                         where s.youth_id = y.youth_id and s.done_at is null)))
              limit 1) is not null as reply_unread,
            (select max(i.not_before) from phone_number n join sms_message i on i.e164 = n.e164
              where n.youth_id = y.youth_id and n.state <> 'WRONG' and i.not_before is not null
                and not exists (select 1 from callback d where d.youth_id = y.youth_id and d.reason = 'ASKED'
                                   and d.created_at > i.created_at)) as told_not_before
            """.replace("@telephone@", Telephones.OF_PHONE);

    /**
     * The head of a campaign's queue, locked, for agents who are locked too: first, for each of them, whom they promised a
     * call in person. Each lane is entered at its low-water mark.
     * Whether a youth is in hand elsewhere is a scalar question on purpose: joined, it would be answered for everybody. And
     * it hides that closed_at is null, or the planner would read the small index of all open attempts each time.
     */
    private static final String DRAW = """
            with agent as materialized (@agents@)
            select c.state as campaign_state, coalesce(cast(cast(c.xmin as text) as bigint), 0) as version,
                   (select string_agg(cast(a.account_id as text), ',' order by a.since, a.account_id)
                      from agent a where a.free) as agents,
                   (select min(a.state) from agent a) as agent_state,
                   y.priority, y.next_attempt_at, @facts@
            from (select 1) as always
            left join campaign c on c.id = :campaign
            left join lateral (
                select w.* from agent a
                cross join lateral (
                    select q.campaign_id, q.youth_id, q.priority, q.next_attempt_at, q.state, q.withdrawn,
                           q.listed_on, q.callback_agent
                    from campaign_youth q
                    where q.callback_agent = a.account_id and q.campaign_id = :campaign and c.state = 'RUNNING'
                      and q.next_attempt_at <= :now and cast(:lanes as text) <> '[]'
                      and (select true from call_attempt h
                            where h.youth_id = q.youth_id and coalesce(h.closed_at, 'infinity') = 'infinity' limit 1)
                          is not true
                    order by q.next_attempt_at, q.youth_id
                    limit 1 for update skip locked) w
                where a.free
                union all
                select w.* from json_to_recordset(cast(cast(:lanes as text) as json))
                    as l(priority smallint, at timestamptz, "youthId" bigint)
                cross join lateral (
                    select q.campaign_id, q.youth_id, q.priority, q.next_attempt_at, q.state, q.withdrawn,
                           q.listed_on, q.callback_agent
                    from campaign_youth q
                    where q.campaign_id = :campaign and c.state = 'RUNNING' and q.priority = l.priority
                      and q.callback_agent is null
                      and (q.next_attempt_at, q.youth_id) >= (l.at, l."youthId") and q.next_attempt_at <= :now
                      and (select true from call_attempt h
                            where h.youth_id = q.youth_id and coalesce(h.closed_at, 'infinity') = 'infinity' limit 1)
                          is not true
                    order by q.next_attempt_at, q.youth_id
                    limit @most@ for update skip locked) w
                limit (select case when count(*) = 0 then 0 else coalesce(cast(:most as integer), count(*)) end
                         from agent a where a.free)) y on true
            """.replace("@facts@", FACTS);

    private static final String WAITING_AGENTS = """
            select p.account_id, p.since, p.state, true as free from agent_presence p
            where p.account_id = any(:agents) and p.campaign_id = :campaign and @waits@
            for update skip locked""".replace("@waits@", Agents.CAN_TAKE_A_CALL);

    private static final String ARRIVING_AGENT = """
            select p.account_id, p.since, p.state,
                   p.audio_sid is not null and p.state in ('OFFLINE', 'READY', 'PAUSED')
                       and not (@calling@) and not (@talking@) as free
            from agent_presence p where p.account_id = any(:agents)
            for update""".replace(
                    "@calling@", Agents.CALLER_WAITS.replace("@campaign@", ":campaign"))
            .replace("@talking@", Agents.LAST_CALL_GOES_ON);

    private static final String DRAW_ONE = drawing(WAITING_AGENTS, 1);
    private static final String DRAW_ON_ARRIVAL = drawing(ARRIVING_AGENT, 1);
    private static final String DRAW_MANY = drawing(WAITING_AGENTS, MOST_AT_ONCE);

    private final Json json;
    private final Function<String, List<PhoneJson>> phones;
    private final Function<String, List<PastJson>> past;
    private final Prefixes prefixes;
    private final LowWater lowWater = new LowWater(System::nanoTime);

    Queue(Json json, Prefixes prefixes) {
        this.json = json;
        this.phones = json.listsOf(PhoneJson.class);
        this.past = json.listsOf(PastJson.class);
        this.prefixes = prefixes;
    }

    private static String drawing(String agents, int most) {
        return DRAW.replace("@agents@", agents).replace("@most@", Integer.toString(most));
    }

    /**
     * The next youths that are due and in nobody's hands in any campaign, for those of {@code agents} who wait for this
     * campaign and are not being served by somebody else. Youths whom others hold are passed over.
     *
     * @param youths at most, where they may be more than the agents; empty for one each
     * @param look false to learn only how agents and campaign stand
     */
    Uni<Draw> draw(Sql sql, long campaignId, List<Long> agents, OptionalInt youths, boolean look, Instant now) {
        String text = youths.orElse(agents.size()) <= 1 ? DRAW_ONE : DRAW_MANY;
        return draw(sql, text, campaignId, agents, youths, look, now);
    }

    /** The same for one agent who comes to this campaign, whatever they did before; waits for whoever changes them. */
    Uni<Draw> drawOnArrival(Sql sql, long campaignId, long agentId, boolean look, Instant now) {
        return draw(sql, DRAW_ON_ARRIVAL, campaignId, List.of(agentId), OptionalInt.empty(), look, now);
    }

    private Uni<Draw> draw(
            Sql sql, String text, long campaignId, List<Long> agents, OptionalInt youths, boolean look, Instant now) {
        return (look ? lanes(sql, campaignId) : Uni.createFrom().item(List.<QueuePlace>of()))
                .chain(lanes -> sql.query(text)
                        .set("agents", agents.toArray(Long[]::new))
                        .set("campaign", campaignId)
                        .set("lanes", json.write(lanes))
                        .set("most", youths.isPresent() ? youths.getAsInt() : null)
                        .set("now", now)
                        .list(row -> row))
                .map(rows -> draw(campaignId, rows, now));
    }

    private Draw draw(long campaignId, List<Sql.Row> rows, Instant now) {
        Sql.Row first = rows.getFirst();
        String agents = first.textOrNull("agents");
        List<Sql.Row> found =
                rows.stream().filter(row -> row.idOrNull("youth_id") != null).toList();
        found.stream()
                .filter(row -> row.idOrNull("callback_agent") == null)
                .forEach(row -> lowWater.raise(campaignId, QueuePlace.of(row)));
        return new Draw(
                first.constantOrNull(Campaign.State.class, "campaign_state"),
                first.id("version"),
                agents == null
                        ? List.of()
                        : Arrays.stream(agents.split(",")).map(Long::valueOf).toList(),
                first.constantOrNull(Agents.State.class, "agent_state"),
                found.stream()
                        .<Drawn>map(row -> campaign -> candidate(row, campaign, now))
                        .toList());
    }

    private Uni<List<QueuePlace>> lanes(Sql sql, long campaignId) {
        List<QueuePlace> known = lowWater.lanes(campaignId);
        if (known != null) {
            return Uni.createFrom().item(known);
        }
        LowWater.Reading reading = lowWater.reading(campaignId);
        return firstWaiting(sql, campaignId).invoke(reading::found);
    }

    /** The first youth of each priority who waits, due or not, locked or not: one step down the index for each. */
    private Uni<List<QueuePlace>> firstWaiting(Sql sql, long campaignId) {
        return sql.query("""
                        with recursive lane as (
                            (select priority, next_attempt_at, youth_id from campaign_youth
                              where campaign_id = :campaign and next_attempt_at is not null
                              order by priority desc, next_attempt_at, youth_id limit 1)
                            union all
                            select n.* from lane l cross join lateral (
                                select priority, next_attempt_at, youth_id from campaign_youth
                                 where campaign_id = :campaign and next_attempt_at is not null
                                   and priority < l.priority
                                 order by priority desc, next_attempt_at, youth_id limit 1) n)
                        select * from lane""").set("campaign", campaignId).list(QueuePlace::of);
    }

    /** One youth of a campaign, locked. */
    Uni<Candidate> candidate(Sql sql, Campaign campaign, long youthId, Instant now) {
        return sql.query("select y.next_attempt_at, " + FACTS + """
                         from campaign_youth y where y.campaign_id = :campaign and y.youth_id = :youth for update of y""")
                .set("campaign", campaign.id())
                .set("youth", youthId)
                .set("now", now)
                .one(row -> candidate(row, campaign, now));
    }

    /** Facts of one youth and campaign for showing, without a lock; null when the youth is not in it. */
    public Uni<CallingRules.@Nullable Facts> peekFacts(Sql sql, Campaign campaign, long youthId, Instant now) {
        return sql.query("select y.next_attempt_at, " + FACTS + """
                        , exists (select 1 from call_attempt o
                                   where o.youth_id = y.youth_id and o.closed_at is null) as in_hand
                        from campaign_youth y where y.campaign_id = :campaign and y.youth_id = :youth""")
                .set("campaign", campaign.id())
                .set("youth", youthId)
                .set("now", now)
                .first(row -> candidate(row, campaign, row.flag("in_hand"), now).facts());
    }

    /**
     * The campaigns of a youth, latest first.
     *
     * @param agent only if this agent works for one of them now or called the youth before; null for all
     */
    public Uni<List<Long>> campaignsOf(Sql sql, long youthId, @Nullable Long agent) {
        return sql.query("""
                        select y.campaign_id from campaign_youth y
                        where y.youth_id = :youth
                          and (cast(:agent as bigint) is null
                               or exists (select 1 from call_attempt a
                                           where a.youth_id = y.youth_id and a.agent_id = :agent)
                               or exists (select 1 from agent_presence p join campaign_youth c
                                                       on c.campaign_id = p.campaign_id and c.youth_id = y.youth_id
                                           where p.account_id = :agent))
                        order by y.campaign_id desc""").set("youth", youthId).set("agent", agent).list(row -> row.id("campaign_id"));
    }

    /** A youth whom nobody else has in hand: whoever asks locked them, or took them. */
    private Candidate candidate(Sql.Row row, Campaign campaign, Instant now) {
        return candidate(row, campaign, false, now);
    }

    private Candidate candidate(Sql.Row row, Campaign campaign, boolean inHand, Instant now) {
        var standing = new CallingRules.Standing(
                row.constant(YouthState.class, "state"),
                row.flag("objected"),
                row.instantOrNull("refused_at"),
                row.flag("withdrawn"),
                inHand,
                row.flag("callback_asked"),
                row.flag("asked_by_text"),
                row.instantOrNull("next_attempt_at"),
                row.instantOrNull("text_waiting"),
                row.flag("reply_unread"),
                row.instantOrNull("told_not_before"),
                row.dateOrNull("listed_on"));
        List<Phone> numbers = phones.apply(row.text("phones")).stream()
                .map(p -> p.phone(prefixes, now))
                .toList();
        return new Candidate(
                row.id("youth_id"),
                new CallingRules.Facts(campaign, row.date("birth_date"), standing, numbers, history(row.text("past"))),
                row.idOrNull("callback_agent"));
    }

    private AttemptPlan.History history(String counted) {
        List<PastJson> all = past.apply(counted);
        return new AttemptPlan.History(
                all.stream().filter(PastJson::here).map(PastJson::past).toList(),
                all.stream().filter(p -> !p.here()).map(PastJson::past).toList());
    }

    /** Where the youth stands after an attempt or a rule: back in the queue, or in a final state, which no call awaits. */
    public Uni<Void> put(
            Sql sql,
            long campaignId,
            long youthId,
            YouthState state,
            @Nullable Instant nextAttemptAt,
            int priority,
            Instant now) {
        if (nextAttemptAt != null) {
            lowWater.lower(campaignId, new QueuePlace(priority, nextAttemptAt, youthId));
        }
        return Places.put(sql, campaignId, youthId, state, nextAttemptAt, priority, now);
    }

    /** Attempts at the youth that count, the one in hand included. */
    public Uni<Integer> used(Sql sql, long campaignId, long youthId) {
        return sql.query("select attempts from campaign_youth where campaign_id = :campaign and youth_id = :youth")
                .set("campaign", campaignId)
                .set("youth", youthId)
                .one(row -> row.integer("attempts"));
    }

    /** Somebody decided about a number: whoever waited for that is due again. */
    public Uni<Void> comeBack(Sql sql, String e164, Instant now) {
        return Places.comeBack(sql, e164, now)
                .invoke(places -> places.forEach(this::waitsAgain))
                .replaceWithVoid();
    }

    /** Somebody at this place, whom only one agent could call, waits for all of them. */
    void waitsAgain(Sql.Row row) {
        lowWater.lower(row.id("campaign_id"), QueuePlace.of(row));
    }
    /** Open campaigns in which this youth waits for a call or is being called; first whichever wrote to them last. */
    public Uni<List<OpenCampaign>> openCampaigns(Sql sql, long youthId) {
        return sql.query("""
                        select y.campaign_id, y.next_attempt_at is not null as waiting
                        from campaign_youth y join campaign c on c.id = y.campaign_id
                        where y.youth_id = :youth and y.settled_at is null and c.state in ('RUNNING', 'PAUSED')
                        order by (select max(m.created_at) from sms_message m
                                   where m.youth_id = y.youth_id and m.campaign_id = y.campaign_id
                                     and m.direction = 'OUT') desc nulls last, y.campaign_id
                        for update of y""")
                .set("youth", youthId)
                .list(row -> new OpenCampaign(row.id("campaign_id"), row.flag("waiting")));
    }

    /**
     * Other open campaigns that are done with this youth, or leave them alone for a while, because of what was said in this
     * attempt.
     *
     * @param here the state that it brought in its own campaign
     */
    Uni<List<Long>> closedBy(Sql sql, Attempt attempt, YouthState here) {
        return sql.query("""
                        select y.campaign_id from campaign_youth y join campaign c on c.id = y.campaign_id
                        where y.youth_id = :youth and y.campaign_id <> :campaign and c.state in ('RUNNING', 'PAUSED')
                          and (y.state = :there and y.settled_at >= cast(:closed as timestamptz)
                               or :there = 'REFUSED' and y.state = 'TO_CALL'
                                  and y.next_attempt_at >= cast(:closed as timestamptz) + :leave * interval '1 day')
                        order by y.campaign_id for update of y""")
                .set("youth", attempt.youthId())
                .set("campaign", attempt.campaignId())
                .set("there", here == YouthState.REFERRED ? YouthState.ALREADY_FOLLOWED : here)
                .set("closed", attempt.times().closedAt())
                .set("leave", Enrolment.DAYS_AFTER_REFUSAL)
                .list(row -> row.id("campaign_id"));
    }

    /** Open campaigns that are done with this youth because they objected. */
    Uni<List<Long>> closedByObjection(Sql sql, long youthId) {
        return sql.query("""
                        select y.campaign_id from campaign_youth y join campaign c on c.id = y.campaign_id
                        where y.youth_id = :youth and y.state = 'OBJECTED' and c.state in ('RUNNING', 'PAUSED')
                        order by y.campaign_id for update of y""").set("youth", youthId).list(row -> row.id("campaign_id"));
    }
}
