package fr.raccroche.desk;

import java.time.Instant;

/**
 * What an agent recorded of an attempt.
 *
 * @param id of the outcome
 * @param at when they did
 */
record Noted(long id, long agentId, Answer answer, Instant at) {}
