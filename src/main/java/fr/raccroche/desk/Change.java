package fr.raccroche.desk;

import fr.raccroche.campaign.Campaign;
import fr.raccroche.dialing.Attempts;
import fr.raccroche.platform.Problem;
import fr.raccroche.security.Role;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether what was recorded of a call may be corrected: by its agent for a while, by a supervisor later, who says why. A no
 * can always be added; who takes one back is a supervisor.
 *
 * @param account of whoever corrects
 * @param since what came of the youth after that call
 */
record Change(long account, Role role, Noted before, Answer after, Attempts.Since since, Campaign.State campaign) {

    /** How long an agent may correct their own calls. */
    static final Duration WHILE = Duration.ofMinutes(30);

    /** What speaks against it; null when nothing does. */
    @Nullable
    Problem problem(@Nullable String reason, Instant now) {
        if (role != Role.SUPERVISOR && before.agentId() != account) {
            return Problem.notFound("Cet appel n'est pas le vôtre.");
        }
        if (role == Role.SUPERVISOR && (reason == null || reason.isBlank())) {
            return Problem.badRequest("bad-reason", "Dites pourquoi cet appel est corrigé.");
        }
        if (role != Role.SUPERVISOR && before.at().plus(WHILE).isBefore(now)) {
            return Problem.conflict(
                    "too-late", "Cet appel date de plus d'une demi-heure : demandez à un superviseur de le corriger.");
        }
        return after.outcome() == Outcome.OBJECTED ? null : takingBack();
    }

    private @Nullable Problem takingBack() {
        if (role != Role.SUPERVISOR && before.answer().outcome() == Outcome.OBJECTED) {
            return Problem.conflict(
                    "objection-stands",
                    "Seul un superviseur peut lever une opposition : dites-lui ce qui s'est passé.");
        }
        if (!changesTheEnd()) {
            return null;
        }
        if (since.inHand()) {
            return Problem.conflict(
                    "in-hand", "Ce jeune est au téléphone en ce moment : corrigez cet appel quand l'autre sera noté.");
        }
        if (since.calledAgain()) {
            return Problem.conflict(
                    "called-again", "Ce jeune a été appelé depuis : c'est son dernier appel qu'il faut corriger.");
        }
        return campaign == Campaign.State.CLOSED && !after.outcome().settles()
                ? Problem.conflict("campaign-closed", "La campagne est terminée : ce jeune n'y sera plus appelé.")
                : null;
    }

    /** Whether more than the note is another. */
    boolean changesTheEnd() {
        Answer said = before.answer();
        return said.outcome() != after.outcome()
                || said.structureKind() != after.structureKind()
                || said.agreedBy() != after.agreedBy()
                || (after.callbackAt() != null && !after.callbackAt().equals(said.callbackAt()));
    }

    /** Whether what was agreed is agreed no more, or otherwise. */
    boolean endsAnAgreement() {
        Answer said = before.answer();
        return said.outcome() == Outcome.REFERRAL
                && (after.outcome() != Outcome.REFERRAL
                        || said.structureKind() != after.structureKind()
                        || said.agreedBy() != after.agreedBy());
    }

    boolean liftsAnObjection() {
        return before.answer().outcome() == Outcome.OBJECTED && after.outcome() != Outcome.OBJECTED;
    }
}
