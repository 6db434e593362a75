package fr.raccroche.inbound;

import fr.raccroche.campaign.Campaign;
import fr.raccroche.dialing.Agents;
import fr.raccroche.dialing.Attempts;
import fr.raccroche.dialing.DialingConfig;
import fr.raccroche.dialing.InboundCalls.Inbound;
import fr.raccroche.dialing.LineWatch;
import fr.raccroche.dialing.RingIn;
import fr.raccroche.inbound.InboundRouting.Decision;
import fr.raccroche.inbound.InboundRouting.File;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Nothing;
import fr.raccroche.platform.Sql;
import fr.raccroche.telephony.Twiml;
import fr.raccroche.telephony.VoiceTokens;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.PersistenceException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Answers people who ring us: {@link InboundRouting} decides, this brings the caller to an agent, or lets them wait, ask
 * for a callback or leave a message. The agent is taken, and the file opened, before Twilio hears whom to connect; what
 * breaks after that is found out by asking Twilio.
 */
@ApplicationScoped
public class Reception {

    /** An answer to Twilio, and the agent who got the call; -1 for none. */
    private record Answer(String twiml, long agentId) {

        static Answer of(String twiml) {
            return new Answer(twiml, -1);
        }
    }

    private final Database database;
    private final CallsIn inbound;
    private final Attempts attempts;
    private final Agents agents;
    private final Offers offers;
    private final LineWatch watch;
    private final Twiml twiml;
    private final DialingConfig config;

    Reception(
            Database database,
            CallsIn inbound,
            Attempts attempts,
            Agents agents,
            Offers offers,
            LineWatch watch,
            Twiml twiml,
            DialingConfig config) {
        this.database = database;
        this.inbound = inbound;
        this.attempts = attempts;
        this.agents = agents;
        this.offers = offers;
        this.watch = watch;
        this.twiml = twiml;
        this.config = config;
    }

    /** What is next for this caller; whoever lost a race for an agent or a youth waits a moment longer. */
    Uni<String> receive(String callSid, @Nullable String e164, String shown, Instant now) {
        return database.inTransaction(sql -> answer(sql, callSid, e164, shown, true, now))
                .onFailure(PersistenceException.class)
                .recoverWithUni(
                        lostRace -> database.inTransaction(sql -> answer(sql, callSid, e164, shown, false, now)))
                .invoke(answer -> {
                    if (answer.agentId() >= 0) {
                        watch.putThrough(answer.agentId(), callSid);
                    }
                })
                .map(Answer::twiml);
    }

    private Uni<Answer> answer(
            Sql sql, String callSid, @Nullable String e164, String shown, boolean mayConnect, Instant now) {
        return inbound.hear(sql, callSid, e164, shown, now).chain(call -> {
            if (call.isOver()) {
                return Uni.createFrom().item(Answer.of(twiml.hangUp()));
            }
            return switch (call.state()) {
                case WAITING -> route(sql, call, mayConnect, now);
                case CONNECTED -> Uni.createFrom().item(Answer.of(twiml.join(VoiceTokens.identity(agentOf(call)))));
                case OFFERED -> route(sql, call, false, now);
                case CALLBACK -> Uni.createFrom().item(Answer.of(offers.toCalledBack()));
                case MESSAGE -> Uni.createFrom().item(Answer.of(offers.toHeard()));
            };
        });
    }

    static long agentOf(Inbound call) {
        Long agent = call.agentId();
        return agent == null ? -1 : agent;
    }

    private Uni<Answer> route(Sql sql, Inbound call, boolean mayConnect, Instant now) {
        return inbound.facts(sql, call, now).chain(facts -> route(sql, call, facts, mayConnect, now));
    }

    private Uni<Answer> route(Sql sql, Inbound call, InboundRouting.Facts facts, boolean mayConnect, Instant now) {
        return switch (InboundRouting.decide(facts, config.inboundPatience(), now)) {
            case Decision.Connect connect
            when mayConnect && facts.campaign() != null -> connect(sql, call, facts.campaign(), connect, now);
            case Decision.Connect noRace ->
                offers.letWait(sql, call, facts.campaign(), true).map(Answer::of);
            case Decision.Wait wait ->
                offers.letWait(sql, call, facts.campaign(), wait.forAnyAgent()).map(Answer::of);
            case Decision.Offer offer ->
                offers.offer(sql, call, facts.campaign(), offer, now).map(Answer::of);
        };
    }

    /** The queue row first, then the agent: the order that everybody keeps. */
    private Uni<Answer> connect(Sql sql, Inbound call, Campaign campaign, Decision.Connect connect, Instant now) {
        File file = connect.file();
        Uni<Boolean> free = file == null
                ? Uni.createFrom().item(true)
                : inbound.isInHand(sql, file.campaignId(), file.youthId()).map(inHand -> !inHand);
        return free.chain(isFree -> isFree
                ? agents.takeForCaller(sql, campaign.id(), connect.agents(), now)
                        .chain(agent -> agent == null
                                ? offers.letWait(sql, call, campaign, true).map(Answer::of)
                                : open(sql, call, campaign, file, agent, now))
                : offers.letWait(sql, call, campaign, false).map(Answer::of));
    }

    private Uni<Answer> open(Sql sql, Inbound call, Campaign campaign, @Nullable File file, long agent, Instant now) {
        Uni<@Nullable Long> attempt = file == null
                ? Nothing.found()
                : inbound.phone(sql, file.youthId(), call.e164())
                        .chain(phone -> phone == null
                                ? Nothing.found()
                                : attempts.ringIn(sql, ringIn(call, file.campaignId(), file.youthId(), agent, phone)));
        return attempt.chain(id -> inbound.connected(sql, call, campaign.id(), agent, id, now))
                .replaceWith(new Answer(twiml.join(VoiceTokens.identity(agent)), agent));
    }

    static RingIn ringIn(Inbound call, long campaignId, long youthId, long agentId, long phoneId) {
        return new RingIn(
                campaignId, youthId, agentId, phoneId, call.callSid(), call.shown(), call.receivedAt(), call.endedAt());
    }
}
