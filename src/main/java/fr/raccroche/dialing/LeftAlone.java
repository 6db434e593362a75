package fr.raccroche.dialing;

import fr.raccroche.dialing.InboundCalls.Inbound;
import org.jspecify.annotations.Nullable;

/** Somebody whom an agent left alone on the line: a youth whose attempt it is, or a caller whom nobody knows yet. */
record LeftAlone(@Nullable Attempt attempt, @Nullable Inbound caller) {

    static LeftAlone of(Attempt attempt) {
        return new LeftAlone(attempt, null);
    }

    static LeftAlone of(Inbound caller) {
        return new LeftAlone(null, caller);
    }

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
