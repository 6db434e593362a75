package fr.raccroche.dialing;

import org.jspecify.annotations.Nullable;

/**
 * What the network said about an attempt, which is locked.
 *
 * @param sipCode as it was sent
 */
record ReportedCall(
        Attempt attempt,
        String sid,
        String status,
        @Nullable String sipCode) {}
