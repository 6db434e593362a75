package fr.raccroche.simulator;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** Twilio's identifiers: two letters and 32 hexadecimal digits. */
final class Sids {

    private final RandomGenerator random;

    Sids(RandomGenerator random) {
        this.random = random;
    }

    synchronized String next(String prefix) {
        HexFormat hex = HexFormat.of();
        return prefix + hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
    }
}
