package fr.raccroche.dialing;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A call that the youth asked for.
 *
 * @param agentId who promised it in person; null for anybody
 */
public record Promise(Instant at, @Nullable Long agentId) {}
