package fr.raccroche.desk;

import fr.raccroche.dialing.Agents;
import fr.raccroche.dialing.AttemptState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where an agent stands; {@code call} is null between two calls, {@code caller} unless they have to ask who rings.
 *
 * @param stopped whether the agent pauses because files went back unread
 */
public record DeskState(
        Agents.State presence,
        Agents.State wanted,
        Instant since,
        @Nullable Long campaignId,
        boolean audio,
        boolean stopped,
        @Nullable CallInHand call,
        @Nullable CallerInHand caller) {

    /** What is on the screen: while it stays the same, what the agent types is left alone. */
    public String key() {
        if (caller != null) {
            return "caller-" + caller.id();
        }
        return call == null ? "idle-" + presence : phase() + "-" + call.attemptId();
    }

    /** The phases of the desk: {@code idle}, {@code caller}, {@code preview}, {@code dialing}, {@code talk}. */
    public String phase() {
        if (caller != null) {
            return "caller";
        }
        if (call == null) {
            return "idle";
        }
        return switch (call.state()) {
            case PREVIEW -> "preview";
            case ANSWERED, COMPLETED -> "talk";
            case INTENT, DIALING, UNKNOWN, QUEUED, RINGING, BUSY, NO_ANSWER, FAILED, CANCELED, LOST, PASSED ->
                "dialing";
        };
    }

    /** Whether the youth, or the caller, is still on the line. */
    public boolean online() {
        return caller != null ? !caller.over() : call != null && call.state() == AttemptState.ANSWERED;
    }
}
