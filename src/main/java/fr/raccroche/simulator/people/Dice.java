package fr.raccroche.simulator.people;

/** Reproducible chance for one ring of one number, or one text to it. */
record Dice(long seed, String number, int ring) {

    /** Between 0 and 1; another purpose is another roll. */
    double roll(String purpose) {
        long hash = seed;
        for (int part : new int[] {number.hashCode(), ring, purpose.hashCode()}) {
            hash = mix(hash ^ (part * 0x9E3779B97F4A7C15L));
        }
        return (hash >>> 11) * 0x1.0p-53;
    }

    /** The finalizer of SplitMix64. */
    private static long mix(long value) {
        long a = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }
}
