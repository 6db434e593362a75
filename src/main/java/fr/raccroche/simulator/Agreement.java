package fr.raccroche.simulator;

import java.time.Instant;

/** A youth agreed to be called back by a structure, and the product said it had noted that. */
public record Agreement(String ine, String structureKind, Instant at) {}
