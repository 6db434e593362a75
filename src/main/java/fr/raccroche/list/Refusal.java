package fr.raccroche.list;

import fr.raccroche.list.table.Refused;
import org.jspecify.annotations.Nullable;

/**
 * Reason why a load stopped, or why an undo was refused.
 *
 * @param code name of a {@link Refused.Reason} or {@link Merge.Obstacle}, or one of the loads' own
 * @param detail what the sentence of the reason ends with
 */
record Refusal(String code, @Nullable String detail) {}
