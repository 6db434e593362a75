package fr.raccroche.handoff;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a handoff went that a structure had before.
 *
 * @param to the structure that has it now; null when a supervisor has to choose
 */
record Moved(@Nullable String to, Instant at) {}
