package fr.raccroche;

/** The command line or the environment makes no sense. */
final class Refused extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
        super(message);
    }
}
