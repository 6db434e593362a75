package fr.raccroche.simulator;

import java.time.Instant;

/** What happened ({@code kind}) to whom or what, and when. */
record LedgerEntry(String kind, String subject, String detail, Instant at) {}
