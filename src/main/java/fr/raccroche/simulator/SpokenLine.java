package fr.raccroche.simulator;

/** One thing said; {@code n} counts up from 1 for each headset. */
public record SpokenLine(long n, String speaker, String text) {}
