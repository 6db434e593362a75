package fr.raccroche.dialing;

import fr.raccroche.campaign.AttemptResult;
import fr.raccroche.campaign.CallingHours;
import fr.raccroche.campaign.Campaign;
import fr.raccroche.campaign.Campaigns;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Nothing;
import fr.raccroche.platform.Sql;
import fr.raccroche.telephony.Twiml;
import fr.raccroche.telephony.VoiceTokens;
import fr.raccroche.youth.TelephoneState;
import fr.raccroche.youth.Telephones;
import fr.raccroche.youth.Youths;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The gate that a youth who answered passes on the way to an agent: a closed attempt, an objection, the hours or no agent
 * keep it shut, and who stands before it hears a sentence, or nothing more.
 */
@ApplicationScoped
class Gate {

    /** An agent who comes free within a second and a half still takes the youth; nobody hears two seconds of silence. */
    private static final int LOOKS_FOR_AGENT = 6;

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

    private final Database database;
    private final Attempts attempts;
    private final Agents agents;
    private final Campaigns campaigns;
    private final Settlement settlement;
    private final LastWords words;
    private final Twiml twiml;
    private final Clock clock;

    Gate(
            Database database,
            Attempts attempts,
            Agents agents,
            Campaigns campaigns,
            Settlement settlement,
            LastWords words,
            Twiml twiml,
            Clock clock) {
        this.database = database;
        this.attempts = attempts;
        this.agents = agents;
        this.campaigns = campaigns;
        this.settlement = settlement;
        this.words = words;
        this.twiml = twiml;
        this.clock = clock;
    }

    /**
     * What a youth hears.
     *
     * @param agentId whom it concerns; {@link Attempts#NOBODY} for nobody
     * @param admitted whether they were let through to that agent
     */
    record Passage(String twiml, long agentId, boolean admitted) {

        static Passage shut(String twiml) {
            return new Passage(twiml, Attempts.NOBODY, false);
        }
    }

    /** The youth of the attempt that {@code token} names answered, on Twilio's call {@code sid}. */
    Uni<Passage> answered(String token, String sid) {
        return answered(token, sid, LOOKS_FOR_AGENT);
    }

    /** @param looks how often an agent is looked for; after the last one the youth hears that none is there */
    private Uni<Passage> answered(String token, String sid, int looks) {
        Instant now = clock.instant();
        return database.inTransaction(sql -> attempts.byToken(sql, token)
                        .chain(attempt -> attempt == null
                                ? Uni.createFrom().item(Passage.shut(twiml.hangUp()))
                                : admit(sql, attempt, sid, looks > 1, now)))
                .chain(passage -> passage != null
                        ? Uni.createFrom().item(passage)
                        : Nothing.happens()
                                .onItem()
                                .delayIt()
                                .by(BETWEEN_LOOKS)
                                .chain(() -> answered(token, sid, looks - 1)));
    }

    /**
     * @param mayLookAgain whether there is still time to look for an agent
     * @return null when another look for an agent is worth it
     */
    private Uni<@Nullable Passage> admit(Sql sql, Attempt attempt, String sid, boolean mayLookAgain, Instant now) {
        if (!attempt.isOpen() && attempt.isLive() && !isOther(attempt, sid)) {
            return repeatSentence(sql, attempt);
        }
        if (!attempt.isOpen() || attempt.state().isOver() || isOther(attempt, sid)) {
            return Uni.createFrom().item(Passage.shut(twiml.hangUp()));
        }
        return attempts.advance(sql, attempt, AttemptState.ANSWERED, sid, now)
                .chain(() -> campaigns.byId(sql, attempt.campaignId()))
                .chain(campaign -> isUnwanted(sql, attempt)
                        .chain(objected -> objected || !isOpen(campaign, now)
                                ? turnAway(sql, attempt, now)
                                        .replaceWith(new Passage(twiml.hangUp(), attempt.agentId(), false))
                                : attempt.isShared()
                                        ? share(sql, attempt, campaign, mayLookAgain, now)
                                        : connect(sql, attempt, now)));
    }

    /** Whether the youth objected while it rang, or somebody on this telephone did. */
    private static Uni<Boolean> isUnwanted(Sql sql, Attempt attempt) {
        return Youths.objected(sql, attempt.youthId())
                .chain(objected -> objected
                        ? Uni.createFrom().item(true)
                        : Telephones.of(sql, attempt.e164())
                                .map(telephone -> telephone.state() == TelephoneState.OBJECTED));
    }

    private static boolean isOther(Attempt attempt, String sid) {
        return attempt.callSid() != null && !attempt.callSid().equals(sid);
    }

    /** Nobody is talked to who objected while it rang, or after the campaign's hours. */
    private static boolean isOpen(Campaign campaign, Instant now) {
        return campaign.state() != Campaign.State.CLOSED && campaign.isOpenAt(now, CallingHours.TO_THE_END);
    }

    private Uni<Passage> connect(Sql sql, Attempt attempt, Instant now) {
        long agentId = attempt.agentId();
        return agents.find(sql, agentId)
                .chain(agent -> agent == null || !agent.audio()
                        ? apologise(sql, attempt, now)
                        : agents.move(sql, agentId, Agents.State.IN_CALL, now)
                                .chain(() -> letThrough(sql, attempt, agentId)));
    }

    /** A line that was nobody's goes to whoever waits longest. */
    private Uni<@Nullable Passage> share(
            Sql sql, Attempt attempt, Campaign campaign, boolean mayLookAgain, Instant now) {
        return agents.takeAnswered(sql, campaign.id(), now).chain(agentId -> {
            if (agentId == null) {
                return mayLookAgain ? Nothing.found() : apologise(sql, attempt, now);
            }
            return attempts.give(sql, attempt.id(), agentId).chain(() -> letThrough(sql, attempt, agentId));
        });
    }

    private Uni<Passage> letThrough(Sql sql, Attempt attempt, long agentId) {
        return attempts.admit(sql, attempt.id())
                .replaceWith(new Passage(twiml.join(VoiceTokens.identity(agentId)), agentId, true));
    }

    private Uni<Passage> apologise(Sql sql, Attempt attempt, Instant now) {
        return turnAway(sql, attempt, now)
                .chain(() -> words.to(sql, attempt))
                .map(sentence -> new Passage(sentence, attempt.agentId(), false));
    }

    /** Twilio asks again: our answer was lost. Who was to hear a sentence still hears it. */
    private Uni<Passage> repeatSentence(Sql sql, Attempt closed) {
        return attempts.isSpokenTo(sql, closed.id())
                .chain(spoken -> spoken
                        ? words.to(sql, closed).map(Passage::shut)
                        : Uni.createFrom().item(Passage.shut(twiml.hangUp())));
    }

    /** For whoever is on the line while nothing works: the sentence that needs nobody and nothing. */
    String apology(boolean rangUs) {
        return rangUs ? words.toCaller() : words.toCalled();
    }

    private Uni<Void> turnAway(Sql sql, Attempt attempt, Instant now) {
        return settlement.settle(sql, attempt, Ending.of(AttemptResult.ABANDONED), now);
    }
}
