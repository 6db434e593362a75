package fr.raccroche.dialing;

import fr.raccroche.campaign.AttemptResult;
import fr.raccroche.campaign.Campaign;
import fr.raccroche.campaign.Campaigns;
import fr.raccroche.dialing.InboundCalls.Inbound;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.InTurn;
import fr.raccroche.platform.Nothing;
import fr.raccroche.platform.Sql;
import fr.raccroche.telephony.Calls;
import fr.raccroche.telephony.TwilioRequest;
import fr.raccroche.telephony.Twiml;
import fr.raccroche.telephony.VoiceTokens;
import fr.raccroche.youth.YouthMessages;
import fr.raccroche.youth.Youths;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.event.Event;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings an agent and a youth onto one line. The agent's line waits in a conference of their own; a youth who answers
 * passes a gate and joins it. A browser never says whom to dial: it only ever reaches its own waiting line.
 */
@Path("/webhooks/twilio")
@PermitAll
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@Produces(MediaType.APPLICATION_XML)
public class AgentLine {

    /** An agent who comes free within a second and a half still takes the youth; nobody hears two seconds of silence. */
    private static final int LOOKS_FOR_AGENT = 6;

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

    private final Database database;
    private final Attempts attempts;
    private final Agents agents;
    private final InboundCalls inbound;
    private final Callbacks callbacks;
    private final CallbackBooking booking;
    private final Campaigns campaigns;
    private final Settlement settlement;
    private final Twiml twiml;
    private final YouthMessages says;
    private final Calls calls;
    private final Dialer dialer;
    private final Clock clock;
    private final Event<Agents.Changed> changes;
    private final DialingConfig config;

    AgentLine(
            Database database,
            Attempts attempts,
            Agents agents,
            InboundCalls inbound,
            Callbacks callbacks,
            CallbackBooking booking,
            Campaigns campaigns,
            Settlement settlement,
            Twiml twiml,
            YouthMessages says,
            Calls calls,
            Dialer dialer,
            Clock clock,
            Event<Agents.Changed> changes,
            DialingConfig config) {
        this.database = database;
        this.attempts = attempts;
        this.agents = agents;
        this.inbound = inbound;
        this.callbacks = callbacks;
        this.booking = booking;
        this.campaigns = campaigns;
        this.settlement = settlement;
        this.twiml = twiml;
        this.says = says;
        this.calls = calls;
        this.dialer = dialer;
        this.clock = clock;
        this.changes = changes;
        this.config = config;
    }

    /** An agent's browser connects. Whatever number it asks for is ignored. */
    @POST
    @Path("/agent")
    public Uni<String> agent(TwilioRequest request) {
        String identity = request.get("From").replaceFirst("^client:", "");
        long agentId = VoiceTokens.account(identity);
        if (agentId < 0) {
            return Uni.createFrom().item(twiml.hangUp());
        }
        Instant now = clock.instant();
        String line = request.callSid();
        return database.inTransaction(sql -> agents.connect(sql, agentId, line, now))
                .call(before -> before == null || before.equals(line) ? Nothing.happens() : calls.hangUp(before))
                .invoke(() -> changed(agentId))
                .replaceWith(twiml.waitFor(identity));
    }

    /** Somebody joined or left an agent's conference. When the agent is the one who left, nobody is left in silence. */
    @POST
    @Path("/conference/{identity}")
    public Uni<String> conference(@PathParam("identity") String identity, TwilioRequest request) {
        long agentId = VoiceTokens.account(identity);
        String sid = request.callSid();
        Uni<Void> done = agentId < 0
                ? Nothing.happens()
                : switch (request.get("StatusCallbackEvent")) {
                    case "participant-join" -> database.inTransaction(sql -> attempts.joined(sql, sid));
                    case "participant-leave" -> left(agentId, sid);
                    default -> Nothing.happens();
                };
        return done.replaceWith("");
    }

    /** This line of the agent has been over for a while; a youth who is still on it hears a sentence instead of silence. */
    Uni<Void> gone(long agentId, String sid) {
        return gone(agentId, sid, this::takeLeave);
    }

    /** The same at the moment when they leave: perhaps their page was only read again. */
    private Uni<Void> left(long agentId, String sid) {
        return gone(agentId, sid, left -> left.isTalk() ? waitFor(agentId, left) : takeLeave(left));
    }

    private Uni<Void> gone(long agentId, String sid, Function<Left, Uni<Void>> then) {
        return database.inTransaction(sql -> leave(sql, agentId, sid))
                .chain(left -> left == null
                        ? Nothing.happens()
                        : database.inTransaction(sql -> touch(sql, left)).chain(() -> then.apply(left)))
                .invoke(() -> changed(agentId));
    }

    /** Whom an agent left alone: a youth whose attempt it is, or a caller whom nobody knows yet. */
    private record Left(@Nullable Attempt attempt, @Nullable Inbound caller) {

        @Nullable
        String callSid() {
            return attempt != null ? attempt.callSid() : caller != null ? caller.callSid() : null;
        }

        /** Whether they were together on the line, as far as is known. */
        boolean isTalk() {
            return attempt == null || (attempt.state() == AttemptState.ANSWERED && !attempt.isAlone());
        }

        /** Whether nothing says that the agent was ever there. */
        boolean isAlone() {
            return attempt == null || attempt.isAlone();
        }
    }

    /** Null when nobody was left alone, or the agent has another line. */
    private Uni<@Nullable Left> leave(Sql sql, long agentId, String sid) {
        return agents.disconnect(sql, agentId, sid).chain(gone -> gone ? with(sql, agentId) : Nothing.found());
    }

    /** The sweeper leaves them to us for a while; in a transaction of its own, for an agent is locked last. */
    private Uni<Void> touch(Sql sql, Left left) {
        if (left.attempt() != null) {
            return attempts.touch(sql, left.attempt().id());
        }
        return left.caller() == null ? Nothing.happens() : inbound.touch(sql, left.caller());
    }

    /** Who is on the agent's line, or on their way there. */
    private Uni<@Nullable Left> with(Sql sql, long agentId) {
        return attempts.peekHeldBy(sql, agentId)
                .chain(attempt -> attempt == null
                        ? inbound.peekHeldBy(sql, agentId)
                                .map(call -> call == null || call.isOver() ? null : new Left(null, call))
                        : Uni.createFrom().item(attempt.isLive() ? new Left(attempt, null) : null));
    }

    /** Lets them wait in the agent's room, where the agent's next line joins them. */
    private Uni<Void> waitFor(long agentId, Left left) {
        later(
                config.rejoin(),
                left.callSid(),
                () -> database.inTransaction(sql -> agents.peek(sql, agentId)
                                .chain(agent -> agent != null && agent.audio() ? Nothing.found() : with(sql, agentId)))
                        .chain(alone -> alone == null ? Nothing.happens() : takeLeave(alone)));
        return Nothing.happens();
    }

    private Uni<Void> takeLeave(Left left) {
        if (left.attempt() != null) {
            return takeLeave(left.attempt());
        }
        return left.caller() == null
                ? Nothing.happens()
                : apologise(left.caller().callSid());
    }

    /** Takes leave of a caller whom nobody knows yet. */
    Uni<Void> apologise(String callSid) {
        return calls.sayAndHangUp(callSid, twiml.sayAndHangUp(says.later())).replaceWithVoid();
    }

    /**
     * A talk that broke off has an outcome to be recorded; who never heard an agent was abandoned. A phone that still rings
     * stops: whoever picks up at this very moment passes the gate.
     */
    private Uni<Void> takeLeave(Attempt left) {
        String sid = left.callSid();
        if (left.state() != AttemptState.ANSWERED) {
            return sid == null ? Nothing.happens() : calls.cancel(sid);
        }
        return (left.isAlone() ? abandon(left) : Nothing.happens())
                .chain(() -> sid == null ? Nothing.happens() : apologise(left, sid));
    }

    private Uni<Void> abandon(Attempt alone) {
        Instant now = clock.instant();
        return database.inTransaction(sql -> attempts.byId(sql, alone.id())
                .chain(attempt -> attempt == null || !attempt.isAlone()
                        ? Nothing.happens()
                        : settlement
                                .settle(sql, attempt, Ending.of(AttemptResult.ABANDONED), now)
                                .chain(() -> callBack(sql, attempt, now))
                                .chain(() -> goodbye(sql, attempt))
                                .replaceWithVoid()));
    }

    /** Takes leave of somebody with whom nobody talks. */
    Uni<Void> apologise(Attempt attempt, String callSid) {
        return database.inTransaction(sql -> goodbye(sql, attempt))
                .chain(sentence -> calls.sayAndHangUp(callSid, twiml.sayAndHangUp(sentence)))
                .chain(said -> said
                        ? Nothing.happens()
                        : database.inTransaction(sql -> attempts.speakNoMore(sql, attempt.id())));
    }

    /** Whom we called is called again anyway; who rang us, and found nobody there, is called back. */
    private Uni<Void> callBack(Sql sql, Attempt abandoned, Instant now) {
        return abandoned.inbound()
                ? booking.book(sql, abandoned.campaignId(), abandoned.youthId(), now.plus(config.callsBackAfter()), now)
                        .replaceWithVoid()
                : Nothing.happens();
    }

    /** What is said to a youth with whom nobody talks; nobody ends the call before the last word. */
    private Uni<String> goodbye(Sql sql, Attempt attempt) {
        return (attempt.inbound()
                        ? callbacks
                                .dueAt(sql, attempt.campaignId(), attempt.youthId())
                                .map(due -> due != null)
                        : Uni.createFrom().item(true))
                .chain(promised ->
                        promised ? nobody(sql, attempt) : Uni.createFrom().item(says.later()))
                .call(sentence -> attempts.speak(sql, attempt.id(), Twiml.longest(sentence)));
    }

    /** Youths who were let through and have not been heard of since: is the line of their agent still there? */
    Uni<Void> leaveNobodyAlone() {
        return database.inTransaction(sql -> Stragglers.alone(sql, config.alone()))
                .chain(found -> InTurn.eachOnItsOwn(
                        found,
                        attempt -> findAgent(attempt.agentId(), new Left(attempt, null)),
                        "Nobody could say who is on the line of a call"));
    }

    /** Somebody was let through to an agent a moment ago: is the agent there? */
    void lookAfter(long agentId, String callSid) {
        later(
                config.alone(),
                callSid,
                () -> database.inTransaction(sql -> with(sql, agentId))
                        .chain(left -> left == null || !callSid.equals(left.callSid()) || !left.isAlone()
                                ? Nothing.happens()
                                : findAgent(agentId, left)));
    }

    /** Does {@code work} after a while; what fails, or is lost with this node, the sweeper does. */
    private static void later(Duration delay, @Nullable String call, Supplier<Uni<Void>> work) {
        Nothing.happens()
                .onItem()
                .delayIt()
                .by(delay)
                .chain(work::get)
                .onFailure()
                .recoverWithUni(Nothing.but("Nobody could say who is on the line of call " + call))
                .subscribe()
                .with(ignored -> {});
    }

    /** Twilio knows whether the agent's line is up; only the report that the other one joined it may be lost. */
    private Uni<Void> findAgent(long agentId, Left left) {
        return database.inTransaction(sql -> agents.peek(sql, agentId)).chain(agent -> {
            String line = agent == null ? null : agent.line();
            return line == null
                    ? takeLeave(left).invoke(() -> changed(agentId))
                    : calls.fetch(line)
                            .chain(call ->
                                    call == null || call.status().isFinal() ? gone(agentId, line) : together(left));
        });
    }

    private Uni<Void> together(Left left) {
        Attempt attempt = left.attempt();
        return attempt == null
                ? Nothing.happens()
                : database.inTransaction(sql -> attempts.joinedAtOnce(sql, attempt.id()));
    }

    /** Takes leave of a caller whom nobody knows, should their agent have no line. */
    Uni<Void> leaveNobodyInSilence(Inbound caller) {
        Long agentId = caller.agentId();
        return agentId == null || caller.isOver() || caller.attemptId() != null
                ? Nothing.happens()
                : database.inTransaction(sql -> agents.peek(sql, agentId))
                        .chain(agent ->
                                agent != null && agent.audio() ? Nothing.happens() : apologise(caller.callSid()));
    }

    /** A youth answered: the gate. */
    @POST
    @Path("/answer/{token}")
    public Uni<String> answer(@PathParam("token") String token, TwilioRequest request) {
        String sid = request.callSid();
        return answered(token, sid, LOOKS_FOR_AGENT)
                .invoke(answer -> {
                    changed(answer.agentId());
                    if (answer.admitted()) {
                        lookAfter(answer.agentId(), sid);
                    }
                })
                .map(Answer::twiml);
    }

    /**
     * Twilio got no answer from us, or none that it understood: whoever is on the line hears a sentence. Nothing else is
     * asked, the database least of all.
     */
    @POST
    @Path("/apology")
    public Uni<String> apology(TwilioRequest request) {
        boolean rangUs = "inbound".equals(request.get("Direction"));
        return Uni.createFrom().item(twiml.sayAndHangUp(rangUs ? says.later() : says.sorry()));
    }

    /** @param looks how often an agent is looked for; after the last one the youth hears that none is there */
    private Uni<Answer> answered(String token, String sid, int looks) {
        Instant now = clock.instant();
        return database.inTransaction(sql -> attempts.byToken(sql, token)
                        .chain(attempt -> attempt == null
                                ? Uni.createFrom().item(Answer.hangUp(twiml))
                                : admit(sql, attempt, sid, looks > 1, now)))
                .chain(answer -> answer != null
                        ? Uni.createFrom().item(answer)
                        : Nothing.happens()
                                .onItem()
                                .delayIt()
                                .by(BETWEEN_LOOKS)
                                .chain(() -> answered(token, sid, looks - 1)));
    }

    /**
     * What a youth hears.
     *
     * @param agentId whom it concerns; -1 for nobody
     * @param admitted whether they were let through to that agent
     */
    private record Answer(String twiml, long agentId, boolean admitted) {

        static Answer hangUp(Twiml twiml) {
            return new Answer(twiml.hangUp(), -1, false);
        }
    }

    /** @return null when another look for an agent is worth it */
    private Uni<@Nullable Answer> admit(Sql sql, Attempt attempt, String sid, boolean again, Instant now) {
        if (!attempt.isOpen() && attempt.isLive() && !isOther(attempt, sid)) {
            return again(sql, attempt);
        }
        if (!attempt.isOpen() || attempt.state().isOver() || isOther(attempt, sid)) {
            return Uni.createFrom().item(Answer.hangUp(twiml));
        }
        return attempts.advance(sql, attempt, AttemptState.ANSWERED, sid, now)
                .chain(() -> campaigns.byId(sql, attempt.campaignId()))
                .chain(campaign -> Youths.objected(sql, attempt.youthId())
                        .chain(objected -> objected || !isOpen(campaign, now)
                                ? turnAway(sql, attempt, now)
                                        .replaceWith(new Answer(twiml.hangUp(), attempt.agentId(), false))
                                : attempt.isShared()
                                        ? share(sql, attempt, campaign, again, now)
                                        : connect(sql, attempt, now)));
    }

    private static boolean isOther(Attempt attempt, String sid) {
        return attempt.callSid() != null && !attempt.callSid().equals(sid);
    }

    /** Nobody is talked to who objected while it rang, or after the campaign's hours. */
    private static boolean isOpen(Campaign campaign, Instant now) {
        return campaign.state() != Campaign.State.CLOSED && campaign.hours().isOpen(now, Duration.ZERO);
    }

    private Uni<Answer> connect(Sql sql, Attempt attempt, Instant now) {
        long agentId = attempt.agentId();
        return agents.find(sql, agentId)
                .chain(agent -> agent == null || !agent.audio()
                        ? apologise(sql, attempt, now)
                        : agents.move(sql, agentId, Agents.State.IN_CALL, now)
                                .chain(() -> attempts.admit(sql, attempt.id()))
                                .replaceWith(new Answer(twiml.join(VoiceTokens.identity(agentId)), agentId, true)));
    }

    /** A line that was nobody's goes to whoever waits longest. */
    private Uni<@Nullable Answer> share(Sql sql, Attempt attempt, Campaign campaign, boolean again, Instant now) {
        return agents.takeAnswered(sql, campaign.id(), now).chain(agentId -> {
            if (agentId == null) {
                return again ? Nothing.found() : apologise(sql, attempt, now);
            }
            return attempts.give(sql, attempt.id(), agentId)
                    .chain(() -> attempts.admit(sql, attempt.id()))
                    .replaceWith(new Answer(twiml.join(VoiceTokens.identity(agentId)), agentId, true));
        });
    }

    private Uni<String> nobody(Sql sql, Attempt attempt) {
        return campaigns.byId(sql, attempt.campaignId()).map(Campaign::nobodyText);
    }

    private Uni<Answer> apologise(Sql sql, Attempt attempt, Instant now) {
        return turnAway(sql, attempt, now)
                .chain(() -> goodbye(sql, attempt))
                .map(sentence -> new Answer(twiml.sayAndHangUp(sentence), attempt.agentId(), false));
    }

    /** Twilio asks again: our answer was lost. Who was to hear a sentence still hears it. */
    private Uni<Answer> again(Sql sql, Attempt closed) {
        return attempts.isSpokenTo(sql, closed.id())
                .chain(spoken -> spoken
                        ? goodbye(sql, closed).map(sentence -> new Answer(twiml.sayAndHangUp(sentence), -1, false))
                        : Uni.createFrom().item(Answer.hangUp(twiml)));
    }

    private Uni<Void> turnAway(Sql sql, Attempt attempt, Instant now) {
        return settlement.settle(sql, attempt, Ending.of(AttemptResult.ABANDONED), now);
    }

    private void changed(long agentId) {
        if (agentId >= 0) {
            changes.fire(new Agents.Changed(agentId));
            dialer.nudge();
        }
    }
}
