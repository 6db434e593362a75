package fr.raccroche.dialing;

import fr.raccroche.campaign.Abandonments;
import fr.raccroche.campaign.AttemptResult;
import fr.raccroche.campaign.BurstBound;
import fr.raccroche.campaign.Campaign;
import fr.raccroche.campaign.Campaigns;
import fr.raccroche.campaign.ShownNumbers;
import fr.raccroche.dialing.CallingRules.Moment;
import fr.raccroche.dialing.CallingRules.Verdict;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.InTurn;
import fr.raccroche.platform.Nothing;
import fr.raccroche.platform.Outbox;
import fr.raccroche.platform.Sql;
import fr.raccroche.telephony.Calls;
import fr.raccroche.telephony.Calls.Placement;
import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.PersistenceException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jspecify.annotations.Nullable;

/**
 * One line per ready agent, or a few more where a campaign accepts what {@link BurstBound} computes. For each agent who
 * waits: take the next due youth, ask the rules, write the attempt, and only then ask Twilio, once. Follow a call from here: {@link Attempts#draw}, {@link CallingRules},
 * {@link Calls#place}, the webhooks, {@link CallTracker}, {@link Settlement}.
 */
@ApplicationScoped
public class Dialer {

    /** An attempt waits to be dialled. */
    public record ToPlace(long attemptId) {}

    /** Youths refused in a row before the agent's turn ends; the next look goes on from there. */
    private static final int REFUSALS_A_TURN = 20;

    /** Something has to happen before this youth may be called: a sibling's call has to end, for example. */
    private static final Duration AFTER_EVENT = Duration.ofMinutes(10);

    /** How long a bound is believed, business time. */
    private static final Duration BOUND_HOLDS = Duration.ofMinutes(1);

    /** Between two looks while calls wait for their turn at Twilio. */
    private static final Duration SOON = Duration.ofMillis(500);

    private final Database database;
    private final Outbox outbox;
    private final Attempts attempts;
    private final Queue queue;
    private final Agents agents;
    private final Campaigns campaigns;
    private final Settlement settlement;
    private final Calls calls;
    private final TwilioWatch twilio;
    private final CallTurns turns;
    private final Clock clock;
    private final Event<Agents.Changed> changes;
    private final DialingConfig config;
    private final CallingRules rules;
    private final ConcurrentMap<Long, Known> known = new ConcurrentHashMap<>();
    private final ConcurrentMap<Long, Learnt> learnt = new ConcurrentHashMap<>();
    private final AtomicBoolean looking = new AtomicBoolean();
    private final AtomicBoolean again = new AtomicBoolean();
    private final AtomicBoolean waitingForRoom = new AtomicBoolean();
    private volatile boolean stopped;

    Dialer(
            Database database,
            Outbox outbox,
            Attempts attempts,
            Queue queue,
            Agents agents,
            Campaigns campaigns,
            Settlement settlement,
            Calls calls,
            TwilioWatch twilio,
            CallTurns turns,
            Clock clock,
            Event<Agents.Changed> changes,
            DialingConfig config) {
        this.database = database;
        this.outbox = outbox;
        this.attempts = attempts;
        this.queue = queue;
        this.agents = agents;
        this.campaigns = campaigns;
        this.settlement = settlement;
        this.calls = calls;
        this.twilio = twilio;
        this.turns = turns;
        this.clock = clock;
        this.changes = changes;
        this.config = config;
        this.rules = new CallingRules(config.margin());
    }

    /** Looks for agents to serve now instead of at the next tick. */
    public void nudge() {
        again.set(true);
        if (!mayDial() || !looking.compareAndSet(false, true)) {
            return;
        }
        again.set(false);
        serveAll().subscribe().with(ignored -> rest(), failure -> {
            Log.warnf(
                    "The dialer could not look for work (%s). Will be tried again.",
                    failure.getClass().getSimpleName());
            looking.set(false);
        });
    }

    private void rest() {
        looking.set(false);
        if (again.get()) {
            nudge();
        }
    }

    @Scheduled(every = "${raccroche.dialing.tick:1s}", skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void tick() {
        nudge();
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
    }

    private Uni<Void> serveAll() {
        return database.inTransaction(this::toServe)
                .onItem()
                .transformToMulti(ready -> Multi.createFrom().items(queues(ready).stream()))
                .onItem()
                .transformToUni(this::serve)
                .merge(4)
                .collect()
                .asList()
                .replaceWithVoid();
    }

    /** Those who have waited longest, as many as there are turns for soon: the others, and their youths, stay free. */
    private Uni<List<Agents.Waiting>> toServe(Sql sql) {
        return agents.ready(sql)
                .chain(ready -> ready.isEmpty()
                        ? Uni.createFrom().item(ready)
                        : turns.room(sql, clock.instant()).map(room -> {
                            if (room < ready.size()) {
                                lookAgainSoon();
                            }
                            return ready.subList(0, Math.min(room, ready.size()));
                        }));
    }

    private void lookAgainSoon() {
        if (waitingForRoom.compareAndSet(false, true)) {
            after(turns.until(clock.instant().plus(SOON)), Nothing.happens())
                    .subscribe()
                    .with(ignored -> {
                        waitingForRoom.set(false);
                        nudge();
                    });
        }
    }

    private static <T> Uni<T> after(Duration real, Uni<T> work) {
        return Nothing.happens().onItem().delayIt().by(real).chain(() -> work);
    }

    /** Agents who wait for the same campaign, longest waiting first. */
    private record Line(long campaignId, List<Long> agents) {}

    private static List<Line> queues(List<Agents.Waiting> ready) {
        var byCampaign = ready.stream()
                .collect(Collectors.groupingBy(
                        Agents.Waiting::campaignId,
                        LinkedHashMap::new,
                        Collectors.mapping(Agents.Waiting::agentId, Collectors.toList())));
        return byCampaign.entrySet().stream()
                .flatMap(line -> IntStream.iterate(
                                0, from -> from < line.getValue().size(), from -> from + Queue.MOST_AT_ONCE)
                        .mapToObj(from -> new Line(
                                line.getKey(),
                                line.getValue()
                                        .subList(
                                                from,
                                                Math.min(
                                                        from + Queue.MOST_AT_ONCE,
                                                        line.getValue().size())))))
                .toList();
    }

    /** All agents of a line at once; after a lost race one by one, and who loses again waits for the next look. */
    private Uni<Void> serve(Line line) {
        return database.inTransaction(sql -> claim(sql, line.campaignId(), line.agents(), clock.instant()))
                .invoke(this::announce)
                .replaceWithVoid()
                .onFailure()
                .recoverWithUni(failure -> {
                    if (line.agents().size() > 1) {
                        return serveEach(line);
                    }
                    return Nothing.but("An agent of campaign %d got no youth this time".formatted(line.campaignId()))
                            .apply(failure);
                });
    }

    private Uni<Void> serveEach(Line line) {
        return InTurn.each(line.agents(), agent -> serve(new Line(line.campaignId(), List.of(agent))));
    }

    private void announce(List<Attempt> taken) {
        if (!taken.isEmpty()) {
            outbox.nudge(Outbox.CALLS_TO_PLACE);
            taken.forEach(attempt -> changes.fire(new Agents.Changed(attempt.agentId())));
        }
    }

    /** What becomes of an agent who says that they are ready. */
    public enum Arrival {
        /** A youth was due: the attempt is theirs. */
        SERVED,
        WAITING,
        /** A call is in hand: they are ready when it is done. */
        BUSY,
        /** There is no such campaign, or it is not open. */
        NOT_OPEN
    }

    /**
     * The agent is ready for calls of this campaign from now on. Who has a line, and comes when somebody is due, is served
     * in the same transaction.
     */
    public Uni<Arrival> ready(long agentId, long campaignId) {
        Instant now = clock.instant();
        return database.inTransaction(sql -> arrive(sql, agentId, campaignId, mayDial() && !turns.isFull(now), now))
                .onFailure(PersistenceException.class)
                .recoverWithUni(lostRace -> database.inTransaction(sql -> arrive(sql, agentId, campaignId, false, now)))
                .invoke(arrival -> {
                    changes.fire(new Agents.Changed(agentId));
                    switch (arrival) {
                        case SERVED -> outbox.nudge(Outbox.CALLS_TO_PLACE);
                        case WAITING -> nudge();
                        case BUSY, NOT_OPEN -> {}
                    }
                });
    }

    private boolean mayDial() {
        return twilio.isUp() && !stopped;
    }

    private Uni<Arrival> arrive(Sql sql, long agentId, long campaignId, boolean look, Instant now) {
        return draw(sql, Turn.arrival(campaignId, agentId), look, now).chain(draw -> {
            if (draw.agentState() != null && draw.agentState().holdsAttempt()) {
                return agents.want(sql, agentId, Agents.State.READY).replaceWith(Arrival.BUSY);
            }
            if (draw.campaignState() != Campaign.State.RUNNING && draw.campaignState() != Campaign.State.PAUSED) {
                return Uni.createFrom().item(Arrival.NOT_OPEN);
            }
            return take(sql, Turn.arrival(campaignId, agentId), draw, now)
                    .chain(taken -> taken.isEmpty()
                            ? agents.set(sql, agentId, campaignId, Agents.State.READY, now)
                                    .replaceWith(Arrival.WAITING)
                            : Uni.createFrom().item(Arrival.SERVED));
        });
    }

    /**
     * Takes a youth for each of {@code agents} who wait for the campaign, in the caller's transaction: as many as are due.
     */
    public Uni<List<Attempt>> claim(Sql sql, long campaignId, List<Long> agents, Instant now) {
        return claim(sql, new Turn(campaignId, agents, false, REFUSALS_A_TURN * agents.size()), now);
    }

    /**
     * Agents who are served together.
     *
     * @param refusals youths who may still be drawn in vain
     */
    private record Turn(long campaignId, List<Long> agents, boolean arriving, int refusals) {

        static Turn arrival(long campaignId, long agentId) {
            return new Turn(campaignId, List.of(agentId), true, REFUSALS_A_TURN);
        }

        Turn after(int notCalled, List<Attempt> taken) {
            Set<Long> served = taken.stream().map(Attempt::agentId).collect(Collectors.toSet());
            return new Turn(
                    campaignId,
                    agents.stream().filter(agent -> !served.contains(agent)).toList(),
                    arriving,
                    refusals - notCalled);
        }
    }

    private Uni<List<Attempt>> claim(Sql sql, Turn turn, Instant now) {
        return draw(sql, turn, true, now).chain(draw -> take(sql, turn, draw, now));
    }

    /** A campaign as this node read it last. */
    private record Known(long version, Campaign campaign) {}

    /** What was computed for a campaign and version of it. */
    private record Learnt(long version, Instant at, BurstBound bound) {}

    /** What may ring for agents who wait, and what rings for all of them already. */
    private record Lines(BurstBound bound, SharedLines shared) {

        static final Lines ONE_EACH = new Lines(BurstBound.ONE_EACH, SharedLines.NONE);

        /** How many more may ring for {@code agents} who wait. */
        int free(int agents) {
            return bound.lines(Math.max(0, agents - shared.answered())) - shared.ringing();
        }

        boolean sharedBy(int agents) {
            int waiting = agents - shared.answered();
            return bound.lines(Math.max(0, waiting)) > waiting;
        }

        Lines withOneMore() {
            return new Lines(bound, new SharedLines(shared.ringing() + 1, shared.answered()));
        }
    }

    /** Looks for youths when the campaign, as far as is known, may ring now; learns what changed in it meanwhile. */
    private Uni<Draw> draw(Sql sql, Turn turn, boolean look, Instant now) {
        Known known = this.known.get(turn.campaignId());
        boolean open = look && known != null && mayServe(known.campaign(), turn, now);
        Uni<Draw> drawn = turn.arriving()
                ? queue.drawOnArrival(sql, turn.campaignId(), turn.agents().getFirst(), open, now)
                : youths(sql, turn, open ? known : null, now)
                        .chain(youths -> queue.draw(
                                sql, turn.campaignId(), turn.agents(), youths, open && youths.orElse(1) > 0, now));
        return drawn.chain(draw ->
                draw.campaignState() == null || (known != null && known.version() == draw.campaignVersion())
                        ? Uni.createFrom().item(draw)
                        : learn(sql, turn.campaignId(), draw.campaignVersion())
                                .chain(campaign -> open || !look || !mayServe(campaign, turn, now)
                                        ? Uni.createFrom().item(draw)
                                        : draw(sql, turn, true, now)));
    }

    /** Where lines are shared all agents are looked at together, and never one who arrives. */
    private boolean mayServe(Campaign campaign, Turn turn, Instant now) {
        return mayRing(campaign, now) && !(turn.arriving() && campaign.bursts());
    }

    /** How many youths to draw where agents may share lines; empty for one each. */
    private Uni<OptionalInt> youths(Sql sql, Turn turn, @Nullable Known known, Instant now) {
        if (known == null || !known.campaign().bursts()) {
            return Uni.createFrom().item(OptionalInt.empty());
        }
        int agents = turn.agents().size();
        return lines(sql, known, now)
                .chain(lines -> turns.room(sql, now)
                        .map(room -> OptionalInt.of(Math.max(0, Math.min(room, lines.free(agents))))));
    }

    /** As they stand at this moment: to be asked once the agents are locked. */
    private Uni<Lines> lines(Sql sql, Known known, Instant now) {
        if (!known.campaign().bursts()) {
            return Uni.createFrom().item(Lines.ONE_EACH);
        }
        return bound(sql, known, now)
                .chain(bound -> attempts.shared(sql, known.campaign().id()).map(shared -> new Lines(bound, shared)));
    }

    private Uni<BurstBound> bound(Sql sql, Known known, Instant now) {
        long id = known.campaign().id();
        Learnt before = learnt.get(id);
        return before != null
                        && before.version() == known.version()
                        && Duration.between(before.at(), now).abs().compareTo(BOUND_HOLDS) < 0
                ? Uni.createFrom().item(before.bound())
                : Abandonments.bound(sql, known.campaign(), now)
                        .invoke(bound -> learnt.put(id, new Learnt(known.version(), now, bound)));
    }

    private Uni<Campaign> learn(Sql sql, long campaignId, long version) {
        return campaigns.byId(sql, campaignId).invoke(campaign -> known.put(campaignId, new Known(version, campaign)));
    }

    private boolean mayRing(Campaign campaign, Instant now) {
        return campaign.state() == Campaign.State.RUNNING
                && campaign.covers(now)
                && campaign.hours().isOpen(now, config.margin());
    }

    /** Asks the rules about each youth who was drawn: takes them, or sets them aside and draws again. */
    private Uni<List<Attempt>> take(Sql sql, Turn turn, Draw draw, Instant now) {
        Known campaign = known.get(turn.campaignId());
        if (campaign == null || draw.youths().isEmpty() || !mayRing(campaign.campaign(), now)) {
            return Uni.createFrom().item(List.of());
        }
        return lines(sql, campaign, now)
                .map(lines -> decide(draw, campaign.campaign(), lines, now))
                .chain(decided -> setAside(sql, decided.refused(), now)
                        .chain(() -> open(sql, turn, campaign.campaign(), decided.called(), now))
                        .chain(taken -> decided.passedOver() == 0 || decided.passedOver() > turn.refusals()
                                ? Uni.createFrom().item(taken)
                                : claim(sql, turn.after(decided.passedOver(), taken), now)
                                        .map(more -> Stream.concat(taken.stream(), more.stream())
                                                .toList())));
    }

    /** @param passedOver youths in whose place others may be called */
    private record Decided(List<Opening> called, List<Candidate> refused, int passedOver) {}

    /**
     * Two youths of one draw may share a number: the second one stays where they are. So does everybody from the first one
     * on for whom there is no line: the next look begins with them.
     */
    private Decided decide(Draw draw, Campaign campaign, Lines lines, Instant now) {
        var called = new ArrayList<Opening>();
        var refused = new ArrayList<Candidate>();
        var ringing = new HashSet<String>();
        var free = new ArrayList<>(draw.agents());
        Lines left = lines;
        int passedOver = 0;
        for (Drawn youth : draw.youths()) {
            Candidate candidate = youth.in(campaign);
            switch (rules.decide(candidate.facts(), now)) {
                case Verdict.Call call
                when ringing.add(call.phone().e164()) -> {
                    boolean alone = needsAgent(candidate) || !left.sharedBy(free.size());
                    boolean line =
                            alone ? !free.isEmpty() && left.free(free.size() - 1) >= 0 : left.free(free.size()) > 0;
                    if (!line) {
                        return new Decided(called, refused, passedOver);
                    }
                    called.add(new Opening(
                            candidate.youthId(), alone ? agentFor(candidate, free) : Attempts.NOBODY, call.phone()));
                    left = alone ? left : left.withOneMore();
                }
                case Verdict.Call taken -> passedOver++;
                case Verdict.Refused no -> {
                    refused.add(candidate);
                    passedOver++;
                }
            }
        }
        return new Decided(called, refused, passedOver);
    }

    /** A call that was promised, or is owed to who answered the last one in vain, has its agent from the start. */
    private static boolean needsAgent(Candidate candidate) {
        return candidate.promisedBy() != null
                || candidate.facts().callbackAsked()
                || Settlement.isOwed(candidate.facts());
    }

    /** Whoever promised the call, else the agent who waits longest; those who promised are drawn first. */
    private static long agentFor(Candidate candidate, List<Long> free) {
        Long promisedBy = candidate.promisedBy();
        return promisedBy != null && free.remove(promisedBy) ? promisedBy : free.removeFirst();
    }

    private Uni<List<Attempt>> open(Sql sql, Turn turn, Campaign campaign, List<Opening> called, Instant now) {
        if (called.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        var state = campaign.mode() == Campaign.Mode.PREVIEW ? AttemptState.PREVIEW : AttemptState.INTENT;
        return attempts.open(sql, turn.campaignId(), state, called, turn.arriving(), now);
    }

    private Uni<Void> setAside(Sql sql, List<Candidate> refusals, Instant now) {
        return InTurn.each(refusals, refusal -> setAside(sql, refusal, now));
    }

    /** A refused youth waits for the first moment that the rules allow, or leaves the queue when there is none. */
    private Uni<Void> setAside(Sql sql, Candidate candidate, Instant now) {
        CallingRules.Facts facts = candidate.facts();
        YouthState waiting = facts.callbackAsked() ? YouthState.CALLBACK : YouthState.TO_CALL;
        return switch (rules.nextCallable(facts, now)) {
            case Moment.At at -> put(sql, candidate, waiting, at.at(), now);
            case Moment.After after -> put(sql, candidate, waiting, after.at(), now);
            case Moment.Never never ->
                put(sql, candidate, left(never.rules().getFirst()).orElse(waiting), now, now);
        };
    }

    /** The final state of a youth whom {@code rule} refuses for good; empty when it speaks about the campaign only. */
    private static Optional<YouthState> left(CallingRules.Rule rule) {
        return switch (rule) {
            case OBJECTION -> Optional.of(YouthState.OBJECTED);
            case WITHDRAWN -> Optional.of(YouthState.WITHDRAWN);
            case UNDER_16 -> Optional.of(YouthState.UNDER_16);
            case ATTEMPTS_USED -> Optional.of(YouthState.UNREACHABLE);
            case NO_NUMBER, PREFIX -> Optional.of(YouthState.WRONG_NUMBER);
            case SETTLED,
                    CAMPAIGN_NOT_OPEN,
                    CAMPAIGN_PAUSED,
                    CAMPAIGN_DATES,
                    IN_HAND,
                    BLOCKED_DAY,
                    HOLIDAY,
                    HOURS,
                    LOCAL_HOURS,
                    YEAR_CAP,
                    MONTH_CAP,
                    WEEK_CAP,
                    DAY_CAP,
                    DELAY,
                    SPREAD,
                    DAY_PART,
                    PLANNED,
                    NUMBER_IN_USE,
                    CHANNEL_PENDING -> Optional.empty();
        };
    }

    /** What waits for an event, or was refused a moment ago, is looked at again after a while. */
    private Uni<Void> put(Sql sql, Candidate candidate, YouthState state, Instant at, Instant now) {
        Instant soon = now.plus(AFTER_EVENT);
        CallingRules.Facts facts = candidate.facts();
        return queue.put(
                sql,
                facts.campaign().id(),
                candidate.youthId(),
                state,
                state.isFinal() ? null : at.isAfter(now) ? at : soon,
                Settlement.priority(facts, facts.callbackAsked(), now),
                now);
    }

    /** In preview, the agent pressed call: the file that they hold is dialled if the rules still allow it. */
    public Uni<Void> callPreviewed(Sql sql, Attempt preview, Instant now) {
        return campaigns
                .byId(sql, preview.campaignId())
                .chain(campaign -> queue.candidate(sql, campaign, preview.youthId()))
                .chain(candidate -> switch (rules.decide(candidate.facts(), now)) {
                    case Verdict.Call call ->
                        attempts.promote(sql, preview, now)
                                .chain(() -> agents.decided(sql, preview.agentId()))
                                .chain(() -> agents.move(sql, preview.agentId(), Agents.State.DIALING, now))
                                .chain(() -> outbox.put(sql, Outbox.CALLS_TO_PLACE, new ToPlace(preview.id())));
                    case Verdict.Refused refused ->
                        settlement.settle(sql, preview, Ending.of(AttemptResult.PASSED), now);
                });
    }

    /** In preview, the agent decided not to call now: the youth goes back to the queue and nothing is counted. */
    public Uni<Void> passPreviewed(Sql sql, Attempt preview, Instant now) {
        return agents.decided(sql, preview.agentId())
                .chain(() -> settlement.settle(sql, preview, Ending.of(AttemptResult.PASSED), now));
    }

    /** A file that nobody decided about in the campaign's time goes back; after two in a row the agent pauses. */
    @Scheduled(
            every = "${raccroche.dialing.tick:1s}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> endPreviews() {
        Instant now = clock.instant();
        return database.inTransaction(Stragglers::readTooLong)
                .chain(found -> InTurn.each(found, preview -> endPreview(preview, now)))
                .onFailure()
                .recoverWithUni(Nothing.but("Files read too long could not go back"));
    }

    private Uni<Void> endPreview(Attempt found, Instant now) {
        return database.inTransaction(sql -> attempts.ifOpen(
                        sql,
                        found.id(),
                        attempt -> attempt.state() != AttemptState.PREVIEW
                                ? Nothing.happens()
                                : agents.ranOut(sql, attempt.agentId())
                                        .chain(() ->
                                                settlement.settle(sql, attempt, Ending.of(AttemptResult.PASSED), now))))
                .invoke(() -> {
                    changes.fire(new Agents.Changed(found.agentId()));
                    nudge();
                });
    }

    /** What comes next for an attempt that waits to be dialled. */
    private sealed interface Step {

        record Dial(Calls.Order order) implements Step {}

        /** It is not the account's turn before {@code at}. */
        record Wait(Instant at) implements Step {}

        /** It may not be dialled any more, or would have to wait too long for its turn. */
        record GiveBack() implements Step {}

        record Nothing() implements Step {}
    }

    /** Dials an attempt: when it is the account's turn, under a lease, committed before Twilio is asked, asked once. */
    @Incoming("calls-to-place")
    Uni<Void> place(String payload) {
        return place(outbox.read(payload, ToPlace.class).attemptId());
    }

    private Uni<Void> place(long id) {
        return database.inTransaction(sql -> step(sql, id, clock.instant())).chain(step -> switch (step) {
            case Step.Dial dial -> calls.place(dial.order()).chain(placement -> placed(id, placement));
            case Step.Wait wait ->
                after(turns.until(wait.at()), Nothing.happens()).chain(() -> place(id));
            case Step.GiveBack back -> giveUp(id, AttemptResult.NOT_PLACED, null);
            case Step.Nothing nothing -> Nothing.happens();
        });
    }

    /** An attempt that may no longer be dialled, or not soon enough, is taken back; nobody's phone rings. */
    private Uni<Step> step(Sql sql, long id, Instant now) {
        return attempts.byId(sql, id).chain(attempt -> {
            if (attempt == null || attempt.state() != AttemptState.INTENT || !attempt.isOpen()) {
                return Uni.createFrom().item(new Step.Nothing());
            }
            return campaigns
                    .byId(sql, attempt.campaignId())
                    .chain(campaign -> queue.candidate(sql, campaign, attempt.youthId()))
                    .chain(candidate -> isStillAllowed(candidate.facts(), now)
                            ? turn(sql, attempt, candidate, now)
                            : Uni.createFrom().item(new Step.GiveBack()));
        });
    }

    private Uni<Step> turn(Sql sql, Attempt attempt, Candidate candidate, Instant now) {
        return ShownNumbers.shownTo(sql, candidate.facts().campaign(), candidate.youthId())
                .chain(shown -> turn(sql, attempt, candidate, shown, now));
    }

    private Uni<Step> turn(Sql sql, Attempt attempt, Candidate candidate, String shown, Instant now) {
        return turns.take(sql, now).chain(turn -> switch (turn) {
            case CallRate.Turn.Now taken ->
                attempts.startDialing(sql, attempt, shown, config.lease())
                        .<Step>map(started ->
                                started ? new Step.Dial(order(attempt, candidate, shown)) : new Step.Nothing());
            case CallRate.Turn.Later later ->
                attempts.waitsLongerThan(sql, attempt.id(), config.patience())
                        .map(tooLong -> tooLong || !mayRing(candidate.facts().campaign(), later.at())
                                ? new Step.GiveBack()
                                : new Step.Wait(later.at()));
        });
    }

    private boolean isStillAllowed(CallingRules.Facts facts, Instant now) {
        return mayDial() && !facts.objected() && !facts.standing().withdrawn() && mayRing(facts.campaign(), now);
    }

    private static Calls.Order order(Attempt attempt, Candidate candidate, String shown) {
        return new Calls.Order(
                attempt.token(),
                attempt.e164(),
                shown,
                candidate.facts().campaign().modes().detection());
    }

    private Uni<Void> placed(long id, Placement placement) {
        return switch (placement) {
            case Placement.Placed placed -> {
                twilio.succeeded();
                yield database.inTransaction(sql -> attempts.placed(sql, id, placed.sid()));
            }
            case Placement.InDoubt doubt ->
                database.inTransaction(sql -> attempts.inDoubt(sql, id)).chain(twilio::failed);
            case Placement.NotPlaced refused
            when refused.isTooFast() ->
                database.inTransaction(sql -> turns.refused(sql, clock.instant()))
                        .chain(() -> giveUp(id, AttemptResult.NOT_PLACED, refused.code()));
            case Placement.NotPlaced refused
            when refused.isForbidden() -> {
                Log.errorf(
                        "Twilio may not call there (code %s): look at the account's geographic permissions.",
                        refused.code());
                yield giveUp(id, AttemptResult.TECHNICAL, refused.code());
            }
            case Placement.NotPlaced refused
            when refused.isOurs() ->
                giveUp(id, AttemptResult.NOT_PLACED, refused.code()).chain(twilio::failed);
            case Placement.NotPlaced refused -> giveUp(id, AttemptResult.TECHNICAL, refused.code());
        };
    }

    private Uni<Void> giveUp(long id, AttemptResult result, @Nullable Integer code) {
        Instant now = clock.instant();
        return database.inTransaction(sql -> attempts.ifOpen(
                        sql,
                        id,
                        attempt -> attempts.advance(sql, attempt, AttemptState.FAILED, null, now)
                                .chain(() -> settlement.settle(
                                        sql, attempt, Ending.of(result).withCode(code), now))
                                .replaceWith(attempt)))
                .invoke(attempt -> {
                    if (attempt != null) {
                        changes.fire(new Agents.Changed(attempt.agentId()));
                        nudge();
                    }
                })
                .replaceWithVoid();
    }
}
