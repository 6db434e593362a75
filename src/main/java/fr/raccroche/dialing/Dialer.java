package fr.raccroche.dialing;

import fr.raccroche.campaign.BurstBound;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Nothing;
import fr.raccroche.platform.Outbox;
import fr.raccroche.platform.Sql;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Serves agents who are ready: one line each, or a few more where a campaign accepts what {@link BurstBound} computes. For
 * each agent who waits: take the next due youth, ask the rules, write the attempt, and only then ask Twilio, once. Follow a
 * call from here: {@link Claims}, {@link CallingRules}, {@link Placing}, the webhooks, {@link CallTracker},
 * {@link Settlement}.
 */
@ApplicationScoped
public class Dialer {

    /** Between two looks while calls wait for their turn at Twilio. */
    private static final Duration SOON = Duration.ofMillis(500);

    private final Database database;
    private final Agents agents;
    private final Claims claims;
    private final TwilioWatch twilio;
    private final CallTurns turns;
    private final Outbox outbox;
    private final Event<Agents.Changed> changes;
    private final Clock clock;
    private final AtomicBoolean looking = new AtomicBoolean();
    private final AtomicBoolean again = new AtomicBoolean();
    private final AtomicBoolean waitingForRoom = new AtomicBoolean();
    private volatile boolean stopped;

    Dialer(
            Database database,
            Agents agents,
            Claims claims,
            TwilioWatch twilio,
            CallTurns turns,
            Outbox outbox,
            Event<Agents.Changed> changes,
            Clock clock) {
        this.database = database;
        this.agents = agents;
        this.claims = claims;
        this.twilio = twilio;
        this.turns = turns;
        this.outbox = outbox;
        this.changes = changes;
        this.clock = clock;
    }

    /** Looks for agents to serve now instead of at the next tick. */
    public void nudge() {
        again.set(true);
        if (!mayDial() || !looking.compareAndSet(false, true)) {
            return;
        }
        again.set(false);
        look().subscribe().with(ignored -> rest(), failure -> {
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

    @Scheduled(every = "${raccroche.dialing.tick}", skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void tick() {
        nudge();
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
    }

    /** One look at those who wait; ends when everybody whom it found was served. */
    Uni<Void> look() {
        return database.inTransaction(this::toServe).chain(found -> serve(found.agents(), found.room()));
    }

    /**
     * Agents who wait for a call.
     *
     * @param agents longest waiting first
     * @param room for how many of them there is a turn soon; the youths of the others stay free
     */
    private record Found(List<Agents.Waiting> agents, int room) {}

    private Uni<Found> toServe(Sql sql) {
        return agents.ready(sql)
                .chain(ready -> ready.isEmpty()
                        ? Uni.createFrom().item(new Found(ready, 0))
                        : turns.room(sql, clock.instant()).map(room -> {
                            if (room < ready.size()) {
                                lookAgainSoon();
                            }
                            return new Found(ready, room);
                        }));
    }

    /** Who finds nobody to call takes no turn: it goes to the next one who waits, of a campaign that has somebody left. */
    private Uni<Void> serve(List<Agents.Waiting> waiting, int room) {
        if (waiting.isEmpty() || room <= 0) {
            return Nothing.happens();
        }
        int asked = Math.min(room, waiting.size());
        return serveAll(groups(waiting.subList(0, asked))).chain(served -> {
            Set<Long> ranDry = served.stream()
                    .filter(group -> group.taken() < group.asked())
                    .map(Served::campaignId)
                    .collect(Collectors.toSet());
            List<Agents.Waiting> others = waiting.subList(asked, waiting.size()).stream()
                    .filter(agent -> !ranDry.contains(agent.campaignId()))
                    .toList();
            return serve(others, room - served.stream().mapToInt(Served::taken).sum());
        });
    }

    /** How many calls were begun for so many agents of a campaign. */
    private record Served(long campaignId, int asked, int taken) {}

    private Uni<List<Served>> serveAll(List<Group> groups) {
        return Multi.createFrom()
                .iterable(groups)
                .onItem()
                .transformToUni(group -> serve(group)
                        .map(taken ->
                                new Served(group.campaignId(), group.agents().size(), taken)))
                .merge(4)
                .collect()
                .asList();
    }

    private void lookAgainSoon() {
        if (waitingForRoom.compareAndSet(false, true)) {
            turns.waitUntil(clock.instant().plus(SOON)).subscribe().with(ignored -> {
                waitingForRoom.set(false);
                nudge();
            });
        }
    }

    /** Agents who wait for the same campaign, longest waiting first. */
    private record Group(long campaignId, List<Long> agents) {}

    private static List<Group> groups(List<Agents.Waiting> ready) {
        var byCampaign = ready.stream()
                .collect(Collectors.groupingBy(
                        Agents.Waiting::campaignId,
                        LinkedHashMap::new,
                        Collectors.mapping(Agents.Waiting::agentId, Collectors.toList())));
        return byCampaign.entrySet().stream()
                .flatMap(line -> IntStream.iterate(
                                0, from -> from < line.getValue().size(), from -> from + Queue.MOST_AT_ONCE)
                        .mapToObj(from -> new Group(
                                line.getKey(),
                                line.getValue()
                                        .subList(
                                                from,
                                                Math.min(
                                                        from + Queue.MOST_AT_ONCE,
                                                        line.getValue().size())))))
                .toList();
    }

    /** All agents of a group at once; after a lost race one by one, and who loses again waits for the next look. */
    private Uni<Integer> serve(Group group) {
        return database.inTransaction(sql -> claims.claim(sql, group.campaignId(), group.agents(), clock.instant()))
                .invoke(this::announce)
                .map(List::size)
                .onFailure()
                .recoverWithUni(failure -> group.agents().size() > 1
                        ? serveEach(group)
                        : Nothing.but("An agent of campaign %d got no youth this time".formatted(group.campaignId()))
                                .apply(failure)
                                .replaceWith(0));
    }

    private Uni<Integer> serveEach(Group group) {
        return Multi.createFrom()
                .iterable(group.agents())
                .onItem()
                .transformToUniAndConcatenate(agent -> serve(new Group(group.campaignId(), List.of(agent))))
                .collect()
                .with(Collectors.summingInt(Integer::intValue));
    }

    private void announce(List<Attempt> taken) {
        if (!taken.isEmpty()) {
            outbox.nudge(Outbox.CALLS_TO_PLACE);
            taken.forEach(attempt -> changes.fire(new Agents.Changed(attempt.agentId())));
        }
    }

    /**
     * The agent is ready for calls of this campaign from now on. Who has a line, and comes when somebody is due, is served
     * in the same transaction.
     */
    public Uni<Arrival> ready(long agentId, long campaignId) {
        Instant now = clock.instant();
        return database.inTransaction(
                        sql -> claims.arrive(sql, agentId, campaignId, mayDial() && !turns.isFull(now), now))
                .onFailure(PersistenceException.class)
                .recoverWithUni(
                        lostRace -> database.inTransaction(sql -> claims.arrive(sql, agentId, campaignId, false, now)))
                .invoke(arrival -> {
                    changes.fire(new Agents.Changed(agentId));
                    switch (arrival) {
                        case SERVED -> outbox.nudge(Outbox.CALLS_TO_PLACE);
                        case WAITING -> nudge();
                        case BUSY, NOT_OPEN -> {}
                    }
                });
    }

    /** Whether calls are placed at all: Twilio takes them, and this node goes on. */
    boolean mayDial() {
        return twilio.isUp() && !stopped;
    }
}
