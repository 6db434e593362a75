package fr.raccroche.simulator;

import java.time.Instant;

/** A text that Twilio took for delivery. */
public record SentText(String sid, String number, Instant at) {}
