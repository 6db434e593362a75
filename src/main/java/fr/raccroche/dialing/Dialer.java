package fr.raccroche.dialing;

import fr.raccroche.campaign.AttemptResult;
import fr.raccroche.campaign.Campaign;
import fr.raccroche.campaign.Campaigns;
import fr.raccroche.dialing.Attempts.Attempt;
import fr.raccroche.dialing.Attempts.Candidate;
import fr.raccroche.dialing.CallingRules.Moment;
import fr.raccroche.dialing.CallingRules.Verdict;
import fr.raccroche.platform.Database;
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
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jspecify.annotations.Nullable;

/**
 * One line per ready agent, never more. For each agent who waits: take the next due youth, ask the rules, write the
 * attempt, and only then ask Twilio, once. Follow a call from here: {@link Attempts#nextDue}, {@link CallingRules},
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

    private final Database database;
    private final Outbox outbox;
    private final Attempts attempts;
    private final Agents agents;
    private final Campaigns campaigns;
    private final Settlement settlement;
    private final Calls calls;
    private final TwilioWatch twilio;
    private final Clock clock;
    private final Event<Agents.Changed> changes;
    private final DialingConfig config;
    private final CallingRules rules;
    private final AtomicBoolean looking = new AtomicBoolean();
    private final AtomicBoolean again = new AtomicBoolean();
    private volatile boolean stopped;

    Dialer(
            Database database,
            Outbox outbox,
            Attempts attempts,
            Agents agents,
            Campaigns campaigns,
            Settlement settlement,
            Calls calls,
            TwilioWatch twilio,
            Clock clock,
            Event<Agents.Changed> changes,
            DialingConfig config) {
        this.database = database;
        this.outbox = outbox;
        this.attempts = attempts;
        this.agents = agents;
        this.campaigns = campaigns;
        this.settlement = settlement;
        this.calls = calls;
        this.twilio = twilio;
        this.clock = clock;
        this.changes = changes;
        this.config = config;
        this.rules = new CallingRules(config.margin());
    }

    /** Looks for agents to serve now instead of at the next tick. */
    public void nudge() {
        again.set(true);
        if (stopped || !twilio.isUp() || !looking.compareAndSet(false, true)) {
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
        return database.inTransaction(agents::ready)
                .onItem()
                .transformToMulti(ready -> Multi.createFrom().iterable(ready))
                .onItem()
                .transformToUni(this::serve)
                .merge(4)
                .collect()
                .asList()
                .replaceWithVoid();
    }

    /** One agent's turn; a lost race leaves them waiting for the next look. */
    private Uni<Void> serve(long agentId) {
        return database.inTransaction(sql -> claim(sql, agentId, clock.instant()))
                .invoke(attempt -> announce(agentId, attempt))
                .replaceWithVoid()
                .onFailure()
                .recoverWithUni(failure -> {
                    Log.debugf(failure, "Agent %d got no youth this time. Will be tried again.", agentId);
                    return Uni.createFrom().voidItem();
                });
    }

    private void announce(long agentId, @Nullable Attempt attempt) {
        if (attempt != null) {
            outbox.nudge(Outbox.CALLS_TO_PLACE);
            changes.fire(new Agents.Changed(agentId));
        }
    }

    /** Takes a youth for a waiting agent, in the caller's transaction; null when there is nobody to call. */
    Uni<@Nullable Attempt> claim(Sql sql, long agentId, Instant now) {
        return agents.waitingFor(sql, agentId)
                .chain(campaignId -> campaignId == null ? Uni.createFrom().nullItem() : campaigns.find(sql, campaignId))
                .chain(campaign -> campaign == null || !mayRing(campaign, now)
                        ? Uni.createFrom().nullItem()
                        : claim(sql, campaign, agentId, now, REFUSALS_A_TURN));
    }

    private boolean mayRing(Campaign campaign, Instant now) {
        return campaign.state() == Campaign.State.RUNNING
                && campaign.covers(now)
                && campaign.hours().isOpen(now, config.margin());
    }

    private Uni<@Nullable Attempt> claim(Sql sql, Campaign campaign, long agentId, Instant now, int refusals) {
        return attempts.nextDue(sql, campaign, now)
                .chain(candidate -> candidate == null || refusals == 0
                        ? Uni.createFrom().nullItem()
                        : switch (rules.decide(candidate.facts(), now)) {
                            case Verdict.Call call -> open(sql, candidate, agentId, call.phone(), now);
                            case Verdict.Refused refused ->
                                setAside(sql, candidate, refused, now)
                                        .chain(() -> claim(sql, campaign, agentId, now, refusals - 1));
                        });
    }

    private Uni<Attempt> open(Sql sql, Candidate candidate, long agentId, Phone phone, Instant now) {
        if (candidate.facts().campaign().mode() == Campaign.Mode.PREVIEW) {
            return agents.move(sql, agentId, Agents.State.PREVIEW, now)
                    .chain(() -> attempts.open(sql, candidate, agentId, phone, Attempts.State.PREVIEW, now));
        }
        return agents.move(sql, agentId, Agents.State.DIALING, now)
                .chain(() -> attempts.open(sql, candidate, agentId, phone, Attempts.State.INTENT, now))
                .call(attempt -> outbox.put(sql, Outbox.CALLS_TO_PLACE, new ToPlace(attempt.id())));
    }

    private Uni<Void> setAside(Sql sql, Candidate candidate, Verdict.Refused refused, Instant now) {
        CallingRules.Facts facts = candidate.facts();
        boolean asked = facts.callbackAsked();
        YouthState waiting = asked ? YouthState.CALLBACK : YouthState.TO_CALL;
        YouthState state = switch (refused.rule()) {
            case OBJECTION -> YouthState.OBJECTED;
            case WITHDRAWN -> YouthState.WITHDRAWN;
            case UNDER_16 -> YouthState.UNDER_16;
            case ATTEMPTS_USED -> YouthState.UNREACHABLE;
            case NO_NUMBER, PREFIX -> YouthState.WRONG_NUMBER;
            case SETTLED,
                    CAMPAIGN_NOT_OPEN,
                    CAMPAIGN_PAUSED,
                    CAMPAIGN_DATES,
                    IN_HAND,
                    BLOCKED_DAY,
                    HOLIDAY,
                    HOURS,
                    YEAR_CAP,
                    MONTH_CAP,
                    WEEK_CAP,
                    DAY_CAP,
                    DELAY,
                    SPREAD,
                    DAY_PART,
                    PLANNED,
                    NUMBER_IN_USE,
                    CHANNEL_PENDING -> waiting;
        };
        return attempts.put(
                sql,
                facts.campaign().id(),
                candidate.youthId(),
                state,
                state.isFinal() ? null : again(facts, now),
                Settlement.priority(facts, asked, now),
                now);
    }

    /** When to look at a refused youth again: at the first moment that the rules allow, or after a while for an event. */
    private Instant again(CallingRules.Facts facts, Instant now) {
        Instant soon = now.plus(AFTER_EVENT);
        return switch (rules.nextCallable(facts, now)) {
            case Moment.At at when at.at().isAfter(now) -> at.at();
            case Moment.After after when after.at().isAfter(soon) -> after.at();
            case Moment.At at -> soon;
            case Moment.After after -> soon;
            case Moment.Never never -> soon;
        };
    }

    /** In preview, the agent pressed call: the file that they hold is dialled if the rules still allow it. */
    public Uni<Void> callPreviewed(Sql sql, Attempt preview, Instant now) {
        return campaigns
                .find(sql, preview.campaignId())
                .chain(campaign -> attempts.candidate(sql, campaign, preview.youthId()))
                .chain(candidate -> switch (rules.decide(candidate.facts(), now)) {
                    case Verdict.Call call ->
                        attempts.promote(sql, preview, now)
                                .chain(() -> agents.move(sql, preview.agentId(), Agents.State.DIALING, now))
                                .chain(() -> outbox.put(sql, Outbox.CALLS_TO_PLACE, new ToPlace(preview.id())));
                    case Verdict.Refused refused ->
                        settlement.settle(sql, preview, AttemptResult.PASSED, null, null, now);
                });
    }

    /** Dials an attempt: under a lease, committed before Twilio is asked, asked once. */
    @Incoming("calls-to-place")
    Uni<Void> place(String payload) {
        long id = outbox.read(payload, ToPlace.class).attemptId();
        return database.inTransaction(sql -> order(sql, id, clock.instant()))
                .chain(order -> order == null
                        ? Uni.createFrom().voidItem()
                        : calls.place(order).chain(placement -> placed(id, placement)));
    }

    /** The order for Twilio when the rules still allow the call; null when it is no longer to be placed. */
    private Uni<Calls.@Nullable Order> order(Sql sql, long id, Instant now) {
        return attempts.byId(sql, id).chain(attempt -> {
            if (attempt == null || attempt.state() != Attempts.State.INTENT || !attempt.isOpen()) {
                return Uni.createFrom().nullItem();
            }
            return campaigns
                    .find(sql, attempt.campaignId())
                    .chain(campaign -> attempts.candidate(sql, campaign, attempt.youthId()))
                    .chain(candidate -> isStillAllowed(candidate.facts(), now)
                            ? attempts.startDialing(sql, id, config.lease())
                                    .map(started -> started ? order(attempt, candidate) : null)
                            : withdraw(sql, attempt, now));
        });
    }

    private boolean isStillAllowed(CallingRules.Facts facts, Instant now) {
        return twilio.isUp() && !stopped && !facts.objected() && mayRing(facts.campaign(), now);
    }

    private static Calls.Order order(Attempt attempt, Candidate candidate) {
        return new Calls.Order(
                attempt.token(), attempt.e164(), candidate.facts().campaign().callerNumber());
    }

    private Uni<Calls.@Nullable Order> withdraw(Sql sql, Attempt attempt, Instant now) {
        return settlement
                .settle(sql, attempt, AttemptResult.NOT_PLACED, null, null, now)
                .invoke(() -> changes.fire(new Agents.Changed(attempt.agentId())))
                .map(ignored -> (Calls.@Nullable Order) null);
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
            when refused.isOurs() ->
                giveUp(id, AttemptResult.NOT_PLACED, refused.code()).chain(twilio::failed);
            case Placement.NotPlaced refused -> giveUp(id, AttemptResult.TECHNICAL, refused.code());
        };
    }

    private Uni<Void> giveUp(long id, AttemptResult result, @Nullable Integer code) {
        Instant now = clock.instant();
        return database.inTransaction(sql -> attempts.byId(sql, id)
                        .chain(attempt -> attempt == null || !attempt.isOpen()
                                ? Uni.createFrom().nullItem()
                                : attempts.advance(sql, attempt, Attempts.State.FAILED, null, now)
                                        .chain(() -> settlement.settle(sql, attempt, result, null, code, now))
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
