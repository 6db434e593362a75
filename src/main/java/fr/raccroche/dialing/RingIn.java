package fr.raccroche.dialing;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A youth who rings us, and whom an agent has. */
public record RingIn(
        long campaignId,
        long youthId,
        long agentId,
        long phoneId,
        String callSid,
        String shown,
        Instant at,
        @Nullable Instant endedAt) {}
