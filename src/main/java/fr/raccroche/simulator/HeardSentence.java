package fr.raccroche.simulator;

import java.time.Instant;

/** Something that was said to whoever was on the line at this number, to its last word. */
public record HeardSentence(String number, String text, Instant at) {}
