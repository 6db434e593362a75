package fr.raccroche.dialing;

import org.jspecify.annotations.Nullable;

/**
 * A youth in the queue with everything the rules look at.
 *
 * @param promisedBy the agent who promised this call in person; null when anybody may keep it
 */
record Candidate(
        long youthId, CallingRules.Facts facts, @Nullable Long promisedBy) {}
