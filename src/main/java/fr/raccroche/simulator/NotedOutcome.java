package fr.raccroche.simulator;

import java.time.Instant;

/** An agent noted what came of a call, and the product said it had recorded that. */
public record NotedOutcome(String ine, String outcome, Instant at) {}
