package fr.raccroche.simulator;

/** How one call takes part. */
final class Participant {
    final Call call;
    final boolean startsOnEnter;
    boolean endsOnExit;
    boolean muted;
    boolean hold;

    Participant(Call call, boolean startsOnEnter, boolean endsOnExit) {
        this.call = call;
        this.startsOnEnter = startsOnEnter;
        this.endsOnExit = endsOnExit;
    }
}
