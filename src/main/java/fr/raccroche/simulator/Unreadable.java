package fr.raccroche.simulator;

/** A document Twilio would refuse (error 12100). */
final class Unreadable extends Exception {
    private static final long serialVersionUID = 1;

    Unreadable(String message) {
        super(message);
    }
}
