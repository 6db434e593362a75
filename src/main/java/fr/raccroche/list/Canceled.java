package fr.raccroche.list;

/** Somebody asked to stop. */
final class Canceled extends Exception {
    private static final long serialVersionUID = 1L;
}
