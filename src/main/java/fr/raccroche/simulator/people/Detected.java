package fr.raccroche.simulator.people;

import java.time.Duration;

/** What answering-machine detection says, and after how long. */
public record Detected(String answeredBy, Duration after) {}
