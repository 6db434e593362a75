package fr.raccroche.dialing;

import fr.raccroche.queue.YouthState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a youth goes after an attempt.
 *
 * @param next for when the next call is planned; null in a final state
 */
record NextPlace(YouthState state, @Nullable Instant next) {}
