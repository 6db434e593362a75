package fr.raccroche.queue;

/** Whose no was heard on the phone. */
public enum NoOf {
    /** The youth wants no calls; the others under the same number are left alone for a day. */
    YOUTH,
    /** Nobody is to call this number; who is reached by others may be called there. */
    NUMBER,
    BOTH
}
