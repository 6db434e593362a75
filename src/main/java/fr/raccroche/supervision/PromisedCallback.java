package fr.raccroche.supervision;

import fr.raccroche.queue.CallbackReason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A call that was promised and is still to come.
 *
 * @param overdue whether its time is over
 * @param agent who promised it in person; null for anybody
 */
record PromisedCallback(
        long youthId,
        String name,
        String campaign,
        Instant dueAt,
        boolean overdue,
        CallbackReason reason,
        @Nullable String agent) {}
