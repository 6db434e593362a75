package fr.raccroche.desk;

import static fr.raccroche.platform.FrenchCalendar.PARIS;

import fr.raccroche.campaign.Campaign;
import fr.raccroche.campaign.Campaigns;
import fr.raccroche.dialing.Agents;
import fr.raccroche.dialing.Attempt;
import fr.raccroche.dialing.Attempts;
import fr.raccroche.dialing.CallbackSlots;
import fr.raccroche.dialing.Callbacks;
import fr.raccroche.dialing.InboundCalls;
import fr.raccroche.handoff.Destinations;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.FrenchCalendar;
import fr.raccroche.platform.Nothing;
import fr.raccroche.platform.Problem;
import fr.raccroche.platform.Sql;
import fr.raccroche.security.Account;
import fr.raccroche.youth.PhoneNumber;
import fr.raccroche.youth.YouthFile;
import fr.raccroche.youth.Youths;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an agent sees. All of it is in the database, and each thing is read once for a page, so that it fits together. */
@ApplicationScoped
class Screen {

    private final Database database;
    private final Agents agents;
    private final Attempts attempts;
    private final InboundCalls inbound;
    private final Callbacks callbacks;
    private final Campaigns campaigns;
    private final Clock clock;

    Screen(
            Database database,
            Agents agents,
            Attempts attempts,
            InboundCalls inbound,
            Callbacks callbacks,
            Campaigns campaigns,
            Clock clock) {
        this.database = database;
        this.agents = agents;
        this.attempts = attempts;
        this.inbound = inbound;
        this.callbacks = callbacks;
        this.campaigns = campaigns;
        this.clock = clock;
    }

    /** What an agent has in hand: a call to a youth, or a caller of whom nobody knows the file yet, or nothing. */
    private record Hand(@Nullable Talk talk, @Nullable CallerInHand caller) {

        static final Hand EMPTY = new Hand(null, null);
    }

    /** @param hidden whether the youth rang us and hides the number */
    private record Talk(Attempt attempt, YouthFile youth, boolean hidden) {

        PhoneNumber called() {
            return youth.numbers().stream()
                    .filter(number -> number.id() == attempt.phoneId())
                    .findFirst()
                    .orElseThrow();
        }

        CallInHand call(Instant now) {
            return new CallInHand(
                    attempt.id(),
                    attempt.actionId(),
                    attempt.e164(),
                    called().owner(),
                    attempt.state(),
                    attempt.machine(),
                    attempt.inbound(),
                    hidden,
                    new YouthInHand(
                            youth.id(),
                            youth.ine(),
                            youth.firstName(),
                            youth.lastName(),
                            youth.age(now.atZone(PARIS).toLocalDate()).years()));
        }
    }

    /** Where the agent stands now. */
    Uni<DeskState> state(Account agent) {
        Instant now = clock.instant();
        return database.inSnapshot(sql -> hand(sql, agent.id()).chain(hand -> state(sql, agent.id(), hand, now)));
    }

    private Uni<DeskState> state(Sql sql, long agentId, Hand hand, Instant now) {
        CallInHand call = hand.talk() == null ? null : hand.talk().call(now);
        CallerInHand caller = hand.caller();
        return agents.peek(sql, agentId)
                .map(presence -> presence == null
                        ? new DeskState(Agents.State.OFFLINE, Agents.State.READY, now, null, false, false, call, caller)
                        : new DeskState(
                                presence.state(),
                                presence.wanted(),
                                presence.since(),
                                presence.campaignId(),
                                presence.audio(),
                                presence.isStopped(),
                                call,
                                caller));
    }

    private Uni<Hand> hand(Sql sql, long agentId) {
        return attempts.peekHeldBy(sql, agentId)
                .chain(attempt -> attempt == null
                        ? caller(sql, agentId).map(caller -> new Hand(null, caller))
                        : talk(sql, attempt));
    }

    private Uni<@Nullable CallerInHand> caller(Sql sql, long agentId) {
        return inbound.peekHeldBy(sql, agentId)
                .chain(call -> call == null
                        ? Nothing.found()
                        : inbound.candidates(sql, call)
                                .map(files -> new CallerInHand(call.id(), call.e164(), call.isOver(), files)));
    }

    private Uni<Hand> talk(Sql sql, Attempt attempt) {
        Uni<Boolean> hidden = attempt.inbound()
                ? inbound.isHidden(sql, attempt.id())
                : Uni.createFrom().item(false);
        return hidden.chain(isHidden -> Youths.file(sql, attempt.youthId())
                .map(youth -> youth == null ? Hand.EMPTY : new Hand(new Talk(attempt, youth, isHidden), null)));
    }

    /** Everything for the page, as it stood at one moment: no youth without their call, nor the other way round. */
    Uni<DeskView> view(Account agent) {
        Instant now = clock.instant();
        return database.inSnapshot(sql -> hand(sql, agent.id()).chain(hand -> view(sql, agent.id(), hand, now)));
    }

    private Uni<DeskView> view(Sql sql, long agentId, Hand hand, Instant now) {
        return state(sql, agentId, hand, now)
                .chain(state -> file(sql, hand.talk(), now).chain(file -> view(sql, agentId, state, file, now)));
    }

    private Uni<DeskView> view(Sql sql, long agentId, DeskState state, @Nullable DeskFile file, Instant now) {
        Instant dayStart = now.atZone(PARIS).toLocalDate().atStartOfDay(PARIS).toInstant();
        return campaigns
                .running(sql)
                .chain(running ->
                        Files.day(sql, agentId, dayStart).map(today -> new DeskView(state, running, today, file, now)));
    }

    private Uni<@Nullable DeskFile> file(Sql sql, @Nullable Talk talk, Instant now) {
        return talk == null
                ? Nothing.found()
                : campaigns
                        .byId(sql, talk.attempt().campaignId())
                        .chain(campaign -> Files.standing(sql, talk.attempt())
                                .chain(standing -> file(sql, talk, campaign, standing, now)));
    }

    private static Uni<DeskFile> file(Sql sql, Talk talk, Campaign campaign, Standing standing, Instant now) {
        return Files.past(sql, talk.youth().id(), now)
                .chain(past -> Destinations.of(sql, talk.youth().id())
                        .map(receivers ->
                                new DeskFile(talk.youth(), campaign, talk.called(), standing, past, receivers)));
    }

    /** Moments for which a call can be promised. */
    record Offer(CallbackSlots slots, List<QuickChoice> quick) {}

    /** When the youth in hand can be promised a call. */
    Uni<Offer> slots(Account agent) {
        Instant now = clock.instant();
        return database.inTransaction(sql -> attempts.peekHeldBy(sql, agent.id())
                .onItem()
                .ifNull()
                .failWith(() -> Problem.conflict("no-call", "Aucun appel n'est en cours."))
                .chain(attempt -> campaigns.byId(sql, attempt.campaignId()))
                .chain(campaign -> callbacks
                        .slots(sql, campaign, now)
                        .map(slots -> new Offer(slots, QuickChoice.of(campaign, now)))));
    }

    /** The calls that the agent promised for today and the next working day. */
    Uni<Promises> promises(Account agent) {
        Instant now = clock.instant();
        LocalDate next = nextWorkingDay(now.atZone(PARIS).toLocalDate());
        return database.inTransaction(sql -> forAnybody(sql, agent.id(), next)
                .chain(others -> callbacks
                        .promises(sql, agent.id(), next, now)
                        .map(mine -> new Promises(mine, next, others, now))));
    }

    private Uni<Long> forAnybody(Sql sql, long agentId, LocalDate last) {
        return agents.peek(sql, agentId)
                .map(presence -> presence == null ? null : presence.campaignId())
                .chain(campaign ->
                        campaign == null ? Uni.createFrom().item(0L) : callbacks.forAnybody(sql, campaign, last));
    }

    private static LocalDate nextWorkingDay(LocalDate day) {
        LocalDate next = day.plusDays(1);
        while (!FrenchCalendar.isWorkingDay(next)) {
            next = next.plusDays(1);
        }
        return next;
    }
}
