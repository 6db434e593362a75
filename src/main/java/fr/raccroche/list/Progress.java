package fr.raccroche.list;

/** How far a turn is, for others to see; and whether it shall stop. */
public final class Progress {
    volatile long bytes;
    volatile int rows;
    volatile int rejected;
    volatile boolean canceled;
    boolean over;

    /** Ends the turn here when somebody asked for it. */
    void goOn() throws Canceled {
        if (canceled) {
            throw new Canceled();
        }
    }
}
