package fr.raccroche.simulator;

/**
 * A bad line for a whole run, each a share in percent.
 *
 * @param drop callbacks that are never sent
 * @param duplicate callbacks that are sent twice
 * @param reorder callbacks that the next one about the same call overtakes
 * @param forge callbacks beside which somebody else sends one of their own
 * @param bursts requests that are answered 500, 503 or 429, several in a row
 */
public record BadLine(int drop, int duplicate, int reorder, int forge, int bursts) {

    /** Everything works. */
    public static final BadLine NONE = new BadLine(0, 0, 0, 0, 0);

    public BadLine {
        for (int share : new int[] {drop, duplicate, reorder, forge, bursts}) {
            if (share < 0 || share > 100) {
                throw new IllegalArgumentException("A share lies between 0 and 100 percent, not " + share);
            }
        }
    }

    BadLine dropping(int percent) {
        return new BadLine(percent, duplicate, reorder, forge, bursts);
    }

    BadLine duplicating(int percent) {
        return new BadLine(drop, percent, reorder, forge, bursts);
    }

    BadLine reordering(int percent) {
        return new BadLine(drop, duplicate, percent, forge, bursts);
    }

    BadLine forging(int percent) {
        return new BadLine(drop, duplicate, reorder, percent, bursts);
    }
}
