package fr.raccroche.desk;

import fr.raccroche.campaign.Campaigns;
import fr.raccroche.dialing.Attempt;
import fr.raccroche.dialing.AttemptState;
import fr.raccroche.dialing.Attempts;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Nothing;
import fr.raccroche.platform.Problem;
import fr.raccroche.platform.Sql;
import fr.raccroche.security.Account;
import fr.raccroche.telephony.Calls;
import fr.raccroche.telephony.Twiml;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A machine answered: the campaign's message is left there, and the call ends with this outcome. */
@ApplicationScoped
class Voicemail {

    /** Real time a message may take; then the call is ended. */
    private static final Duration LONGEST_MESSAGE = Duration.ofSeconds(90);

    private final Database database;
    private final Attempts attempts;
    private final Campaigns campaigns;
    private final Interview interview;
    private final Calls calls;
    private final Twiml twiml;
    private final Clock clock;

    Voicemail(
            Database database,
            Attempts attempts,
            Campaigns campaigns,
            Interview interview,
            Calls calls,
            Twiml twiml,
            Clock clock) {
        this.database = database;
        this.attempts = attempts;
        this.campaigns = campaigns;
        this.interview = interview;
        this.calls = calls;
        this.twiml = twiml;
        this.clock = clock;
    }

    /** A message that is to be said on a call. */
    private record Spoken(long attemptId, String callSid, String text) {}

    /**
     * Leaves the message. The agent is free at once, the message goes on without them. Fails with 409 when the call is over
     * or the youth has two messages already.
     */
    Uni<Void> leave(Account agent, OutcomeForm form) {
        Instant now = clock.instant();
        return database.inTransaction(sql -> attempts.heldBy(sql, agent.id())
                        .chain(attempt -> interview
                                .isRecorded(sql, agent, form)
                                .chain(recorded -> recorded ? Nothing.found() : leave(sql, agent, attempt, form, now))))
                .call(message -> message == null ? Nothing.happens() : say(message))
                .invoke(() -> interview.announce(agent))
                .replaceWithVoid();
    }

    private Uni<@Nullable Spoken> leave(
            Sql sql, Account agent, @Nullable Attempt attempt, OutcomeForm form, Instant now) {
        if (attempt == null
                || attempt.state() != AttemptState.ANSWERED
                || attempt.callSid() == null
                || attempt.inbound()) {
            return Uni.createFrom()
                    .failure(Problem.conflict("call-over", "L'appel est terminé : notez « Messagerie »."));
        }
        return Outcomes.leaveMessage(sql, attempt, now)
                .chain(left -> left
                        ? attempts.speak(sql, attempt.id(), LONGEST_MESSAGE)
                                .chain(() -> interview.record(sql, agent, attempt, form, Answer.of(form), now))
                        : Uni.createFrom()
                                .failure(Problem.conflict(
                                        "two-messages",
                                        "Deux messages ont déjà été laissés à ce jeune : notez « Messagerie ».")))
                .chain(sid -> campaigns
                        .byId(sql, attempt.campaignId())
                        .map(campaign -> sid == null ? null : new Spoken(attempt.id(), sid, campaign.voicemailText())));
    }

    private Uni<Void> say(Spoken message) {
        return calls.sayAndHangUp(message.callSid(), twiml.sayAndHangUp(message.text()))
                .chain(said -> said
                        ? Nothing.happens()
                        : database.inTransaction(sql -> attempts.speakNoMore(sql, message.attemptId())));
    }
}
