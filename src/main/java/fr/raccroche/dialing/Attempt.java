package fr.raccroche.dialing;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An attempt as stored.
 *
 * @param agentId {@link Attempts#NOBODY} while agents share the line
 * @param inbound whether the youth rang us: it takes none of the ten places
 * @param machine whether Twilio thinks that a machine answered
 */
public record Attempt(
        long id,
        long campaignId,
        long youthId,
        long agentId,
        long phoneId,
        String e164,
        AttemptState state,
        String token,
        String actionId,
        @Nullable String callSid,
        boolean counted,
        boolean inbound,
        AttemptTimes times,
        boolean machine) {

    public Instant plannedAt() {
        return times.plannedAt();
    }

    public @Nullable Instant rangAt() {
        return times.rangAt();
    }

    public @Nullable Instant answeredAt() {
        return times.answeredAt();
    }

    public @Nullable Instant endedAt() {
        return times.endedAt();
    }

    public boolean isOpen() {
        return times.closedAt() == null;
    }

    /** Whether the youth answered and is still alone on the line, as far as is known. */
    boolean isAlone() {
        return isOpen() && state == AttemptState.ANSWERED && times.bridgedAt() == null;
    }

    /** Whether we called, and the youth was never let through to an agent: it is no talk, however it ends. */
    boolean isUnheard() {
        return !inbound && times.admittedAt() == null;
    }

    /** Whether it has no agent yet. */
    boolean isShared() {
        return agentId == Attempts.NOBODY;
    }

    /** Whether a phone may still be ringing or talking. */
    boolean isLive() {
        return times.endedAt() == null && !state.isOver() && state != AttemptState.PREVIEW;
    }
}
