package fr.raccroche.dialing;

import fr.raccroche.campaign.Campaign;
import fr.raccroche.dialing.CallingRules.Verdict;
import fr.raccroche.dialing.KnownCampaigns.Known;
import fr.raccroche.platform.Sql;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Takes youths for agents who wait: draws the next who are due, asks the rules, sets aside whom they refuse, and writes the
 * attempts of the others. Nothing leaves for Twilio here.
 */
@ApplicationScoped
public class Claims {

    /** Youths refused in a row before the agent's turn ends; the next look goes on from there. */
    private static final int REFUSALS_A_TURN = 20;

    private final Queue queue;
    private final Attempts attempts;
    private final Agents agents;
    private final KnownCampaigns known;
    private final Refusals refusals;
    private final CallTurns turns;
    private final CallingRules rules;

    Claims(
            Queue queue,
            Attempts attempts,
            Agents agents,
            KnownCampaigns known,
            Refusals refusals,
            CallTurns turns,
            CallingRules rules) {
        this.queue = queue;
        this.attempts = attempts;
        this.agents = agents;
        this.known = known;
        this.refusals = refusals;
        this.turns = turns;
        this.rules = rules;
    }

    /**
     * Takes a youth for each of {@code agents} who wait for the campaign, in the caller's transaction: as many as are due.
     */
    public Uni<List<Attempt>> claim(Sql sql, long campaignId, List<Long> agents, Instant now) {
        return claim(sql, new Batch(campaignId, agents, false, REFUSALS_A_TURN * agents.size()), now);
    }

    /**
     * Agents who are served together.
     *
     * @param refusals youths who may still be drawn in vain
     */
    private record Batch(long campaignId, List<Long> agents, boolean arriving, int refusals) {

        static Batch arrival(long campaignId, long agentId) {
            return new Batch(campaignId, List.of(agentId), true, REFUSALS_A_TURN);
        }

        Batch after(int notCalled, List<Attempt> taken) {
            Set<Long> served = taken.stream().map(Attempt::agentId).collect(Collectors.toSet());
            return new Batch(
                    campaignId,
                    agents.stream().filter(agent -> !served.contains(agent)).toList(),
                    arriving,
                    refusals - notCalled);
        }
    }

    private Uni<List<Attempt>> claim(Sql sql, Batch batch, Instant now) {
        return draw(sql, batch, true, now).chain(draw -> take(sql, batch, draw, now));
    }

    /**
     * The agent comes to this campaign, in the caller's transaction, and takes the first youth who is due.
     *
     * @param look false to leave them waiting in any case
     */
    Uni<Arrival> arrive(Sql sql, long agentId, long campaignId, boolean look, Instant now) {
        return draw(sql, Batch.arrival(campaignId, agentId), look, now).chain(draw -> {
            if (draw.agentState() != null && draw.agentState().holdsAttempt()) {
                return agents.want(sql, agentId, Agents.State.READY).replaceWith(Arrival.BUSY);
            }
            if (draw.campaignState() != Campaign.State.RUNNING && draw.campaignState() != Campaign.State.PAUSED) {
                return Uni.createFrom().item(Arrival.NOT_OPEN);
            }
            return take(sql, Batch.arrival(campaignId, agentId), draw, now)
                    .chain(taken -> taken.isEmpty()
                            ? agents.set(sql, agentId, campaignId, Agents.State.READY, now)
                                    .replaceWith(Arrival.WAITING)
                            : Uni.createFrom().item(Arrival.SERVED));
        });
    }

    /** Looks for youths when the campaign, as far as is known, may ring now; learns what changed in it meanwhile. */
    private Uni<Draw> draw(Sql sql, Batch batch, boolean look, Instant now) {
        Known before = known.find(batch.campaignId());
        boolean open = look && before != null && mayServe(before.campaign(), batch, now);
        Uni<Draw> drawn = batch.arriving()
                ? queue.drawOnArrival(sql, batch.campaignId(), batch.agents().getFirst(), open, now)
                : youths(sql, batch, open ? before : null, now)
                        .chain(youths -> queue.draw(
                                sql, batch.campaignId(), batch.agents(), youths, open && youths.orElse(1) > 0, now));
        return drawn.chain(draw ->
                draw.campaignState() == null || (before != null && before.version() == draw.campaignVersion())
                        ? Uni.createFrom().item(draw)
                        : known.learn(sql, batch.campaignId(), draw.campaignVersion())
                                .chain(campaign -> open || !look || !mayServe(campaign, batch, now)
                                        ? Uni.createFrom().item(draw)
                                        : draw(sql, batch, true, now)));
    }

    /** Where lines are shared all agents are looked at together, and never one who arrives. */
    private boolean mayServe(Campaign campaign, Batch batch, Instant now) {
        return rules.mayRing(campaign, now) && !(batch.arriving() && campaign.bursts());
    }

    /** How many youths to draw where agents may share lines; empty for one each. */
    private Uni<OptionalInt> youths(Sql sql, Batch batch, @Nullable Known campaign, Instant now) {
        if (campaign == null || !campaign.campaign().bursts()) {
            return Uni.createFrom().item(OptionalInt.empty());
        }
        int agents = batch.agents().size();
        return known.lines(sql, campaign, now)
                .chain(lines -> turns.room(sql, now)
                        .map(room -> OptionalInt.of(Math.max(0, Math.min(room, lines.free(agents))))));
    }

    /** Asks the rules about each youth who was drawn: takes them, or sets them aside and draws again. */
    private Uni<List<Attempt>> take(Sql sql, Batch batch, Draw draw, Instant now) {
        Known campaign = known.find(batch.campaignId());
        if (campaign == null || draw.youths().isEmpty() || !rules.mayRing(campaign.campaign(), now)) {
            return Uni.createFrom().item(List.of());
        }
        return known.lines(sql, campaign, now)
                .map(lines -> lineup(draw, campaign.campaign(), lines, now))
                .chain(lineup -> refusals.setAside(sql, lineup.refused(), now)
                        .chain(() -> open(sql, batch, campaign.campaign(), lineup.called(), now))
                        .chain(taken -> lineup.passedOver() == 0 || lineup.passedOver() > batch.refusals()
                                ? Uni.createFrom().item(taken)
                                : claim(sql, batch.after(lineup.passedOver(), taken), now)
                                        .map(more -> Stream.concat(taken.stream(), more.stream())
                                                .toList())));
    }

    private Lineup lineup(Draw draw, Campaign campaign, BurstLines lines, Instant now) {
        List<Candidate> youths =
                draw.youths().stream().map(youth -> youth.in(campaign)).toList();
        return Lineup.of(draw.agents(), youths, lines, rules, now);
    }

    private Uni<List<Attempt>> open(Sql sql, Batch batch, Campaign campaign, List<Opening> called, Instant now) {
        if (called.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        var state = campaign.mode() == Campaign.Mode.PREVIEW ? AttemptState.PREVIEW : AttemptState.INTENT;
        return attempts.open(sql, batch.campaignId(), state, called, batch.arriving(), now);
    }

    /** Whether the rules still let the youth of a preview be called, who is locked from here on. */
    Uni<Boolean> mayCall(Sql sql, Attempt preview, Instant now) {
        return known.byId(sql, preview.campaignId())
                .chain(campaign -> queue.candidate(sql, campaign, preview.youthId(), now))
                .map(candidate -> rules.decide(candidate.facts(), now) instanceof Verdict.Call);
    }
}
