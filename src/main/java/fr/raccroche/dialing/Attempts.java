package fr.raccroche.dialing;

import fr.raccroche.campaign.AttemptPlan;
import fr.raccroche.campaign.AttemptResult;
import fr.raccroche.campaign.Campaign;
import fr.raccroche.campaign.ContactRates;
import fr.raccroche.platform.Json;
import fr.raccroche.platform.Nothing;
import fr.raccroche.platform.Outbox;
import fr.raccroche.platform.Sql;
import fr.raccroche.platform.Tokens;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The attempt ledger. Ten at most count per youth and campaign: {@code n} is unique and bounded, so the database itself
 * refuses an eleventh, whatever runs concurrently; it also refuses two open attempts of one youth, of one agent, and two
 * live calls to one number.
 */
@ApplicationScoped
public class Attempts {

    /** Life of an attempt; {@code closed} is set beside it when a result is known or an outcome was recorded. */
    public enum State {
        PREVIEW,
        INTENT,
        DIALING,
        UNKNOWN,
        QUEUED,
        RINGING,
        ANSWERED,
        COMPLETED,
        BUSY,
        NO_ANSWER,
        FAILED,
        CANCELED,
        LOST,
        PASSED;

        /** A later report never moves an attempt back. */
        int rank() {
            return switch (this) {
                case PREVIEW -> 0;
                case INTENT -> 1;
                case DIALING, UNKNOWN -> 2;
                case QUEUED -> 3;
                case RINGING -> 4;
                case ANSWERED -> 5;
                case COMPLETED, BUSY, NO_ANSWER, FAILED, CANCELED, LOST, PASSED -> 6;
            };
        }

        boolean isOver() {
            return rank() == 6;
        }
    }

    /** The agent of a line that is nobody's until somebody answers, see {@link Campaign.Mode#BURST}. */
    static final long NOBODY = -1;

    /**
     * An attempt as stored.
     *
     * @param agentId {@link #NOBODY} while agents share the line
     * @param inbound whether the youth rang us: it takes none of the ten places
     * @param admittedAt when the youth was let through to the agent, by the database's clock
     * @param bridgedAt when the youth and the agent were together on one line, by the database's clock
     * @param machine whether Twilio thinks that a machine answered
     */
    public record Attempt(
            long id,
            long campaignId,
            long youthId,
            long agentId,
            long phoneId,
            String e164,
            State state,
            String token,
            String actionId,
            @Nullable String callSid,
            boolean counted,
            boolean inbound,
            Instant plannedAt,
            @Nullable Instant rangAt,
            @Nullable Instant answeredAt,
            @Nullable Instant endedAt,
            @Nullable Instant closedAt,
            @Nullable Instant admittedAt,
            @Nullable Instant bridgedAt,
            boolean machine) {

        boolean isOpen() {
            return closedAt == null;
        }

        /** Whether the youth answered and is still alone on the line, as far as is known. */
        boolean isAlone() {
            return isOpen() && state == State.ANSWERED && bridgedAt == null;
        }

        /** Whether we called, and the youth was never let through to an agent: it is no talk, however it ends. */
        boolean isUnheard() {
            return !inbound && admittedAt == null;
        }

        /** Whether it has no agent yet. */
        boolean isShared() {
            return agentId == NOBODY;
        }

        /** Whether a phone may still be ringing or talking. */
        boolean isLive() {
            return endedAt == null && !state.isOver() && state != State.PREVIEW;
        }
    }

    /** Agents that are served in one transaction, at most; each may cost one youth's facts. */
    static final int MOST_AT_ONCE = 500;

    /**
     * A youth in the queue with everything the rules look at.
     *
     * @param promisedBy the agent who promised this call in person; null when anybody may keep it
     */
    record Candidate(
            long youthId,
            CallingRules.Facts facts,
            @Nullable Long promisedBy) {}

    /** A youth that was drawn; the facts are complete when the campaign is known. */
    interface Drawn {
        Candidate in(Campaign campaign);
    }

    /**
     * What was drawn, all of it locked.
     *
     * @param campaignState null when there is no such campaign
     * @param campaignVersion changes whenever the campaign's row does
     * @param agents who can take a call now, longest waiting first
     * @param agentState what the agent does, when one was asked for; null when they never came
     * @param youths at most one for each agent, in the order in which they should be called
     */
    record Draw(
            Campaign.@Nullable State campaignState,
            long campaignVersion,
            List<Long> agents,
            Agents.@Nullable State agentState,
            List<Drawn> youths) {}

    /** A youth taken for an agent, or for {@link #NOBODY} yet. */
    record Opening(long youthId, long agentId, Phone phone) {}

    private record OpeningJson(
            long youth, @Nullable Long agent, long phone, String e164, String token, String action) {}

    /**
     * Lines of a campaign that are nobody's yet.
     *
     * @param answered somebody is there already and needs an agent
     */
    record Shared(int ringing, int answered) {

        static final Shared NONE = new Shared(0, 0);
    }

    private record PhoneJson(
            long id, String e164, Phone.Owner owner, boolean mobile, Phone.State state, boolean inUse) {}

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
            exists (select 1 from objection o where o.youth_id = y.youth_id and o.lifted_at is null) as objected,
            (select cast(coalesce(json_agg(json_build_object('id', p.id, 'e164', p.e164, 'owner', p.owner,
                        'mobile', p.mobile, 'state', p.state,
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
            exists (select 1 from sms_message i join sms_message o on o.youth_id = i.youth_id
                     where i.youth_id = y.youth_id and i.direction = 'IN' and i.handled_at is null
                       and o.direction = 'OUT' and o.campaign_id = y.campaign_id and o.created_at <= i.created_at
                       and not exists (select 1 from call_attempt l where l.youth_id = i.youth_id
                                          and l.n is not null and l.planned_at > i.created_at)) as reply_unread
            """;

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

    private static final String OPEN =
            """
            with opening as (
                select * from json_to_recordset(cast(cast(:openings as text) as json))
                    as o(youth bigint, agent bigint, phone bigint, e164 text, token text, action text)),
            taken as (
                update campaign_youth y set state = 'IN_CALL', next_attempt_at = null,
                       attempts = y.attempts + case when :counts then 1 else 0 end
                from opening o where y.campaign_id = :campaign and y.youth_id = o.youth
                returning y.youth_id, y.attempts),
            moved as (
                update agent_presence p set state = :agentState, since = :now, campaign_id = :campaign,
                       wanted = 'READY', seen_at = case when :arriving then now() else p.seen_at end,
                       ran_out = case when :arriving then 0 else p.ran_out end
                from opening o where p.account_id = o.agent),
            opened as (
                insert into call_attempt (campaign_id, youth_id, agent_id, phone_id, e164, n, state, token,
                    action_id, planned_at)
                select :campaign, o.youth, o.agent, o.phone, o.e164,
                       case when :counts then t.attempts end, :state, o.token, o.action, :now
                from taken t join opening o on o.youth = t.youth_id
                order by o.e164
                returning id, youth_id),
            sent as (@sent@ where :counts)
            select id, youth_id from opened
            """.replace("@sent@", Outbox.stored(Outbox.CALLS_TO_PLACE, "attemptId", "opened"));

    private static final String RING_IN = """
            with taken as (
                update campaign_youth set state = 'IN_CALL', next_attempt_at = null
                where campaign_id = :campaign and youth_id = :youth and settled_at is null)
            insert into call_attempt (campaign_id, youth_id, agent_id, phone_id, e164, inbound, state, token, action_id,
                call_sid, shown, planned_at, rang_at, answered_at, ended_at, admitted_at)
            select :campaign, :youth, :agent, p.id, p.e164, true, :state, :token, :action, :sid, :shown, :at, :at, :at,
                   cast(:ended as timestamptz), now()
            from phone_number p where p.id = :phone
            returning id""";

    private static final String COLUMNS = """
            a.id, a.campaign_id, a.youth_id, a.agent_id, a.phone_id, a.e164, a.state, a.token, a.action_id, a.call_sid,
            a.n, a.inbound, a.planned_at, a.rang_at, a.answered_at, a.ended_at, a.closed_at, a.admitted_at,
            a.bridged_at, a.answered_by
            """;

    private final Json json;
    private final Function<String, List<PhoneJson>> phones;
    private final Function<String, List<PastJson>> past;
    private final Tokens tokens;
    private final Prefixes prefixes;
    private final LowWater lowWater = new LowWater(System::nanoTime);

    Attempts(Json json, Tokens tokens, DialingConfig config) {
        this.json = json;
        this.phones = json.listsOf(PhoneJson.class);
        this.past = json.listsOf(PastJson.class);
        this.tokens = tokens;
        this.prefixes = new Prefixes(config.prefixes());
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
        return (look ? lanes(sql, campaignId) : Uni.createFrom().item(List.<LowWater.Place>of()))
                .chain(lanes -> sql.query(text)
                        .set("agents", agents.toArray(Long[]::new))
                        .set("campaign", campaignId)
                        .set("lanes", json.write(lanes))
                        .set("most", youths.isPresent() ? youths.getAsInt() : null)
                        .set("now", now)
                        .list(row -> row))
                .map(rows -> draw(campaignId, rows));
    }

    private Draw draw(long campaignId, List<Sql.Row> rows) {
        Sql.Row first = rows.getFirst();
        String agents = first.textOrNull("agents");
        List<Sql.Row> found =
                rows.stream().filter(row -> row.idOrNull("youth_id") != null).toList();
        found.stream()
                .filter(row -> row.idOrNull("callback_agent") == null)
                .forEach(row -> lowWater.raise(campaignId, place(row)));
        return new Draw(
                first.constantOrNull(Campaign.State.class, "campaign_state"),
                first.id("version"),
                agents == null
                        ? List.of()
                        : Arrays.stream(agents.split(",")).map(Long::valueOf).toList(),
                first.constantOrNull(Agents.State.class, "agent_state"),
                found.stream()
                        .<Drawn>map(row -> campaign -> candidate(row, campaign))
                        .toList());
    }

    private static LowWater.Place place(Sql.Row row) {
        return new LowWater.Place(row.integer("priority"), row.instant("next_attempt_at"), row.id("youth_id"));
    }

    private Uni<List<LowWater.Place>> lanes(Sql sql, long campaignId) {
        List<LowWater.Place> known = lowWater.lanes(campaignId);
        if (known != null) {
            return Uni.createFrom().item(known);
        }
        LowWater.Reading reading = lowWater.reading(campaignId);
        return firstWaiting(sql, campaignId).invoke(reading::found);
    }

    /** The first youth of each priority who waits, due or not, locked or not: one step down the index for each. */
    private Uni<List<LowWater.Place>> firstWaiting(Sql sql, long campaignId) {
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
                        select * from lane""").set("campaign", campaignId).list(Attempts::place);
    }

    /** One youth of a campaign, locked. */
    Uni<Candidate> candidate(Sql sql, Campaign campaign, long youthId) {
        return sql.query("select y.next_attempt_at, " + FACTS + """
                         from campaign_youth y where y.campaign_id = :campaign and y.youth_id = :youth for update of y""")
                .set("campaign", campaign.id())
                .set("youth", youthId)
                .one(row -> candidate(row, campaign));
    }

    /** Facts of one youth and campaign for showing, without a lock; null when the youth is not in it. */
    public Uni<CallingRules.@Nullable Facts> peekFacts(Sql sql, Campaign campaign, long youthId) {
        return sql.query("select y.next_attempt_at, " + FACTS + """
                        , exists (select 1 from call_attempt o
                                   where o.youth_id = y.youth_id and o.closed_at is null) as in_hand
                        from campaign_youth y where y.campaign_id = :campaign and y.youth_id = :youth""")
                .set("campaign", campaign.id())
                .set("youth", youthId)
                .first(row -> candidate(row, campaign, row.flag("in_hand")).facts());
    }

    /**
     * An attempt for showing.
     *
     * @param n which of the ten it is; null when it does not count
     * @param result null while it is open
     * @param inbound whether the youth rang us
     */
    public record Entry(
            long campaignId,
            Instant at,
            @Nullable Integer n,
            @Nullable AttemptResult result,
            Phone.Owner owner,
            boolean inbound) {}

    /** The attempts at a youth in all campaigns, oldest first, those only looked at left out. */
    public Uni<List<Entry>> ledger(Sql sql, long youthId) {
        return sql.query("""
                        select a.campaign_id, coalesce(a.rang_at, a.planned_at) as at, a.n, a.result, p.owner,
                               a.inbound
                        from call_attempt a join phone_number p on p.id = a.phone_id
                        where a.youth_id = :youth and (a.result is null or a.result not in ('PASSED', 'NOT_PLACED'))
                          and a.state <> 'PREVIEW'
                        order by a.id""")
                .set("youth", youthId)
                .list(row -> new Entry(
                        row.id("campaign_id"),
                        row.instant("at"),
                        row.integerOrNull("n"),
                        row.constantOrNull(AttemptResult.class, "result"),
                        row.constant(Phone.Owner.class, "owner"),
                        row.flag("inbound")));
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
    private Candidate candidate(Sql.Row row, Campaign campaign) {
        return candidate(row, campaign, false);
    }

    private Candidate candidate(Sql.Row row, Campaign campaign, boolean inHand) {
        var standing = new CallingRules.Standing(
                row.constant(YouthState.class, "state"),
                row.flag("objected"),
                row.flag("withdrawn"),
                inHand,
                row.flag("callback_asked"),
                row.instantOrNull("next_attempt_at"),
                row.instantOrNull("text_waiting"),
                row.flag("reply_unread"),
                row.dateOrNull("listed_on"));
        List<Phone> numbers = phones.apply(row.text("phones")).stream()
                .map(p -> new Phone(
                        p.id(), p.e164(), p.owner(), p.mobile(), p.state(), p.inUse(), prefixes.allow(p.e164())))
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

    /**
     * Takes the youths for their agents, all or none: the attempts exist from here on, and those that are to be dialled
     * at once are events in the outbox. An intent uses up one of the ten at once, and gives it back only when the network
     * was surely not reached.
     *
     * @param state PREVIEW or INTENT
     * @param arriving whether the agents are here at this moment, and not only known to wait
     */
    Uni<List<Attempt>> open(
            Sql sql, long campaignId, State state, List<Opening> openings, boolean arriving, Instant now) {
        Map<Long, OpeningJson> made = openings.stream()
                .map(o -> new OpeningJson(
                        o.youthId(),
                        o.agentId() == NOBODY ? null : o.agentId(),
                        o.phone().id(),
                        o.phone().e164(),
                        tokens.next(),
                        tokens.next()))
                .collect(Collectors.toMap(OpeningJson::youth, o -> o));
        return sql.query(OPEN)
                .set("openings", json.write(made.values()))
                .set("counts", state == State.INTENT)
                .set("campaign", campaignId)
                .set("agentState", state == State.INTENT ? Agents.State.DIALING : Agents.State.PREVIEW)
                .set("arriving", arriving)
                .set("state", state)
                .set("now", now)
                .list(row -> opened(
                        row.id("id"), campaignId, state, Objects.requireNonNull(made.get(row.id("youth_id"))), now));
    }

    private static Attempt opened(long id, long campaignId, State state, OpeningJson opening, Instant now) {
        return new Attempt(
                id,
                campaignId,
                opening.youth(),
                opening.agent() == null ? NOBODY : opening.agent(),
                opening.phone(),
                opening.e164(),
                state,
                opening.token(),
                opening.action(),
                null,
                state == State.INTENT,
                false,
                now,
                null,
                null,
                null,
                null,
                null,
                null,
                false);
    }

    /** A youth who rings us, and whom an agent has. */
    record RingIn(
            long campaignId,
            long youthId,
            long agentId,
            long phoneId,
            String callSid,
            String shown,
            Instant at,
            @Nullable Instant endedAt) {}

    /**
     * A call from the youth becomes an attempt that takes no place; whoever still waited for a call is in this one. The
     * queue row is locked, and no other attempt at them is open. Answers its id.
     */
    Uni<Long> ringIn(Sql sql, RingIn call) {
        return sql.query(RING_IN)
                .set("campaign", call.campaignId())
                .set("youth", call.youthId())
                .set("agent", call.agentId())
                .set("phone", call.phoneId())
                .set("sid", call.callSid())
                .set("shown", call.shown())
                .set("state", call.endedAt() == null ? State.ANSWERED : State.COMPLETED)
                .set("token", tokens.next())
                .set("action", tokens.next())
                .set("at", call.at())
                .set("ended", call.endedAt())
                .one(row -> row.id("id"));
    }

    /** The agent read the file and calls: the preview becomes an intent and takes its place among the ten. */
    Uni<Void> promote(Sql sql, Attempt preview, Instant now) {
        return sql.update("""
                        with taken as (
                            update campaign_youth set attempts = attempts + 1
                            where campaign_id = :campaign and youth_id = :youth returning attempts)
                        update call_attempt a set state = 'INTENT', n = taken.attempts, planned_at = :now,
                               changed_at = now(), lease_until = now()
                        from taken where a.id = :id and a.state = 'PREVIEW' and a.closed_at is null""")
                .set("campaign", preview.campaignId())
                .set("youth", preview.youthId())
                .set("now", now)
                .set("id", preview.id())
                .run();
    }

    public Uni<@Nullable Attempt> byToken(Sql sql, String token) {
        return sql.query("select " + COLUMNS + " from call_attempt a where a.token = :token for update")
                .set("token", token)
                .first(Attempts::attempt);
    }

    /**
     * What the network said about an attempt, which is locked.
     *
     * @param sipCode as it was sent
     */
    record Reported(
            Attempt attempt,
            String sid,
            String status,
            @Nullable String sipCode) {}

    /** A stored report with its attempt; null when nobody knows the token. */
    Uni<@Nullable Reported> reported(Sql sql, long eventId) {
        return sql.query(
                        "select e.call_sid as event_sid, e.status, e.fields ->> 'SipResponseCode' as sip_code, "
                                + COLUMNS
                                + " from call_event e join call_attempt a on a.token = e.token where e.id = :id for update of a")
                .set("id", eventId)
                .first(row -> new Reported(
                        attempt(row), row.text("event_sid"), row.text("status"), row.textOrNull("sip_code")));
    }

    Uni<@Nullable Attempt> byId(Sql sql, long id) {
        return sql.query("select " + COLUMNS + " from call_attempt a where a.id = :id for update")
                .set("id", id)
                .first(Attempts::attempt);
    }

    /** What {@code work} answers about an attempt that is still open; null when it is not, or there is none. */
    <T> Uni<@Nullable T> ifOpen(Sql sql, long id, Function<Attempt, Uni<T>> work) {
        return byId(sql, id)
                .chain(attempt -> attempt == null || !attempt.isOpen() ? Nothing.found() : work.apply(attempt));
    }

    /** The attempt that the agent holds: ringing, talking, or waiting for its outcome. */
    public Uni<@Nullable Attempt> heldBy(Sql sql, long agentId) {
        return sql.query("select " + COLUMNS
                        + " from call_attempt a where a.agent_id = :agent and a.closed_at is null for update")
                .set("agent", agentId)
                .first(Attempts::attempt);
    }

    /** The same without a lock, for showing. */
    public Uni<@Nullable Attempt> peekHeldBy(Sql sql, long agentId) {
        return sql.query("select " + COLUMNS + " from call_attempt a where a.agent_id = :agent and a.closed_at is null")
                .set("agent", agentId)
                .first(Attempts::attempt);
    }

    /** Whether this intent is older than {@code patience}, real time. */
    Uni<Boolean> waitsLongerThan(Sql sql, long id, Duration patience) {
        return sql.query("""
                        select lease_until < now() - :millis * interval '1 millisecond' as too_long
                        from call_attempt where id = :id""").set("millis", patience.toMillis()).set("id", id).one(row -> row.flag("too_long"));
    }

    /**
     * INTENT to DIALING under a lease; false when another worker or a cancellation was faster.
     *
     * @param shown the number that the youth will see, now and later
     */
    Uni<Boolean> startDialing(Sql sql, Attempt attempt, String shown, Duration lease) {
        return sql.update("""
                        with seen as (
                            update campaign_youth set shown_number = :shown
                            where campaign_id = :campaign and youth_id = :youth
                              and shown_number is distinct from :shown)
                        update call_attempt set state = 'DIALING', lease_until = now() + :seconds * interval '1 second',
                               shown = :shown, changed_at = now()
                        where id = :id and state = 'INTENT' and closed_at is null""")
                .set("shown", shown)
                .set("campaign", attempt.campaignId())
                .set("youth", attempt.youthId())
                .set("seconds", lease.toSeconds())
                .set("id", attempt.id())
                .count()
                .map(changed -> changed == 1);
    }

    /** Twilio took the call; a webhook may have said so before. */
    Uni<Void> placed(Sql sql, long id, String sid) {
        return sql.update("""
                        update call_attempt set call_sid = coalesce(call_sid, :sid), changed_at = now(),
                               state = case when state in ('DIALING', 'UNKNOWN') then 'QUEUED' else state end
                        where id = :id""").set("sid", sid).set("id", id).run();
    }

    /** Nobody knows whether Twilio took the call. */
    Uni<Void> inDoubt(Sql sql, long id) {
        return sql.update("""
                        update call_attempt set state = 'UNKNOWN', changed_at = now()
                        where id = :id and state = 'DIALING' and call_sid is null""").set("id", id).run();
    }

    /** For {@code length}, real time, something is said to whoever is on the line: nobody ends the call meanwhile. */
    Uni<Void> speak(Sql sql, long id, Duration length) {
        return sql.update(
                        "update call_attempt set message_until = now() + :millis * interval '1 millisecond' where id = :id")
                .set("millis", length.toMillis())
                .set("id", id)
                .run();
    }

    /** Nothing is said after all: the call may be ended. */
    Uni<Void> speakNoMore(Sql sql, long id) {
        return sql.update("update call_attempt set message_until = null where id = :id")
                .set("id", id)
                .run();
    }

    /** Whether something is being said at this moment. */
    Uni<Boolean> isSpokenTo(Sql sql, long id) {
        return sql.query("select coalesce(message_until > now(), false) as spoken from call_attempt where id = :id")
                .set("id", id)
                .one(row -> row.flag("spoken"));
    }

    /** What the network reports, written only forward. */
    Uni<Void> advance(Sql sql, Attempt attempt, State state, @Nullable String sid, Instant now) {
        return sql.update("""
                        update call_attempt set state = :state, call_sid = coalesce(call_sid, :sid), changed_at = now(),
                               rang_at = case when :rang then coalesce(rang_at, :now) else rang_at end,
                               answered_at = case when :answered then coalesce(answered_at, :now) else answered_at end,
                               ended_at = case when :over then coalesce(ended_at, :now) else ended_at end
                        where id = :id""")
                .set("state", state)
                .set("sid", sid)
                .set("now", now)
                .set("rang", state.rank() >= State.RINGING.rank() && state != State.FAILED && state != State.CANCELED)
                .set("answered", state == State.ANSWERED || state == State.COMPLETED)
                .set("over", state.isOver())
                .set("id", attempt.id())
                .run();
    }

    /** Lines of the campaign that wait for their agent, those of this transaction included. */
    Uni<Shared> shared(Sql sql, long campaignId) {
        return sql.query("""
                        select count(*) filter (where state <> 'ANSWERED') as ringing,
                               count(*) filter (where state = 'ANSWERED') as answered
                        from call_attempt where campaign_id = :campaign and live and agent_id is null""")
                .set("campaign", campaignId)
                .one(row -> new Shared(row.integer("ringing"), row.integer("answered")));
    }

    /** A shared line has found its agent. */
    Uni<Void> give(Sql sql, long id, long agentId) {
        return sql.update("update call_attempt set agent_id = :agent where id = :id and agent_id is null")
                .set("agent", agentId)
                .set("id", id)
                .run();
    }

    /** The youth is let through to the agent. */
    Uni<Void> admit(Sql sql, long id) {
        return sql.update("update call_attempt set admitted_at = coalesce(admitted_at, now()) where id = :id")
                .set("id", id)
                .run();
    }

    /** The call of somebody who was let through has joined the agent's conference. */
    Uni<Void> joined(Sql sql, String sid) {
        return sql.update("""
                        update call_attempt set bridged_at = now()
                        where call_sid = :sid and admitted_at is not null and bridged_at is null""").set("sid", sid).run();
    }

    /** The agent's line was up all the while: the youth joined it at once, and the report of that was lost. */
    Uni<Void> joinedAtOnce(Sql sql, long id) {
        return sql.update("update call_attempt set bridged_at = admitted_at where id = :id and bridged_at is null")
                .set("id", id)
                .run();
    }

    /** Youths who were let through {@code silence} ago, real time, and are not known to be with anybody. */
    Uni<List<Attempt>> alone(Sql sql, Duration silence) {
        return sql.query("select " + COLUMNS + """
                         from call_attempt a
                        where a.bridged_at is null and a.ended_at is null and a.admitted_at is not null
                          and a.admitted_at < now() - :millis * interval '1 millisecond'
                          and a.closed_at is null and a.state = 'ANSWERED'
                        order by a.admitted_at limit 50""")
                .set("millis", silence.toMillis())
                .list(Attempts::attempt);
    }

    /** What machine detection said of the call. */
    Uni<Void> answeredBy(Sql sql, long id, String who) {
        return sql.update("update call_attempt set answered_by = :who where id = :id")
                .set("who", who)
                .set("id", id)
                .run();
    }

    private static boolean isMachine(@Nullable String answeredBy) {
        return answeredBy != null && (answeredBy.startsWith("machine") || answeredBy.equals("fax"));
    }

    /** Notes that the attempt was looked after just now, so that the sweeper leaves it alone for a while. */
    Uni<Void> touch(Sql sql, long id) {
        return sql.update("update call_attempt set changed_at = now() where id = :id")
                .set("id", id)
                .run();
    }

    /** Ends the attempt with its result; one that does not count gives its place among the ten back. */
    Uni<Void> close(Sql sql, Attempt attempt, AttemptResult result, @Nullable Integer errorCode, Instant now) {
        return sql.update("""
                        with given_back as (
                            update campaign_youth set attempts = attempts - 1
                            where campaign_id = :campaign and youth_id = :youth and :giveBack)
                        update call_attempt set closed_at = :now, result = :result, error_code = :error,
                               n = case when :counts then n end, changed_at = now()
                        where id = :id and closed_at is null""")
                .set("campaign", attempt.campaignId())
                .set("youth", attempt.youthId())
                .set("giveBack", attempt.counted() && !result.counts())
                .set("now", now)
                .set("result", result)
                .set("error", errorCode)
                .set("counts", result.counts())
                .set("id", attempt.id())
                .run();
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
            lowWater.lower(campaignId, new LowWater.Place(priority, nextAttemptAt, youthId));
        }
        return sql.update("""
                        with promise as (
                            update callback set done_at = :now
                            where :final and campaign_id = :campaign and youth_id = :youth and done_at is null)
                        update campaign_youth
                           set state = case when withdrawn and not :final then 'WITHDRAWN' else :state end,
                               next_attempt_at = case when not withdrawn then cast(:next as timestamptz) end,
                               priority = :priority,
                               callback_agent = case when :state = 'CALLBACK' then callback_agent end,
                               settled_at = case when :final or withdrawn then cast(:now as timestamptz) end
                        where campaign_id = :campaign and youth_id = :youth""")
                .set("state", state)
                .set("next", nextAttemptAt)
                .set("priority", priority)
                .set("final", state.isFinal())
                .set("now", now)
                .set("campaign", campaignId)
                .set("youth", youthId)
                .run();
    }

    Uni<Void> setNumber(Sql sql, long phoneId, Phone.State state) {
        return sql.update("update phone_number set state = :state, since = now() where id = :id and state <> :state")
                .set("state", state)
                .set("id", phoneId)
                .run();
    }

    /** Attempts at the youth that count, the one in hand included. */
    public Uni<Integer> used(Sql sql, long campaignId, long youthId) {
        return sql.query("select attempts from campaign_youth where campaign_id = :campaign and youth_id = :youth")
                .set("campaign", campaignId)
                .set("youth", youthId)
                .one(row -> row.integer("attempts"));
    }

    /** What a call that came in taught about the number it came from; nothing when that was hidden. */
    Uni<Void> setNumberRung(Sql sql, Attempt inbound, Phone.State state) {
        return sql.update("""
                        update phone_number p set state = :state, since = now()
                        where p.id = :id and p.state <> :state
                          and exists (select from inbound_call i where i.attempt_id = :attempt and i.e164 = p.e164)""")
                .set("state", state)
                .set("id", inbound.phoneId())
                .set("attempt", inbound.id())
                .run();
    }

    /** How often this number failed before anything rang since it last rang, over all campaigns. */
    Uni<Long> technicalFailures(Sql sql, long phoneId) {
        return sql.query("""
                        select count(*) as n from call_attempt
                        where phone_id = :phone and result = 'TECHNICAL'
                          and coalesce(error_code, 0) not between 500 and 599
                          and id > coalesce((select max(b.id) from call_attempt b
                                              where b.phone_id = :phone and b.rang_at is not null), 0)""").set("phone", phoneId).one(row -> row.id("n"));
    }

    /** Ends what was asked for before {@code asked}: the youth was called since. */
    Uni<Void> endCallback(Sql sql, long campaignId, long youthId, Instant asked, Instant now) {
        return sql.update("""
                        update callback set done_at = :now
                        where campaign_id = :campaign and youth_id = :youth and done_at is null
                          and created_at <= :asked""")
                .set("asked", asked)
                .set("now", now)
                .set("campaign", campaignId)
                .set("youth", youthId)
                .run();
    }

    /** For when the youth's open callback is booked; null when none is. */
    Uni<@Nullable Instant> callbackDue(Sql sql, long campaignId, long youthId) {
        return sql.query("""
                        select due_at from callback
                        where campaign_id = :campaign and youth_id = :youth and done_at is null""").set("campaign", campaignId).set("youth", youthId).first(row -> row.instant("due_at"));
    }

    /**
     * Books a call at once because a text came in, by anybody; false when one is booked already, which stays as it is: who
     * answers « ok » to the reminder of a call takes nothing back.
     */
    Uni<Boolean> bookForText(Sql sql, long campaignId, long youthId, Instant now) {
        return sql.update("""
                        with booked as (
                            insert into callback (campaign_id, youth_id, due_at, until, reason, created_at)
                            values (:campaign, :youth, :now, :until, 'SMS_REPLY', :now)
                            on conflict (campaign_id, youth_id) where done_at is null do nothing
                            returning campaign_id, youth_id)
                        update campaign_youth y set callback_agent = null
                        from booked b where y.campaign_id = b.campaign_id and y.youth_id = b.youth_id""")
                .set("campaign", campaignId)
                .set("youth", youthId)
                .set("until", now.plus(CallbackSlots.SLOT))
                .set("now", now)
                .count()
                .map(booked -> booked == 1);
    }

    /** Books a call that the youth asked for, by whoever is free then; a second booking moves the first. */
    public Uni<Void> bookCallback(Sql sql, long campaignId, long youthId, Instant dueAt, String reason, Instant now) {
        return bookCallback(sql, campaignId, youthId, dueAt, reason, null, now);
    }

    /**
     * The same by one agent in person.
     *
     * @param agentId null for anybody
     */
    Uni<Void> bookCallback(
            Sql sql, long campaignId, long youthId, Instant dueAt, String reason, @Nullable Long agentId, Instant now) {
        return sql.update("""
                        with promised as (
                            update campaign_youth set callback_agent = cast(:agent as bigint)
                            where campaign_id = :campaign and youth_id = :youth
                              and callback_agent is distinct from cast(:agent as bigint))
                        insert into callback (campaign_id, youth_id, due_at, until, reason, agent_id, created_at)
                        values (:campaign, :youth, :due, :until, :reason, cast(:agent as bigint), :now)
                        on conflict (campaign_id, youth_id) where done_at is null
                        do update set due_at = excluded.due_at, until = excluded.until, reason = excluded.reason,
                                      agent_id = excluded.agent_id, pooled_at = null, missed = 0""")
                .set("agent", agentId)
                .set("campaign", campaignId)
                .set("youth", youthId)
                .set("due", dueAt)
                .set("until", dueAt.plus(CallbackSlots.SLOT))
                .set("reason", reason)
                .set("now", now)
                .run();
    }

    /**
     * The youth was called for when they asked and did not answer: the callback stays open for {@code again}, or ends when
     * it was missed {@code tries} times. One that is for later stays as it is.
     */
    Uni<Void> missCallback(Sql sql, Attempt attempt, int tries, Instant again, Instant now) {
        return sql.update("""
                        update callback set missed = missed + 1,
                               due_at = case when missed + 1 < :tries then :again else due_at end,
                               until = case when missed + 1 < :tries then :until else until end,
                               done_at = case when missed + 1 >= :tries then cast(:now as timestamptz) end
                        where campaign_id = :campaign and youth_id = :youth and done_at is null
                          and due_at <= :planned""")
                .set("tries", tries)
                .set("again", again)
                .set("until", again.plus(CallbackSlots.SLOT))
                .set("now", now)
                .set("campaign", attempt.campaignId())
                .set("youth", attempt.youthId())
                .set("planned", attempt.plannedAt())
                .run();
    }

    /** Somebody at this place, whom only one agent could call, waits for all of them. */
    void waitsAgain(Sql.Row row) {
        lowWater.lower(row.id("campaign_id"), place(row));
    }

    /** An open campaign of a youth; {@code waiting} unless a call is in hand. */
    record Place(long campaignId, boolean waiting) {}

    /** Open campaigns in which this youth waits for a call or is being called. */
    Uni<List<Place>> openCampaigns(Sql sql, long youthId) {
        return sql.query("""
                        select y.campaign_id, y.next_attempt_at is not null as waiting
                        from campaign_youth y join campaign c on c.id = y.campaign_id
                        where y.youth_id = :youth and y.settled_at is null and c.state in ('RUNNING', 'PAUSED')
                        for update of y""").set("youth", youthId).list(row -> new Place(row.id("campaign_id"), row.flag("waiting")));
    }

    /** A youth who objected leaves every queue, and no promised call stands; a call in progress settles by itself. */
    public Uni<Void> withdrawObjecting(Sql sql, long youthId, Instant now) {
        return sql.update("""
                        with promise as (
                            update callback set done_at = :now where youth_id = :youth and done_at is null)
                        update campaign_youth set state = 'OBJECTED', next_attempt_at = null, settled_at = :now
                        where youth_id = :youth and next_attempt_at is not null""").set("now", now).set("youth", youthId).run();
    }

    /** Open campaigns that are done with this youth because they objected. */
    Uni<List<Long>> closedByObjection(Sql sql, long youthId) {
        return sql.query("""
                        select y.campaign_id from campaign_youth y join campaign c on c.id = y.campaign_id
                        where y.youth_id = :youth and y.state = 'OBJECTED' and c.state in ('RUNNING', 'PAUSED')
                        order by y.campaign_id for update of y""").set("youth", youthId).list(row -> row.id("campaign_id"));
    }

    /** Attempts whose worker died between taking them and hearing from Twilio. */
    Uni<Integer> doubtExpired(Sql sql) {
        return sql.update("""
                        update call_attempt set state = 'UNKNOWN', changed_at = now()
                        where state = 'DIALING' and lease_until < now() and call_sid is null and closed_at is null
                          and ended_at is null""").count();
    }

    /** Attempts in {@code states} that nothing was heard of for {@code silence}, oldest first. */
    Uni<List<Attempt>> silentFor(Sql sql, Duration silence, State... states) {
        return sql.query("select " + COLUMNS + """
                         from call_attempt a
                        where a.ended_at is null and a.closed_at is null and a.state = any(:states)
                          and a.changed_at < now() - :millis * interval '1 millisecond'
                        order by a.changed_at limit 50""")
                .set("states", Arrays.stream(states).map(Enum::name).toArray(String[]::new))
                .set("millis", silence.toMillis())
                .list(Attempts::attempt);
    }

    /** Open attempts that are over or only previewed, whose agent was not seen for {@code absence}. */
    Uni<List<Attempt>> abandonedBy(Sql sql, Duration absence) {
        return sql.query("select " + COLUMNS + """
                         from call_attempt a left join agent_presence p on p.account_id = a.agent_id
                        where a.closed_at is null and (a.ended_at is not null or a.state = 'PREVIEW')
                          and coalesce(p.seen_at, a.created_at) < now() - :millis * interval '1 millisecond'
                          and a.changed_at < now() - :millis * interval '1 millisecond'
                        limit 50""")
                .set("millis", absence.toMillis())
                .list(Attempts::attempt);
    }

    /** Files whose agent let the campaign's time for reading, real time, run out. */
    Uni<List<Attempt>> readTooLong(Sql sql) {
        return sql.query("select " + COLUMNS + """
                         from call_attempt a join campaign c on c.id = a.campaign_id
                        where a.ended_at is null and a.closed_at is null and a.state = 'PREVIEW'
                          and a.created_at <= now() - c.preview_seconds * interval '1 second'
                        limit 50""").list(Attempts::attempt);
    }

    /** Calls that go on although their outcome was recorded, and no message is being left: the hang-up was lost. */
    Uni<List<Attempt>> leftOnTheLine(Sql sql) {
        return sql.query("select " + COLUMNS + """
                         from call_attempt a
                        where a.closed_at is not null and a.ended_at is null and a.call_sid is not null
                          and a.changed_at < now() - interval '2 seconds'
                          and (a.message_until is null or a.message_until < now())
                        order by a.changed_at limit 50""").list(Attempts::attempt);
    }

    /** Calls that ring at somebody who objected meanwhile. */
    Uni<List<Attempt>> unwanted(Sql sql) {
        return sql.query("select " + COLUMNS + """
                         from call_attempt a
                        where a.live and a.answered_at is null and a.call_sid is not null and not a.inbound
                          and exists (select from objection o where o.youth_id = a.youth_id and o.lifted_at is null)
                        limit 50""").list(Attempts::attempt);
    }

    /** Whether the network reported that this call rang. */
    Uni<Boolean> rang(Sql sql, String token) {
        return sql.query("""
                        select exists (select 1 from call_event
                                        where token = :token and status in ('ringing', 'in-progress')) as rang""").set("token", token).one(row -> row.flag("rang"));
    }

    /** Whether Twilio's call already belongs to an attempt. */
    Uni<Boolean> isBound(Sql sql, String sid) {
        return sql.query("select count(*) as n from call_attempt where call_sid = :sid")
                .set("sid", sid)
                .one(row -> row.id("n") > 0);
    }

    /** How often a person spoke, of attempts alike, over the last year. */
    Uni<ContactRates> contactRates(Sql sql, Instant now) {
        return sql.query("""
                        select cast(extract(hour from coalesce(a.rang_at, a.planned_at) at time zone 'Europe/Paris') as integer)
                                   as hour,
                               a.n, p.mobile, count(*) as tried,
                               count(*) filter (where a.result in ('INTERRUPTED', 'THIRD_PARTY', 'CALLBACK',
                                   'IN_SOLUTION', 'REFERRAL', 'NO_REFERRAL', 'REFUSED', 'OBJECTED', 'UNDER_16')) as reached
                        from call_attempt a join phone_number p on p.id = a.phone_id
                        where a.n is not null and a.closed_at is not null
                          and a.planned_at > cast(:now as timestamptz) - interval '365 days'
                        group by 1, 2, 3""")
                .set("now", now)
                .list(row -> new ContactRates.Cell(
                        row.integer("hour"), row.integer("n"), row.flag("mobile"), row.id("tried"), row.id("reached")))
                .map(ContactRates::new);
    }

    private static Attempt attempt(Sql.Row row) {
        Long agent = row.idOrNull("agent_id");
        return new Attempt(
                row.id("id"),
                row.id("campaign_id"),
                row.id("youth_id"),
                agent == null ? NOBODY : agent,
                row.id("phone_id"),
                row.text("e164"),
                row.constant(State.class, "state"),
                row.text("token"),
                row.text("action_id"),
                row.textOrNull("call_sid"),
                row.integerOrNull("n") != null,
                row.flag("inbound"),
                row.instant("planned_at"),
                row.instantOrNull("rang_at"),
                row.instantOrNull("answered_at"),
                row.instantOrNull("ended_at"),
                row.instantOrNull("closed_at"),
                row.instantOrNull("admitted_at"),
                row.instantOrNull("bridged_at"),
                isMachine(row.textOrNull("answered_by")));
    }
}
