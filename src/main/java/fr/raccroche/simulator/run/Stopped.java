package fr.raccroche.simulator.run;

/** The run is over; what was under way no longer matters. */
final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1;
}
